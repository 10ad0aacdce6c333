import trio
from trio_twin import ms, run, uptime


async def numbers(out, count):
    with out:
        for i in range(1, count + 1):
            await trio.sleep(2 * ms)
            await out.send(i)
            print(f"{uptime()} made {i}")


async def squares(items, out):
    with items, out:
        async for x in items:
            await trio.sleep(5 * ms)
            await out.send(x * x)
        print(f"{uptime()} squares end")


async def sum_(items, total):
    with items:
        async for x in items:
            total[0] += x
            print(f"{uptime()} total {total[0]}")
            if x % 2 == 0:
                await trio.sleep(9 * ms)


async def main():
    total = [0]
    a_tx, a_rx = trio.open_memory_channel(2)
    b_tx, b_rx = trio.open_memory_channel(0)
    async with trio.open_nursery() as n:
        n.start_soon(numbers, a_tx, 6)
        n.start_soon(squares, a_rx, b_tx)
        n.start_soon(sum_, b_rx, total)
    print(f"{uptime()} {total[0]}")


run(main)
