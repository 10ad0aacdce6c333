import trio
from trio_twin import error, leaves, ms, run, sec, uptime

Boom = error("Boom", "id")


async def child(name, time):
    try:
        await trio.sleep(time)
        print(f"{uptime()} {name} slept")
    finally:
        print(f"{uptime()} {name} is cleaning up")
        with trio.CancelScope(shield=True):
            await trio.sleep(5 * ms)
        print(f"{uptime()} {name} ends")


async def main():
    async def boom():
        await trio.sleep(20 * ms)
        raise Boom(1)

    try:
        async with trio.open_nursery() as n:
            try:
                n.start_soon(child, "ann", 10 * ms)
                n.start_soon(child, "bob", 3600 * sec)
                n.start_soon(boom)
                n.start_soon(child, "cid", 3600 * sec)
                await trio.sleep_forever()
            finally:
                print(f"{uptime()} body ends")
    except* Boom as group:
        for e in leaves(group):
            print(f"{uptime()} boom {e.id}")


run(main)
