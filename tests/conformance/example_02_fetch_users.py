import trio
from trio_twin import ms, run, uptime

NAMES = ["ann", "bob", "cid", "dee", "eve"]


async def fetch(i, users):
    await trio.sleep(100 * ms * (5 - i))
    users[i] = (i, NAMES[i], 20 + 3 * i)
    print(f"{uptime()}: got {NAMES[i]}")


async def main():
    users = [None] * 5
    async with trio.open_nursery() as n:
        for i in range(5):
            n.start_soon(fetch, i, users)
        print(f"{uptime()}: five requests on their way")
    for i, name, age in users:
        print(f"{i} {name} {age}")
    print(f"{uptime()} for all of them")


run(main)
