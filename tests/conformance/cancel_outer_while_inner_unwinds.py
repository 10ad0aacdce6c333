import trio
from trio_twin import run, show


async def main():
    with trio.CancelScope() as outer:
        with trio.CancelScope() as inner:
            try:
                inner.cancel()
                await trio.lowlevel.checkpoint()
            finally:
                print("unwinding")
                outer.cancel()
        print("not reached")
    print(f"outer {show(outer.cancelled_caught)}")


run(main)
