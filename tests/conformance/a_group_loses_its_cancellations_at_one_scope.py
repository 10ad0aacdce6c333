import trio
from trio_twin import error, leaves, ms, name, run

Crash = error("Crash", "id")


async def crash(i):
    raise Crash(i)


async def unreachable():
    await trio.lowlevel.checkpoint()
    print("not reached")


def tell(group):
    for e in leaves(group):
        print(f"{name(e)} {e.id}")


async def main():
    try:
        with trio.CancelScope() as outer:
            async with trio.open_nursery() as n:
                n.start_soon(trio.sleep_forever)
                n.start_soon(trio.sleep_forever)
                n.cancel_scope.cancel()
                with trio.CancelScope(shield=True):
                    await trio.sleep(1 * ms)
                n.start_soon(trio.sleep_forever)
                outer.cancel()
                n.start_soon(crash, 1)
            print("not reached")
    except* Crash as group:
        tell(group)
    try:
        async with trio.open_nursery() as n:
            n.start_soon(trio.sleep_forever)
            n.start_soon(crash, 2)
            async with trio.open_nursery() as m:
                m.start_soon(trio.sleep_forever)
                m.start_soon(crash, 3)
                n.cancel_scope.cancel()
    except* Crash as group:
        tell(group)
    try:
        with trio.CancelScope() as scope:
            scope.cancel()
            async with trio.open_nursery() as n:
                n.start_soon(crash, 4)
                async with trio.open_nursery() as m:
                    m.start_soon(crash, 5)
                    m.start_soon(unreachable)
    except* Crash as group:
        tell(group)


run(main)
