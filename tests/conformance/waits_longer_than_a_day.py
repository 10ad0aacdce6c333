from math import inf

import trio
from trio_twin import now, run, sec, show, uptime

hour = 3600 * sec


async def main():
    await trio.sleep(25 * hour)
    print(uptime())
    with trio.move_on_after(1000 * hour) as long:
        await trio.sleep(999 * hour)
        print(f"{uptime()} slept")
        await trio.sleep_forever()
    print(f"{uptime()} {show(long.cancelled_caught)}")
    with trio.CancelScope() as unlimited:
        print(f"no deadline: {show(unlimited.deadline == inf)}")
        unlimited.deadline = now() + 20000 * hour
        print(f"a deadline: {show(unlimited.deadline == inf)}")
        unlimited.deadline = inf
        await trio.sleep(20001 * hour)
    print(f"{uptime()} {show(unlimited.cancel_called)}")
    with trio.move_on_at(inf) as eternal:
        await trio.sleep(1 * hour)
    print(f"{uptime()} {show(eternal.cancel_called)}")


run(main)
