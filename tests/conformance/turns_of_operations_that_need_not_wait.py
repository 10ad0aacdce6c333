import trio
from trio_twin import now, run


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
    tx, rx = trio.open_memory_channel(2)
    happened.set()
    async with trio.open_nursery() as n:
        n.start_soon(tick, ticks)
        await trio.lowlevel.checkpoint()

        before = ticks[0]
        await trio.lowlevel.checkpoint()
        print(f"checkpoint: {ticks[0] - before}")

        before = ticks[0]
        await trio.sleep(0)
        print(f"sleep(0s): {ticks[0] - before}")

        before = ticks[0]
        await trio.sleep_until(now())
        print(f"sleep_until(now()): {ticks[0] - before}")

        before = ticks[0]
        await happened.wait()
        print(f"wait: {ticks[0] - before}")

        before = ticks[0]
        await tx.send(1)
        print(f"send: {ticks[0] - before}")

        before = ticks[0]
        item = await rx.receive()
        print(f"receive of {item}: {ticks[0] - before}")

        before = ticks[0]
        async with lock:
            print(f"lock: {ticks[0] - before}")
            before = ticks[0]
        print(f"unlock: {ticks[0] - before}")

        before = ticks[0]
        await sem.acquire()
        print(f"semaphore: {ticks[0] - before}")

        before = ticks[0]
        async with limit:
            print(f"limiter: {ticks[0] - before}")
            before = ticks[0]
        print(f"leaving the limiter: {ticks[0] - before}")
        n.cancel_scope.cancel()


run(main)
