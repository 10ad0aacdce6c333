import trio
from trio_twin import ms, run, uptime


async def worker(i, tx):
    with tx:
        try:
            try:
                for x in range(100):
                    await trio.sleep(4 * ms)
                    await tx.send(100 * i + x)
            finally:
                with trio.move_on_after(15 * ms, shield=True) as goodbye:
                    await trio.sleep(8 * ms * i)
                    print(f"{uptime()} worker {i} has said goodbye")
                if goodbye.cancelled_caught:
                    print(f"{uptime()} worker {i} had no time for that")
        finally:
            with trio.CancelScope(shield=True):
                await trio.sleep(10 * ms * i)
                print(f"{uptime()} worker {i} has flushed")


async def main():
    tx, rx = trio.open_memory_channel(0)

    async def receiver():
        with rx:
            async for x in rx:
                print(f"{uptime()} received {x}")
            print(f"{uptime()} all senders are closed")

    async with trio.open_nursery() as n:
        n.start_soon(receiver)
        with trio.move_on_after(10 * ms):
            async with trio.open_nursery() as m:
                m.start_soon(worker, 1, tx.clone())
                m.start_soon(worker, 2, tx.clone())
        print(f"{uptime()} workers gone")
        tx.close()


run(main)
