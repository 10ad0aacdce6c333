import trio
from trio_twin import WouldBlock, ms, run, uptime


async def enter(who, sem):
    await sem.acquire()
    print(f"{uptime()} {who} in, value {sem.value}")
    await trio.sleep(10 * ms)
    sem.release()
    print(f"{uptime()} {who} out, value {sem.value}")


async def main():
    sem = trio.Semaphore(2)

    async def impatient():
        with trio.move_on_after(5 * ms):
            await enter("not reached", sem)
        print(f"{uptime()} gave up")

    async with trio.open_nursery() as n:
        n.start_soon(enter, "ann", sem)
        n.start_soon(enter, "bob", sem)
        n.start_soon(enter, "cid", sem)
        n.start_soon(impatient)
        n.start_soon(enter, "dee", sem)
        await trio.sleep(5 * ms)
        try:
            sem.acquire_nowait()
            print("not reached")
        except WouldBlock:
            print(f"{uptime()} none free")
    print(f"{uptime()} value {sem.value}")
    async with sem:
        print(f"value {sem.value}")
    print(f"value {sem.value}")


run(main)
