import trio
from trio_twin import busy, ms, now, run, sec, uptime


async def every(period):
    """Yields at each beat how many were missed before it."""
    beat, missed = now(), 0
    while True:
        await trio.sleep_until(beat)
        yield missed
        since = now() - beat
        missed = (since - 1) // period if since > period else 0
        beat += period * (missed + 1)


async def other():
    for i in range(3):
        print(f"{uptime()} other {i}")
        await trio.lowlevel.checkpoint()


async def beats(period):
    rounds = 0
    async for late in every(period):
        rounds += 1
        print(f"{uptime()} round {rounds}, {int(late)} missed")
        if rounds == 1:
            await trio.sleep(4 * ms)
        elif rounds == 2:
            await trio.sleep(10 * ms)
        elif rounds == 3:
            await trio.sleep(25 * ms)
        elif rounds == 4:
            await trio.sleep(20 * ms)
        elif rounds == 5:
            busy(31 * ms)
        elif rounds == 6:
            return rounds


async def main():
    count = await beats(10 * ms)
    print(f"{count} rounds")
    async with trio.open_nursery() as n:
        n.start_soon(other)
        i = 0
        done = False
        async for _ in every(3600 * sec):
            print(f"{uptime()} at once")
            async for _ in every(2):
                i += 1
                busy(3)
                if i > 2:
                    done = True
                    break
            if done:
                break
    with trio.move_on_after(35 * ms):
        async for _ in every(10 * ms):
            print(f"{uptime()} beat")
    print(f"{uptime()} end")


run(main)
