import trio
from trio_twin import ms, run, sec, show, uptime


async def helper(i):
    try:
        await trio.sleep(3 * ms)
    finally:
        print(f"{uptime()} helper {i} ends")


async def inner(i, lock):
    for j in range(3):
        with trio.move_on_after(1 * sec):
            async with trio.open_nursery() as n:
                n.start_soon(helper, 10 * i + j)
                async with lock:
                    try:
                        if i == 1 and j == 1:
                            return "continue"
                        if i == 2:
                            return "break"
                        if j == 2:
                            break
                    finally:
                        print(f"{uptime()} leaving {i} {j}")
        print(f"{uptime()} end of {i} {j}, locked: {show(lock.locked())}")
    return None


async def main():
    lock = trio.Lock()
    for i in range(4):
        how = await inner(i, lock)
        if how == "continue":
            continue
        if how == "break":
            break
        print(f"{uptime()} end of {i}")
    print(f"{uptime()} over")


run(main)
