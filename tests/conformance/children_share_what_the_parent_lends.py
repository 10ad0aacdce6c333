import trio
from trio_twin import ms, run


class Account:
    def __init__(self, owner, balance):
        self.owner, self.balance = owner, balance


async def move_money(src, to, amount):
    await trio.sleep(1 * ms)
    before = src.balance
    src.balance = before - amount
    to.balance += amount
    await trio.lowlevel.checkpoint()
    print(f"{src.owner} has {src.balance}, {to.owner} has {to.balance}")


async def main():
    accounts = [Account("ann", 100), Account("bob", 100), Account("cid", 100)]
    count = 0

    async def counter(i):
        nonlocal count
        await trio.lowlevel.checkpoint()
        count += i

    async with trio.open_nursery() as n:
        n.start_soon(move_money, accounts[0], accounts[1], 10)
        n.start_soon(move_money, accounts[1], accounts[2], 25)
        n.start_soon(move_money, accounts[2], accounts[0], 40)
        for i in range(10):
            n.start_soon(counter, i)
    for a in accounts:
        print(f"{a.owner}: {a.balance}")
    print(count)


run(main)
