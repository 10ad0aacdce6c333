import trio
from trio_twin import NotStarted, error, leaves, ms, name, run, sec, show, start, uptime

Boom = error("Boom", "id")


async def child(i, early, *, task_status=trio.TASK_STATUS_IGNORED):
    await trio.sleep(10 * ms)
    if early:
        raise Boom(i)
    if i == 3:
        return
    task_status.started()
    await trio.sleep(10 * ms)
    if i == 4:
        raise Boom(i)
    print(f"{uptime()} child {i} ends")


async def main():
    try:
        async with trio.open_nursery() as n:
            try:
                await start(n, child, 1, True)
            except Boom as e:
                print(f"{uptime()} boom {e.id}, nursery cancelled: {show(n.cancel_scope.cancel_called)}")
            await start(n, child, 2, False)
            try:
                await start(n, child, 3, False)
            except NotStarted as e:
                print(f"{uptime()} {name(e)}")
            n.start_soon(child, 6, False)
            await child(5, False)
            await start(n, child, 4, False)
            print(f"{uptime()} started 4")
            await trio.sleep(3600 * sec)
    except* Boom as group:
        print(f"{uptime()} later: boom {leaves(group)[0].id}")


run(main)
