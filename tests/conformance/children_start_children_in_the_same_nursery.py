import trio
from trio_twin import ms, run, uptime


async def main():
    async def third():
        await trio.sleep(5 * ms)
        print(f"{uptime()} third, in the outer one")

    async def second():
        await trio.sleep(2 * ms)
        print(f"{uptime()} second, in the inner one")
        outer.start_soon(third)

    async def first():
        print(f"{uptime()} first")
        inner.start_soon(second)

    async with trio.open_nursery() as outer:
        async with trio.open_nursery() as inner:
            inner.start_soon(first)
        print(f"{uptime()} inner ended")
    print(f"{uptime()} outer ended")


run(main)
