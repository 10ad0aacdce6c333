import trio
from trio_twin import Duration, TooSlow, busy, ms, name, run, sec, show, uptime


async def slow(limit, work):
    with trio.fail_after(limit):
        await trio.sleep(work)


async def within(outer, inner, work, catches):
    with trio.fail_after(outer) as scope:
        if catches:
            try:
                await slow(inner, work)
                print(f"{uptime()} in time")
            except TooSlow:
                print(f"{uptime()} the inner one: {show(scope.cancel_called)}")
        else:
            try:
                await slow(inner, work)
            finally:
                busy(20 * ms)
        await trio.sleep(work)
        print(f"{uptime()} all in time")


async def main():
    for catches in (True, False):
        for outer in (3 * ms, 12 * ms, 40 * ms):
            try:
                await within(outer, 5 * ms, 9 * ms, catches)
            except TooSlow as e:
                print(f"{uptime()} {Duration(outer)}: {name(e)}")
        try:
            await within(9 * ms, 9 * ms, 4 * ms, catches)
        except TooSlow as e:
            print(f"{uptime()} {name(e)}")
    with trio.move_on_after(5 * ms) as quiet:
        try:
            with trio.fail_after(5 * ms):
                await trio.sleep(3600 * sec)
        except TooSlow:
            print("not reached")
    print(f"{uptime()} the outer of equals: {show(quiet.cancelled_caught)}")


run(main)
