import trio
from trio_twin import error, ms, run, sec, show, uptime

Boom = error("Boom")


async def main():
    with trio.move_on_after(20 * ms) as scope:
        try:
            await trio.sleep(10 * ms)
            raise Boom
        except Boom:
            print(f"{uptime()} handling")
            await trio.sleep(5 * ms)
            print(f"{uptime()} handled")
        try:
            raise Boom
        except Boom:
            print(f"{uptime()} handling again")
            await trio.sleep(3600 * sec)
            print("not reached")
        print("not reached")
    print(f"{uptime()} {show(scope.cancelled_caught)}")


run(main)
