import trio
from trio_twin import run


async def tick(ticks):
    while True:
        await trio.lowlevel.checkpoint()
        ticks[0] += 1


async def short(turns):
    for _ in range(turns):
        await trio.lowlevel.checkpoint()


async def ready(turns, *, task_status):
    for _ in range(turns):
        await trio.lowlevel.checkpoint()
    task_status.started()


async def main():
    ticks = [0]
    async with trio.open_nursery() as n:
        n.start_soon(tick, ticks)
        await trio.lowlevel.checkpoint()

        before = ticks[0]
        async with trio.open_nursery():
            print(f"opening: {ticks[0] - before}")
        print(f"empty: {ticks[0] - before}")

        for turns in range(3):
            before = ticks[0]
            async with trio.open_nursery() as m:
                m.start_soon(short, turns)
            print(f"child of {turns} turns: {ticks[0] - before}")

        for turns in range(3):
            before = ticks[0]
            async with trio.open_nursery() as m:
                await m.start(ready, turns)
                print(f"start after {turns} turns: {ticks[0] - before}")
                before = ticks[0]
            print(f"and leaving: {ticks[0] - before}")
        n.cancel_scope.cancel()


run(main)
