import trio
from trio_twin import EndOfChannel, WouldBlock, run


async def main():
    tx, rx = trio.open_memory_channel(3)
    sent = 0
    for i in range(5):
        try:
            tx.send_nowait(10 * i)
        except WouldBlock:
            print(f"{i} does not fit")
            continue
        sent += 1
    print(f"{sent} sent")
    first = await rx.receive()
    tx.close()
    total = first
    while True:
        try:
            x = rx.receive_nowait()
        except EndOfChannel:
            break
        total += x
    try:
        last = rx.receive_nowait()
    except EndOfChannel:
        last = -1
    print(f"sum {total}, last {last}")


run(main)
