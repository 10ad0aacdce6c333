import trio
from trio_twin import error, leaves, ms, run

First = error("First", "id")
Second = error("Second", "id")


async def one(turn):
    try:
        raise First(1)
    except First as e:
        print(f"one handles {e.id}")
        turn[0].set()
        await turn[1].wait()
        print(f"one raises {e.id} again")
        raise


async def two(turn):
    await turn[0].wait()
    try:
        raise Second(2)
    except Second as e:
        print(f"two handles {e.id}")
        turn[1].set()
        with trio.move_on_after(10 * ms):
            await turn[2].wait()
        print(f"two raises {e.id} again")
        raise


async def quiet(turn):
    try:
        await one(turn)
        print("not reached")
    except First as e:
        print(f"outside: {e.id}")
        try:
            raise Second(3)
        except Second as inner:
            await trio.lowlevel.checkpoint()
            print(f"inside: {inner.id}, and still {e.id}")


async def shielded(turn):
    with trio.CancelScope(shield=True):
        await two(turn)


async def main():
    turn = [trio.Event() for _ in range(4)]
    try:
        async with trio.open_nursery() as n:
            n.start_soon(quiet, turn)
            n.start_soon(shielded, turn)
    except* Second as group:
        print(f"at last: {leaves(group)[0].id}")


run(main)
