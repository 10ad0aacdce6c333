import trio
from trio_twin import error, ms, run, sec, show, uptime

Boom = error("Boom", "id")


async def fail(i, after):
    with trio.CancelScope(shield=True):
        await trio.sleep(after)
    raise Boom(i)


async def sleeper():
    try:
        await trio.sleep(3600 * sec)
    finally:
        print(f"{uptime()} sleeper ends")


async def pair():
    async with trio.open_nursery() as n:
        n.start_soon(fail, 1, 2 * ms)
        n.start_soon(sleeper)


async def main():
    with trio.move_on_after(1 * ms) as scope:
        try:
            await pair()
            print("not reached")
        except* Exception:
            print(f"{uptime()} the error is caught")
        print("not reached")
    print(f"{uptime()} {show(scope.cancelled_caught)}")
    try:
        await pair()
    except* Exception:
        print(f"{uptime()} and without a cancellation")
    with trio.CancelScope() as outer:
        outer.cancel()
        try:
            await trio.lowlevel.checkpoint()
        except* Exception:
            print("not reached")
        print("not reached")
    print(f"{uptime()} {show(outer.cancelled_caught)}")


run(main)
