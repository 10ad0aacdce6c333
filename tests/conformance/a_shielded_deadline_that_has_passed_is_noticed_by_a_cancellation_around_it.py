import trio
from trio_twin import leaves, ms, name, run, show, uptime


async def sleeper(text):
    await trio.sleep(2 * ms)
    print(f"{uptime()} {text}")


async def main():
    try:
        async with trio.open_nursery() as n:
            n.start_soon(sleeper, "not reached")
            with trio.fail_after(2 * ms):
                await trio.lowlevel.checkpoint()
                with trio.fail_after(2 * ms, shield=True):
                    await trio.sleep(2 * ms)
                    print("not reached")
                print("not reached")
            print("not reached")
    except* trio.TooSlowError as g:
        for e in leaves(g):
            print(f"{uptime()} {name(e)}")
    async with trio.open_nursery() as n:
        n.start_soon(sleeper, "in its turn")
        with trio.move_on_after(2 * ms) as outer:
            await trio.lowlevel.checkpoint()
            with trio.move_on_after(2 * ms) as inner:
                await trio.sleep(2 * ms)
            print(f"{uptime()} {show(inner.cancelled_caught)}")
        print(f"{uptime()} {show(outer.cancelled_caught)}")


run(main)
