import trio
from trio_twin import run, show


async def child(name):
    try:
        print(f"{name} runs")
        await trio.lowlevel.checkpoint()
        print("not reached")
    finally:
        print(f"{name} ends")


async def main():
    async with trio.open_nursery() as n:
        n.start_soon(child, "ann")
        n.cancel_scope.cancel()
        n.start_soon(child, "bob")
    print(show(n.cancel_scope.cancelled_caught))
    with trio.CancelScope() as outer:
        outer.cancel()
        async with trio.open_nursery() as m:
            m.start_soon(child, "cid")
        print("not reached")
    print(show(outer.cancelled_caught))


run(main)
