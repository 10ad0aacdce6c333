import trio
from trio_twin import error, ms, run, show, uptime

Boom = error("Boom")


async def guarded(how):
    try:
        if how == 0:
            raise Boom
        await trio.sleep_forever()
    except Boom:
        print(f"{uptime()} {how}: boom")
    print(f"{uptime()} {how}: behind the try")


async def main():
    with trio.move_on_after(10 * ms) as a:
        try:
            await trio.sleep_forever()
        except* Exception:
            print("not reached")
        print("not reached")
    if a.cancelled_caught:
        print(f"{uptime()} gave up")
    print(f"{uptime()} {show(a.cancelled_caught)}")
    for how in range(2):
        with trio.move_on_after(10 * ms) as b:
            try:
                await guarded(how)
            except Boom:
                print("not reached")
            print(f"{uptime()} {how}: end of the scope")
        print(f"{uptime()} {how}: {show(b.cancelled_caught)}")

    async def looping():
        try:
            while True:
                await trio.sleep(3 * ms)
        except* Exception:
            print("not reached")

    async with trio.open_nursery() as n:
        n.start_soon(looping)
        await trio.sleep(10 * ms)
        n.cancel_scope.cancel()
    print(f"{uptime()} {show(n.cancel_scope.cancelled_caught)}")


run(main)
