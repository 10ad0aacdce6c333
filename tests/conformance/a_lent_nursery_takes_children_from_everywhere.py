import trio
from trio_twin import run, uptime


async def more(event, n, lock):
    async def locked():
        async with lock:
            print(f"{uptime()} from the function")
        event.set()

    n.start_soon(locked)
    await trio.lowlevel.checkpoint()
    print(f"{uptime()} function ends")


async def main():
    event = trio.Event()
    lock = trio.Lock()

    async def waiting():
        await event.wait()
        print(f"{uptime()} from the child")

    async def child():
        n.start_soon(waiting)
        print(f"{uptime()} child ends")

    async with trio.open_nursery() as n:
        n.start_soon(child)
        await more(event, n, lock)
        print(f"{uptime()} body ends")
    print(f"{uptime()} over")


run(main)
