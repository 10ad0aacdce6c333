from types import SimpleNamespace

import trio
from trio_twin import error, leaves, ms, run, show, uptime

Refused = error("Refused", "at")


async def inner(level, time, task_status):
    try:
        await trio.sleep(time)
        if level == 3:
            raise Refused(level)
        task_status.started(level * 10)
        await trio.sleep(5 * ms)
    finally:
        print(f"{uptime()} inner {level} ends")


async def outer(level, time, task_status):
    try:
        async with trio.open_nursery() as n:
            got = await n.start(inner, level, time)
            await trio.sleep(1 * ms)
            task_status.started(SimpleNamespace(number=got + 8000, name=f"p{level}", open=level % 2 == 0))
            print(f"{uptime()} outer {level} has started")
    finally:
        print(f"{uptime()} outer {level} ends")


async def main():
    try:
        async with trio.open_nursery() as n:
            a = await n.start(outer, 1, 2 * ms)
            b = (await n.start(outer, 2, 1 * ms)).number
            print(f"{uptime()} {a.number} {a.name} {show(a.open)}, {b}")
            with trio.move_on_after(3 * ms) as given_up:
                c = await n.start(outer, 4, 10 * ms)
                print(f"not reached {c.number}")
            print(f"{uptime()} given up: {show(given_up.cancelled_caught)}")
            try:
                d = await n.start(outer, 3, 1 * ms)
                print(f"not reached {d.number}")
            except* Refused as group:
                for e in leaves(group):
                    print(f"{uptime()} refused at {e.at}")
            print(f"{uptime()} body ends")
    except* Refused:
        print("not reached")
    print(f"{uptime()} over")


run(main)
