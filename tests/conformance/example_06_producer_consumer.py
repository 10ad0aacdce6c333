import trio
from trio_twin import ms, run, uptime


async def produce(items):
    with items:
        for i in range(1, 9):
            await items.send(i * i)
            print(f"{uptime()}: sent {i * i}")
        print(f"{uptime()}: producer done")


async def consume(items, total):
    with items:
        async for item in items:
            await trio.sleep(100 * ms)
            total[0] += item
            print(f"{uptime()}: used {item}")
        print(f"{uptime()}: consumer done")


async def main():
    total = [0]
    tx, rx = trio.open_memory_channel(5)
    async with trio.open_nursery() as n:
        n.start_soon(produce, tx)
        n.start_soon(consume, rx, total)
    print(f"sum: {total[0]}")


run(main)
