import trio
from trio_twin import run, sec, show


async def inner_first():
    with trio.CancelScope() as outer:
        with trio.CancelScope() as inner:
            inner.cancel()
            outer.cancel()
            await trio.lowlevel.checkpoint()
            print("not reached")
        print("not reached")
    print(f"outer {show(outer.cancelled_caught)}")


async def three():
    with trio.CancelScope() as a:
        with trio.CancelScope() as b:
            with trio.CancelScope() as c:
                c.cancel()
                b.cancel()
                await trio.sleep(1 * sec)
            print(f"not reached {c.cancelled_caught}")
        print(f"b absorbed: {show(b.cancelled_caught)}")
        await trio.lowlevel.checkpoint()
        print(f"a is not cancelled: {show(a.cancel_called)}")
    print(f"a absorbed: {show(a.cancelled_caught)}")


async def main():
    await inner_first()
    await three()


run(main)
