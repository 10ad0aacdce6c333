import trio
from trio_twin import ms, run, uptime


async def main():
    total = 0
    tx, rx = trio.open_memory_channel(1)

    async def child(i, square):
        nonlocal total
        await trio.sleep(10 * ms)
        total += square
        print(f"{uptime()} child {i}: {square}, total {total}")

    async def sender():
        with tx:
            for x in range(3):
                await tx.send(total + x)

    async def receiver():
        with rx:
            async for x in rx:
                await trio.sleep(4 * ms)
                print(f"{uptime()} received {x}")
            print(f"{uptime()} ended")

    async with trio.open_nursery() as n:
        for i in range(3):
            n.start_soon(child, i, i * i)
        n.start_soon(sender)
        n.start_soon(receiver)
        total = 100
    print(total)


run(main)
