import trio
from trio_twin import ms, run, show, uptime


async def waiter(name, event):
    try:
        await event.wait()
        print(f"{uptime()} {name} got it")
        await trio.lowlevel.checkpoint()
        print(f"{uptime()} {name} not reached")
    finally:
        print(f"{uptime()} {name} ends")


async def main():
    first = trio.Event()
    second = trio.Event()
    async with trio.open_nursery() as n:
        n.start_soon(waiter, "ann", first)
        n.start_soon(waiter, "bob", second)
        await trio.sleep(10 * ms)
        first.set()
        n.cancel_scope.cancel()
        second.set()
        print(f"{uptime()} cancelled")
    print(f"{uptime()} {show(n.cancel_scope.cancelled_caught)}")


run(main)
