import trio
from trio_twin import run, show


async def main():
    with trio.CancelScope() as scope:
        scope.cancel()
        print("after cancel()")
        for i in range(3):
            print(f"working {i}")
        await trio.lowlevel.checkpoint()
        print("not reached")
    print(f"caught {show(scope.cancelled_caught)}")
    async with trio.open_nursery() as n:
        n.cancel_scope.cancel()
        print("in the nursery, after cancel()")
        await trio.lowlevel.checkpoint()
        print("not reached")
    print(f"caught {show(n.cancel_scope.cancelled_caught)}")


run(main)
