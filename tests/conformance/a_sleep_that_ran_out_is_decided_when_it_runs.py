import trio
from trio_twin import ms, run, show, uptime


async def canceller(scope):
    await trio.sleep(10 * ms)
    print(f"{uptime()} cancelling")
    scope.cancel()


async def main():
    async with trio.open_nursery() as n:
        with trio.CancelScope() as a:
            n.start_soon(canceller, a)
            await trio.lowlevel.checkpoint()
            await trio.lowlevel.checkpoint()
            await trio.sleep(10 * ms)
            print("not reached")
        print(f"{uptime()} the canceller slept first: {show(a.cancelled_caught)}")
    async with trio.open_nursery() as m:
        with trio.CancelScope() as b:
            m.start_soon(canceller, b)
            await trio.sleep(10 * ms)
            print(f"{uptime()} the sleeper ran first")
        print(f"{uptime()} {show(b.cancel_called)} {show(b.cancelled_caught)}")


run(main)
