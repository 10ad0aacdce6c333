import trio
from trio_twin import ms, run, show, uptime


async def watch(n, ready, spare):
    async def child():
        with trio.move_on_after(10 * ms):
            await ready.wait()
        print(f"{uptime()} {show(ready.is_set())}")
        ready.set()
        print(f"{uptime()} {show(ready.is_set())}")

    n.start_soon(child)


async def nobody(n):
    n.cancel_scope.cancel()


async def main():
    ready = trio.Event()
    async with trio.open_nursery() as n:
        async with trio.open_nursery() as spare:
            await watch(n, ready, spare)
            await nobody(spare)
        print(f"{uptime()} lent")
    print(f"{uptime()} end")


run(main)
