import trio
from trio_twin import ms, run, sec, show, uptime


async def child(name):
    try:
        await trio.sleep(50 * ms)
        print(f"{uptime()} {name} slept")
    finally:
        print(f"{uptime()} {name} ends")


async def main():
    with trio.move_on_after(80 * ms) as outer:
        async with trio.open_nursery() as n:
            with trio.move_on_after(10 * ms) as inner:
                n.start_soon(child, "ann")
                await trio.sleep(3600 * sec)
            print(f"{uptime()} inner {show(inner.cancelled_caught)}")
            with trio.CancelScope(shield=True):
                n.start_soon(child, "bob")
                await trio.sleep(25 * ms)
            await trio.sleep(20 * ms)
            n.start_soon(child, "cid")
    print(f"{uptime()} outer {show(outer.cancelled_caught)}")


run(main)
