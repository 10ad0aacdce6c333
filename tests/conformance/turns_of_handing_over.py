import trio
from trio_twin import run


async def tick(ticks):
    while True:
        await trio.lowlevel.checkpoint()
        ticks[0] += 1


async def ping(tx, rx, ticks):
    with tx, rx:
        for i in range(3):
            print(f"{ticks[0]}: ping sends {i}")
            await tx.send(i)
            print(f"{ticks[0]}: ping has sent")
            answer = await rx.receive()
            print(f"{ticks[0]}: ping got {answer}")


async def pong(tx, rx, ticks):
    with tx, rx:
        async for x in rx:
            print(f"{ticks[0]}: pong got {x}")
            await tx.send(10 * x)
            print(f"{ticks[0]}: pong has sent")


async def main():
    ticks = [0]
    tx, rx = trio.open_memory_channel(0)
    back_tx, back_rx = trio.open_memory_channel(1)
    async with trio.open_nursery() as n:
        n.start_soon(tick, ticks)
        async with trio.open_nursery() as m:
            m.start_soon(ping, tx, back_rx, ticks)
            m.start_soon(pong, back_tx, rx, ticks)
        print(f"{ticks[0]}: over")
        n.cancel_scope.cancel()


run(main)
