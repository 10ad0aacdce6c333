#!/bin/sh
# Golden tests: golden.sh TRC [CASE.tr ...]. What stands beside X.tr decides what is compared:
#
#   X.err                     what `trc check` prints
#   X.ast X.ir X.live X.frame what `trc dump` shows of that stage
#   X.c                       the C that is generated
#   X.test                    what `trc test` prints, with the options of a first line `// trc test OPTIONS`
#   X.out X.stderr X.status   what the program prints, and its exit status (0), on the virtual clock. It is compiled by
#                             gcc and clang with all warnings as errors, for 32 bits, and with the sanitizers of
#                             addresses, undefined behaviour and uninitialised memory: always the same.
#
# X.flags holds options of trc for the case.
#
# The programs of tests/conformance must print the same in each of these ways.
#
# UPDATE=1 accepts what comes out for the files that are there; make an empty one for a new case. A file that others
# import needs nothing beside it.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tools/variants.sh
trc=$1
shift
[ $# -gt 0 ] || set -- $(find tests/golden tests/conformance examples -name '*.tr' 2>/dev/null | LC_ALL=C sort)

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
mkdir "$work/reports"
build_runtimes "$work/runtime" || exit 1

printf '%s\n' "$@" | xargs -P "$(nproc)" -n 4 tests/tools/golden_cases.sh "$trc" "$work"

passed=0
failed=0
for case in "$@"; do
    report=$work/reports/$(echo "${case%.tr}" | tr / -)
    if [ ! -e "$report" ]; then
        echo "FAIL $case: the runner died"
        failed=$((failed + 1))
    elif [ -s "$report" ]; then
        cat "$report"
        failed=$((failed + 1))
    else
        passed=$((passed + 1))
    fi
done
echo "golden: $passed passed, $failed failed"
[ $failed = 0 ]
