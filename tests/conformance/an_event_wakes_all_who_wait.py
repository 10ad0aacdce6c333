import trio
from trio_twin import ms, run, show, uptime


async def wait(who, event):
    await event.wait()
    print(f"{uptime()} {who}")


async def main():
    async def impatient():
        with trio.move_on_after(5 * ms):
            await wait("not reached", event)
        print(f"{uptime()} gave up")
        await wait("cid", event)

    event = trio.Event()
    print(show(event.is_set()))
    async with trio.open_nursery() as n:
        n.start_soon(wait, "ann", event)
        n.start_soon(wait, "bob", event)
        n.start_soon(impatient)
        await trio.sleep(10 * ms)
        n.start_soon(wait, "dee", event)
        event.set()
        event.set()
        print(f"{uptime()} {show(event.is_set())}")
        await wait("eve", event)
    await event.wait()
    print(f"{uptime()} over")


run(main)
