import trio
from trio_twin import error, ms, run, sec, show, uptime

Never = error("Never")


async def fails():
    await trio.sleep(3600 * sec)
    raise Never


async def main():
    with trio.move_on_after(10 * ms) as scope:
        try:
            try:
                try:
                    try:
                        await fails()
                    except* Exception:
                        print("not reached")
                    print("not reached")
                finally:
                    print(f"{uptime()} first")
                    await trio.lowlevel.checkpoint()
                    print("not reached")
            finally:
                print(f"{uptime()} second")
                await trio.sleep(1 * sec)
                print("not reached")
        finally:
            print(f"{uptime()} third")
    print(f"{uptime()} caught {show(scope.cancelled_caught)}")


run(main)
