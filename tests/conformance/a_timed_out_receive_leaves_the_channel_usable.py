import trio
from trio_twin import ms, run, show, uptime


async def main():
    tx, rx = trio.open_memory_channel(1)
    with trio.move_on_after(10 * ms) as a:
        await rx.receive()
    await tx.send(1)
    print(f"{uptime()} gave up: {show(a.cancelled_caught)}, waiting: {tx.statistics().tasks_waiting_receive}")
    with trio.move_on_after(10 * ms) as b:
        await tx.send(2)
    print(f"{uptime()} gave up: {show(b.cancelled_caught)}, waiting: {tx.statistics().tasks_waiting_send}")
    print(f"received {await rx.receive()}")
    await tx.send(3)
    print(f"received {rx.receive_nowait()}")
    tx.send_nowait(4)
    print(f"received {rx.receive_nowait()}")
    tx.send_nowait(5)
    print(f"received {await rx.receive()}")


run(main)
