import trio
from trio_twin import ms, run


async def produce(tx, i):
    with tx:
        for j in range(3 * i, 3 * (i + 1)):
            await tx.send(j)
        print(f"producer {i} ends")


async def main():
    tx, rx = trio.open_memory_channel(0)
    got = []
    async with trio.open_nursery() as n:
        with tx:
            for i in range(10):
                n.start_soon(produce, tx.clone(), i)
        async for x in rx:
            got.append(x)
    print("".join(f"{x} " for x in got))

    tx2, rx2 = trio.open_memory_channel(1)
    count = [0] * 5
    total = 0

    async def consume(rx, i):
        nonlocal total
        with rx:
            async for x in rx:
                count[i] += 1
                total += x
            print(f"consumer {i} ends")

    async with trio.open_nursery() as m:
        for i in range(5):
            m.start_soon(consume, rx2.clone(), i)
        await trio.sleep(1 * ms)
        with tx2:
            for x in range(10):
                await tx2.send(x)
    print(*count[:4], f"{count[4]}, sum {total}")


run(main)
