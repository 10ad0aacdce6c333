import trio
from trio.lowlevel import checkpoint
from trio_twin import error, run, sec, show

Boom = error("Boom")

ticks = 0


async def tick():
    global ticks
    while True:
        await checkpoint()
        ticks += 1


async def wait(name, event):
    try:
        await event.wait()
        print(f"{ticks} {name} has waited")
        await checkpoint()
        print("not reached")
    finally:
        print(f"{ticks} {name} ends")


async def fail(first, second):
    await first.wait()
    second.set()
    print(f"{ticks} fails")
    raise Boom


async def cid():
    try:
        await trio.sleep(3600 * sec)
    finally:
        print(f"{ticks} cid ends")


async def main():
    global ticks
    first, second = trio.Event(), trio.Event()
    async with trio.open_nursery() as outer:
        outer.start_soon(tick)
        try:
            async with trio.open_nursery() as n:
                n.start_soon(fail, first, second)
                n.start_soon(wait, "ann", first)
                n.start_soon(wait, "bob", second)
                n.start_soon(cid)
                await checkpoint()
                ticks = 0
                first.set()
                try:
                    await checkpoint()
                    print("not reached")
                finally:
                    print(f"{ticks} body ends, called: {show(n.cancel_scope.cancel_called)}")
        except* Boom:
            print(f"{ticks} caught")
        outer.cancel_scope.cancel()


run(main)
