import trio
from trio_twin import ms, run, sec, show, uptime


async def main():
    with trio.move_on_after(1 * sec) as outer:
        with trio.move_on_after(200 * ms) as inner:
            print(f"{uptime()}: in both")
            await trio.sleep(5 * sec)
            print("never printed")
        if inner.cancelled_caught:
            print(f"{uptime()}: the inner one has fired")
        print(f"inner cancelled: {show(inner.cancelled_caught)}, outer cancelled: {show(outer.cancel_called)}")

        print(f"{uptime()}: still in the outer one")
        await trio.sleep(300 * ms)
        print(f"{uptime()}: still")

        with trio.move_on_after(3600 * sec) as patient:
            await trio.sleep_forever()
        if patient.cancelled_caught:
            print("never printed")
        print(f"never printed, patient cancelled: {show(patient.cancelled_caught)}")
    if outer.cancelled_caught:
        print(f"{uptime()}: the outer one has fired")


run(main)
