import trio
from trio_twin import TooSlow, busy, ms, name, run, sec, show, uptime


async def guarded(limit, work):
    with trio.fail_after(limit) as scope:
        if work == 7 * ms:
            scope.cancel()
        await trio.sleep(work)
        return 1


async def busy_work():
    with trio.fail_after(10 * ms):
        busy(1 * sec)
        return 2


async def main():
    for work in [5 * ms, 7 * ms, 20 * ms]:
        try:
            done = await guarded(10 * ms, work)
            print(f"{uptime()} done {done}")
        except TooSlow as e:
            print(f"{uptime()} {name(e)}")
    with trio.move_on_after(5 * ms) as outer:
        try:
            await guarded(10 * ms, 20 * ms)
        except TooSlow:
            print("not reached")
    print(f"{uptime()} outer {show(outer.cancelled_caught)}")
    try:
        print(f"late, but done: {await busy_work()}")
    except TooSlow:
        print("not reached")
    print(uptime())


run(main)
