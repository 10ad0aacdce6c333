import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import trio
from trio.testing import Sequencer
from trio_twin import ms, run, uptime


class Stop(Exception):
    pass


async def steps(name, seq, first):
    async with seq(first):
        print(f"{uptime()} {name} at {first}")
        await trio.lowlevel.checkpoint()
    print(f"{name} between")
    async with seq(first + 3):
        print(f"{uptime()} {name} at {first + 3}")
        await trio.sleep(1000 * ms)
    print(f"{name} over")


async def ends_badly(seq):
    async with seq(0):
        raise Stop


async def main():
    seq = Sequencer()
    async with trio.open_nursery() as n:
        n.start_soon(steps, "a", seq, 2)
        n.start_soon(steps, "b", seq, 0)
        n.start_soon(steps, "c", seq, 1)
    print(f"{uptime()} all over")
    again = Sequencer()
    try:
        await ends_badly(again)
    except Stop:
        print("stopped")
    async with again(1):
        print(f"{uptime()} the next all the same")


run(main)
