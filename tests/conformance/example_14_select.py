import trio
from trio_twin import ms, race, run, select, together, uptime


async def fingers(keys, off):
    with keys:
        for level in range(1, 4):
            await trio.sleep(40 * ms)
            await keys.send(level)
        await trio.sleep(10 * ms)
        off.set()


async def lamp(keys, off):
    with keys:
        level = 2
        while True:
            won, wanted = await select(
                keys.receive, off.wait, (lambda: trio.sleep(25 * ms)) if level > 0 else None
            )
            if won == 0:
                level = wanted
                print(f"{uptime()}: level {level}")
            elif won == 1:
                print(f"{uptime()}: off")
                return
            else:
                level -= 1
                print(f"{uptime()}: dimmed to {level}")


async def measure(where, d, value):
    await trio.sleep(d)
    print(f"{uptime()}: {where} {value}")
    return value


async def main():
    off = trio.Event()
    keys, pressed = trio.open_memory_channel(1)
    async with trio.open_nursery() as n:
        n.start_soon(lamp, pressed, off)
        n.start_soon(fingers, keys, off)
    _, celsius = await race(
        lambda: measure("roof", 30 * ms, 21), lambda: measure("wall", 10 * ms, 20)
    )
    inside, outside = await together(
        lambda: measure("inside", 20 * ms, 44), lambda: measure("outside", 15 * ms, 61)
    )
    print(f"{uptime()}: {celsius} degrees, {outside - inside}% drier inside")


run(main)
