import trio
from trio.lowlevel import checkpoint
from trio_twin import run


class FullChannel:
    """To hold it is to have put an item in."""

    def __init__(self):
        self.tx, self.rx = trio.open_memory_channel(1)

    async def __aenter__(self):
        await self.tx.send(None)

    async def __aexit__(self, *_):
        self.rx.receive_nowait()


class Token:
    """To hold it is to have taken the item out."""

    def __init__(self):
        self.tx, self.rx = trio.open_memory_channel(10)
        self.tx.send_nowait(None)

    async def __aenter__(self):
        await self.rx.receive()

    async def __aexit__(self, *_):
        self.tx.send_nowait(None)


inside, count = False, 0


async def use(lock):
    global inside, count
    for _ in range(5):
        async with lock:
            assert not inside
            inside = True
            count += 1
            await checkpoint()
            await checkpoint()
            inside = False


async def main():
    for name, lock in (
        ("lock", trio.Lock()),
        ("strict lock", trio.StrictFIFOLock()),
        ("semaphore", trio.Semaphore(1)),
        ("limiter", trio.CapacityLimiter(1)),
        ("full channel", FullChannel()),
        ("token", Token()),
    ):
        async with trio.open_nursery() as n:
            for _ in range(4):
                n.start_soon(use, lock)
        print(f"{name}: {count}")


run(main)
