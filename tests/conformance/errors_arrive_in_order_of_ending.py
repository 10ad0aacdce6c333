import trio
from trio_twin import error, leaves, ms, run, uptime

Boom = error("Boom", "id")


async def fail(i):
    with trio.CancelScope(shield=True):
        await trio.sleep(10 * ms * i)
    raise Boom(i)


async def pair(a, b):
    async with trio.open_nursery() as n:
        n.start_soon(fail, a)
        n.start_soon(fail, b)


async def main():
    try:
        async with trio.open_nursery() as n:
            n.start_soon(fail, 5)
            n.start_soon(pair, 4, 1)
            n.start_soon(fail, 3)
            n.start_soon(pair, 2, 6)
    except* Boom as group:
        for e in leaves(group):
            print(f"{uptime()} boom {e.id}")


run(main)
