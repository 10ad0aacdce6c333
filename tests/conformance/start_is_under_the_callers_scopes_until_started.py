import trio
from trio_twin import ms, run, sec, show, uptime


async def server(name, time, *, task_status):
    try:
        await trio.sleep(time)
        task_status.started()
        await trio.sleep(30 * ms)
        print(f"{uptime()} {name} served")
    finally:
        print(f"{uptime()} {name} ends")


async def main():
    async with trio.open_nursery() as n:
        with trio.move_on_after(10 * ms) as a:
            await n.start(server, "slow", 20 * ms)
            print("not reached")
        print(f"{uptime()} caller {show(a.cancelled_caught)}, nursery {show(n.cancel_scope.cancel_called)}")
        with trio.move_on_after(10 * ms) as b:
            await n.start(server, "fast", 5 * ms)
            print(f"{uptime()} started")
            await trio.sleep(3600 * sec)
        print(f"{uptime()} caller {show(b.cancelled_caught)}")
        with trio.CancelScope(shield=True):
            await n.start(server, "shy", 5 * ms)
        await trio.sleep(10 * ms)
        print(f"{uptime()} cancelling the nursery")
        n.cancel_scope.cancel()
    print(f"{uptime()} over")


run(main)
