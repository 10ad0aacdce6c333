import trio
from trio_twin import error, leaves, ms, run, show, uptime

Crash = error("Crash", "id")


async def server(i, task_status):
    await trio.sleep(20 * ms)
    if i == 3:
        raise Crash(i)
    task_status.started()
    await trio.sleep(30 * ms)


async def starter(i, n):
    try:
        await n.start(server, i)
        print(f"{uptime()} {i} is started")
    except* Crash as group:
        for e in leaves(group):
            print(f"{uptime()} crash {e.id}")


async def main():
    async with trio.open_nursery() as n:
        n.start_soon(starter, 1, n)
        await trio.sleep(10 * ms)
        n.start_soon(starter, 2, n)
        print(f"{uptime()} body ends")
    print(f"{uptime()} over")
    async with trio.open_nursery() as m:
        m.start_soon(starter, 3, m)
        print(f"{uptime()} body ends")
    print(f"{uptime()} over, called: {show(m.cancel_scope.cancel_called)}")


run(main)
