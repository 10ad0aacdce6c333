import trio
from trio_twin import Duration, error, leaves, ms, name, now, run, sec, uptime

Broken = error("Broken", "id")


async def server(time, task_status=trio.TASK_STATUS_IGNORED):
    await trio.sleep(time)
    task_status.started(Duration(time))
    await trio.sleep(time)


async def fails(i, task_status=trio.TASK_STATUS_IGNORED):
    await trio.sleep(1 * ms)
    if i > 0:
        raise Broken(i)
    task_status.started()


async def sibling():
    try:
        await trio.sleep(3600 * sec)
    finally:
        print(f"{uptime()} sibling ends")


async def main():
    def since(before):
        return Duration(now() - before)

    for i in range(1, 4):
        before = now()
        async with trio.open_nursery() as n:
            got = await n.start(server, i * ms)
            print(f"{since(before)}: started with {got}")
        print(f"{since(before)}: ended")
    before = now()
    await server(3 * ms)
    print(f"{since(before)}: called by itself")
    try:
        async with trio.open_nursery() as n:
            n.start_soon(sibling)
            await n.start(fails, 0)
            await n.start(fails, 1)
            print("not reached")
    except* Broken as group:
        for e in leaves(group):
            print(f"{uptime()} {name(e)} {e.id}")

    async def starter(m, i):
        got = await m.start(server, 2 * i * ms)
        print(f"{uptime()} child {i} has started one with {got}")

    async with trio.open_nursery() as m:
        for i in range(1, 4):
            m.start_soon(starter, m, i)
        print(f"{uptime()} body ends")
    print(f"{uptime()} over")


run(main)
