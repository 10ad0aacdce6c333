import trio
from trio_twin import ms, run


async def send(tx, x):
    with tx:
        await tx.send(x)
        print(f"sent {x}")


async def main():
    tx, rx = trio.open_memory_channel(2)
    async with trio.open_nursery() as n:
        for i in range(5):
            n.start_soon(send, tx.clone(), i)
        await trio.sleep(1 * ms)
        full = rx.statistics()
        print(f"buffered {full.current_buffer_used} of {full.max_buffer_size}, {full.tasks_waiting_send} wait")
        for i in range(5):
            x = await rx.receive()
            print(f"received {x}")


run(main)
