import trio
from trio_twin import ms, run, sec, show, uptime


async def plant(n, event, lock):
    async def planted():
        async with lock:
            print(f"{uptime()} planted")
        event.set()

    async def planter():
        n.start_soon(planted)
        print(f"{uptime()} planter ends")

    n.start_soon(planter)


async def main():
    event = trio.Event()
    lock = trio.Lock()
    count = 0

    async def inner_child():
        nonlocal count
        await trio.sleep(1 * ms)
        async with lock:
            await event.wait()
            count += 1
            print(f"{uptime()} inner child, count {count}")
        outer.cancel_scope.cancel()

    async def child():
        print(f"{uptime()} set: {show(event.is_set())}")
        async with trio.open_nursery() as inner:
            inner.start_soon(inner_child)
        await trio.lowlevel.checkpoint()
        print("not reached")

    async with trio.open_nursery() as outer:
        await plant(outer, event, lock)
        outer.start_soon(child)
        await trio.sleep(3600 * sec)
    print(f"{uptime()} {count} {show(outer.cancel_scope.cancelled_caught)}")


run(main)
