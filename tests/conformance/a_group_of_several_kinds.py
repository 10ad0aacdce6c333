import trio
from trio_twin import error, leaves, ms, run, uptime

Hot = error("Hot", "sensor", "degrees")
Dead = error("Dead", "sensor")


async def read(sensor, degrees):
    with trio.CancelScope(shield=True):
        await trio.sleep(1 * ms * sensor)
    if degrees > 90:
        raise Hot(sensor, degrees)
    if degrees < 0:
        raise Dead(sensor)
    print(f"{uptime()} sensor {sensor} is well")


async def main():
    try:
        async with trio.open_nursery() as n:
            n.start_soon(read, 3, 95)
            n.start_soon(read, 1, 20)
            n.start_soon(read, 4, -1)
            n.start_soon(read, 2, 120)
    except* (Hot, Dead) as group:
        for e in leaves(group):
            if isinstance(e, Hot):
                print(f"sensor {e.sensor}: {e.degrees} degrees")
            else:
                print(f"sensor {e.sensor}: dead")


run(main)
