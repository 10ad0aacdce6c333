import trio
from trio.lowlevel import checkpoint
from trio_twin import run, show


async def try_it(what):
    try:
        await checkpoint()
        print("not reached")
    finally:
        print(f"cancelled: {what}")


async def main():
    with trio.CancelScope() as outer:
        with trio.CancelScope() as inner:
            await checkpoint()
            outer.cancel()
            inner.shield = True
            await checkpoint()
            print(f"protected from outside: {show(inner.shield)}")
            with trio.CancelScope() as innermost:
                innermost.cancel()
                await try_it("a scope inside")
            print(show(innermost.cancelled_caught))
            await checkpoint()
            with trio.CancelScope() as other:
                other.shield = True
                inner.cancel()
                await checkpoint()
                print("a second shield")
                other.shield = False
                await try_it("the shield's own scope")
            print("not reached")
        print(show(inner.cancelled_caught))
        with trio.CancelScope() as lowered:
            lowered.shield = True
            await checkpoint()
            lowered.shield = False
            try:
                await try_it("lowered")
            finally:
                lowered.shield = True
                await checkpoint()
                print("raised again")
        print("not reached")
    print(show(outer.cancelled_caught))


run(main)
