import trio
from trio_twin import WouldBlock, ms, run


async def enter(sem):
    print(f"started, value {sem.value}")
    await sem.acquire()
    print(f"finished, value {sem.value}")


async def main():
    sem = trio.Semaphore(1)
    sem.release()
    sem.release()
    print(sem.value)
    await sem.acquire()
    async with sem:
        print(sem.value)
    try:
        sem.acquire_nowait()
        sem.acquire_nowait()
        print(sem.value)
        sem.acquire_nowait()
        print("not reached")
    except WouldBlock:
        print("none left")
    async with trio.open_nursery() as n:
        n.start_soon(enter, sem)
        await trio.sleep(1 * ms)
        sem.release()
        print(f"handed over: {sem.value}")
        try:
            sem.acquire_nowait()
            print("not reached")
        except WouldBlock:
            print("nothing to take")
    none = trio.Semaphore(0)
    async with trio.open_nursery() as m:
        m.start_soon(enter, none)
        m.start_soon(enter, none)
        await trio.sleep(1 * ms)
        for _ in range(3):
            none.release()
        print(f"two woken: {none.value}")
    full = trio.Semaphore(1, max_value=1)
    await full.acquire()
    full.release()
    print(full.value)


run(main)
