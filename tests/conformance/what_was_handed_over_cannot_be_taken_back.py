import trio
from trio_twin import WouldBlock, ms, run


async def receive(rx):
    with rx:
        try:
            x = await rx.receive()
            print(f"received {x}")
            await trio.lowlevel.checkpoint()
            print("not reached")
        finally:
            print("receiver ends")


async def send(tx):
    with tx:
        try:
            await tx.send(2)
            print("sent")
            await trio.lowlevel.checkpoint()
            print("not reached")
        finally:
            print("sender ends")


async def main():
    tx, rx = trio.open_memory_channel(0)
    async with trio.open_nursery() as n:
        n.start_soon(receive, rx.clone())
        await trio.sleep(1 * ms)
        tx.send_nowait(1)
        n.cancel_scope.cancel()
        try:
            print(f"not reached {rx.receive_nowait()}")
        except WouldBlock:
            print("nothing left to take")
    async with trio.open_nursery() as m:
        m.start_soon(send, tx.clone())
        await trio.sleep(1 * ms)
        m.cancel_scope.cancel()
    async with trio.open_nursery() as o:
        o.start_soon(send, tx.clone())
        await trio.sleep(1 * ms)
        print(f"took {rx.receive_nowait()}")
        o.cancel_scope.cancel()


run(main)
