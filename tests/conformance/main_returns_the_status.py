import trio
from trio_twin import run, sec, uptime


async def main():
    async def child():
        await trio.sleep(1 * sec)
        print(f"{uptime()} child ends")

    async with trio.open_nursery() as n:
        n.start_soon(child)
        print(f"{uptime()} body ends")
    print(f"{uptime()} main ends")
    return 3


run(main)
