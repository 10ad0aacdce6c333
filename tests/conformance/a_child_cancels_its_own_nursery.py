import trio
from trio_twin import ms, run, show, uptime


async def sleeper(name):
    try:
        print(f"{uptime()} {name} begins")
        await trio.sleep_forever()
    finally:
        print(f"{uptime()} {name} ends")


async def main():
    async def canceller():
        await trio.sleep(1 * ms)
        n.cancel_scope.cancel()
        n.cancel_scope.cancel()
        print(f"{uptime()} runs on")
        n.start_soon(sleeper, "bob")
        with trio.CancelScope(shield=True):
            await trio.sleep(1 * ms)
        print(f"{uptime()} still in a shield")
        outer.cancel()
        await trio.lowlevel.checkpoint()
        print("not reached")

    with trio.CancelScope() as outer:
        async with trio.open_nursery() as n:
            n.start_soon(sleeper, "ann")
            n.start_soon(canceller)
            n.start_soon(sleeper, "cid")
            try:
                await trio.sleep_forever()
            finally:
                print(f"{uptime()} body ends")
        print("not reached")
    print(f"{uptime()} {show(outer.cancelled_caught)}")


run(main)
