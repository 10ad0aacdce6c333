import trio
from trio_twin import TooSlow, ms, run, sec, show, uptime


async def main():
    with trio.move_on_after(10 * ms) as outer:
        try:
            await trio.sleep(3600 * sec)
        finally:
            with trio.move_on_after(50 * ms, shield=True) as quick:
                await trio.sleep(20 * ms)
                print(f"{uptime()} said goodbye")
            with trio.move_on_after(50 * ms, shield=True) as slow:
                await trio.sleep(3600 * sec)
                print("not reached")
            print(f"{uptime()} quick {show(quick.cancelled_caught)}, slow {show(slow.cancelled_caught)}")
            try:
                with trio.fail_after(5 * ms, shield=True):
                    await trio.sleep(3600 * sec)
            except TooSlow:
                print(f"{uptime()} too slow")
    print(f"{uptime()} outer {show(outer.cancelled_caught)}")


run(main)
