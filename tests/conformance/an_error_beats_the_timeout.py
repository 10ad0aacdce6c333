import trio
from trio_twin import TooSlow, error, leaves, ms, name, run, uptime

Boom = error("Boom", "id")


async def main():
    async def one():
        with trio.CancelScope(shield=True):
            await trio.sleep(20 * ms)
        raise Boom(1)

    try:
        with trio.fail_after(10 * ms):
            async with trio.open_nursery() as n:
                n.start_soon(trio.sleep_forever)
                n.start_soon(one)
    except* (Boom, TooSlow) as group:
        for e in leaves(group):
            print(f"{uptime()} {name(e)}")
    try:
        with trio.move_on_after(10 * ms):
            with trio.CancelScope(shield=True):
                await trio.sleep(20 * ms)
            raise Boom(2)
    except Boom as e:
        print(f"{uptime()} {name(e)} {e.id}")


run(main)
