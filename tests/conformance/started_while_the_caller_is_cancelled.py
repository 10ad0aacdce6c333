import trio
from trio_twin import ms, run, show, uptime


async def child(name, stubborn, *, task_status):
    with trio.CancelScope(shield=True):
        await trio.sleep(20 * ms)
    task_status.started(7)
    print(f"{uptime()} {name} said started")
    if not stubborn:
        await trio.lowlevel.checkpoint()
        print("not reached")
    with trio.CancelScope(shield=True):
        await trio.sleep(10 * ms)
    print(f"{uptime()} {name} ends well")


async def main():
    async with trio.open_nursery() as n:
        with trio.move_on_after(10 * ms) as a:
            x = await n.start(child, "ann", True)
            print(f"{uptime()} got {x}")
            await trio.lowlevel.checkpoint()
            print("not reached")
        print(f"{uptime()} {show(a.cancelled_caught)}")
        with trio.move_on_after(10 * ms) as b:
            x = await n.start(child, "bob", False)
            print(f"not reached {x}")
        print(f"{uptime()} {show(b.cancelled_caught)}")


run(main)
