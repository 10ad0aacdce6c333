import trio
from trio_twin import TooSlow, error, leaves, ms, name, run, sec, uptime

Jam = error("Jam", "id")
Fire = error("Fire", "id")


async def jam(i):
    with trio.CancelScope(shield=True):
        await trio.sleep(1 * ms)
    raise Jam(i)


async def too_slow():
    with trio.fail_after(1 * ms, shield=True):
        await trio.sleep(3600 * sec)


async def either(slow):
    if slow:
        await too_slow()
    else:
        await jam(4)


async def once(again):
    try:
        async with trio.open_nursery() as n:
            n.start_soon(jam, 1)
            n.start_soon(too_slow)
            n.start_soon(jam, 2)
    except* Jam as jams:
        print(f"{uptime()} {len(leaves(jams))} jams")
        if again:
            raise
        raise Fire(3) from None
    except* Exception:
        print(f"{uptime()} and others")


async def main():
    for i in range(2):
        try:
            await once(i == 0)
            print("not reached")
        except* (Jam, Fire) as group:
            for e in leaves(group):
                print(f"{name(e)} {e.id}")
        except* Exception:
            print("not reached")
    try:
        try:
            await either(True)
        except* TooSlow:
            raise
        except* Exception:
            print("not reached")
        print("not reached")
    except* Exception:
        print(f"{uptime()} sent on")


run(main)
