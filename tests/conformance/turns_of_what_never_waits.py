import trio
from trio_twin import now, run, sec, show


async def tick(ticks):
    while True:
        await trio.lowlevel.checkpoint()
        ticks[0] += 1


async def nothing():
    pass


async def main():
    ticks = [0]
    happened = trio.Event()
    sem = trio.Semaphore(1)
    tx, rx = trio.open_memory_channel(2)
    async with trio.open_nursery() as n:
        n.start_soon(tick, ticks)
        await trio.lowlevel.checkpoint()
        await sem.acquire()

        before = ticks[0]
        happened.set()
        sem.release()
        tx.send_nowait(1)
        tx.send_nowait(2)
        rx.receive_nowait()
        rx.receive_nowait()
        tx2 = tx.clone()
        rx2 = rx.clone()
        tx2.close()
        rx2.close()
        with trio.move_on_after(1 * sec) as soon:
            soon.deadline = now() + 2 * sec
            soon.shield = True
        with trio.CancelScope() as scope:
            scope.cancel()
        await nothing()
        print(f"in all: {ticks[0] - before}, caught {show(scope.cancelled_caught)}")
        n.cancel_scope.cancel()


run(main)
