import trio
from trio_twin import error, run, sec, show

Boom = error("Boom", "id")


async def main():
    try:
        with trio.CancelScope() as scope:
            scope.cancel()
            raise Boom(1)
    except Boom as e:
        print(f"boom {e.id}")
    with trio.CancelScope() as outer:
        outer.cancel()
        try:
            with trio.move_on_after(3600 * sec):
                raise Boom(2)
        except Boom as e:
            print(f"boom {e.id}")
        print("still running")
        await trio.lowlevel.checkpoint()
        print("not reached")
    print(show(outer.cancelled_caught))


run(main)
