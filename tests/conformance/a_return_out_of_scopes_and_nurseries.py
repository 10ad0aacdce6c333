import trio
from trio_twin import ms, run, uptime


async def search(hit):
    async def child():
        with trio.CancelScope(shield=True):
            await trio.sleep(20 * ms)
        print(f"{uptime()} child ends")

    with trio.move_on_after(10 * ms):
        async with trio.open_nursery() as n:
            n.start_soon(child)
            if hit:
                return 1
        print(f"{uptime()} nursery left")
        await trio.lowlevel.checkpoint()
        print("not reached")
    return 2


async def main():
    a = await search(True)
    print(f"{uptime()} found {a}")
    b = await search(False)
    print(f"{uptime()} found {b}")


run(main)
