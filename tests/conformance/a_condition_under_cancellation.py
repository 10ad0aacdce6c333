import trio
from trio_twin import ms, run, show, uptime


async def waiter(name, cond):
    async with cond:
        try:
            await cond.wait()
            print(f"{uptime()} {name} notified")
            await trio.lowlevel.checkpoint()
            print("not reached")
        finally:
            print(f"{uptime()} {name} leaves, locked: {show(cond.locked())}")


async def ticks(count):
    for i in range(count):
        print(f"tick {i}")
        await trio.lowlevel.checkpoint()


async def main():
    cond = trio.Condition()

    async def within(time, name):
        with trio.move_on_after(time):
            await waiter(name, cond)

    async def cancels_itself():
        with trio.CancelScope() as s:
            async with cond:
                s.cancel()
                try:
                    await cond.wait()
                    print("not reached")
                finally:
                    print("leaves")
        print("gone")

    async with trio.open_nursery() as n:
        n.start_soon(within, 5 * ms, "ann")
        n.start_soon(within, 5 * ms, "bob")
        n.start_soon(within, 7 * ms, "cid")
        await trio.sleep(3 * ms)
        async with cond:
            await trio.sleep(3 * ms)
        print(f"{uptime()} main released")
    async with trio.open_nursery() as m:
        m.start_soon(waiter, "dee", cond)
        await trio.lowlevel.checkpoint()
        await trio.lowlevel.checkpoint()
        async with cond:
            cond.notify()
        m.cancel_scope.cancel()
    print(f"{uptime()} cancelled before")
    async with trio.open_nursery() as k:
        k.start_soon(ticks, 4)
        k.start_soon(cancels_itself)
    print(f"{uptime()} locked: {show(cond.locked())}")


run(main)
