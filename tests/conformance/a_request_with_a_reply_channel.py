import trio
from trio_twin import ms, run, uptime


async def server(requests, replies):
    with requests, replies:
        async for request in requests:
            await trio.sleep(25 * ms if request % 3 == 0 else 5 * ms)
            await replies.send((request, request * request))
        print(f"{uptime()} server ends")


async def ask(request, requests, replies):
    with trio.move_on_after(10 * ms):
        await requests.send(request)
        while True:
            number, value = await replies.receive()
            if number == request:
                return value
            print(f"{uptime()} late: {number}")
    return None


async def main():
    request_tx, request_rx = trio.open_memory_channel(4)
    reply_tx, reply_rx = trio.open_memory_channel(4)
    with reply_rx:
        async with trio.open_nursery() as n:
            n.start_soon(server, request_rx, reply_tx)
            for request in range(1, 7):
                answer = await ask(request, request_tx, reply_rx)
                answer = -1 if answer is None else answer
                print(f"{uptime()} {request}: {answer}")
                await trio.sleep(20 * ms if answer < 0 else 1 * ms)
            request_tx.close()
        print(f"{uptime()} over")


run(main)
