import trio
from trio_twin import run


def next_(count):
    count[0] += 1
    print(f"evaluated {count[0]}")
    return count[0]


async def child(a, b):
    print(f"child of {a} {b}")


async def main():
    count = [0]
    async with trio.open_nursery() as n:
        n.start_soon(child, next_(count), next_(count))
        count[0] = 10
        n.start_soon(child, next_(count), next_(count))
        print("both started")
    print(f"count {count[0]}")


run(main)
