import trio
from trio_twin import BrokenResource, ms, run, uptime


async def produce(tx):
    with tx:
        try:
            for i in range(10):
                await tx.send(i)
                print(f"{uptime()} sent {i}")
                await trio.sleep(3 * ms)
        except BrokenResource:
            print(f"{uptime()} nobody listens")


async def main():
    async def consume(mine):
        with mine:
            with trio.move_on_after(8 * ms):
                async for x in mine:
                    print(f"{uptime()} first loop: {x}")
            await trio.sleep(5 * ms)
            with trio.move_on_after(5 * ms):
                async for x in mine:
                    print(f"{uptime()} second loop: {x}")
                    await trio.sleep(1 * ms)
            print(f"{uptime()} consumer ends")

    tx, rx = trio.open_memory_channel(1)
    async with trio.open_nursery() as n:
        n.start_soon(produce, tx)
        n.start_soon(consume, rx)


run(main)
