import trio
from trio_twin import error, ms, run, sec, uptime

SensorDead = error("SensorDead", "id")


async def sample(i):
    await trio.sleep(3600 * sec if i == 3 else 30 * ms)
    return 20 + i


async def read(i):
    try:
        with trio.fail_after(100 * ms):
            return await sample(i)
    except trio.TooSlowError:
        raise SensorDead(i) from None


async def main():
    for i in range(1, 5):
        try:
            celsius = await read(i)
            print(f"{uptime()}: sensor {i} reads {celsius} degrees")
        except SensorDead as e:
            print(f"{uptime()}: sensor {e.id} is dead")


run(main)
