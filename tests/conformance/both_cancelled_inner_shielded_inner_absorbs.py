import trio
from trio_twin import run, show


async def main():
    with trio.CancelScope() as outer:
        outer.cancel()
        with trio.CancelScope(shield=True) as inner:
            await trio.lowlevel.checkpoint()
            print("protected")
            inner.cancel()
            await trio.lowlevel.checkpoint()
            print("not reached")
        print(f"inner {show(inner.cancelled_caught)}")
        await trio.lowlevel.checkpoint()
        print("not reached")
    print(f"outer {show(outer.cancelled_caught)}")


run(main)
