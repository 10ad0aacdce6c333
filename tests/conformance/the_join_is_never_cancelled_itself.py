import trio
from trio_twin import ms, run, show, uptime


async def main():
    async def child():
        with trio.CancelScope(shield=True):
            await trio.sleep(30 * ms)
        print(f"{uptime()} child ends well")

    with trio.move_on_after(10 * ms) as outer:
        async with trio.open_nursery() as n:
            n.start_soon(child)
        called = show(n.cancel_scope.cancel_called)
        print(f"{uptime()} left the nursery, outer {show(outer.cancel_called)}, its own {called}")
        await trio.lowlevel.checkpoint()
        print("not reached")
    print(f"{uptime()} {show(outer.cancelled_caught)}")
    with trio.CancelScope() as empty:
        empty.cancel()
        async with trio.open_nursery():
            print("an empty one")
        print("left too")
    print(show(empty.cancelled_caught))


run(main)
