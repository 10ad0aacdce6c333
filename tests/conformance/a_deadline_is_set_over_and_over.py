import trio
from trio.lowlevel import checkpoint
from trio_twin import Duration, ms, now, run, show, uptime


async def late(name):
    try:
        await trio.sleep_forever()
    finally:
        print(f"{uptime()} {name}")


async def first():
    with trio.move_on_after(15 * ms) as scope:
        scope.deadline = now() + 5 * ms
        await checkpoint()
        await checkpoint()
        scope.deadline = now() + 20 * ms
        await late("first, moved behind the second")


async def second():
    with trio.move_on_after(20 * ms):
        await late("second")


async def main():
    with trio.CancelScope() as a:
        for i in range(3000):
            a.deadline = now() + 9998 * ms
            a.deadline = now() + 9999 * ms - i * ms
        await trio.sleep(10 * ms)
        print(f"{uptime()} {Duration(a.deadline - now())} left")
        for i in range(1000):
            a.deadline = now() + (i % 7 + 1) * ms
        await trio.sleep_forever()
    print(f"{uptime()} {show(a.cancelled_caught)}")
    async with trio.open_nursery() as n:
        n.start_soon(first)
        n.start_soon(second)


run(main)
