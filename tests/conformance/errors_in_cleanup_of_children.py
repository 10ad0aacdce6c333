import trio
from trio_twin import error, leaves, ms, name, run, show, uptime, us

First = error("First", "id")
Second = error("Second", "id")


async def risky(i):
    await trio.sleep(1 * ms)
    raise Second(i)


async def careful(i):
    try:
        await trio.sleep_forever()
    finally:
        with trio.CancelScope(shield=True):
            try:
                async with trio.open_nursery() as n:
                    n.start_soon(risky, i)
            except* Second as group:
                print(f"{uptime()} {leaves(group)[0].id}: caught while cleaning up")


async def adds(i):
    async def shielded():
        with trio.CancelScope(shield=True):
            await risky(i)

    async with trio.open_nursery() as n:
        n.start_soon(trio.sleep_forever)
        n.start_soon(shielded)
        await trio.sleep(5 * ms)


async def main():
    try:
        async with trio.open_nursery() as n:
            n.start_soon(careful, 1)
            n.start_soon(adds, 2)
            n.start_soon(careful, 3)
            await trio.sleep(500 * us)
            raise First(0)
    except* (First, Second) as group:
        for e in leaves(group):
            print(f"{uptime()} {name(e)} {e.id}")
    with trio.move_on_after(500 * us) as scope:
        try:
            await adds(4)
            print("not reached")
        except* Second as group:
            for e in leaves(group):
                print(f"{uptime()} {name(e)} {e.id} and cancelled")
        print("not reached")
    print(f"{uptime()} {show(scope.cancelled_caught)}")


run(main)
