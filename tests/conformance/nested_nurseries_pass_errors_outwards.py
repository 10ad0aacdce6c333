import trio
from trio_twin import error, leaves, ms, run, uptime

Boom = error("Boom", "id")


async def sleeper(name):
    try:
        await trio.sleep(50 * ms)
        print(f"{uptime()} {name} slept")
    finally:
        print(f"{uptime()} {name} ends")


async def fail(i):
    await trio.sleep(10 * ms)
    raise Boom(i)


async def main():
    async with trio.open_nursery() as outer:
        outer.start_soon(sleeper, "ann")
        try:
            async with trio.open_nursery() as inner:
                inner.start_soon(sleeper, "bob")
                inner.start_soon(fail, 1)
        except* Boom as group:
            print(f"{uptime()} caught {leaves(group)[0].id} between")
        await trio.sleep(5 * ms)
    try:
        async with trio.open_nursery() as outer:
            outer.start_soon(sleeper, "cid")
            async with trio.open_nursery() as inner:
                inner.start_soon(sleeper, "dee")
                inner.start_soon(fail, 2)
    except* Boom as group:
        print(f"{uptime()} caught {leaves(group)[0].id} outside")


run(main)
