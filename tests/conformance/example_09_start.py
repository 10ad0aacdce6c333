import trio
from trio_twin import ms, run, uptime


async def serve(port, requests, *, task_status):
    with requests:
        print(f"{uptime()}: opening port {port}")
        await trio.sleep(50 * ms)
        task_status.started(port + 8000)
        async for request in requests:
            print(f"{uptime()}: serving {request}")
            await trio.sleep(20 * ms)
        print(f"{uptime()}: no more clients")


async def main():
    client, requests = trio.open_memory_channel(0)
    async with trio.open_nursery() as n:
        port = await n.start(serve, 80, requests)
        print(f"{uptime()}: ready on port {port}")
        await client.send("index.html")
        await client.send("logo.png")
        client.close()
    print(f"{uptime()}: server gone")


run(main)
