#!/usr/bin/env python3
"""Runs programs on emulated boards and foreign machines and compares what they print with the host.

    run.py TRC [TARGET | PROGRAM.tr ...]

The examples and the conformance programs run on a clock that jumps, so their whole trace must be the host's; the
programs of tests/targets run on each port's own clock, a narrow one, and its interrupt, and must print their .out. What
a program prints and its error output go to one place, as on a board. For each board `trc new` makes a project, which
must run. What does not fit a target is listed.
"""

import difflib
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from targets import host, targets

WORK = Path("build/targets")
SECONDS = 60
VIRTUAL_CLOCK = "tests/targets/jumping_clock.c"
HOST_VIRTUAL_CLOCK = "runtime/ports/virtual.c"
REAL_TICK = "ms32"
REAL_TICKS = ("-DTR_TICK_BITS=32", "-DTR_TICKS_PER_SECOND=1000")
STACK = re.compile(r"\[stack (\d+|overflow)\]\n$")  # what run_avr says last, and main.c if it was too small
NO_ROOM = re.compile(r"region `?\w+'? overflowed|will not fit in region|is full|section .* overlaps|is not within region")


class Failure(Exception):
    """What is wrong with a program on a target."""


def command(words, seconds=SECONDS):
    """(status, output with the error output in it)"""
    try:
        done = subprocess.run([str(word) for word in words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as e:
        return 124, (e.stdout or b"").decode(errors="replace")
    return done.returncode, done.stdout.decode(errors="replace")


def must(words):
    status, output = command(words)
    if status:
        raise Failure(f"{' '.join(map(str, words))}\n{output}")
    return output


def programs():
    """(source, whether it runs on the port's own clock)"""
    for folder in ("examples", "tests/conformance"):
        for source in sorted(Path(folder).glob("*.tr")):
            yield source, False
    for source in sorted(Path("tests/targets").glob("*.tr")):
        yield source, True


def clock_of(target, real):
    if real:
        return target.clock
    return HOST_VIRTUAL_CLOCK if target.clock.endswith("posix.c") else VIRTUAL_CLOCK


class Builder:
    """The runtime of each target, compiled once for each clock."""

    def __init__(self, trc):
        self.trc = trc
        self.runtimes = {}

    def runtime(self, target, real):
        folder = WORK / "runtime" / f"{target.name}{'-real' if real else ''}"
        folder.mkdir(parents=True, exist_ok=True)
        ticks = REAL_TICKS if real else ()
        sources = [*sorted(Path("runtime").glob("*.c")), *target.port, clock_of(target, real)]
        objects = []
        for source in sources:
            objects.append(folder / f"{Path(source).stem}.o")
            flags = [word for word in target.cc if not word.startswith(("-T", "-L", "-Wl"))]
            must([*flags, *ticks, "-c", source, "-o", objects[-1]])
        self.runtimes[target.name, real] = (objects, ticks)

    def program(self, source, real):
        """The generated C."""
        folder = WORK / "programs" / source.stem
        folder.mkdir(parents=True, exist_ok=True)
        tick = [f"--tick={REAL_TICK}"] if real else []
        must([self.trc, "build", *tick, source, "-o", folder / "app.c"])
        return folder

    def link(self, target, folder, real):
        """The program, or None if the linker has no room for it."""
        objects, ticks = self.runtimes[target.name, real]
        elf = folder / target.name
        words = [*target.cc, *ticks, f"-I{folder}", folder / "app.c", target.main, *objects, "-o", elf]
        status, output = command(words)
        if status and NO_ROOM.search(output):
            return None
        if status:
            raise Failure(f"does not compile\n{output}")
        return elf


def run_on(target, elf):
    """What it printed, with its status as a last line; None if the target's memory is too small for it."""
    status, output = command([*target.run, elf])
    depth = STACK.search(output)
    if depth and depth.group(1) == "overflow":
        return None
    if depth and target.ram and static_ram(elf) + int(depth.group(1)) > target.ram:
        return None
    return f"{STACK.sub('', output)}[status {status}]\n"


def static_ram(elf):
    """Bytes of .data and .bss."""
    _, data, bss, *_ = must(["avr-size", elf]).splitlines()[1].split()
    return int(data) + int(bss)


def check(builder, target, source, folder, wanted, real):
    """"ok", "no room" (and right where there is more of it), or what is wrong."""
    try:
        elf = builder.link(target, folder, real)
        got = run_on(target, elf) if elf else None
    except Failure as failure:
        return f"FAIL {source} on {target.name}: {failure}"
    if got is None and target.larger:
        larger = check(builder, target.larger, source, folder, wanted, real)
        return "no room" if larger == "ok" else larger
    if got is None:
        return "no room"
    if got == wanted:
        return "ok"
    lines = difflib.unified_diff(wanted.splitlines(True), got.splitlines(True), "host", target.name)
    return f"FAIL {source} on {target.name}\n{''.join(lines)}"


def wanted_of(builder, source, folder, real):
    if real:
        return source.with_suffix(".out").read_text() + "[status 0]\n"
    return run_on(host(), Path("./") / builder.link(host(), folder, real))


def check_everywhere(builder, chosen, source, real):
    """[(target, "ok", "no room", or what is wrong)]"""
    try:
        folder = builder.program(source, real)
        wanted = wanted_of(builder, source, folder, real)
    except Failure as failure:
        return [(target, f"FAIL {source}: {failure}") for target in chosen[:1]]
    results = []
    for target in chosen:
        results.append((target, check(builder, target, source, folder, wanted, real)))
    shutil.rmtree(folder)
    return results


def check_project(trc, target):
    """"ok", or what is wrong with a project that `trc new` makes for the board."""
    project = WORK / "projects" / target.board
    shutil.rmtree(project, ignore_errors=True)
    project.parent.mkdir(exist_ok=True)
    try:
        must([trc, "new", project, "--board", target.board])
        said = must(["make", "-s", "-C", project, "run", f"TRC={Path(trc).resolve()}"])
    except Failure as failure:
        return f"FAIL a new project for {target.board}: {failure}"
    right = "tick" in said and "done" in said
    return "ok" if right else f"FAIL a new project for {target.board} says\n{said}"


def report(outcomes, chosen):
    """Prints a line for each target; gives the number of failures."""
    failed = 0
    for target in chosen:
        mine = [(source, result) for source, results in outcomes for where, result in results if where == target]
        passed = sum(result == "ok" for _, result in mine)
        no_room = [source.stem for source, result in mine if result == "no room"]
        wrong = len(mine) - passed - len(no_room)
        failed += wrong
        print(f"targets: {target.name}: {passed} passed, {wrong} failed, {len(no_room)} do not fit")
        if no_room:
            instead = f"ran on {target.larger.name} instead" if target.larger else "did not run"
            print(f"  do not fit {target.name}, {instead}: {' '.join(no_room)}")
    return failed


def main(trc, *names):
    WORK.mkdir(parents=True, exist_ok=True)
    run_avr = WORK / "run_avr"
    must(["gcc", "-std=gnu99", "-O2", "-Wall", "tests/targets/run_avr.c", "-lsimavr", "-lelf", "-o", run_avr])
    known = targets(str(run_avr))
    chosen = [target for target in known if target.name in names] or known
    files = [name for name in names if name.endswith(".tr")]
    todo = [(source, real) for source, real in programs() if not files or str(source) in files]
    builder = Builder(trc)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        everywhere = [host(), *chosen, *(target.larger for target in chosen if target.larger)]
        list(pool.map(lambda pair: builder.runtime(*pair), [(t, r) for t in everywhere for r in (False, True)]))
        results = pool.map(lambda program: check_everywhere(builder, chosen, *program), todo)
        outcomes = []
        for (source, _), result in zip(todo, results):
            outcomes.append((source, result))
            for _, said in result:
                if said not in ("ok", "no room"):
                    print(said, flush=True)
    for target in chosen:
        if target.board and not files:
            said = check_project(trc, target)
            outcomes.append((Path("a-new-project"), [(target, said)]))
            if said != "ok":
                print(said, flush=True)
    failed = report(outcomes, chosen)
    print(f"targets: {len(todo)} programs on {len(chosen)} targets, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
