import trio
from trio_twin import error, leaves, ms, name, run

Jam = error("Jam", "id")
Fire = error("Fire", "id")
Leak = error("Leak", "id")


async def fail(kind, i):
    with trio.CancelScope(shield=True):
        await trio.sleep(10 * ms)
    raise [Jam, Fire, Leak][kind](i)


async def all_():
    async with trio.open_nursery() as n:
        for i in range(7):
            n.start_soon(fail, i % 3, i)


async def main():
    try:
        try:
            await all_()
        except* Fire as fires:
            for e in leaves(fires):
                print(f"inside: fire {e.id}")
        print("not reached")
    except* (Jam, Leak) as rest:
        for e in leaves(rest):
            print(f"outside: {name(e)} {e.id}")
    try:
        await all_()
    except* Jam as jams:
        print(f"{len(leaves(jams))} jams")
    except* Leak as leaks:
        print(f"{len(leaves(leaks))} leaks")
    except* Exception:
        print("and others")
    print("over")


run(main)
