import trio
from trio_twin import ms, now, run, sec, show


async def main():
    tx, rx = trio.open_memory_channel(2)
    await trio.sleep(1 * sec)
    with trio.CancelScope() as a:
        a.deadline = now() - 500 * ms
        await tx.send(1)
        print("sent")
        await tx.send(2)
        print("not reached")
    print(show(a.cancelled_caught))

    with trio.CancelScope() as b:
        b.deadline = now() - 500 * ms
        await trio.lowlevel.checkpoint()
        print("not reached")
    print(show(b.cancelled_caught))

    with trio.CancelScope() as c:
        c.deadline = now() - 500 * ms
        print(f"called: {show(c.cancel_called)}")
        await tx.send(2)
        print("not reached")
    print(show(c.cancelled_caught))

    with trio.CancelScope() as d:
        d.deadline = now()
        await tx.send(2)
        print(f"sent, {show(d.cancel_called)}")
    print(show(d.cancelled_caught))
    await rx.receive()


run(main)
