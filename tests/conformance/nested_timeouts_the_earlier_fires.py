import trio
from trio_twin import Duration, ms, now, run, sec, show


async def nested(a, b):
    t0 = now()
    with trio.move_on_after(a) as outer:
        with trio.move_on_after(b) as inner:
            await trio.sleep(3600 * sec)
        if inner.cancelled_caught:
            print(f"{Duration(now() - t0)} inner fired")
        await trio.sleep(30 * ms)
        print(f"{Duration(now() - t0)} outer ends by itself: inner {show(inner.cancelled_caught)}")
    if outer.cancelled_caught:
        print(f"{Duration(now() - t0)} outer fired")


async def main():
    await nested(1 * sec, 10 * ms)
    await nested(10 * ms, 1 * sec)
    await nested(25 * ms, 10 * ms)


run(main)
