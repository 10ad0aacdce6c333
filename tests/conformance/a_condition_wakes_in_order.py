import trio
from trio_twin import ms, run, show, uptime


async def waiter(name, cond):
    async with cond:
        print(f"{uptime()} {name} waits")
        await cond.wait()
        print(f"{uptime()} {name} notified")
        await trio.sleep(1 * ms)
        print(f"{uptime()} {name} done")


async def acquirer(lock):
    async with lock:
        print(f"{uptime()} acquired")


async def main():
    lock = trio.Lock()
    full = trio.Condition(lock)
    empty = trio.Condition(lock)
    async with full:
        full.notify()
        empty.notify_all()
    async with trio.open_nursery() as n:
        n.start_soon(waiter, "a", full)
        n.start_soon(waiter, "b", full)
        n.start_soon(waiter, "c", empty)
        n.start_soon(waiter, "d", full)
        n.start_soon(waiter, "e", full)
        await trio.sleep(10 * ms)
        async with empty:
            n.start_soon(acquirer, lock)
            await trio.sleep(1 * ms)
            full.notify(2)
            empty.notify()
            print(f"{uptime()} {show(lock.locked())} {show(full.locked())} {show(empty.locked())}")
        print(f"{uptime()} released")
        await trio.sleep(10 * ms)
        full.acquire_nowait()
        full.notify(0)
        full.notify_all()
        full.notify_all()
        full.release()
    print(f"{uptime()} locked: {show(lock.locked())}")


run(main)
