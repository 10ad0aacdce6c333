import trio
from trio_twin import WouldBlock, run


async def receive(rx):
    with rx:
        x = await rx.receive()
        print(f"child received {x}")


async def send(tx):
    with tx:
        await tx.send(3)
        print("child has sent")


async def main():
    tx, rx = trio.open_memory_channel(0)
    async with trio.open_nursery() as n:
        try:
            tx.send_nowait(1)
        except WouldBlock:
            print("nobody receives")
        n.start_soon(receive, rx.clone())
        await trio.lowlevel.checkpoint()
        tx.send_nowait(2)
        print("sent")
        try:
            print(rx.receive_nowait())
        except WouldBlock:
            print("nobody sends")
        n.start_soon(send, tx.clone())
        await trio.lowlevel.checkpoint()
        print(f"received {rx.receive_nowait()}")


run(main)
