import trio
from trio.lowlevel import checkpoint
from trio_twin import busy, ms, now, run, show, uptime, us


async def main():
    tx, rx = trio.open_memory_channel(4)
    lock = trio.Lock()
    with trio.move_on_after(5 * ms) as a:
        await checkpoint()
        busy(10 * ms)
        await checkpoint()
        print("not reached")
    print(f"{uptime()} {show(a.cancelled_caught)}")
    with trio.move_on_after(5 * ms) as b:
        busy(10 * ms)
        await tx.send(1)
        print(f"{uptime()} sent")
        await tx.send(2)
        print("not reached")
    print(f"{uptime()} {show(b.cancelled_caught)} {rx.statistics().current_buffer_used}")
    with trio.move_on_after(5 * ms) as c:
        busy(5 * ms)
        print(await rx.receive())
        async with lock:
            print("not reached")
    print(f"{uptime()} {show(c.cancelled_caught)}")
    with trio.move_on_after(5 * ms) as d:
        busy(5 * ms)
        await trio.sleep(0)
        print("not reached")
    print(f"{uptime()} {show(d.cancelled_caught)}")
    with trio.move_on_after(5 * ms) as e:
        busy(4999 * us)
        await checkpoint()
        print(f"{uptime()} in time: {show(e.cancel_called)}")
        busy(1 * us)
        await trio.sleep_until(now() - 1 * ms)
        print("not reached")
    print(f"{uptime()} {show(e.cancelled_caught)}")


run(main)
