import trio
from trio_twin import ms, run, show


class Token:
    def __init__(self):
        self.tx, self.rx = trio.open_memory_channel(10)
        self.tx.send_nowait(None)

    async def __aenter__(self):
        await self.rx.receive()

    async def __aexit__(self, *_):
        self.tx.send_nowait(None)


async def use(i, lock):
    for _ in range(3):
        async with lock:
            print(i, end=" ")


async def main():
    lock, sem = trio.Lock(), trio.Semaphore(1)
    for name, kind in (
        ("lock", lock),
        ("strict lock", trio.StrictFIFOLock()),
        ("semaphore", sem),
        ("limiter", trio.CapacityLimiter(1)),
        ("token", Token()),
    ):
        async with trio.open_nursery() as n:
            for i in range(3):
                n.start_soon(use, i, kind)
        print(name)
    async with trio.open_nursery() as n:
        lock.acquire_nowait()
        n.start_soon(use, 7, lock)
        sem.acquire_nowait()
        n.start_soon(use, 8, sem)
        await trio.sleep(1 * ms)
        print(f"held: {show(lock.locked())} {sem.value}")
        lock.release()
        sem.release()
        print(f"released: {show(lock.locked())} {sem.value}")
    print("")


run(main)
