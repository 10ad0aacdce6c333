import trio
from trio_twin import WouldBlock, ms, run, show


async def receive(rx):
    print(f"the waiter received {await rx.receive()}")


async def send(tx, x):
    await tx.send(x)
    print(f"the waiter sent {x}")


def tell(tx):
    s = tx.statistics()
    print(
        f"{s.current_buffer_used} buffered, {s.tasks_waiting_send} senders and {s.tasks_waiting_receive} receivers wait"
    )


async def main():
    tx, rx = trio.open_memory_channel(1)
    for i in range(1, 3):
        tx.send_nowait(i)
        print(f"received {rx.receive_nowait()}")
    async with trio.open_nursery() as n:
        n.start_soon(receive, rx)
        await trio.sleep(1 * ms)
        tell(tx)
        tx.send_nowait(3)
        tell(tx)
        try:
            print(f"not reached {rx.receive_nowait()}")
        except WouldBlock:
            pass
        tx.send_nowait(4)
        tell(tx)
        print(f"received {rx.receive_nowait()}")
    tx.send_nowait(5)
    async with trio.open_nursery() as m:
        m.start_soon(send, tx, 6)
        m.start_soon(send, tx, 7)
        await trio.sleep(1 * ms)
        tell(tx)
        print(f"received {rx.receive_nowait()}")
        tell(tx)
        try:
            tx.send_nowait(8)
        except WouldBlock:
            print(f"room: {show(False)}")
        print(f"received {await rx.receive()}")
        print(f"received {await rx.receive()}")
        tell(tx)


run(main)
