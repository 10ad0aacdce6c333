#!/usr/bin/env python3
"""Runs every conformance pair on both sides and compares what they print and their exit status.

    run.py TRC PYTHON [NAME...]

A pair is NAME.tr with its Trio twin NAME.py. The twin of examples/NN_x.tr is example_NN_x.py, and both must print
examples/NN_x.out. TRC is the compiler (run as `trc run --virtual FILE`), PYTHON an interpreter with Trio 0.35.
"""

import difflib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parent.parent / "examples"
SECONDS = 10


def pairs():
    """(name, .tr, twin, expected output or None)"""
    for twin in sorted(HERE.glob("*.py")):
        name = twin.stem
        if name.startswith("example_"):
            source = EXAMPLES / f"{name.removeprefix('example_')}.tr"
            yield name, source, twin, source.with_suffix(".out")
        elif (HERE / f"{name}.tr").exists():
            yield name, HERE / f"{name}.tr", twin, None
    for source in sorted(HERE.glob("*.tr")):
        if not source.with_suffix(".py").exists():
            yield source.stem, source, source.with_suffix(".py"), None


def output_of(command):
    """What it printed, with its status as a last line, and what it said on the error stream."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as e:
        return text(e.stdout) + f"[no end within {SECONDS} s]\n", text(e.stderr)
    return text(done.stdout) + f"[status {done.returncode}]\n", text(done.stderr)


def text(data):
    return (data or b"").decode(errors="replace")


def diff(want, got, want_name, got_name):
    return "".join(
        difflib.unified_diff(want.splitlines(True), got.splitlines(True), want_name, got_name)
    )


def check(trc, python, source, twin, expected):
    """What is wrong with the pair; empty if nothing."""
    for file in (source, twin):
        if not file.exists():
            return f"{file.name} is missing\n"
    want, trio_says = output_of([python, str(twin)])
    if expected:
        recorded = (expected.read_text() if expected.exists() else "") + "[status 0]\n"
        if recorded != want:
            return diff(recorded, want, expected.name, twin.name) + trio_says
    got, trc_says = output_of([trc, "run", "--virtual", str(source)])
    if got != want:
        return diff(want, got, twin.name, source.name) + trc_says
    return ""


def main(trc, python, *names):
    chosen = [p for p in pairs() if not names or p[0] in names]
    passed = failed = 0
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        results = pool.map(lambda pair: check(trc, python, *pair[1:]), chosen)
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
