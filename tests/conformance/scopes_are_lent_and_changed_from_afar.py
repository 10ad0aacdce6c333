from math import inf

import trio
from trio_twin import Duration, ms, now, run, show, uptime


async def extend(scope, by):
    await trio.sleep(2 * ms)
    scope.deadline = scope.deadline + by
    print(f"{uptime()} extended, {Duration(scope.deadline - now())} left")


async def watchdog(scope, kicked, most):
    while True:
        before = scope.deadline
        with trio.move_on_after(most):
            await kicked.wait()
        if kicked.is_set():
            print(f"{uptime()} kicked")
            return
        if scope.deadline == before:
            scope.cancel()
            print(f"{uptime()} bites")
            return


async def tell(name):
    at = trio.current_effective_deadline()
    print(f"{uptime()} {name}: no deadline" if at == inf else f"{uptime()} {name}: {Duration(at - now())} left")


async def shielded():
    with trio.CancelScope(shield=True):
        await tell("shielded")


async def shorter():
    with trio.move_on_after(1 * ms):
        await tell("shorter")


async def main():
    kicked = trio.Event()
    async with trio.open_nursery() as n:
        with trio.CancelScope() as job:
            job.deadline = now() + 5 * ms
            n.start_soon(extend, job, 10 * ms)
            n.start_soon(watchdog, job, kicked, 6 * ms)
            n.start_soon(tell, "outside")
            async with trio.open_nursery() as m:
                m.start_soon(tell, "inside")
                m.start_soon(shielded)
                m.start_soon(shorter)
                with trio.move_on_after(20 * ms, shield=True) as inner:
                    await tell("longer, shielded")
                    inner.shield = False
                    await tell("lowered")
                await trio.sleep(3 * ms)
                await tell("body")
                await trio.sleep_forever()
        print(f"{uptime()} called {show(job.cancel_called)}, caught {show(job.cancelled_caught)}")
        job.deadline = now() + 1 * ms
        job.cancel()
        await trio.sleep(2 * ms)
        await tell("afterwards")
    print(f"{uptime()} over")


run(main)
