from dataclasses import dataclass

import trio
from trio_twin import Duration, ms, now, run, show, uptime

SETTLED = 20 * ms
PATIENCE = 250 * ms


@dataclass
class Panel:
    period: int
    blinks: int
    lamp: bool


EDGES = [
    (300 * ms, True), (303 * ms, False), (305 * ms, True),
    (400 * ms, False), (402 * ms, True), (404 * ms, False),
    (500 * ms, True), (506 * ms, False),
    (700 * ms, True), (760 * ms, False),
]  # fmt: skip


async def pin(edges):
    with edges:
        for at, down in EDGES:
            await trio.sleep(at - uptime())
            await edges.send(down)
        await trio.sleep_forever()


async def debounce(edges, presses):
    with edges, presses:
        is_down = False
        count = 0
        while True:
            level = await edges.receive()
            while True:
                with trio.move_on_after(SETTLED) as quiet:
                    level = await edges.receive()
                if quiet.cancelled_caught:
                    break
            if level == is_down:
                continue
            is_down = level
            if is_down:
                count += 1
                await presses.send(count)


async def obey(presses, panel):
    with presses:
        async for press in presses:
            panel.period //= 2
            print(f"{uptime()}: press {press}, blinking every {Duration(panel.period)}")


async def blink(panel):
    try:
        while True:
            panel.lamp = not panel.lamp
            panel.blinks += 1
            await trio.sleep(panel.period)
    finally:
        panel.lamp = False
        print(f"{uptime()}: lamp off")


async def beat(watchdog):
    for _ in range(5):
        watchdog.deadline = now() + PATIENCE
        await trio.sleep(200 * ms)
    print(f"{uptime()}: heart stops")
    await trio.sleep_forever()


async def main():
    panel = Panel(200 * ms, 0, False)
    with trio.move_on_after(PATIENCE) as watchdog:
        edge_tx, edge_rx = trio.open_memory_channel(4)
        press_tx, press_rx = trio.open_memory_channel(0)
        async with trio.open_nursery() as n:
            n.start_soon(pin, edge_tx)
            n.start_soon(debounce, edge_rx, press_tx)
            n.start_soon(obey, press_rx, panel)
            n.start_soon(blink, panel)
            n.start_soon(beat, watchdog)
    if watchdog.cancelled_caught:
        print(f"{uptime()}: the watchdog bites")
    print(f"blinked {panel.blinks} times, lamp on: {show(panel.lamp)}")


run(main)
