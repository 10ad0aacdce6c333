import trio
from trio_twin import ms, run, show, uptime


async def sleeper():
    print(f"{uptime()} sleeper sleeps")
    try:
        await trio.sleep_forever()
    finally:
        print(f"{uptime()} sleeper cancelled")


async def main():
    with trio.CancelScope() as outer:
        async with trio.open_nursery() as n:
            outer.cancel()
            n.cancel_scope.shield = True
            n.start_soon(sleeper)
            await trio.sleep(1 * ms)
            print(f"{uptime()} shield: {show(n.cancel_scope.shield)}")
            n.cancel_scope.shield = False
            print(f"{uptime()} lowered")
            with trio.CancelScope(shield=True):
                await trio.sleep(1 * ms)
            print(f"{uptime()} body ends, called: {show(n.cancel_scope.cancel_called)}")
        print("not reached")
    print(f"{uptime()} {show(outer.cancelled_caught)}")


run(main)
