import trio
from trio_twin import ms, run, sec, show


async def main():
    async def child():
        try:
            await trio.sleep(3600 * sec)
        finally:
            print(f"child cancelled, nursery called: {show(n.cancel_scope.cancel_called)}")

    with trio.CancelScope() as outer:
        async with trio.open_nursery() as n:
            try:
                n.start_soon(child)
                await trio.sleep(10 * ms)
                outer.cancel()
                await trio.lowlevel.checkpoint()
            finally:
                print(f"body ends, nursery called: {show(n.cancel_scope.cancel_called)}")
        print(f"not reached {n.cancel_scope.cancelled_caught}")
    print(f"outer {show(outer.cancelled_caught)}")
    async with trio.open_nursery() as m:
        m.start_soon(trio.sleep, 3600 * sec)
        await trio.lowlevel.checkpoint()
        m.cancel_scope.cancel()
    print(f"{show(m.cancel_scope.cancel_called)} {show(m.cancel_scope.cancelled_caught)}")


run(main)
