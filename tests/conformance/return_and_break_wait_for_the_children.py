import trio
from trio_twin import ms, now, run, uptime


async def child(i, total):
    await trio.sleep(10 * ms)
    total[0] += i
    print(f"{uptime()} child {i} ends")


async def returns(total):
    async with trio.open_nursery() as n:
        n.start_soon(child, 100, total)
        return total[0]


async def main():
    total = [0]
    before = await returns(total)
    print(f"{uptime()} returned {before}, now {total[0]}")
    for i in range(1, 5):
        async with trio.open_nursery() as n:
            n.start_soon(child, i, total)
            if i == 2:
                continue
            if i == 3:
                break
            print(f"{uptime()} body {i} ends")
        print(f"{uptime()} round {i} ends")
    print(f"{uptime()} {total[0]}")


run(main)
