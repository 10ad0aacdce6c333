import trio
from trio_twin import Duration, ms, now, run, sec


async def main():
    t0 = now()

    def left():
        return Duration(trio.current_effective_deadline() - t0)

    if trio.current_effective_deadline() == float("inf"):
        print("none")
    with trio.move_on_after(50 * ms):
        print(left())
        with trio.move_on_after(3600 * sec):
            print(left())
            with trio.move_on_after(20 * ms):
                print(left())
            with trio.move_on_after(7200 * sec, shield=True):
                print(left())
            with trio.CancelScope(shield=True):
                if trio.current_effective_deadline() == float("inf"):
                    print("none in a shield")


run(main)
