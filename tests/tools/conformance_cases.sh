#!/bin/sh
# conformance_cases.sh TRC WORK TWIN.py ...: runs twins for conformance.sh. Writes a report for each, empty if all is well.
set -u
. tests/tools/variants.sh
trc=$1
work=$2
shift 2
export NO_COLOR=1 ASAN_OPTIONS=detect_leaks=0 PYTHONDONTWRITEBYTECODE=1

run_twin() {
    case $name in
        example_*) program=examples/${name#example_}.tr ;;
        *) program=tests/conformance/$name.tr ;;
    esac
    if ! "$trc" build "$program" -o "$dir/app.c" >"$dir/build" 2>&1; then
        echo "FAIL $program: trc does not build it"
        cat "$dir/build"
        return
    fi
    if ! compile_program "$dir" sanitized "$work/runtime" >"$dir/cc" 2>&1; then
        echo "FAIL $program: gcc does not compile it"
        cat "$dir/cc"
        return
    fi
    timeout 20 "$PYTHON" "$twin" >"$dir/trio.out" 2>"$dir/trio.err"
    trio_status=$?
    run_program "$dir/sanitized" "$dir/trellis.out" "$dir/trellis.err"
    status=$?
    if ! cmp -s "$dir/trio.out" "$dir/trellis.out"; then
        echo "FAIL $name: Trio (-) and Trellis (+) print different things"
        diff -u "$dir/trio.out" "$dir/trellis.out"
        head -n 20 "$dir/trio.err" "$dir/trellis.err"
    elif [ $status != $trio_status ]; then
        echo "FAIL $name: status $trio_status in Trio, $status in Trellis"
        head -n 20 "$dir/trio.err" "$dir/trellis.err"
    fi
}

for twin in "$@"; do
    name=$(basename "$twin" .py)
    dir=$work/$name
    mkdir -p "$dir"
    run_twin >"$dir/report" 2>&1
    mv "$dir/report" "$work/reports/$name"
    [ -s "$work/reports/$name" ] || rm -rf "$dir"
done
