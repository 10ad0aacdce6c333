import trio
from trio_twin import ms, run, uptime


async def server(*, task_status):
    await trio.sleep(30 * ms)
    print(f"{uptime()} ready")
    task_status.started()
    await trio.sleep(10 * ms)
    print(f"{uptime()} server ends")


async def helper(n):
    print(f"{uptime()} helper starts a server")
    await n.start(server)
    print(f"{uptime()} helper ends")


async def main():
    async with trio.open_nursery() as n:
        n.start_soon(helper, n)
        print(f"{uptime()} body ends")
    print(f"{uptime()} over")


run(main)
