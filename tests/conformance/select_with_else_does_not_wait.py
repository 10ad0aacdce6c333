import trio
from trio.lowlevel import cancel_shielded_checkpoint, checkpoint_if_cancelled
from trio_twin import WouldBlock, run, uptime


async def look(rx, tx, item):
    await checkpoint_if_cancelled()
    try:
        said = f"took {rx.receive_nowait()}"
    except WouldBlock:
        said = "nothing"
        if item % 2 == 0:
            try:
                tx.send_nowait(item)
                said = f"sent {item}"
            except WouldBlock:
                pass
    await cancel_shielded_checkpoint()
    print(f"{uptime()} {said}")


async def main():
    a_tx, a = trio.open_memory_channel(1)
    b_tx, b = trio.open_memory_channel(1)

    async def turns():
        for i in range(8):
            print(f"turn {i}")
            await trio.lowlevel.checkpoint()

    async with trio.open_nursery() as n:
        n.start_soon(turns)
        await look(a, b_tx, 1)
        await look(a, b_tx, 2)
        await look(a, b_tx, 4)
        await a_tx.send(7)
        await look(a, b_tx, 5)
    with trio.CancelScope() as s:
        s.cancel()
        a_tx.send_nowait(8)
        await look(a, b_tx, 6)
        print("not here")
    caught = "true" if s.cancelled_caught else "false"
    print(f"{caught} {await b.receive()} {await a.receive()}")


run(main)
