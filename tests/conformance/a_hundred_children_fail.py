import trio
from trio_twin import error, leaves, ms, run, uptime

Boom = error("Boom", "id", "at")


async def fail(i):
    with trio.CancelScope(shield=True):
        await trio.sleep((i * 37 % 50) * ms)
    raise Boom(i, uptime())


async def main():
    async def toggle():
        for i in range(60):
            n.cancel_scope.shield = i % 2 == 0
            await trio.sleep(1 * ms)

    try:
        async with trio.open_nursery() as n:
            for i in range(100):
                n.start_soon(fail, i)
            n.start_soon(toggle)
    except* Boom as group:
        found = leaves(group)
        print(f"{uptime()} {len(found)} errors")
        for i, e in enumerate(found):
            if i % 9 == 0:
                print(f"{i}: {e.id} at {e.at}")
        print(f"sum {sum(e.id for e in found)}")


run(main)
