import trio
from trio_twin import Serving, error, leaves, ms, run, sec, show, uptime

Jam = error("Jam", "id")
HOUR = 3600 * sec


async def end(name, cleanup):
    print(f"{uptime()} {name} ends")
    with trio.move_on_after(sec) as s:
        s.shield = True
        await trio.sleep(cleanup)
    print(f"{uptime()} {name} has ended")


async def serve(name, cleanup):
    try:
        while True:
            await trio.sleep(10 * ms)
            print(f"{uptime()} {name}")
    finally:
        await end(name, cleanup)


async def work(name, time, cleanup):
    try:
        await trio.sleep(time)
    finally:
        await end(name, cleanup)


async def fails(time, i):
    await trio.sleep(time)
    raise Jam(i)


async def in_reverse():
    print(f"{uptime()} -- in reverse")
    async with Serving() as n:

        async def c():
            await trio.sleep(2 * ms)
            print(f"{uptime()} c has ended by itself")

        n.start_service(serve, "a", 3 * ms)
        n.body.start_soon(work, "child", 12 * ms, 0)
        n.start_service(serve, "b", 7 * ms)
        await trio.sleep(4 * ms)
        n.start_service(c)
    print(f"{uptime()} closed")


async def cancelled_from_outside():
    print(f"{uptime()} -- cancelled from outside")
    with trio.move_on_after(15 * ms) as s:
        async with Serving() as n:
            n.start_service(serve, "a", 3 * ms)
            n.body.start_soon(work, "child", HOUR, 12 * ms)
            await trio.sleep(HOUR)
        print("never here")
    print(f"{uptime()} closed: {show(s.cancelled_caught)}")


async def cancelled_from_inside():
    print(f"{uptime()} -- cancelled from inside")
    async with Serving() as n:
        n.start_service(serve, "a", 0)
        n.body.start_soon(work, "child", HOUR, 12 * ms)
        await trio.sleep(5 * ms)
        n.body.cancel_scope.cancel()
    print(f"{uptime()} closed: {show(n.body.cancel_scope.cancelled_caught)}")


async def errors():
    print(f"{uptime()} -- errors")
    try:
        async with Serving() as n:
            n.start_service(serve, "a", 1 * ms)
            n.start_service(fails, 13 * ms, 1)
            n.body.start_soon(work, "child", HOUR, 4 * ms)
            n.body.start_soon(fails, 20 * ms, 2)
    except* Jam as group:
        for e in leaves(group):
            print(f"{uptime()} Jam {e.id}")
    try:
        async with Serving() as n:
            n.start_service(serve, "a", 1 * ms)
            n.body.start_soon(work, "child", HOUR, 4 * ms)
            n.body.start_soon(fails, 3 * ms, 3)
    except* Jam as group:
        for e in leaves(group):
            print(f"{uptime()} Jam {e.id}")


async def by_handle():
    print(f"{uptime()} -- by handle")
    async with Serving() as n:
        a = n.start_service(serve, "a", 1 * ms)
        b = n.start_service(serve, "b", 1 * ms)
        await trio.sleep(15 * ms)
        a.cancel()
        await trio.sleep(3 * ms)
        print(f"{uptime()} a: {show(a.is_done)}, b: {show(b.is_done)}")
    print(f"{uptime()} closed")


async def main():
    await in_reverse()
    await cancelled_from_outside()
    await cancelled_from_inside()
    await errors()
    await by_handle()


run(main)
