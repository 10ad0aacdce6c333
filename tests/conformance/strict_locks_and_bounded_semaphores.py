import trio
from trio_twin import ms, run, uptime


async def take(who, lock, sem):
    async with lock:
        await sem.acquire()
        print(f"{uptime()} {who}: {sem.value} left")
        await trio.sleep(2 * ms)
    await trio.sleep(5 * ms)
    sem.release()
    print(f"{uptime()} {who} done")


async def main():
    lock = trio.StrictFIFOLock()
    sem = trio.Semaphore(2, max_value=2)
    async with trio.open_nursery() as n:
        n.start_soon(take, "ann", lock, sem)
        n.start_soon(take, "bob", lock, sem)
        n.start_soon(take, "cid", lock, sem)
    print(f"{uptime()} {sem.value}")


run(main)
