import trio
from trio_twin import error, leaves, ms, race, run, show, uptime

Broken = error("Broken", "id")


async def fetch(id, d):
    try:
        await trio.sleep(d)
        return id * 10
    finally:
        print(f"{uptime()} {id} ends")


async def stubborn(id, d):
    with trio.CancelScope(shield=True):
        await trio.sleep(d)
    print(f"{uptime()} {id} was not to be stopped")
    return id


async def breaks(id, d):
    await trio.sleep(d)
    raise Broken(id)


async def main():
    async def block():
        await trio.sleep(5 * ms)
        print(f"{uptime()} block")

    async def twice():
        await trio.lowlevel.checkpoint()
        await trio.lowlevel.checkpoint()
        print("not here")

    async def turns():
        for i in range(5):
            print(f"turn {i}")
            await trio.lowlevel.checkpoint()

    _, first = await race(
        lambda: fetch(1, 30 * ms), lambda: fetch(2, 10 * ms), lambda: fetch(3, 20 * ms)
    )
    print(f"{uptime()} {first}")
    _, same_pass = await race(lambda: fetch(4, 10 * ms), lambda: fetch(5, 10 * ms))
    print(f"{uptime()} {same_pass}")
    index, _ = await race(block, lambda: stubborn(6, 15 * ms), lambda: trio.sleep(7 * ms))
    print(f"{uptime()} {index}")
    try:
        _, none_wins = await race(lambda: fetch(7, 20 * ms), lambda: breaks(8, 10 * ms))
        print(f"not here: {none_wins}")
    except* Broken as group:
        for e in leaves(group):
            print(f"{uptime()} broken {e.id}")
    with trio.move_on_after(10 * ms) as s:
        await race(lambda: fetch(9, 20 * ms), lambda: fetch(10, 30 * ms))
        print("not here")
    print(f"{uptime()} {show(s.cancelled_caught)}")
    async with trio.open_nursery() as n:
        n.start_soon(turns)
        await race(trio.lowlevel.checkpoint, twice)
        print("raced")


run(main)
