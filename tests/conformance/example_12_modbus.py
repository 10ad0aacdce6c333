from dataclasses import dataclass

import trio
from trio_twin import error, ms, run, show, uptime

NoReply = error("NoReply", "address")
READ = 3
TURNAROUND = 5 * ms
PATIENCE = 20 * ms
TRIES = 2


@dataclass
class Frame:
    address: int
    function: int
    value: int
    check: int


def crc(crc_so_far, byte):
    c = crc_so_far ^ byte
    for _ in range(8):
        c = (c >> 1) ^ 0xA001 if c & 1 == 1 else c >> 1
    return c


def checksum(f):
    c = 0xFFFF
    for byte in (f.address, f.function, f.value >> 8, f.value & 0xFF):
        c = crc(c, byte)
    return c


def sealed(address, function, value):
    f = Frame(address, function, value, 0)
    f.check = checksum(f)
    return f


async def slaves(requests, replies):
    with requests, replies:
        level = 100
        damaged = True
        async for request in requests:
            if request.address == 3:
                continue
            await trio.sleep(TURNAROUND)
            level += 1
            reply = sealed(request.address, request.function, level)
            if request.address == 2 and damaged:
                reply.value ^= 0x0400
                damaged = False
            await replies.send(reply)
        print(f"{uptime()}: line closed")


async def ask(address, line, requests, replies):
    async with line:
        for attempt in range(1, TRIES + 1):
            with trio.move_on_after(PATIENCE) as timeout:
                await requests.send(sealed(address, READ, 0))
                reply = await replies.receive()
                if reply.address == address and reply.check == checksum(reply):
                    return reply.value
                print(f"{uptime()}: slave {address}, try {attempt}: damaged frame {reply.check:04x}")
                await trio.sleep_forever()
            if timeout.cancelled_caught:
                print(f"{uptime()}: slave {address}, try {attempt}: timeout")
    raise NoReply(address)


async def master(line, requests, replies):
    with requests, replies:
        try:
            while True:
                for address in (1, 2, 3):
                    try:
                        value = await ask(address, line, requests, replies)
                        print(f"{uptime()}: slave {address} = {value}")
                    except NoReply as e:
                        print(f"{uptime()}: slave {e.address} does not answer")
                await trio.sleep(100 * ms)
        finally:
            with trio.move_on_after(10 * ms, shield=True):
                print(f"{uptime()}: finishing, line taken: {show(line.locked())}")
                await trio.sleep_forever()
            print(f"{uptime()}: master done")


async def main():
    line = trio.Lock()
    request_tx, request_rx = trio.open_memory_channel(1)
    reply_tx, reply_rx = trio.open_memory_channel(1)
    async with trio.open_nursery() as n:
        n.start_soon(slaves, request_rx, reply_tx)
        async with trio.open_nursery() as polling:
            polling.start_soon(master, line, request_tx, reply_rx)
            await trio.sleep(178 * ms)
            print(f"{uptime()}: stop")
            polling.cancel_scope.cancel()
        print(f"{uptime()}: polling has ended")
    print(f"{uptime()}: off")


run(main)
