import trio
from trio_twin import ms, run


async def hold(tx):
    with tx:
        await tx.send(9)


async def wait(rx):
    with rx:
        await rx.receive()


def stats(what, tx):
    s = tx.statistics()
    print(
        f"{what}: {s.current_buffer_used}/{s.max_buffer_size}, handles {s.open_send_channels} {s.open_receive_channels}, "
        f"waiting {s.tasks_waiting_send} {s.tasks_waiting_receive}"
    )


async def main():
    tx, rx = trio.open_memory_channel(2)
    stats("new", tx)
    tx.send_nowait(1)
    stats("one item", tx)
    rx2 = rx.clone()
    stats("two receivers", tx)
    async with trio.open_nursery() as n:
        n.start_soon(hold, tx.clone())
        n.start_soon(hold, tx.clone())
        n.start_soon(hold, tx.clone())
        await trio.sleep(1 * ms)
        stats("three holders", tx)
        for _ in range(4):
            await rx2.receive()
    stats("drained", tx)
    async with trio.open_nursery() as m:
        m.start_soon(wait, rx2)
        m.start_soon(wait, rx.clone())
        await trio.sleep(1 * ms)
        stats("two wait", tx)
        await tx.send(1)
        await tx.send(2)
    stats("over", tx)


run(main)
