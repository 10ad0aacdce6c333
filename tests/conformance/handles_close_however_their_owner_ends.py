import trio
from trio_twin import error, ms, run, uptime

Boom = error("Boom")


async def send(i, tx):
    with tx:
        try:
            await tx.send(i)
            await trio.sleep(10 * ms * i)
            if i == 2:
                raise Boom
            await trio.sleep(10 * ms)
            print(f"{uptime()} sender {i} returns")
        finally:
            print(f"{uptime()} sender {i} ends, senders: {tx.statistics().open_send_channels}")


async def receive(rx):
    with rx:
        with trio.CancelScope(shield=True):
            async for x in rx:
                print(f"{uptime()} received {x}")
            print(f"{uptime()} all closed")


async def main():
    tx, rx = trio.open_memory_channel(0)
    try:
        async with trio.open_nursery() as n:
            n.start_soon(receive, rx)
            n.start_soon(send, 0, tx.clone())
            n.start_soon(send, 2, tx.clone())
            n.start_soon(send, 5, tx)
    except* Boom:
        print(f"{uptime()} boom")


run(main)
