import trio
from trio_twin import ms, run, sec, show


async def leaf(name, how, event, lock, rx):
    try:
        with rx:
            if how == 0:
                await trio.sleep(3600 * sec)
            elif how == 1:
                await event.wait()
            elif how == 2:
                await lock.acquire()
            elif how == 3:
                await rx.receive()
            else:
                async with trio.open_nursery() as n:
                    n.start_soon(trio.sleep_forever)
        print("not reached")
    finally:
        print(f"leaf {name} ends")


async def worker(i, event, lock, rx):
    try:
        with rx:
            async with trio.open_nursery() as n:
                for how in range(5):
                    n.start_soon(leaf, 10 * i + how, how, event, lock, rx.clone())
    finally:
        print(f"worker {i} ends")


async def main():
    event, lock = trio.Event(), trio.Lock()
    tx, rx = trio.open_memory_channel(0)
    async with trio.open_nursery() as n:
        async with lock:
            n.start_soon(worker, 1, event, lock, rx.clone())
            n.start_soon(worker, 2, event, lock, rx)
            await trio.sleep(1 * ms)
            n.cancel_scope.cancel()
            print(f"cancelled, waiting: {tx.statistics().tasks_waiting_receive}")
    print(
        f"{show(n.cancel_scope.cancelled_caught)}, receivers: {tx.statistics().open_receive_channels}, "
        f"locked: {show(lock.locked())}"
    )


run(main)
