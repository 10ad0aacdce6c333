import trio
from trio_twin import Duration, busy, now, ns, run, sec, uptime


async def sleeper(i, beat, times):
    for k in range(1, times + 1):
        await trio.sleep(beat)
        print(f"{uptime()} {i}: {k}")


async def main():
    before = now()
    for i in range(10):
        await trio.sleep(10 * sec * i)
        print(Duration(now() - before))
        before = now()
    start = uptime()

    def since():
        return Duration(uptime() - start)

    async def impatient():
        with trio.move_on_after(1 * ns):
            await trio.sleep_forever()
        print(f"{since()} gave up")

    async with trio.open_nursery() as n:
        n.start_soon(sleeper, 1, 7 * ns, 4)
        n.start_soon(sleeper, 2, 14 * ns, 2)
        n.start_soon(sleeper, 3, 3600 * sec, 1)
        n.start_soon(impatient)
        busy(3 * ns)
        print(f"{since()} body ends")
    print(f"{since()} over")


run(main)
