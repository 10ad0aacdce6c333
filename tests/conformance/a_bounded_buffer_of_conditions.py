import trio
from trio_twin import ms, run, show, uptime


async def put(queue, room, filled, x):
    async with room:
        while len(queue) == 3:
            await room.wait()
        queue.append(x)
        print(f"{uptime()} put {x}, {len(queue)} in it")
        filled.notify()


async def get(queue, room, filled):
    async with filled:
        while not queue:
            await filled.wait()
        x = queue.pop(0)
        room.notify()
        return x


async def main():
    queue = []
    lock = trio.Lock()
    room, filled = trio.Condition(lock), trio.Condition(lock)

    async def producer():
        for x in range(8):
            await put(queue, room, filled, x)

    async def consumer(i):
        for _ in range(3):
            await trio.sleep(2 * ms)
            x = await get(queue, room, filled)
            print(f"{uptime()} {i} got {x}")

    async def late():
        await trio.sleep(20 * ms)
        for _ in range(3):
            with trio.move_on_after(5 * ms) as scope:
                x = await get(queue, room, filled)
                print(f"{uptime()} late: {x}")
            if scope.cancelled_caught:
                print(f"{uptime()} nothing came")
        filled.acquire_nowait()
        filled.notify_all()
        filled.release()

    async with trio.open_nursery() as n:
        n.start_soon(producer)
        for i in range(2):
            n.start_soon(consumer, i)
        n.start_soon(late)
    print(f"{uptime()} over, locked: {show(lock.locked())}")


run(main)
