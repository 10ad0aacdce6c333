import trio
from trio_twin import WouldBlock, ms, run


async def send(tx, x):
    with tx:
        await tx.send(x)
        print(f"sent {x}")


def offer(tx, x):
    try:
        tx.send_nowait(x)
        print(f"{x} fits")
    except WouldBlock:
        print(f"no room for {x}")


async def main():
    tx, rx = trio.open_memory_channel(1)
    async with trio.open_nursery() as n:
        offer(tx, 1)
        offer(tx, 2)
        n.start_soon(send, tx.clone(), 3)
        await trio.sleep(1 * ms)
        print(f"received {rx.receive_nowait()}")
        offer(tx, 4)
        print(f"received {rx.receive_nowait()}")
        offer(tx, 5)
        print(f"received {rx.receive_nowait()}")


run(main)
