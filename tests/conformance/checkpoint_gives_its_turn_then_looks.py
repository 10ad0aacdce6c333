import trio
from trio_twin import run, show


async def cancel_next(scope):
    scope.cancel()


async def main():
    tx, rx = trio.open_memory_channel(1)
    async with trio.open_nursery() as n:
        with trio.CancelScope() as a:
            n.start_soon(cancel_next, a)
            await trio.lowlevel.checkpoint()
            print("not reached")
        print(f"checkpoint cancelled: {show(a.cancelled_caught)}")

        with trio.CancelScope() as b:
            n.start_soon(cancel_next, b)
            await tx.send(1)
            print(f"sent, cancelled: {show(b.cancel_called)}")
            await trio.lowlevel.checkpoint()
            print("not reached")
        print(f"send done, then {show(b.cancelled_caught)}")

        with trio.CancelScope() as c:
            n.start_soon(cancel_next, c)
            x = await rx.receive()
            print(f"received {x}, cancelled: {show(c.cancel_called)}")
            await trio.lowlevel.checkpoint()
            print("not reached")
        print(f"receive done, then {show(c.cancelled_caught)}")


run(main)
