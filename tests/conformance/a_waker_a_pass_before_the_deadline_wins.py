import trio
from trio_twin import busy, ms, run, show, uptime


async def set_late(event):
    await trio.sleep(10 * ms)
    event.set()
    busy(10 * ms)


async def main():
    async def busy_soon():
        await trio.sleep(10 * ms)
        busy(10 * ms)

    event = trio.Event()
    async with trio.open_nursery() as n:
        n.start_soon(set_late, event)
        with trio.move_on_after(15 * ms) as scope:
            await event.wait()
            print(f"{uptime()} returned, called {show(scope.cancel_called)}")
            await trio.lowlevel.checkpoint()
            print("not reached")
        print(f"{uptime()} caught {show(scope.cancelled_caught)}")
    async with trio.open_nursery() as m:
        m.start_soon(busy_soon)
        with trio.move_on_after(15 * ms) as sleepy:
            await trio.sleep(12 * ms)
            print("not reached")
        print(f"{uptime()} caught {show(sleepy.cancelled_caught)}")


run(main)
