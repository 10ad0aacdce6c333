from math import gcd

from trio_twin import run


def square(x):
    return x * x


def grade(points):
    return "passed" if points >= 50 else "failed"


async def main():
    name = "world"
    print(f"hello {name}!")
    for i in range(1, 4):
        print(f"{i} squared is {square(i)}")
    print(f"gcd(84, 36) = {gcd(84, 36)}")

    points = [72, 31, 98]
    total = 0
    for i, p in enumerate(points):
        total += p
        print(f"student {i}: {p} points, {grade(p)}")
    print(f"mean: {total / 3:.1f}, in hex: 0x{total:04x}")
    print("braces are doubled: {}")


run(main)
