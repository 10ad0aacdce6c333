import trio
from trio_twin import ms, run, show, uptime


async def use_twice(who, lock):
    for i in range(2):
        async with lock:
            print(f"{uptime()} {who} holds {i}")
            await trio.sleep(10 * ms)
        print(f"{uptime()} {who} released, locked: {show(lock.locked())}")


async def main():
    lock = trio.Lock()
    async with trio.open_nursery() as n:
        n.start_soon(use_twice, "ann", lock)
        n.start_soon(use_twice, "bob", lock)
        await trio.sleep(15 * ms)
        n.start_soon(use_twice, "cid", lock)
    print(f"{uptime()} locked: {show(lock.locked())}")


run(main)
