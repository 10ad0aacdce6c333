import trio
from trio_twin import ms, now, run, uptime


async def main():
    t0 = now()
    for i in range(1, 5):
        await trio.sleep_until(t0 + 10 * ms * i)
        print(f"{uptime()} beat {i}")
        with trio.move_on_at(t0 + 10 * ms * i + 4 * ms) as late:
            await trio.sleep(i * 2 * ms)
            print(f"{uptime()} worked")
        if late.cancelled_caught:
            print(f"{uptime()} cut short")
        if late.cancel_called:
            print("late")


run(main)
