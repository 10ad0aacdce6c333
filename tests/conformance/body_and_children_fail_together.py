import trio
from trio_twin import error, leaves, name, run

Boom = error("Boom", "id")
Crash = error("Crash", "id")


async def fail(i):
    raise Boom(i)


async def inner_first():
    async with trio.open_nursery() as n:
        n.start_soon(fail, 1)
        async with trio.open_nursery():
            raise Crash(2)


async def main():
    try:
        async with trio.open_nursery() as n:
            n.start_soon(fail, 3)
            raise Crash(4)
    except* Boom as booms:
        for e in leaves(booms):
            print(f"boom {e.id}")
    except* Crash as crashes:
        for e in leaves(crashes):
            print(f"crash {e.id}")
    try:
        await inner_first()
    except* (Boom, Crash) as group:
        for e in leaves(group):
            print(f"{name(e)} {e.id}")
    try:
        async with trio.open_nursery() as n:
            n.start_soon(fail, 5)
            n.start_soon(fail, 6)
            raise Boom(7)
    except* Boom as group:
        for e in leaves(group):
            print(f"{name(e)} {e.id}")


run(main)
