import trio
from trio_twin import BrokenResource, EndOfChannel, leaves, ms, name, run, uptime


async def member(me, receive, send):
    with receive, send:
        while True:
            token = await receive.receive()
            print(f"{uptime()} {me} has {token}")
            await trio.sleep(1 * ms * me)
            if token == 0:
                break
            await send.send(token - 1)
        print(f"{uptime()} {me} stops the ring")


async def main():
    a_tx, a_rx = trio.open_memory_channel(0)
    b_tx, b_rx = trio.open_memory_channel(1)
    c_tx, c_rx = trio.open_memory_channel(2)
    try:
        async with trio.open_nursery() as n:
            with a_tx.clone() as start:
                n.start_soon(member, 1, a_rx, b_tx)
                n.start_soon(member, 2, b_rx, c_tx)
                n.start_soon(member, 3, c_rx, a_tx)
                await start.send(7)
        print(f"{uptime()} all stopped")
    except* (EndOfChannel, BrokenResource) as group:
        for e in leaves(group):
            print(f"{uptime()} {name(e)}")


run(main)
