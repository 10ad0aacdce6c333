import trio
from trio_twin import ms, run, show, uptime


async def main():
    with trio.CancelScope() as outer:
        with trio.CancelScope() as inner:
            try:
                outer.cancel()
                await trio.lowlevel.checkpoint()
            finally:
                inner.shield = True
                await trio.sleep(10 * ms)
                print(f"{uptime()} cleaned up")
        print(f"not reached {inner.cancel_called}")
    print(f"outer {show(outer.cancelled_caught)}")


run(main)
