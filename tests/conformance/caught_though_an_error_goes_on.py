import trio
from trio_twin import TooSlow, error, leaves, ms, name, run, sec, show, uptime

Boom = error("Boom", "id")


async def stubborn(i):
    with trio.CancelScope(shield=True):
        await trio.sleep(20 * ms)
    raise Boom(i)


async def watch(scope):
    with trio.CancelScope(shield=True):
        await trio.sleep(30 * ms)
    print(f"{uptime()} called {show(scope.cancel_called)}, caught {show(scope.cancelled_caught)}")


async def moves_on():
    async with trio.open_nursery() as outer:
        with trio.move_on_after(10 * ms) as scope:
            outer.start_soon(watch, scope)
            async with trio.open_nursery() as n:
                n.start_soon(stubborn, 1)
                await trio.sleep(3600 * sec)
        print("not reached")


async def fails(i):
    async with trio.open_nursery() as outer:
        with trio.fail_after(10 * ms) as scope:
            outer.start_soon(watch, scope)
            async with trio.open_nursery() as n:
                n.start_soon(stubborn, i)
                if i == 2:
                    await trio.sleep(3600 * sec)


async def in_a_nursery(i):
    async with trio.open_nursery() as outer:
        async with trio.open_nursery() as n:
            outer.start_soon(watch, n.cancel_scope)
            if i == 4:
                n.start_soon(trio.sleep, 3600 * sec)
            await stubborn(i)


async def main():
    for i in range(1, 6):
        try:
            if i == 1:
                await moves_on()
            elif i < 4:
                await fails(i)
            else:
                await in_a_nursery(i)
        except* (Boom, TooSlow) as group:
            for e in leaves(group):
                print(f"{uptime()} {name(e)}")


run(main)
