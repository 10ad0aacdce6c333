import trio
from trio_twin import error, leaves, ms, run, together, uptime

Broken = error("Broken", "id")


async def load(id, d):
    await trio.sleep(d)
    print(f"{uptime()} {id} loaded")
    return id * id


async def breaks(id, d):
    try:
        with trio.CancelScope(shield=True):
            await trio.sleep(d)
        raise Broken(id)
    finally:
        print(f"{uptime()} {id} ends")


async def main():
    tx, rx = trio.open_memory_channel(0)
    count = 0

    async def block():
        nonlocal count
        count += 1
        await trio.sleep(15 * ms)
        count += 1
        print(f"{uptime()} block")

    async def arm():
        print("arm")

    async def turns():
        for i in range(4):
            print(f"turn {i}")
            await trio.lowlevel.checkpoint()

    a, b, c, _, _ = await together(
        lambda: load(3, 20 * ms), lambda: load(4, 10 * ms), rx.receive, lambda: tx.send(7), block
    )
    print(f"{uptime()} {a} {b} {c} {count}")
    try:
        x, y, z = await together(
            lambda: breaks(1, 10 * ms), lambda: load(2, 15 * ms), lambda: breaks(3, 20 * ms)
        )
        print(f"not here: {x} {y} {z}")
    except* Broken as group:
        for e in leaves(group):
            print(f"{uptime()} broken {e.id}")
    with trio.move_on_after(5 * ms):
        (late,) = await together(lambda: load(5, 10 * ms))
        print(f"not here: {late}")
    print(f"{uptime()}")
    async with trio.open_nursery() as n:
        n.start_soon(turns)
        await together(trio.lowlevel.checkpoint, arm)
        print("done")


run(main)
