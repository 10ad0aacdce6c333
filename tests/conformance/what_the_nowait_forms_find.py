import trio
from trio_twin import BrokenResource, EndOfChannel, WouldBlock, run, show


async def main():
    tx, rx = trio.open_memory_channel(1)

    def try_send(x):
        try:
            tx.send_nowait(x)
        except (WouldBlock, BrokenResource):
            return False
        return True

    def try_receive():
        try:
            return rx.receive_nowait()
        except (WouldBlock, EndOfChannel):
            return None

    try:
        x = rx.receive_nowait()
        print(f"not reached {x}")
    except WouldBlock:
        print("empty")
    except EndOfChannel:
        print("not reached")
    print(f"fits: {show(try_send(1))}, fits: {show(try_send(2))}")
    held = tx.clone()
    tx.close()
    if (x := try_receive()) is not None:
        print(f"took {x}")
    if (y := try_receive()) is not None:
        print(f"not reached {y}")
    else:
        print("nothing, but there is still a sender")
    held.close()
    try:
        print(rx.receive_nowait())
    except EndOfChannel:
        print("the end")
    except WouldBlock:
        print("not reached")
    tx2, rx2 = trio.open_memory_channel(3)
    tx2.send_nowait(1)
    rx2.close()
    try:
        tx2.send_nowait(2)
    except BrokenResource:
        print("broken, though there is room")
    except WouldBlock:
        print("not reached")


run(main)
