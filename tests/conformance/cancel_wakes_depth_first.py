import trio
from trio_twin import ms, run, sec


async def leaf(name):
    try:
        await trio.sleep(3600 * sec)
    finally:
        print(f"{name} ends")


async def branch(name):
    async with trio.open_nursery() as n:
        n.start_soon(leaf, name)
        try:
            with trio.move_on_after(3600 * sec):
                await trio.sleep(7200 * sec)
        finally:
            print(f"branch of {name} ends")


async def main():
    async def cid():
        with trio.move_on_after(3600 * sec):
            await leaf("cid")

    async def canceller():
        await trio.sleep(10 * ms)
        scope.cancel()
        print("cancelled")

    with trio.CancelScope() as scope:
        async with trio.open_nursery() as n:
            try:
                n.start_soon(leaf, "ann")
                n.start_soon(branch, "bob")
                n.start_soon(cid)
                n.start_soon(leaf, "dee")
                n.start_soon(branch, "eve")
                n.start_soon(canceller)
                await trio.sleep(3600 * sec)
            finally:
                print("body ends")


run(main)
