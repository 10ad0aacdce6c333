import trio
from trio_twin import WouldBlock, ms, run, sec, show, uptime


async def produce(id, tx):
    for i in range(2):
        await tx.send(10 * id + i)
        await trio.sleep(1 * ms)


async def consume(id, rx):
    async with rx:
        async for item in rx:
            print(f"{uptime()} {id} got {item}")
        print(f"{uptime()} {id} ends")


async def feed(tx):
    for i in range(3):
        await tx[i].send(i)
    print(f"{uptime()} fed")
    for handle in tx:
        handle.close()


def try_send(tx, item):
    try:
        tx.send_nowait(item)
        return True
    except WouldBlock:
        return False


async def main():
    async with trio.open_nursery() as n:
        tx, rx = zip(*[trio.open_memory_channel(0) for _ in range(3)])
        for i in range(3):
            n.start_soon(consume, i, rx[i].clone())
        async with trio.open_nursery() as m:
            for i in range(3):
                m.start_soon(produce, i, tx[i])
        last = len(tx) - 1
        await tx[last].send(99)
        s = tx[last].statistics()
        print(f"{s.open_send_channels} {s.open_receive_channels} {rx[0].statistics().open_send_channels}")
        await feed(tx)
        for handle in rx:
            handle.close()
    bytes_, sink = zip(*[trio.open_memory_channel(2) for _ in range(2)])
    bytes_[1].send_nowait(7)
    bytes_[1].send_nowait(8)
    print(f"{show(try_send(bytes_[0], 1))} {show(try_send(bytes_[1], 9))}")
    async with trio.open_nursery() as k:

        async def later():
            await trio.sleep(1 * ms)
            bytes_[1].send_nowait(9)
            await trio.sleep(3600 * sec)

        k.start_soon(later)
        async for item in sink[1]:
            print(f"{item}")
            if item == 9:
                break
        k.cancel_scope.cancel()
    clones = [handle.clone() for handle in bytes_]
    print(f"{clones[0].statistics().open_send_channels}")


run(main)
