import trio
from trio_twin import error, leaves, ms, run

Jam = error("Jam", "id")
Fire = error("Fire", "id")
Alarm = error("Alarm", "count")


async def fail(exc):
    with trio.CancelScope(shield=True):
        await trio.sleep(10 * ms)
    raise exc


async def guarded():
    try:
        async with trio.open_nursery() as n:
            for exc in Jam(0), Fire(1), Jam(2), Fire(3):
                n.start_soon(fail, exc)
    except* Jam as jams:
        print(f"{len(leaves(jams))} jams, sent on")
        raise
    except* Fire as fires:
        raise Alarm(len(leaves(fires))) from None


async def main():
    try:
        await guarded()
    except* Jam as jams:
        for e in leaves(jams):
            print(f"jam {e.id}")
    except* Fire:
        print("not reached")
    except* Alarm as alarms:
        print(f"alarm of {leaves(alarms)[0].count}")


run(main)
