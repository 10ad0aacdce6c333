import trio
from trio_twin import ms, now, run, sec, show, uptime


async def watch(scope):
    await trio.sleep(5 * ms)
    print(f"{uptime()} child shortens it")
    scope.deadline = now() + 5 * ms


async def main():
    async def forever():
        try:
            await trio.sleep_forever()
        finally:
            print(f"{uptime()} child cancelled")

    async def protected():
        await trio.sleep(10 * ms)
        print(f"{uptime()} protected")

    async with trio.open_nursery() as n:
        n.cancel_scope.deadline = now() + 3600 * sec
        n.start_soon(watch, n.cancel_scope)
        n.start_soon(forever)
        await trio.sleep(60 * sec)
        print("not reached")
    print(f"{uptime()} {show(n.cancel_scope.cancelled_caught)}")

    with trio.move_on_after(5 * ms) as outer:
        async with trio.open_nursery() as m:
            m.cancel_scope.shield = True
            m.start_soon(protected)
        print(f"{uptime()} left")
        await trio.lowlevel.checkpoint()
        print("not reached")
    print(f"{uptime()} {show(outer.cancelled_caught)}")


run(main)
