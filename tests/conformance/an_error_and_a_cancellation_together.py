import trio
from trio_twin import error, leaves, ms, run, sec, show, uptime

Boom = error("Boom", "id")


async def stubborn(i):
    with trio.CancelScope(shield=True):
        await trio.sleep(20 * ms)
    raise Boom(i)


async def main():
    with trio.move_on_after(10 * ms) as outer:
        try:
            async with trio.open_nursery() as n:
                n.start_soon(stubborn, 1)
                n.start_soon(trio.sleep, 3600 * sec)
            print("not reached")
        except* Boom as group:
            print(f"{uptime()} boom {leaves(group)[0].id}, and cancelled: {show(outer.cancel_called)}")
        print("not reached")
    print(f"{uptime()} outer {show(outer.cancelled_caught)}")
    try:
        async with trio.open_nursery() as n:
            n.start_soon(stubborn, 2)
            n.start_soon(trio.sleep, 3600 * sec)
            await trio.sleep(10 * ms)
            n.cancel_scope.cancel()
        print("not reached")
    except* Boom as group:
        print(f"{uptime()} boom {leaves(group)[0].id}")


run(main)
