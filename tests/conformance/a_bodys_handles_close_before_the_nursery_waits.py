import trio
from trio_twin import ms, run, uptime


async def receive(who, rx):
    with rx:
        async for x in rx:
            print(f"{uptime()} {who} received {x}")
        print(f"{uptime()} {who} ends")


async def main():
    async with trio.open_nursery() as n:
        tx, rx = trio.open_memory_channel(0)
        with tx:
            try:
                n.start_soon(receive, "ann", rx)
                await tx.send(1)
                await trio.sleep(10 * ms)
                await tx.send(2)
            finally:
                print(f"{uptime()} body ends")
    print(f"{uptime()} over")
    for i in range(2):
        tx, rx = trio.open_memory_channel(1)
        async with trio.open_nursery() as m:
            with tx as held:
                m.start_soon(receive, "bob", rx)
                await held.send(i)
                if i == 0:
                    continue
                print(f"{uptime()} second round")


run(main)
