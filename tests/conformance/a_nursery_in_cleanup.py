import trio
from trio_twin import error, leaves, ms, run, sec, show, uptime

Boom = error("Boom", "id")
Late = error("Late", "id")


async def flush(i):
    await trio.sleep(i * ms)
    print(f"{uptime()} flushed {i}")


async def fail_late(i):
    await trio.sleep(1 * ms)
    raise Late(i)


async def cleanup(how):
    with trio.CancelScope(shield=True):
        async with trio.open_nursery() as n:
            for i in range(1, 4):
                n.start_soon(flush, i)
            print(f"{uptime()} {how}: flushing")
    with trio.move_on_after(2 * ms, shield=True) as scope:
        try:
            async with trio.open_nursery() as m:
                m.start_soon(fail_late, how)
                m.start_soon(flush, 9)
        except* Late as group:
            print(f"{uptime()} {leaves(group)[0].id}: caught in the cleanup")
            await trio.sleep(3600 * sec)
    if scope.cancelled_caught:
        print(f"{uptime()} {how}: no more time")


async def work(how):
    try:
        try:
            if how == 0:
                raise Boom(how)
            if how == 1:
                return
            await trio.sleep_forever()
        finally:
            await cleanup(how)
    finally:
        print(f"{uptime()} {how}: left")


async def main():
    for how in range(3):
        with trio.move_on_after(5 * ms) as scope:
            try:
                await work(how)
                print(f"{uptime()} {how}: came back")
            except Boom as e:
                print(f"{uptime()} {e.id}: boom")
        print(f"{uptime()} {how}: {show(scope.cancelled_caught)}")


run(main)
