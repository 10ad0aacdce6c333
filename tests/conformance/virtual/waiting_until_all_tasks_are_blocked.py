import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import trio
from trio.testing import wait_all_tasks_blocked
from trio_twin import busy, ms, run, uptime


async def busy_child(rounds):
    for _ in range(rounds):
        await trio.lowlevel.checkpoint()
    print(f"{uptime()} {rounds} rounds over")
    await trio.sleep(1000 * ms)
    print(f"{uptime()} slept")


async def watcher(name):
    await wait_all_tasks_blocked()
    print(f"{uptime()} {name}: all blocked")
    await trio.lowlevel.checkpoint()
    await trio.lowlevel.checkpoint()
    print(f"{uptime()} {name}: once more")
    await wait_all_tasks_blocked()
    print(f"{uptime()} {name}: blocked again")


async def main():
    async with trio.open_nursery() as n:
        n.start_soon(watcher, "first")
        n.start_soon(busy_child, 3)
    print(f"{uptime()} alone")
    await wait_all_tasks_blocked()
    print(f"{uptime()} alone: at once")
    async with trio.open_nursery() as n:
        n.start_soon(busy_child, 2)
        with trio.move_on_after(0) as scope:
            await wait_all_tasks_blocked()
        print(f"{uptime()} cancelled: {str(scope.cancelled_caught).lower()}")
        busy(3000 * ms)
        await trio.sleep(500 * ms)
        await wait_all_tasks_blocked()
        print(f"{uptime()} after all")


run(main)
