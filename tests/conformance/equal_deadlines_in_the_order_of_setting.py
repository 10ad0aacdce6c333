import trio
from trio_twin import ms, run, uptime


async def sleeper(name, time):
    await trio.sleep(time)
    print(f"{uptime()} {name}")
    await trio.lowlevel.checkpoint()
    print(f"{uptime()} {name} again")


async def main():
    async def eve():
        await trio.sleep(10 * ms)
        await trio.sleep(20 * ms)
        print(f"{uptime()} eve, after two sleeps")

    async with trio.open_nursery() as n:
        n.start_soon(sleeper, "ann", 30 * ms)
        n.start_soon(sleeper, "bob", 20 * ms)
        n.start_soon(sleeper, "cid", 30 * ms)
        n.start_soon(sleeper, "dee", 10 * ms)
        n.start_soon(eve)
        n.start_soon(sleeper, "fay", 30 * ms)
        await trio.sleep(30 * ms)
        print(f"{uptime()} body")


run(main)
