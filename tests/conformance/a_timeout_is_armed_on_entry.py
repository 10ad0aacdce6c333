import trio
from trio_twin import Duration, TooSlow, ms, now, run, show, uptime


async def patience(work):
    await trio.sleep(work)
    return 5 * ms


def left(scope):
    return Duration(scope.deadline - now())


async def main():
    limit = await patience(3 * ms)
    await trio.sleep(4 * ms)
    with trio.move_on_after(limit) as a:
        print(f"{uptime()} {left(a)} left")
        a.relative_deadline = 3 * ms
        print(f"{uptime()} {left(a)} left")
        await trio.sleep(2 * ms)
        print(f"{uptime()} {left(a)} left")
        a.relative_deadline = 4 * ms
        await trio.sleep_forever()
    print(f"{uptime()} {show(a.cancelled_caught)}")
    entry = trio.fail_after(5 * ms)
    await patience(7 * ms)
    try:
        with entry as b:
            print(f"{uptime()} {left(b)} left")
            await trio.sleep_forever()
    except TooSlow:
        print(f"{uptime()} too slow")
    at = now() + 6 * ms
    await trio.sleep(4 * ms)
    with trio.move_on_at(at) as c:
        print(f"{uptime()} {left(c)} left")
        await trio.sleep_forever()
    print(f"{uptime()} {show(c.cancelled_caught)}")


run(main)
