import trio
from trio_twin import error, leaves, ms, run, uptime

Crash = error("Crash", "worker", "attempt")
GivenUp = error("GivenUp")


async def worker(i, attempt):
    try:
        for step in range(5):
            await trio.sleep(2 * ms * i)
            print(f"{uptime()} worker {i} step {step}")
            if i + step == 4 and attempt < 2:
                raise Crash(i, attempt)
    finally:
        print(f"{uptime()} worker {i} stops")


async def group(attempt):
    async with trio.open_nursery() as n:
        for i in range(1, 4):
            n.start_soon(worker, i, attempt)


async def supervise(most):
    for attempt in range(most):
        done = False
        try:
            await group(attempt)
            print(f"{uptime()} all done")
            done = True
        except* Crash as crashes:
            for e in leaves(crashes):
                print(f"{uptime()} worker {e.worker} crashed in attempt {e.attempt}")
        if done:
            return
        await trio.sleep(10 * ms)
    raise GivenUp


async def main():
    for most in [2, 3]:
        try:
            await supervise(most)
        except GivenUp:
            print(f"{uptime()} given up")


run(main)
