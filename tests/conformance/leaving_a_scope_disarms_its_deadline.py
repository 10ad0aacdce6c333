from math import inf

import trio
from trio_twin import busy, ms, now, run, sec, show, uptime, us


async def main():
    with trio.CancelScope() as a:
        a.deadline = now() + 1 * ms
    print(show(a.cancel_called))
    busy(2 * ms)
    await trio.lowlevel.checkpoint()
    await trio.sleep(5 * ms)
    print(f"{uptime()} {show(a.cancel_called)}")
    with trio.move_on_after(1 * ms) as b:
        busy(2 * ms)
    print(f"{uptime()} left late: {show(b.cancel_called)} {show(b.cancelled_caught)}")
    with trio.move_on_after(1 * ms) as c:
        busy(2 * ms)
        print(f"inside: {show(c.cancel_called)}")
    print(f"{uptime()} it was looked at: {show(c.cancel_called)} {show(c.cancelled_caught)}")
    with trio.CancelScope() as d:
        d.deadline = now() + 1 * ms
        busy(2 * ms)
        d.deadline = now() + 1 * ms
        await trio.sleep(500 * us)
        print(f"{uptime()} moved in time: {show(d.cancel_called)}")
        await trio.sleep(1 * ms)
        print("not reached")
    print(f"{uptime()} {show(d.cancelled_caught)}")
    with trio.CancelScope() as e:
        await trio.sleep(1 * ms)
        e.deadline = now() - 1 * sec
        e.deadline = inf
        await trio.sleep(1 * ms)
        print(f"{uptime()} taken back: {show(e.cancel_called)}")


run(main)
