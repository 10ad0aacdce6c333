import trio
from trio_twin import error, run, show

Oops = error("Oops", "id")


async def child(how, task_status):
    print(f"child {how} runs")
    task_status.started(how)
    if how == 0:
        await trio.lowlevel.checkpoint()
    if how == 2:
        raise Oops(how)
    print(f"child {how} ends")


async def main():
    try:
        async with trio.open_nursery() as n:
            for how in range(3):
                with trio.CancelScope() as scope:
                    scope.cancel()
                    try:
                        print(f"got {await n.start(child, how)}")
                    except* Oops:
                        print("the caller's error")
                    print("end of the scope")
                print(f"{how}: {show(scope.cancelled_caught)}")
            print(f"nursery called: {show(n.cancel_scope.cancel_called)}")
    except* Oops:
        print("not reached")


run(main)
