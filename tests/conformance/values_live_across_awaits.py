import trio
from trio_twin import ms, run, show, uptime


async def pause(x):
    twice = x * 2
    await trio.lowlevel.checkpoint()
    return twice + 1


async def area(shape):
    await trio.lowlevel.checkpoint()
    if shape is None:
        return 0
    w, h = shape
    await trio.sleep(1 * ms * w)
    return w * h


async def walk(i):
    x, y = i, 0
    trail = []
    flag = i % 2 == 0
    big = 1_000_000_000_000
    for step in range(3):
        before = (x, y)
        await trio.sleep(1 * ms)
        if flag:
            dx = step * 10
            await trio.lowlevel.checkpoint()
            x += dx
        else:
            y -= step
        big = await pause(big)
        trail.append(before)
        print(f"{uptime()} {i}: {before[0]},{before[1]} to {x},{y}, {big}")
    boxed = await area((len(trail), i))
    dot = await area(None)
    print(f"{uptime()} {i}: {trail[2][0]} {boxed} {dot} {show(flag)}")


async def main():
    async with trio.open_nursery() as n:
        n.start_soon(walk, 1)
        n.start_soon(walk, 2)
        await walk(3)


run(main)
