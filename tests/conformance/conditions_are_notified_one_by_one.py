import trio
from trio_twin import ms, run, show, uptime


async def waiter(i, cond, finished):
    async with cond:
        await cond.wait()
        print(f"{uptime()} {i} goes on, locked: {show(cond.locked())}")
    finished.append(i)


async def main():
    cond = trio.Condition()
    finished = []
    async with trio.open_nursery() as n:
        for i in range(3):
            n.start_soon(waiter, i, cond, finished)
        await trio.sleep(1 * ms)
        async with cond:
            cond.notify()
        print(f"{uptime()} handed over, locked: {show(cond.locked())}")
        await trio.sleep(1 * ms)
        print(f"{len(finished)} finished")
        async with cond:
            cond.notify_all()
        await trio.sleep(1 * ms)
        print(f"{len(finished)} finished")
    finished.clear()
    async with trio.open_nursery() as m:
        for i in range(3, 6):
            m.start_soon(waiter, i, cond, finished)
        await trio.sleep(1 * ms)
        async with cond:
            cond.notify(2)
            await trio.sleep(1 * ms)
            print(f"{uptime()} still mine, {len(finished)} finished")
        await trio.sleep(1 * ms)
        print(f"{len(finished)} finished")
        await cond.acquire()
        cond.notify(5)
        cond.release()
    print(*finished)


run(main)
