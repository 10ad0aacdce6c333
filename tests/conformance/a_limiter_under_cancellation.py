import trio
from trio_twin import ms, run, sec, uptime


async def use(who, limit, time):
    async with limit:
        try:
            print(f"{uptime()} {who} in")
            await trio.sleep(time)
        finally:
            print(f"{uptime()} {who} gives back")


async def patient(who, limit, time):
    with trio.move_on_after(10 * ms):
        await use(who, limit, time)


async def main():
    limit = trio.CapacityLimiter(2)
    async with trio.open_nursery() as n:
        n.start_soon(patient, "ann", limit, 3600 * sec)
        n.start_soon(patient, "bob", limit, 3600 * sec)
        n.start_soon(patient, "cid", limit, 1 * ms)
        n.start_soon(use, "dee", limit, 5 * ms)
        n.start_soon(use, "eve", limit, 5 * ms)
    print(f"{uptime()} {limit.available_tokens} left")


run(main)
