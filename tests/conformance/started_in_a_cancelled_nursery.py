import trio
from trio_twin import ms, run, show, uptime


async def sleeper(i):
    try:
        await trio.sleep_forever()
    finally:
        print(f"{uptime()} sleeper {i} ends")


async def sleepers(before, scope, task_status):
    try:
        async with trio.open_nursery() as m:
            for i in range(2):
                m.start_soon(sleeper, i)
            await trio.sleep(1 * ms)
            print(f"{uptime()} starting")
            task_status.started()
            if before:
                scope.cancel()
                print(f"{uptime()} cancelled inside")
            await trio.sleep(5 * ms)
            print("not reached")
    finally:
        print(f"{uptime()} all below ended")


async def main():
    for i in range(2):
        async with trio.open_nursery() as n:
            await n.start(sleepers, i == 0, n.cancel_scope)
            print(f"{uptime()} started")
            n.cancel_scope.cancel()
        print(f"{uptime()} {show(n.cancel_scope.cancelled_caught)}")


run(main)
