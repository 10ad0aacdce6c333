import trio
from trio_twin import EndOfChannel, ms, run, uptime


async def send(tx, i):
    with tx:
        await trio.sleep(10 * ms * i)
        await tx.send(i)
        print(f"{uptime()} sender {i} ends")


async def main():
    async def receiver(rx):
        with rx:
            async for x in rx:
                await trio.sleep(15 * ms)
                print(f"{uptime()} received {x}")
            print(f"{uptime()} the end")
            try:
                await rx.receive()
            except EndOfChannel:
                print(f"{uptime()} and again")

    async with trio.open_nursery() as n:
        tx, rx = trio.open_memory_channel(10)
        n.start_soon(send, tx.clone(), 1)
        n.start_soon(send, tx.clone(), 3)
        n.start_soon(send, tx, 2)
        n.start_soon(receiver, rx)
    print(f"{uptime()} over")


run(main)
