#!/usr/bin/env python3
"""Flash and RAM of small programs on a Cortex-M3, and the instructions of what programs do most.

    measure.py TRC GOLDEN

Compares with GOLDEN; UPDATE=1 accepts. Needs arm-none-eabi-gcc with picolibc and qemu-system-arm. What is counted is the
whole image: vectors, start-up (board.c), program and runtime; RAM without the stack. Instructions are exact: the
difference of two runs that differ in the number of rounds, over that difference.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
LIBRARY = "/usr/lib/picolibc/arm-none-eabi"
FLAGS = (
    "-std=c99 -Os -flto -mcpu=cortex-m3 -mthumb -ffreestanding -nostdlib -ffunction-sections -fdata-sections "
    f"-Wl,--gc-sections -isystem {LIBRARY}/include"
).split()
SIZES = ["blink", "queue", "nested", "join", "timeout", "all"]
# name: how often a round does what is counted
COUNTS = {"yield": 2, "items": 1, "ticks": 1}


def build(trc, work, source, *defines):
    """The image of a program."""
    name = source.stem
    bundle = work / name
    subprocess.run(
        [trc, "build", source, "--checks=off", "--tick=ms32", "--bundle", bundle], check=True
    )
    image = bundle / "image.elf"
    files = [*sorted(bundle.glob("*.c")), HERE / "board.c"]
    command = ["arm-none-eabi-gcc", *FLAGS, *defines, f"-DAPP={name}", f"-I{bundle}", "-T", HERE / "board.ld"]
    library = [f"-L{LIBRARY}/lib/thumb/v7-m/nofp", "-lc", "-lgcc"]
    subprocess.run([*command, "-o", image, *files, *library], check=True)
    return image


def size(image):
    lines = subprocess.run(["arm-none-eabi-size", image], check=True, capture_output=True, text=True).stdout
    text, data, bss = (int(field) for field in lines.splitlines()[1].split()[:3])
    return text + data, data + bss


def executed(image, plugin):
    """Instructions from reset to the end."""
    options = "-M mps2-an385 -display none -monitor none -serial none -icount shift=5,sleep=off".split()
    semihosting = ["-semihosting-config", "enable=on,target=native"]
    count = image.with_suffix(".count")
    command = ["qemu-system-arm", *options, *semihosting, "-kernel", image, "-plugin", f"{plugin},out={count}"]
    subprocess.run(command, check=True, timeout=60)
    return int(count.read_text().split()[1])


def instructions(trc, work, plugin, name, times):
    """Of one time."""
    text = (HERE / f"{name}.tr").read_text()
    totals = []
    for rounds in (1000, 2000):
        source = work / f"{name}.tr"
        source.write_text(re.sub(r"const TURNS = \d+;", f"const TURNS = {rounds};", text))
        totals.append(executed(build(trc, work, source, "-DCOUNTED"), plugin))
    return (totals[1] - totals[0]) / (1000 * times)


def main():
    trc, golden = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    lines = []
    with tempfile.TemporaryDirectory() as directory:
        work = Path(directory)
        for name in SIZES:
            rom, ram = size(build(trc, work, HERE / f"{name}.tr"))
            lines.append(f"{name}: {rom} bytes of flash, {ram} of RAM")
        plugin = work / "count.so"
        subprocess.run(["gcc", "-shared", "-fPIC", "-fvisibility=hidden", "-O1", "-o", plugin, HERE / "count.c"], check=True)
        for name, times in COUNTS.items():
            lines.append(f"{name}: {instructions(trc, work, plugin, name, times):g} instructions")
    got = "\n".join(lines) + "\n"
    print(got, end="")
    if os.environ.get("UPDATE"):
        golden.write_text(got)
    elif golden.read_text() != got:
        sys.exit(f"embedded: differs from {golden}:\n{golden.read_text()}")
    print(f"embedded: {len(lines)} passed, 0 failed")


if __name__ == "__main__":
    main()
