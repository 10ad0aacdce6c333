import trio
from trio_twin import error, leaves, ms, run, sec, uptime

Boom = error("Boom", "id")


async def child(i):
    try:
        with trio.CancelScope(shield=True):
            await trio.sleep(10 * ms * i)
        raise Boom(i)
    finally:
        print(f"{uptime()} child {i} ends")


async def main():
    async def sleeper():
        try:
            await trio.sleep(3600 * sec)
        finally:
            print(f"{uptime()} cancelled")

    try:
        async with trio.open_nursery() as n:
            n.start_soon(child, 2)
            n.start_soon(child, 1)
            n.start_soon(sleeper)
            await trio.sleep(5 * ms)
            raise Boom(0)
    except* Boom as group:
        for i, e in enumerate(leaves(group)):
            print(f"{uptime()} {i}: boom {e.id}")


run(main)
