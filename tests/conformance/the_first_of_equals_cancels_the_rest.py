import trio
from trio_twin import error, leaves, ms, name, run

Boom = error("Boom", "id")


async def fail(i):
    await trio.sleep(10 * ms)
    raise Boom(i)


async def main():
    async def well():
        await trio.sleep(10 * ms)
        print("ended well")

    try:
        async with trio.open_nursery() as n:
            for i in range(4):
                n.start_soon(fail, i)
            n.start_soon(well)
    except* Boom as group:
        print(len(leaves(group)))
        for e in leaves(group):
            print(f"{name(e)} {e.id}")


run(main)
