import trio
from trio.lowlevel import cancel_shielded_checkpoint, checkpoint
from trio_twin import run, show


async def main():
    ticks = 0

    async def tick():
        nonlocal ticks
        while True:
            await checkpoint()
            ticks += 1

    async with trio.open_nursery() as n:
        n.start_soon(tick)
        await checkpoint()
        before = ticks
        with trio.CancelScope() as scope:
            scope.cancel()
            await cancel_shielded_checkpoint()
            print(f"one turn: {ticks - before}")
            await cancel_shielded_checkpoint()
            print(f"two turns: {ticks - before}")
            await checkpoint()
            print("not reached")
        print(f"four: {ticks - before}, caught {show(scope.cancelled_caught)}")
        with trio.CancelScope() as dropped:
            dropped.cancel()
            await cancel_shielded_checkpoint()
        await checkpoint()
        print(f"a cancellation that nobody met: {show(dropped.cancel_called)} {show(dropped.cancelled_caught)}")
        n.cancel_scope.cancel()


run(main)
