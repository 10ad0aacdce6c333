#!/bin/sh
# Programs with a runtime that is cut to them do what they do with the whole one: bundles.sh TRC [CASE.tr ...]. Each is
# built as a bundle, compiled with all warnings as errors and the sanitizers, with links of 16 bits where the program is
# small enough, and without the checks that a build may leave out.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tools/variants.sh

if [ "${1-}" = --one ]; then
    trc=$2 dir=$3/$(echo "$4" | tr / -) case=$4
    mkdir -p "$dir"
    # What needs the runtime of tests is refused.
    "$trc" build "$case" -o app.c --bundle "$dir/app" >"$dir/build" 2>&1 || exit 0
    bytes=$(sed -n 's/#define TR_PROGRAM_BYTES //p' "$dir/app/tr_features.h")
    links=0
    [ "$bytes" -gt 65535 ] || links=16
    "$trc" run --virtual "$case" >"$dir/wanted" 2>/dev/null
    echo "status $?" >>"$dir/wanted"
    # shellcheck disable=SC2086
    if ! $(variant_cc sanitized) -DTR_LINK_BITS=$links -I"$dir/app" -o "$dir/program" "$dir"/app/*.c \
        "$dir/app/ports/virtual.c" tests/tools/app_main.c >"$dir/cc" 2>&1; then
        echo "FAIL $case: does not compile"
        cat "$dir/cc"
        exit 0
    fi
    run_program "$dir/program" "$dir/got" "$dir/err"
    echo "status $?" >>"$dir/got"
    cmp -s "$dir/got" "$dir/wanted" || { echo "FAIL $case:"; diff -u "$dir/wanted" "$dir/got"; head -5 "$dir/err"; }
    rm -rf "$dir"
    exit 0
fi

trc=$1
shift
[ $# -gt 0 ] || set -- $(find tests/conformance examples -name '*.tr' | LC_ALL=C sort)
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
printf '%s\n' "$@" | xargs -P "$(nproc)" -I '{}' "$0" --one "$trc" "$work" '{}' >"$work/report"
cat "$work/report"
failed=$(grep -c '^FAIL' "$work/report")
echo "bundles: $(($# - failed)) passed, $failed failed"
[ "$failed" = 0 ]
