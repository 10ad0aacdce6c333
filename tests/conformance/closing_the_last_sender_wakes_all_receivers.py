import trio
from trio_twin import ms, run, uptime


async def receive(who, rx):
    with rx:
        async for x in rx:
            print(f"{uptime()} {who} received {x}")
        print(f"{uptime()} {who} ends")


async def main():
    tx, rx = trio.open_memory_channel(1)
    async with trio.open_nursery() as n:
        n.start_soon(receive, "ann", rx.clone())
        n.start_soon(receive, "bob", rx.clone())
        n.start_soon(receive, "cid", rx)
        tx2 = tx.clone()
        await trio.sleep(10 * ms)
        await tx.send(1)
        tx.close()
        await trio.sleep(10 * ms)
        print(f"{uptime()} one sender left: {tx2.statistics().open_send_channels}")
        tx2.close()
        print(f"{uptime()} none left")


run(main)
