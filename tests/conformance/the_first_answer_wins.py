import trio
from trio_twin import error, ms, run, uptime

Refused = error("Refused", "host")


async def connect(host, takes, works):
    try:
        print(f"{uptime()} trying {host}")
        await trio.sleep(takes)
        if not works:
            raise Refused(host)
    finally:
        print(f"{uptime()} {host} ends")


async def race_of(works):
    winner = None

    async def attempt(host):
        nonlocal winner
        try:
            await connect(host, 10 * ms * (5 - host), host == works or (host == 0 and works == 2))
            if winner is None:
                winner = host
            n.cancel_scope.cancel()
        except Refused as e:
            print(f"{uptime()} refused by {e.host}")

    async with trio.open_nursery() as n:
        for host in range(4):
            n.start_soon(attempt, host)
            await trio.sleep(8 * ms)
    return winner


async def main():
    for works in [3, 0, 2, 9]:
        print(f"{uptime()} works: {works}")
        host = await race_of(works)
        if host is not None:
            print(f"{uptime()} connected to {host}")
        else:
            print(f"{uptime()} no connection")


run(main)
