#!/usr/bin/env python3
"""Runs every conformance pair on both sides and compares what they print and their exit status.

    run.py TRC PYTHON [NAME...]

A pair is NAME.tr with its Trio twin NAME.py. The twin of examples/NN_x.tr is example_NN_x.py, and both must print
examples/NN_x.out. Those in virtual/ use what only `trc run --virtual` has. TRC is the compiler, PYTHON an interpreter
with Trio 0.35. Each program is compiled as `trc run --virtual` does it, except that the runtime is compiled once for all.
"""

import difflib
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOP = HERE.parent.parent
EXAMPLES = TOP / "examples"
SECONDS = 10
NO_END = f"[no end within {SECONDS} s]\n"
CC = [*os.environ.get("CC", "cc").split(), "-std=c99", "-O1", "-w", f"-I{TOP / 'runtime'}"]


def pairs():
    """(name, .tr, twin, expected output or None)"""
    for twin in sorted(HERE.glob("*.py")):
        name = twin.stem
        if name.startswith("example_"):
            source = EXAMPLES / f"{name.removeprefix('example_')}.tr"
            yield name, source, twin, source.with_suffix(".out")
        elif (HERE / f"{name}.tr").exists():
            yield name, HERE / f"{name}.tr", twin, None
    for source in sorted((HERE / "virtual").glob("*.tr")):
        yield source.stem, source, source.with_suffix(".py"), None
    for source in sorted(HERE.glob("*.tr")):
        if not source.with_suffix(".py").exists():
            yield source.stem, source, source.with_suffix(".py"), None


def output_of(command):
    """What it printed, with its status as a last line, and what it said on the error stream."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as e:
        return text(e.stdout) + NO_END, text(e.stderr)
    return text(done.stdout) + f"[status {done.returncode}]\n", text(done.stderr)


def text(data):
    return (data or b"").decode(errors="replace")


def diff(want, got, want_name, got_name):
    return "".join(
        difflib.unified_diff(want.splitlines(True), got.splitlines(True), want_name, got_name)
    )


class Builder:
    """Makes programs in a directory of its own."""

    def __init__(self, trc, directory):
        self.trc, self.directory = trc, directory
        sources = [*sorted((TOP / "runtime").glob("*.c")), TOP / "runtime/ports/virtual.c"]
        subprocess.run([*CC, "-c", *sources], cwd=directory, check=True)
        self.runtime = [directory / f"{source.stem}.o" for source in sources]

    def program(self, name, source):
        """The program and what was said when it was not made; one of them is empty."""
        here = self.directory / name
        here.mkdir()
        program = here / "program"
        translate = [self.trc, "build", source, "-o", here / "app.c"]
        compile_c = [*CC, f"-I{here}", "-o", program, here / "app.c", TOP / "tests/tools/app_main.c", *self.runtime]
        for command in (translate, compile_c):
            done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
            if done.returncode:
                return None, text(done.stdout) + text(done.stderr)
        return program, ""


def check(builder, python, name, source, twin, expected):
    """What is wrong with the pair; empty if nothing."""
    for file in (source, twin):
        if not file.exists():
            return f"{file.name} is missing\n"
    want, trio_says = output_of([python, str(twin)])
    if want.endswith(NO_END):
        return f"{twin.name} does not end\n" + trio_says
    if expected:
        recorded = (expected.read_text() if expected.exists() else "") + "[status 0]\n"
        if recorded != want:
            return diff(recorded, want, expected.name, twin.name) + trio_says
    if source.parent.name == "virtual":
        command = [builder.trc, "run", "--virtual", str(source)]
    else:
        program, wrong = builder.program(name, source)
        if wrong:
            return wrong
        command = [program]
    got, trc_says = output_of(command)
    if got != want:
        return diff(want, got, twin.name, source.name) + trc_says
    return ""


def main(trc, python, *names):
    chosen = [p for p in pairs() if not names or p[0] in names]
    passed = failed = 0
    with tempfile.TemporaryDirectory() as directory, ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        builder = Builder(trc, Path(directory))
        results = pool.map(lambda pair: check(builder, python, *pair), chosen)
        for (name, *_), wrong in zip(chosen, results, strict=True):
            if wrong:
                failed += 1
                print(f"FAILED {name}\n{wrong}", flush=True)
            else:
                passed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
