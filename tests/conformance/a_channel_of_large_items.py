from types import SimpleNamespace

import trio
from trio_twin import ms, run, sec, uptime


def packet(i):
    return SimpleNamespace(
        id=i, body=[i * 100 + k for k in range(6)], name=f"packet {i}", next=None if i % 2 == 0 else i + 1
    )


def tell(what, p):
    print(f"{what}: {p.id} {p.body[0]} {p.body[5]} {p.name} {-1 if p.next is None else p.next}")


async def send(tx, i, patience):
    with tx:
        with trio.move_on_after(patience) as scope:
            await tx.send(packet(i))
            print(f"{uptime()} sent {i}")
        if scope.cancelled_caught:
            print(f"{uptime()} {i} given up")


async def forward(size, tx, rx):
    print(f"-- size {size}")
    hour = 3600 * sec
    async with trio.open_nursery() as n:
        n.start_soon(send, tx.clone(), 1, hour)
        n.start_soon(send, tx.clone(), 2, 1 * ms)
        n.start_soon(send, tx.clone(), 3, hour)
        n.start_soon(send, tx, 4, hour)
        await trio.sleep(2 * ms)
        first = await rx.receive()
        tell("first", first)
        async for p in rx:
            tell("then", p)
        tell("still", first)


async def main():
    await forward(0, *trio.open_memory_channel(0))
    await forward(2, *trio.open_memory_channel(2))
    e, f = trio.open_memory_channel(1)

    async def receive():
        tell("waited", await f.receive())

    async with trio.open_nursery() as n:
        n.start_soon(receive)
        await trio.sleep(1 * ms)
        e.send_nowait(packet(9))


run(main)
