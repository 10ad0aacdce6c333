import trio
from trio_twin import ms, run, uptime


async def transmit(line, sent, byte):
    async with line:
        await trio.sleep(10 * ms)
        sent.append(byte)
        await trio.sleep(5 * ms)


async def main():
    line = trio.Lock()
    sent = []
    async with trio.open_nursery() as n:
        for byte in range(3):
            n.start_soon(transmit, line, sent, byte)
    print(f"{uptime()}: sent {sent}")


run(main)
