import trio
from trio_twin import error, ms, run, uptime

Broken = error("Broken", "id")


async def main():
    async def child():
        try:
            await trio.sleep_forever()
        finally:
            print(f"{uptime()} child ends")

    async with trio.open_nursery() as n:
        n.start_soon(child)
        await trio.sleep(10 * ms)
        print(f"{uptime()} main fails")
        raise Broken(7)


run(main)
