import trio
from trio_twin import run, sec, show


async def tick(ticks):
    while True:
        await trio.lowlevel.checkpoint()
        ticks[0] += 1


async def main():
    ticks = [0]
    lock = trio.Lock()
    sem = trio.Semaphore(2)
    limit = trio.CapacityLimiter(1)
    happened = trio.Event()
    pending = trio.Event()
    tx, rx = trio.open_memory_channel(2)
    happened.set()

    async def enter(it):
        async with it:
            print("not reached")

    operations = [
        ("checkpoint", trio.lowlevel.checkpoint),
        ("sleep(0s)", lambda: trio.sleep(0)),
        ("sleep(1s)", lambda: trio.sleep(1 * sec)),
        ("sleep_forever", trio.sleep_forever),
        ("wait for an event", pending.wait),
        ("wait for a set event", happened.wait),
        ("send", lambda: tx.send(1)),
        ("receive", rx.receive),
        ("lock", lambda: enter(lock)),
        ("semaphore", sem.acquire),
        ("limiter", lambda: enter(limit)),
    ]
    async with trio.open_nursery() as n:
        n.start_soon(tick, ticks)
        await trio.lowlevel.checkpoint()
        for what, operation in operations:
            before = ticks[0]
            with trio.CancelScope() as scope:
                scope.cancel()
                await operation()
            print(f"{what}: {ticks[0] - before} {show(scope.cancelled_caught)}")
        n.cancel_scope.cancel()


run(main)
