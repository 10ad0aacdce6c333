import trio
from trio_twin import error, leaves, ms, run, sec, show, uptime

Bottom = error("Bottom", "depth")
hour = 3600 * sec


async def ends(name, time):
    try:
        await trio.sleep(time)
    finally:
        print(f"{name} ends")


async def third(how, a, b):
    try:
        with trio.move_on_after(hour) as c:
            with trio.CancelScope() as d:
                async with trio.open_nursery() as n:
                    n.start_soon(ends, "child of third", hour)
                    with trio.move_on_after(2 * hour):
                        await trio.sleep(1 * ms)
                        if how < 5:
                            [a, b, c, d, n.cancel_scope][how].cancel()
                        elif how == 5:
                            raise Bottom(how)
                        else:
                            c.cancel()
                            a.cancel()
                            raise Bottom(how)
                        await trio.lowlevel.checkpoint()
                        print("not reached")
                    print("not reached")
                print("behind the nursery")
            print(f"behind d: {show(d.cancelled_caught)}")
        print(f"behind c: {show(c.cancelled_caught)}")
    finally:
        print("third ends")


async def second(how, a):
    try:
        with trio.CancelScope() as b:
            async with trio.open_nursery() as n:
                n.start_soon(ends, "child of second", 2 * ms)
                await third(how, a, b)
            print("behind the second nursery")
        print(f"behind b: {show(b.cancelled_caught)}")
    finally:
        print("second ends")


async def sibling():
    await trio.sleep(3 * ms)
    print("sibling ends")


async def main():
    for how in range(7):
        print(f"-- {how} {uptime()}")
        try:
            with trio.CancelScope() as a:
                async with trio.open_nursery() as n:
                    n.start_soon(second, how, a)
                    n.start_soon(sibling)
                print("behind the first nursery")
            print(f"behind a: {show(a.cancelled_caught)}")
        except* Bottom as group:
            for e in leaves(group):
                print(f"{uptime()} bottom {e.depth}")


run(main)
