import trio
from trio_twin import ms, run, sec, show, uptime


async def hold(who, lock, time):
    async with lock:
        try:
            print(f"{uptime()} {who} holds")
            await trio.sleep(time)
            print(f"{uptime()} {who} slept")
        finally:
            print(f"{uptime()} {who} gives back")


async def main():
    lock = trio.Lock()

    async def ann():
        with trio.move_on_after(10 * ms):
            await hold("ann", lock, 3600 * sec)

    async def bob():
        with trio.move_on_after(5 * ms):
            await hold("not reached", lock, 1 * ms)
        print(f"{uptime()} bob gave up")

    async with trio.open_nursery() as n:
        n.start_soon(ann)
        n.start_soon(bob)
        n.start_soon(hold, "cid", lock, 10 * ms)
        n.start_soon(hold, "dee", lock, 10 * ms)
    async with trio.open_nursery() as m:
        async with lock:
            m.start_soon(hold, "eve", lock, 10 * ms)
            await trio.lowlevel.checkpoint()
        m.cancel_scope.cancel()
    print(f"{uptime()} locked: {show(lock.locked())}")


run(main)
