import trio
from trio_twin import error, ms, run, sec

Boom = error("Boom")


async def leave(how):
    try:
        for round in range(2):
            try:
                try:
                    if how == 1:
                        return 10
                    if how == 2:
                        break
                    if how == 3:
                        continue
                    if how == 4:
                        raise Boom
                    if how == 5:
                        await trio.sleep(3600 * sec)
                    print(f"{how}: end of the round")
                finally:
                    print(f"{how}: first")
            finally:
                print(f"{how}: round {round}")
        return 20
    finally:
        print(f"{how}: outer")


async def main():
    for how in range(6):
        with trio.move_on_after(10 * ms) as scope:
            try:
                x = await leave(how)
                print(f"{how}: returned {x}")
            except Boom:
                print(f"{how}: raised")
        if scope.cancelled_caught:
            print(f"{how}: cancelled")


run(main)
