import trio
from trio_twin import ms, run, uptime


async def dine(me, first, second, meals):
    for _ in range(3):
        await trio.sleep(1 * ms * (me + 1))
        async with first:
            await trio.lowlevel.checkpoint()
            async with second:
                print(f"{uptime()} {me} eats")
                await trio.sleep(4 * ms)
                meals[me] += 1
    print(f"{uptime()} {me} is full")


async def main():
    forks = [trio.Lock() for _ in range(5)]
    meals = [0] * 5
    async with trio.open_nursery() as n:
        for me in range(4):
            n.start_soon(dine, me, forks[me], forks[me + 1], meals)
        n.start_soon(dine, 4, forks[0], forks[4], meals)
    for me, count in enumerate(meals):
        print(f"{me}: {count}")


run(main)
