import trio
from trio_twin import ms, run, uptime


async def walker(me, arrived, gates):
    for phase in range(3):
        await trio.sleep(1 * ms * (me * 2 + phase))
        arrived[phase] += 1
        print(f"{uptime()} {me} arrives at {phase}")
        if arrived[phase] == 4:
            gates[phase].set()
        await gates[phase].wait()
        print(f"{uptime()} {me} passes {phase}")


async def main():
    arrived = [0] * 3
    gates = [trio.Event() for _ in range(3)]
    async with trio.open_nursery() as n:
        for me in range(4):
            n.start_soon(walker, me, arrived, gates)
    print(f"{uptime()} over")


run(main)
