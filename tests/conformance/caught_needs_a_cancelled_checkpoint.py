import trio
from trio_twin import run, show


async def main():
    with trio.CancelScope() as a:
        await trio.lowlevel.checkpoint()
        a.cancel()
    print(f"{show(a.cancel_called)} {show(a.cancelled_caught)}")
    async with trio.open_nursery() as n:
        n.cancel_scope.cancel()
    print(f"{show(n.cancel_scope.cancel_called)} {show(n.cancel_scope.cancelled_caught)}")
    with trio.CancelScope() as b:
        await trio.lowlevel.checkpoint()
    print(f"{show(b.cancel_called)} {show(b.cancelled_caught)}")
    b.cancel()
    await trio.lowlevel.checkpoint()
    print(f"an ended scope is not cancelled: {show(b.cancelled_caught)}")


run(main)
