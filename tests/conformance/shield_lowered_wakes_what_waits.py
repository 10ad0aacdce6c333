import trio
from trio_twin import ms, run, show, uptime


async def main():
    async def child():
        await trio.sleep(5 * ms)
        print(f"{uptime()} child ends")

    with trio.move_on_after(10 * ms) as outer:
        async with trio.open_nursery() as n:
            with trio.CancelScope(shield=True) as inner:
                n.start_soon(child)
                await trio.sleep(20 * ms)
                print(f"{uptime()} slept in the shield, outer cancelled: {show(outer.cancel_called)}")
                inner.shield = False
                print(f"{uptime()} lowered")
                inner.shield = True
                await trio.sleep(1 * ms)
                print(f"{uptime()} raised again")
                inner.shield = False
                await trio.sleep(1 * ms)
                print("not reached")
            print(f"not reached {inner.cancelled_caught}")
    print(f"{uptime()} outer {show(outer.cancelled_caught)}")


run(main)
