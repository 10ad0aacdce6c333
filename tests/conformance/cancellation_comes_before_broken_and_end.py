import trio
from trio_twin import BrokenResource, EndOfChannel, run, show


async def main():
    tx, rx = trio.open_memory_channel(1)
    rx.close()
    tx2, rx2 = trio.open_memory_channel(1)
    tx2.close()
    with trio.CancelScope() as a:
        a.cancel()
        try:
            await tx.send(1)
        except BrokenResource:
            print("not reached")
    print(show(a.cancelled_caught))
    with trio.CancelScope() as b:
        b.cancel()
        try:
            await rx2.receive()
        except EndOfChannel:
            print("not reached")
    print(show(b.cancelled_caught))
    with trio.CancelScope() as c:
        c.cancel()
        async for x in rx2:
            print(f"not reached {x}")
        print("not reached")
    print(show(c.cancelled_caught))


run(main)
