import trio
from trio_twin import error, leaves, ms, run, uptime

Flaky = error("Flaky", "id")
WAITS = [10 * ms, 30 * ms, 40 * ms, 50 * ms, 20 * ms]


async def attempt(i, wait, succeeded):
    try:
        if i == 3:
            with trio.CancelScope(shield=True):
                await trio.sleep(wait)
        else:
            await trio.sleep(wait)
        if i % 2 == 1:
            raise Flaky(i)
        succeeded[0] += 1
    finally:
        print(f"{uptime()}: task {i} ends")


async def main():
    succeeded = [0]
    try:
        async with trio.open_nursery() as n:
            for i in range(5):
                n.start_soon(attempt, i, WAITS[i], succeeded)
    except* Flaky as group:
        failed = leaves(group)
        print(f"{uptime()}: {len(failed)} failed")
        for e in failed:
            print(f"task {e.id} failed")
    print(f"{succeeded[0]} succeeded")


run(main)
