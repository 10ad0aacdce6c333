from trio_twin import error, run

Low = error("Low", "id")
High = error("High", "id", "why")


async def low(i):
    if i > 1:
        raise Low(i)
    print(f"{i} is fine")


async def middle(i):
    try:
        await low(i)
    except Low as e:
        if e.id == 2:
            print("2 is mended")
            return
        raise High(e.id, 40 + e.id) from None
    print(f"middle {i} ends")


async def main():
    for i in range(1, 4):
        try:
            await middle(i)
        except High as e:
            print(f"high {e.id} {e.why}")
            continue
        print(f"round {i} ends")


run(main)
