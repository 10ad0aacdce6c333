import trio
from trio_twin import BrokenResource, WouldBlock, ms, run, uptime


async def send(who, tx):
    with tx:
        try:
            for i in range(10):
                await tx.send(i)
                print(f"{uptime()} {who} sent {i}")
        except BrokenResource:
            print(f"{uptime()} {who}: broken")
        try:
            tx.send_nowait(1)
        except BrokenResource:
            print(f"{uptime()} {who}: still broken")
        except WouldBlock:
            print("not reached")


async def receive(rx, count):
    with rx:
        for _ in range(count):
            x = await rx.receive()
            print(f"{uptime()} received {x}")
            await trio.sleep(5 * ms)
        print(f"{uptime()} receiver ends")


async def main():
    tx, rx = trio.open_memory_channel(1)
    async with trio.open_nursery() as n:
        n.start_soon(send, "ann", tx.clone())
        n.start_soon(send, "bob", tx)
        n.start_soon(receive, rx.clone(), 1)
        n.start_soon(receive, rx, 2)


run(main)
