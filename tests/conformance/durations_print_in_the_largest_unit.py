import trio
from trio_twin import Duration, busy, ms, now, run, sec, uptime, us


async def main():
    for d in [0, 1, 999, us, 1500 * us, 10 * ms, 999 * ms, sec, 1500 * ms, 90 * sec, 120 * sec, 3600 * sec]:
        print(Duration(d))
    for d in [1 * sec + 1 * us, 12345678901]:
        print(Duration(d))
    print(Duration(-250 * ms))
    print(uptime())
    await trio.sleep(1 * us)
    print(uptime())
    busy(2 * ms)
    print(uptime())
    await trio.sleep_until(now() + 3 * sec)
    print(uptime())
    print(f"{Duration(3 * 7 * ms)} {Duration(sec // 8)} {sec // (300 * ms)}")


run(main)
