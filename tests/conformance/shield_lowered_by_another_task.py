import trio
from trio_twin import ms, run, sec, show, uptime


async def lower(scope):
    with trio.CancelScope(shield=True):
        await trio.sleep(20 * ms)
    print(f"{uptime()} lowering")
    scope.shield = False
    print(f"{uptime()} lowered")


async def main():
    with trio.CancelScope() as outer:
        outer.cancel()
        async with trio.open_nursery() as n:
            with trio.CancelScope(shield=True) as inner:
                n.start_soon(lower, inner)
                try:
                    await trio.sleep(3600 * sec)
                finally:
                    print(f"{uptime()} woken")
            print(f"not reached {inner.cancelled_caught}")
        print("not reached")
    print(f"{uptime()} outer {show(outer.cancelled_caught)}")


run(main)
