import trio
from trio_twin import ms, run, uptime


async def request(i, limit, most):
    async with limit:
        most[0] = max(most[0], limit.borrowed_tokens)
        await trio.sleep(100 * ms)
    print(f"{uptime()}: request {i} answered")


async def main():
    limit = trio.CapacityLimiter(4)
    most = [0]
    async with trio.open_nursery() as n:
        for i in range(1, 16):
            n.start_soon(request, i, limit, most)
    print(f"{uptime()}: all answered, at most {most[0]} at a time")


run(main)
