import trio
from trio_twin import Duration, TooSlow, error, ms, run, show, uptime

NoAnswer = error("NoAnswer", "tries")


async def attempt(round):
    with trio.fail_after(10 * ms):
        await trio.sleep(1 * ms * (40 - 8 * round))
        return 1000 + round


async def patient(most):
    wait = 2 * ms
    for round in range(most):
        try:
            return await attempt(round)
        except TooSlow:
            print(f"{uptime()} try {round} was too slow, waiting {Duration(wait)}")
        await trio.sleep(wait)
        wait *= 2
    raise NoAnswer(most)


async def main():
    for most in [3, 6]:
        try:
            answer = await patient(most)
            print(f"{uptime()} got {answer}")
        except NoAnswer as e:
            print(f"{uptime()} no answer in {e.tries} tries")
    with trio.move_on_after(25 * ms) as all_:
        try:
            await patient(9)
        except NoAnswer:
            print("not reached")
    print(f"{uptime()} cut short: {show(all_.cancelled_caught)}")


run(main)
