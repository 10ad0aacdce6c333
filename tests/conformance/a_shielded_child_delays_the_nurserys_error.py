import trio
from trio_twin import error, ms, run, uptime

Boom = error("Boom")


async def main():
    async def flush():
        with trio.CancelScope(shield=True):
            await trio.sleep(50 * ms)
            print(f"{uptime()} flushed")
        await trio.lowlevel.checkpoint()
        print("not reached")

    async def fail():
        await trio.sleep(10 * ms)
        print(f"{uptime()} failing")
        raise Boom

    try:
        async with trio.open_nursery() as n:
            n.start_soon(flush)
            n.start_soon(fail)
    except* Boom:
        print(f"{uptime()} boom")


run(main)
