import trio
from trio_twin import EndOfChannel, ms, run, select, uptime


async def main():
    stop = trio.Event()
    token = trio.Semaphore(0)

    async def produce(out, step):
        with out:
            for i in range(3):
                await trio.sleep(step)
                await out.send(i)

    async def sets():
        await trio.sleep(205 * ms)
        stop.set()

    async def releases():
        await trio.sleep(57 * ms)
        token.release()

    async with trio.open_nursery() as n:
        fast_tx, fast = trio.open_memory_channel(0)
        slow_tx, slow = trio.open_memory_channel(2)
        n.start_soon(produce, fast_tx, 10 * ms)
        n.start_soon(produce, slow_tx, 16 * ms)
        n.start_soon(sets)
        n.start_soon(releases)
        fast_open = slow_open = True
        rounds = 0
        while True:
            rounds += 1
            try:
                won, x = await select(
                    fast.receive if fast_open else None,
                    slow.receive if slow_open else None,
                    token.acquire,
                    stop.wait,
                    lambda: trio.sleep(40 * ms),
                )
                if won == 3:
                    print(f"{uptime()} stop after {rounds}")
                    break
                print(f"{uptime()} " + (f"fast {x}", f"slow {x}", "token", "", "idle")[won])
            except EndOfChannel:
                print(f"{uptime()} end")
                if fast_open:
                    fast_open = False
                else:
                    slow_open = False


run(main)
