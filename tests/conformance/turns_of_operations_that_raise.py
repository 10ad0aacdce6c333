import trio
from trio_twin import BrokenResource, EndOfChannel, run


async def tick(ticks):
    while True:
        await trio.lowlevel.checkpoint()
        ticks[0] += 1


async def main():
    ticks = [0]
    async with trio.open_nursery() as n:
        n.start_soon(tick, ticks)
        await trio.lowlevel.checkpoint()

        tx, rx = trio.open_memory_channel(1)
        rx.close()
        before = ticks[0]
        try:
            await tx.send(1)
        except BrokenResource:
            print(f"broken: {ticks[0] - before}")

        tx2, rx2 = trio.open_memory_channel(1)
        tx2.close()
        before = ticks[0]
        try:
            await rx2.receive()
        except EndOfChannel:
            print(f"end: {ticks[0] - before}")
        before = ticks[0]
        async for x in rx2:
            print(f"not reached {x}")
        print(f"loop: {ticks[0] - before}")

        n.cancel_scope.cancel()


run(main)
