import trio
from trio_twin import error, ms, run, uptime

TooDeep = error("TooDeep", "level")


async def level3(x):
    if x == 5:
        raise TooDeep(3)
    if x > 2:
        await trio.sleep(4 * ms)
    return x + 1


async def level2(x):
    try:
        a = await level3(x)
        b = await level3(a)
        return a * b
    finally:
        print(f"{uptime()} leaving level 2 with {x}")


async def level1(x):
    total = await level2(x) + await level2(x + 1)
    return total


async def main():
    for x in range(5):
        with trio.move_on_after(10 * ms) as scope:
            try:
                y = await level1(x)
                print(f"{uptime()} level1({x}) = {y}")
            except TooDeep as e:
                print(f"{uptime()} level1({x}) is too deep at {e.level}")
        if scope.cancelled_caught:
            print(f"{uptime()} level1({x}) took too long")


run(main)
