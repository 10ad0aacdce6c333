import trio
from trio_twin import WouldBlock, ms, run, show, uptime


async def hold(lock):
    async with lock:
        print(f"{uptime()} held")
        await trio.sleep(10 * ms)


async def main():
    lock = trio.Lock()
    async with trio.open_nursery() as n:
        n.start_soon(hold, lock)
        await trio.sleep(5 * ms)
        try:
            lock.acquire_nowait()
            lock.release()
            print("not reached")
        except WouldBlock:
            print(f"{uptime()} it is taken")
        await lock.acquire()
        print(f"{uptime()} mine")
        lock.release()
        print(f"{uptime()} locked: {show(lock.locked())}")


run(main)
