import trio
from trio_twin import run, show


async def nothing():
    pass


async def main():
    ended = 0

    async def end():
        nonlocal ended
        ended += 1

    with trio.CancelScope() as scope:
        scope.cancel()
        for i in range(3):
            async with trio.open_nursery():
                print(f"round {i}")
        async with trio.open_nursery() as n:
            n.start_soon(nothing)
        async with trio.open_nursery() as m:
            for _ in range(3):
                m.start_soon(end)
        print(f"{ended} have ended")
    print(f"{show(scope.cancel_called)} {show(scope.cancelled_caught)}")
    with trio.CancelScope() as again:
        again.cancel()
        async with trio.open_nursery() as n:
            n.start_soon(nothing)
        await trio.lowlevel.checkpoint()
        print("not reached")
    print(show(again.cancelled_caught))


run(main)
