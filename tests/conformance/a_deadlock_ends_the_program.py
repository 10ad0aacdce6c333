import trio
from trio_twin import ms, run, uptime


async def last():
    await trio.sleep(2 * ms)
    print(f"{uptime()} the last to sleep")


async def sender(lock, tx):
    async with lock:
        await tx.send(1)


async def main():
    tx, rx = trio.open_memory_channel(0)
    lock = trio.Lock()
    async with trio.open_nursery() as n:
        n.start_soon(last)
        n.start_soon(sender, lock, tx)
        async with lock:
            await trio.sleep(1 * ms)
            print(f"{uptime()} received {await rx.receive()}")
    print("not reached")


run(main)
