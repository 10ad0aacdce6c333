import trio
from trio_twin import ms, run, uptime


async def sensor(i, out):
    with out:
        await out.send(("hello", i))
        for k in range(i):
            await trio.sleep(1 * ms * (10 - i))
            await out.send(("reading", i, 10 * i + k))
        await out.send(("bye", i))


async def collect(messages):
    with messages:
        sensors = {}
        async for message in messages:
            match message:
                case ("hello", i):
                    sensors[i] = [0, 0]
                case ("reading", i, value) if value % 10 == 2:
                    print(f"{uptime()} sensor {i}: {value} is odd, dropped")
                case ("reading", i, value):
                    sensors[i][0] += value
                    sensors[i][1] += 1
                case ("bye", i):
                    print(f"{uptime()} sensor {i} is gone")
                case ("stop",):
                    break
        for i, (total, count) in sensors.items():
            mean = total // count if count > 0 else 0
            print(f"sensor {i}: {count} readings, mean {mean}")


async def main():
    tx, rx = trio.open_memory_channel(1)
    async with trio.open_nursery() as n:
        n.start_soon(collect, rx)
        async with trio.open_nursery() as sensors:
            for i in range(1, 5):
                sensors.start_soon(sensor, i, tx.clone())
        await tx.send(("stop",))
        print(f"{uptime()} stopped")


run(main)
