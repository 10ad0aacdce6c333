import trio
from trio_twin import error, name, run, sec, show

Boom = error("Boom")


async def search(how, lock):
    with trio.move_on_after(1 * sec):
        try:
            async with lock:
                if how == 0:
                    return 10
                if how == 1:
                    raise Boom
                await trio.lowlevel.checkpoint()
            if how == 2:
                return 12
            print(f"{how}: end of the try")
        except Boom:
            print(f"{how}: boom")
            return 11
        print(f"{how}: end of the scope")
    return 13


async def leave(lock):
    with trio.move_on_after(1 * sec):
        try:
            async with lock:
                if lock.locked():
                    return
                raise Boom
        except Boom:
            print("not reached")
        print("not reached")
    print("not reached")


async def fail_again():
    try:
        raise Boom
    except Boom as e:
        print(f"{name(e)}, and again")
        raise Boom from None


async def main():
    lock = trio.Lock()
    for how in range(4):
        x = await search(how, lock)
        print(f"{how}: {x}, locked: {show(lock.locked())}")
    await leave(lock)

    async def child():
        try:
            await fail_again()
        except Boom:
            print("caught in the child")
            return
        print("not reached")

    try:
        async with trio.open_nursery() as n:
            n.start_soon(fail_again)
            n.start_soon(child)
    except* Boom:
        print("caught outside")


run(main)
