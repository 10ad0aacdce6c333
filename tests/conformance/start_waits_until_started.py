import trio
from trio_twin import ms, run, uptime


async def server(port, *, task_status):
    print(f"{uptime()} opening {port}")
    await trio.sleep(10 * ms)
    print(f"{uptime()} open")
    task_status.started(port + 8000)
    print(f"{uptime()} goes on in the same step")
    await trio.sleep(10 * ms)
    print(f"{uptime()} server ends")


async def main():
    async def another():
        await trio.sleep(10 * ms)
        print(f"{uptime()} another task")

    async with trio.open_nursery() as n:
        n.start_soon(another)
        port = await n.start(server, 80)
        print(f"{uptime()} started on {port}")
    print(f"{uptime()} over")


run(main)
