import trio
from trio_twin import ms, run, sec, uptime


async def receive(who, rx, patience):
    with rx:
        with trio.move_on_after(patience) as scope:
            x = await rx.receive()
            print(f"{uptime()} {who} received {x}")
        if scope.cancelled_caught:
            print(f"{uptime()} {who} gave up")


async def main():
    tx, rx = trio.open_memory_channel(0)
    async with trio.open_nursery() as n:
        n.start_soon(receive, "ann", rx.clone(), 10 * ms)
        n.start_soon(receive, "bob", rx.clone(), 1 * sec)
        n.start_soon(receive, "cid", rx, 10 * ms)
        await trio.sleep(10 * ms)
        print(f"{uptime()} {tx.statistics().tasks_waiting_receive} waiting")
        await trio.sleep(10 * ms)
        print(f"{uptime()} {tx.statistics().tasks_waiting_receive} waiting")
        await tx.send(1)
        print(f"{uptime()} sent")


run(main)
