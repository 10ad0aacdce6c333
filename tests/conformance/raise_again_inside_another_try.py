import trio
from trio_twin import error, leaves, ms, name, run, uptime

A = error("A", "id")
B = error("B", "id")


async def fail(number):
    await trio.sleep(number * ms)
    if number == 2:
        raise B(2)
    raise A(number)


async def once(how):
    try:
        await fail(1)
    except A as e:
        try:
            print(f"{uptime()} {how} handling {e.id}")
            if how < 2:
                raise
            await trio.sleep(1 * ms)
        except A as inner:
            print(f"{uptime()} {how} inner {inner.id}")
            if how == 1:
                raise
        print(f"{uptime()} {how} goes on")
    print(f"{uptime()} {how} end")


async def past(how):
    try:
        await fail(1)
    except A as e:
        try:
            print(f"{uptime()} {how} handling {e.id}")
            raise
        except B:
            print("not reached")
        print("not reached")


async def main():
    for how in range(3):
        try:
            await once(how)
        except* A as g:
            for e in leaves(g):
                print(f"{uptime()} {how} outer {name(e)} {e.id}")
    try:
        await past(3)
    except* A as g:
        for e in leaves(g):
            print(f"{uptime()} outer {name(e)} {e.id}")


run(main)
