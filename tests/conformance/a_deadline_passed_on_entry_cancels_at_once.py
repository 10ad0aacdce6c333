import trio
from trio_twin import TooSlow, ms, now, run, sec, show


async def main():
    tx, rx = trio.open_memory_channel(2)
    await trio.sleep(1 * sec)
    with trio.move_on_at(now() - 1 * ms) as a:
        print(f"in a: {show(a.cancel_called)}")
        await tx.send(1)
        print("not reached")
    print(show(a.cancelled_caught))
    with trio.move_on_after(0) as b:
        print(f"in b: {show(b.cancel_called)}")
        tx.send_nowait(2)
        await tx.send(3)
        print("not reached")
    print(show(b.cancelled_caught))
    with trio.move_on_at(now()) as c:
        print(f"in c: {show(c.cancel_called)}")
    if c.cancelled_caught:
        print("not reached")
    print(show(c.cancelled_caught))
    try:
        with trio.fail_after(0):
            print("in d")
            await trio.lowlevel.checkpoint()
            print("not reached")
    except TooSlow:
        print("too slow")
    try:
        with trio.fail_at(now() - 1 * sec):
            print("in e")
        print("e is done")
    except TooSlow:
        print("not reached")
    print(rx.receive_nowait())


run(main)
