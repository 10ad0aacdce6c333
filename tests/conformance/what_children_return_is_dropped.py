import trio
from trio_twin import ms, run, uptime


async def square(x):
    await trio.sleep(x * ms)
    print(f"{uptime()} {x}")
    return x * x


async def into(x, results, i):
    results[i] = await square(x)


async def out_of(x, tx):
    with tx:
        await tx.send(await square(x))


async def main():
    results = [0] * 3
    tx, rx = trio.open_memory_channel(3)
    async with trio.open_nursery() as n:
        n.start_soon(square, 9)
        for i in range(3):
            n.start_soon(into, i + 1, results, i)
        for x in range(4, 7):
            n.start_soon(out_of, x, tx.clone())
        tx.close()
        async for x in rx:
            print(f"{uptime()} received {x}")
    print(f"{uptime()} {results[0]} {results[1]} {results[2]}")


run(main)
