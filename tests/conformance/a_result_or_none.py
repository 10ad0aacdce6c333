import trio
from trio_twin import ms, run, uptime


async def lookup(key):
    await trio.sleep(1 * ms * key)
    return None if key % 3 == 0 else 100 + key


async def within(key, limit):
    with trio.move_on_after(limit):
        return await lookup(key)
    return None


async def main():
    for key in range(1, 7):
        found = await within(key, 5 * ms)
        if found is not None:
            print(f"{uptime()} {key}: {found}")
        else:
            print(f"{uptime()} {key}: none")
    best = None
    for key in [2, 3, 4]:
        x = await lookup(key)
        if x is not None:
            so_far = best if best is not None else 0
            if x > so_far:
                best = x
    print(f"{uptime()} best: {best if best is not None else -1}")


run(main)
