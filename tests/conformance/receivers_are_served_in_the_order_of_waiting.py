import trio
from trio_twin import ms, run, uptime


async def receive(who, rx, work):
    with rx:
        async for x in rx:
            print(f"{uptime()} {who} got {x}")
            await trio.sleep(work)
        print(f"{uptime()} {who} ends")


async def main():
    tx, rx = trio.open_memory_channel(0)
    async with trio.open_nursery() as n:
        n.start_soon(receive, "ann", rx.clone(), 7 * ms)
        n.start_soon(receive, "bob", rx.clone(), 3 * ms)
        n.start_soon(receive, "cid", rx, 20 * ms)
        for i in range(8):
            await tx.send(i)
        print(f"{uptime()} all handed over")
        tx.close()


run(main)
