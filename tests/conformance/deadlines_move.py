import trio
from trio_twin import ms, now, run, sec, show, uptime


async def extend(scope):
    for _ in range(3):
        await trio.sleep(8 * ms)
        scope.deadline = now() + 10 * ms


async def main():
    async with trio.open_nursery() as n:
        with trio.move_on_after(10 * ms) as a:
            n.start_soon(extend, a)
            await trio.sleep_forever()
        print(f"{uptime()} extended three times")
    with trio.move_on_after(3600 * sec) as b:
        b.deadline = now() + 5 * ms
        await trio.sleep(60 * sec)
    print(f"{uptime()} brought forward: {show(b.cancelled_caught)}")
    with trio.move_on_after(5 * ms) as c:
        c.deadline = float("inf")
        await trio.sleep(20 * ms)
        print(f"{uptime()} taken away")
        c.deadline = now() + 1 * ms
        await trio.sleep(20 * ms)
    print(f"{uptime()} and set again: {show(c.cancelled_caught)}")
    with trio.CancelScope() as d:
        d.cancel()
        d.deadline = now() + 3600 * sec
        await trio.lowlevel.checkpoint()
        print("not reached")
    print(f"{uptime()} still cancelled: {show(d.cancelled_caught)}")


run(main)
