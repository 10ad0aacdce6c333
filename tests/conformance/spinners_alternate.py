import trio
from trio_twin import run


async def spin(name, turns):
    for i in range(turns):
        print(f"{name} {i}")
        await trio.lowlevel.checkpoint()
    print(f"{name} ends")


async def main():
    async with trio.open_nursery() as n:
        n.start_soon(spin, "ann", 3)
        n.start_soon(spin, "bob", 1)
        n.start_soon(spin, "cid", 2)
        for i in range(4):
            print(f"body {i}")
            await trio.lowlevel.checkpoint()
    print("over")


run(main)
