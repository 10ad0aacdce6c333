import trio
from trio_twin import ms, run, sec, show, uptime


async def main():
    with trio.move_on_after(10 * ms) as outer:
        with trio.move_on_after(10 * ms) as inner:
            await trio.sleep(1 * sec)
        print(f"not reached {inner.cancelled_caught}")
    print(f"{uptime()} outer {show(outer.cancelled_caught)}")
    with trio.move_on_after(10 * ms) as scope:
        await trio.sleep(10 * ms)
        print("not reached")
    print(f"{uptime()} scope {show(scope.cancelled_caught)}")
    with trio.move_on_after(10 * ms) as late:
        await trio.sleep(9 * ms)
        print(f"{uptime()} slept")
        await trio.sleep(1 * ms)
        print("not reached")
    print(f"{uptime()} late {show(late.cancelled_caught)}")


run(main)
