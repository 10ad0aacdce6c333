#!/usr/bin/env python3
"""Damages good programs and looks at what the compiler makes of them.

Tokens of the golden tests, the examples and the conformance tests are deleted, doubled, swapped and replaced, with a
seeded generator. `trc check` must end in time with status 0 or 1 and without a sanitizer's report; what it accepts must
build to C that gcc compiles with all warnings as errors. A failing program is kept in build/mutate/ and named with the
command that shows the failure again.

    mutate.py --trc build/asan/trc [--count N] [--seed S]
"""

import argparse
import glob
import multiprocessing
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

KEPT = "build/mutate"
TIME_LIMIT = 10
STRICT = "-std=c99 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror".split()
TOKEN = re.compile(
    r"""//[^\n]* | b?"(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])'
      | \w+ | \s+ | \.\.=? | [-+*]% | -> | => | [=!<>]= | && | \|\| | [^\w\s]""", re.VERBOSE)
STRAY = ["await", "nursery", "{", "}", "(", ")", ";", ",", "&", "&mut", "*", "-", "raise", "return", "0", "-1", "x",
         "4294967296", "99999999999999999999", '"', "'", "/*", "\0", "\xff", "@", "none", "defer", "try", "catch*",
         "??"]


def sources():
    patterns = ("tests/golden/**/*.tr", "examples/*.tr", "tests/conformance/*.tr")
    return sorted(path for pattern in patterns for path in glob.glob(pattern, recursive=True))


def damage(rng, text, others):
    """One to three changes of `text`; `others` is another program, to take tokens from."""
    tokens = TOKEN.findall(text)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        solid = [i for i, token in enumerate(tokens) if not token.isspace()]
        if not solid:
            break
        at, other = rng.choice(solid), rng.choice(solid)
        way = rng.randrange(8)
        if way == 0:
            del tokens[at]
        elif way == 1:
            tokens.insert(at, tokens[at] + " ")
        elif way == 2:
            tokens[at], tokens[other] = tokens[other], tokens[at]
        elif way == 3:
            tokens[at] = rng.choice(STRAY)
        elif way == 4:
            tokens[at] = rng.choice(TOKEN.findall(others) or ["x"])
        elif way == 5:
            low, high = sorted((at, other))
            del tokens[low:min(high, low + 12)]
        elif way == 6:
            low, high = sorted((at, other))
            piece = tokens[low:min(high, low + 40)]
            tokens[low:low] = piece
        else:
            tokens = tokens[:at]
    return "".join(tokens)


def run(command):
    """The exit status (negative: a signal; None: time is up) and what was printed."""
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=TIME_LIMIT)
    except subprocess.TimeoutExpired:
        return None, b""
    return done.returncode, done.stdout


def fault(trc, path, folder):
    """What is wrong with the compiler, judged by the program at `path`; None if nothing."""
    status, said = run([trc, "check", path])
    if status is None:
        return f"trc check takes more than {TIME_LIMIT} s"
    if status not in (0, 1) or b"runtime error:" in said or b"Sanitizer" in said:
        return f"trc check ends with status {status}\n{said[-3000:].decode(errors='replace')}"
    if status == 1:
        return None if b"error[E" in said else "status 1 without an error"
    built = os.path.join(folder, "app.c")
    status, said = run([trc, "build", path, "-o", built])
    if status == 1 and b"error[E0232]" in said:  # only what is to be built needs a main
        return None
    if status != 0:
        return f"trc check accepts it, trc build gives {status}\n{said[-3000:].decode(errors='replace')}"
    status, said = run(["gcc", *STRICT, "-O1", "-Iruntime", "-S", "-o", os.devnull, built])
    if status != 0:
        return f"gcc refuses the C\n{said[-3000:].decode(errors='replace')}"
    return None


def one(job):
    trc, seed, paths, work = job
    rng = random.Random(seed)
    path, other = rng.choice(paths), rng.choice(paths)
    with open(path, encoding="latin-1") as first, open(other, encoding="latin-1") as second:
        text = damage(rng, first.read(), second.read())
    folder = tempfile.mkdtemp(dir=work)
    damaged = os.path.join(folder, "damaged.tr")
    with open(damaged, "w", encoding="latin-1") as file:
        file.write(text)
    found = fault(trc, damaged, folder)
    if found:
        os.makedirs(KEPT, exist_ok=True)
        kept = os.path.join(KEPT, f"{seed}.tr")
        shutil.move(damaged, kept)
        found = f"FAIL seed {seed} ({path}): {found}\n  again: {trc} check {kept}"
    shutil.rmtree(folder)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--trc", required=True, help="the compiler, best built with sanitizers")
    parser.add_argument("--count", type=int, default=2000, help="programs to try")
    parser.add_argument("--seed", type=int, default=1, help="of the first; each has its own")
    options = parser.parse_args()

    paths = sources()
    failed = 0
    with tempfile.TemporaryDirectory() as work, multiprocessing.Pool() as pool:
        jobs = [(options.trc, options.seed + i, paths, work) for i in range(options.count)]
        for done, found in enumerate(pool.imap(one, jobs, chunksize=8), 1):
            if found:
                failed += 1
                print(found)
            if sys.stderr.isatty() and done % 50 == 0:
                print(f"\r{done} of {options.count}", end="\r", file=sys.stderr)
    print(f"mutate: {options.count - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
