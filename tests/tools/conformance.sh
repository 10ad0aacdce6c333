#!/bin/sh
# conformance.sh TRC [TWIN.py ...]: each twin prints in Trio what its program prints in Trellis, and ends with the same
# status. X.py belongs to X.tr beside it, example_X.py to examples/X.tr. Trio comes from build/venv, or from PYTHON.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tools/variants.sh
trc=$1
shift
[ $# -gt 0 ] || set -- $(ls tests/conformance/*.py | grep -v trio_twin)
python=${PYTHON-build/venv/bin/python}

work=build/conformance
rm -rf $work
mkdir -p $work/reports
variants='sanitized'
build_runtimes $work/runtime || exit 1
printf '%s\n' "$@" | PYTHON=$python xargs -P "$(nproc)" -n 4 tests/tools/conformance_cases.sh "$trc" $work

passed=0
failed=0
for twin in "$@"; do
    report=$work/reports/$(basename "$twin" .py)
    if [ -e "$report" ] && [ ! -s "$report" ]; then
        passed=$((passed + 1))
    else
        cat "$report" || echo "FAIL $twin: the runner died"
        failed=$((failed + 1))
    fi
done
echo "conformance: $passed passed, $failed failed"
[ $failed = 0 ]
