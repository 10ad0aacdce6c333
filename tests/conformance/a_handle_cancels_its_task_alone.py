import trio
from trio_twin import Task, error, ms, run, show, uptime

Jam = error("Jam", "id")


async def blink(name):
    try:
        while True:
            await trio.sleep(10 * ms)
            print(f"{uptime()} {name}")
    finally:
        print(f"{uptime()} {name} off")


async def nested(name):
    async with trio.open_nursery() as inner:
        inner.start_soon(blink, name)
        inner.start_soon(blink, "its child")
    print(f"{uptime()} {name}: never here")


async def jam(i):
    await trio.sleep(5 * ms)
    raise Jam(i)


async def alone():
    async with trio.open_nursery() as n:
        a = Task(n, blink, "a")
        b = Task(n, nested, "b")

        async def child():
            await trio.sleep(28 * ms)
            print(f"{uptime()} a: {show(a.is_done)}, b: {show(b.is_done)}")
            b.cancel()
            print(f"{uptime()} b is told: {show(b.is_done)}")

        n.start_soon(child)
        await trio.sleep(25 * ms)
        a.cancel()
        a.cancel()
        print(f"{uptime()} a is told: {show(a.is_done)}")
        await trio.lowlevel.checkpoint()
        print(f"{uptime()} a: {show(a.is_done)}")
        await trio.sleep(20 * ms)
        called = n.cancel_scope.cancel_called
        print(f"{uptime()} a: {show(a.is_done)}, b: {show(b.is_done)}, n: {show(called)}")


async def before_its_first_step():
    async with trio.open_nursery() as n:
        early = Task(n, blink, "early")
        early.cancel()
    print(f"{uptime()} early has ended")


async def slots_are_used_again():
    async with trio.open_nursery() as n:
        first = Task(n, blink, "first")
        await trio.sleep(15 * ms)
        first.cancel()
        await trio.lowlevel.checkpoint()
        await trio.lowlevel.checkpoint()
        print(f"{uptime()} first: {show(first.is_done)}")
        second = Task(n, blink, "second")
        n.start_soon(nested, "third")
        first.cancel()
        await trio.sleep(15 * ms)
        print(f"{uptime()} first: {show(first.is_done)}, second: {show(second.is_done)}")
        n.cancel_scope.cancel()
        await trio.lowlevel.checkpoint()


async def errors_go_on():
    try:
        async with trio.open_nursery() as n:
            bad = Task(n, jam, 7)

            async def child():
                try:
                    await trio.sleep(3_600_000 * ms)
                finally:
                    print(f"{uptime()} bad: {show(bad.is_done)}")

            n.start_soon(child)
    except* Jam as group:
        for e in group.exceptions:
            print(f"{uptime()} Jam {e.id}")


async def one_by_one(n):
    for i in range(3):
        task = Task(n, blink, "lent")
        await trio.sleep(12 * ms)
        if i != 1:
            task.cancel()
        await trio.lowlevel.checkpoint()
        print(f"{uptime()} {i}: {show(task.is_done)}")


async def main():
    await alone()
    await before_its_first_step()
    await slots_are_used_again()
    await errors_go_on()
    async with trio.open_nursery() as n:
        await one_by_one(n)
        n.cancel_scope.cancel()
    print(f"{uptime()} end")


run(main)
