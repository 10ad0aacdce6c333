import trio
from trio_twin import error, leaves, ms, run, show, uptime

Boom = error("Boom", "id")


async def fail(i):
    await trio.sleep(1 * ms)
    raise Boom(i)


async def returns():
    async with trio.open_nursery() as n:
        n.start_soon(fail, 1)
        return 7


async def breaks():
    for i in range(2, 4):
        async with trio.open_nursery() as n:
            n.start_soon(fail, i)
            if i == 2:
                break
            continue
    print("not reached")


async def cut_short():
    with trio.move_on_after(5 * ms):
        async with trio.open_nursery() as n:
            n.start_soon(trio.sleep_forever)
            return 8
    print(f"{uptime()} the return was cut short")
    return 9


async def main():
    try:
        x = await returns()
        print(f"not reached {x}")
    except* Boom as group:
        print(f"{uptime()} boom {leaves(group)[0].id}")
    try:
        await breaks()
        print("not reached")
    except* Boom as group:
        print(f"{uptime()} boom {leaves(group)[0].id}")
    for i in range(2):
        with trio.move_on_after(5 * ms) as scope:
            async with trio.open_nursery() as n:
                n.start_soon(trio.sleep_forever)
                if i == 0:
                    continue
                break
        print(f"{uptime()} round {i} was cut short: {show(scope.cancelled_caught)}")
    y = await cut_short()
    print(f"{uptime()} returned {y}")


run(main)
