#!/bin/sh
# Compile speed and memory of `trc build` on a program of about N lines (default 100,000): the best of five runs.
# Marks: at least 500,000 lines a second, a million where the machine is good; under 1 KB of memory a line.
set -eu
trc=${TRC:-build/trc}
lines=${1:-100000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 bench/generate_program.py "$lines" > "$work/program.tr"
python3 - "$trc" "$work" <<'PY'
import os, resource, subprocess, sys, time

trc, work = sys.argv[1:]
lines = sum(1 for _ in open(f"{work}/program.tr"))
best = None
for _ in range(5):
    begin = time.perf_counter()
    subprocess.run([trc, "build", f"{work}/program.tr", "-o", f"{work}/program.c"], check=True)
    took = time.perf_counter() - begin
    best = took if best is None else min(best, took)
memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
print(f"{lines} lines in {best * 1000:.0f} ms: {lines / best:,.0f} lines a second, {memory / lines:,.0f} bytes a line, "
      f"{os.path.getsize(f'{work}/program.c') / lines:.0f} bytes of C a line")
PY
