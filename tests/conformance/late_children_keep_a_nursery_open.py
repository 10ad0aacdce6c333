import trio
from trio_twin import ms, run, uptime


async def leaf(i):
    print(f"{uptime()} leaf {i} starts")
    await trio.sleep(10 * ms)
    print(f"{uptime()} leaf {i} ends")


async def grow(n):
    for i in range(3):
        await trio.sleep(5 * ms)
        n.start_soon(leaf, i)
    print(f"{uptime()} grower ends")


async def main():
    async with trio.open_nursery() as n:
        n.start_soon(grow, n)
        print(f"{uptime()} body ends")
    print(f"{uptime()} over")


run(main)
