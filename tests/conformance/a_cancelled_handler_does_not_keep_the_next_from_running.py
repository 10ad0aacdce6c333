import trio
from trio_twin import error, leaves, ms, name, run, uptime

A = error("A", "id")
C = error("C", "id")


async def canceller(n2):
    await trio.sleep(1 * ms)
    n2.cancel_scope.cancel()


async def raiser():
    raise C(1)


async def main():
    async with trio.open_nursery() as n2:
        n2.start_soon(canceller, n2)
        try:
            async with trio.open_nursery() as n21:
                n21.start_soon(raiser)
                raise A(2)
        except* C as g:
            for e in leaves(g):
                print(f"{uptime()} first {name(e)} {e.id}")
            await trio.sleep(2 * ms)
            print("not reached")
        except* Exception:
            print(f"{uptime()} rest")


run(main)
