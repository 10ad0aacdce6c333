import trio
from trio_twin import ms, run, sec, uptime


async def think(time):
    await trio.sleep(time)
    return "forty-two"


async def ask(time, patience):
    with trio.move_on_after(patience):
        return await think(time)
    return None


async def main():
    quick = await ask(20 * ms, 1 * sec)
    if quick is not None:
        print(f"{uptime()}: the answer is {quick}")
    else:
        print(f"{uptime()}: no answer")
    slow = await ask(3600 * sec, 1 * sec) or "nobody knows"
    print(f"{uptime()}: {slow}")


run(main)
