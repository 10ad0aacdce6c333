import trio
from trio_twin import ms, run, uptime, us


async def use(i, limit, time):
    async with limit:
        print(f"{uptime()} {i} in")
        await trio.sleep(time)
    print(f"{uptime()} {i} out")


async def impatient(limit):
    with trio.move_on_after(3 * ms):
        await use(5, limit, 1 * ms)


def tell(what, limit):
    print(f"{uptime()} {what}: {limit.borrowed_tokens} of {limit.total_tokens}, {limit.available_tokens} left")


async def main():
    limit = trio.CapacityLimiter(5)
    limit.total_tokens = 0
    async with trio.open_nursery() as n:
        for i in range(3):
            n.start_soon(use, i, limit, 10 * ms)
        await trio.sleep(1 * ms)
        tell("none", limit)
        limit.total_tokens = 5
        tell("five", limit)
        n.start_soon(use, 3, limit, 2 * ms)
        await trio.sleep(1 * ms)
        limit.total_tokens = 0
        tell("none again", limit)
        n.start_soon(use, 4, limit, 1 * ms)
        n.start_soon(impatient, limit)
        n.start_soon(use, 6, limit, 1 * ms)
        await trio.sleep(20 * ms)
        tell("all gave back", limit)
        limit.total_tokens = 1
        tell("one", limit)
        limit.total_tokens += 2
        tell("three", limit)
        await trio.sleep(500 * us)
        limit.total_tokens -= 3
        tell("none at last", limit)
    tell("over", limit)


run(main)
