import trio
from trio_twin import ms, run, sec, uptime


async def send(tx, x, patience):
    with tx:
        with trio.move_on_after(patience) as scope:
            await tx.send(x)
            print(f"{uptime()} sent {x}")
        if scope.cancelled_caught:
            print(f"{uptime()} {x} given up")


async def main():
    tx, rx = trio.open_memory_channel(1)
    async with trio.open_nursery() as n:
        n.start_soon(send, tx.clone(), 1, 1 * sec)
        n.start_soon(send, tx.clone(), 2, 10 * ms)
        n.start_soon(send, tx.clone(), 3, 1 * sec)
        n.start_soon(send, tx, 4, 10 * ms)
        await trio.sleep(20 * ms)
        print(f"{uptime()} {rx.statistics().tasks_waiting_send} waiting")
        async for x in rx:
            print(f"{uptime()} received {x}")


run(main)
