import trio
from trio_twin import ms, run, sec, select, uptime


async def main():
    ready = trio.Event()
    lock = trio.StrictFIFOLock()
    out, sums = trio.open_memory_channel(0)
    jobs_tx, jobs = trio.open_memory_channel(0)
    await lock.acquire()

    async def chooses():
        with trio.move_on_after(10 * ms) as s:
            won, x = await select(
                lambda: out.send(1), jobs.receive, ready.wait, lambda: trio.sleep(1 * sec)
            )
            print(("sent", f"took {x}", "ready", "time")[won])
        print(f"{uptime()} cancelled: {'true' if s.cancelled_caught else 'false'}")
        await jobs.receive()
        print(f"{uptime()} received")

    # The lock belongs to the task that acquires it: here it acquires and releases in one go.
    async def takes_lock(name):
        await lock.acquire()
        print(f"{uptime()} {name} has the lock")
        lock.release()

    async def second():
        await trio.sleep(5 * ms)
        won, _ = await select(lambda: takes_lock("second"), ready.wait)
        if won:
            print("no")

    async def first():
        await trio.sleep(3 * ms)
        won, _ = await select(ready.wait, lambda: takes_lock("first"))
        if not won:
            print("no")

    async with trio.open_nursery() as n:
        n.start_soon(chooses)
        n.start_soon(second)
        n.start_soon(first)
        await trio.sleep(20 * ms)
        with trio.move_on_after(5 * ms):
            print(await sums.receive())
        print(f"{uptime()} nothing came")
        await jobs_tx.send(2)
        lock.release()
        await trio.sleep(1 * ms)
        ready.set()


run(main)
