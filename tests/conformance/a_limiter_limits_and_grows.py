import trio
from trio_twin import ms, run, uptime


async def use(i, limit):
    async with limit:
        print(
            f"{uptime()} {i} in: {limit.borrowed_tokens} of {limit.total_tokens}, {limit.available_tokens} left"
        )
        await trio.sleep(10 * ms)
    print(f"{uptime()} {i} out")


async def main():
    limit = trio.CapacityLimiter(1)
    async with trio.open_nursery() as n:
        for i in range(6):
            n.start_soon(use, i, limit)
        await trio.sleep(5 * ms)
        limit.total_tokens = 3
        print(f"{uptime()} three: {limit.borrowed_tokens} borrowed")
        await trio.sleep(6 * ms)
        limit.total_tokens = 1
        print(f"{uptime()} one: {limit.borrowed_tokens} borrowed, {limit.available_tokens} left")
    print(f"{uptime()} {limit.available_tokens} left")


run(main)
