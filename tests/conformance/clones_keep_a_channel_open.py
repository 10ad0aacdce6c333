import trio
from trio_twin import BrokenResource, EndOfChannel, run, show


def tell(what, tx):
    s = tx.statistics()
    print(
        f"{what}: {s.current_buffer_used} buffered, {s.open_send_channels} senders, "
        f"{s.open_receive_channels} receivers"
    )


async def main():
    tx, rx = trio.open_memory_channel(10)
    rx2 = rx.clone()
    rx3 = rx2.clone()
    tx.send_nowait(1)
    rx.close()
    with rx2 as held:
        tell("held", tx)
        print(f"received {held.receive_nowait()}")
    tx.send_nowait(2)
    tx.send_nowait(3)
    tx2 = tx.clone()
    tell("one left", tx)
    rx3.close()
    tell("none left", tx)
    try:
        tx2.send_nowait(4)
    except BrokenResource:
        print("broken, the clone's too")
    tx2.close()
    tell("for ever", tx)
    try:
        tx.send_nowait(5)
    except BrokenResource:
        print(show(False))

    a, b = trio.open_memory_channel(3)
    a2 = a.clone()
    await a.send(1)
    a.close()
    await a2.send(2)
    a2.close()
    b2 = b.clone()
    async for x in b:
        print(f"drained {x}")
    try:
        print(f"not reached {b2.receive_nowait()}")
    except EndOfChannel:
        print("the end, for the clone too")
    try:
        print(f"not reached {await b.receive()}")
    except EndOfChannel:
        print(f"for ever: {b.statistics().open_send_channels}")


run(main)
