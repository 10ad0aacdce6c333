import trio
from trio_twin import ms, run, uptime


async def child(name, time):
    print(f"{uptime()} {name} starts")
    await trio.sleep(time)
    print(f"{uptime()} {name} ends")


async def main():
    async with trio.open_nursery() as n:
        n.start_soon(child, "ann", 20 * ms)
        n.start_soon(child, "bob", 10 * ms)
        print(f"{uptime()} body ends")
    print(f"{uptime()} after the nursery")
    async with trio.open_nursery() as m:
        m.start_soon(child, "cid", 5 * ms)
        await trio.sleep(30 * ms)
        print(f"{uptime()} longer body ends")
    print(f"{uptime()} after the other")


run(main)
