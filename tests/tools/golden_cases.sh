#!/bin/sh
# golden_cases.sh TRC WORK CASE.tr ...: runs cases for golden.sh. Writes a report for each, empty if all is well.
# shellcheck disable=SC2086  # flags are words
set -u
. tests/tools/variants.sh
trc=$1
work=$2
shift 2
export NO_COLOR=1 ASAN_OPTIONS=detect_leaks=0 LC_ALL=C

# compare GOT WANTED: or accept.
compare() {
    cmp -s "$1" "$2" && return
    if [ -n "${UPDATE-}" ]; then
        cp "$1" "$2"
    else
        echo "FAIL $case: $2 ${3-}"
        diff -u "$2" "$1"
    fi
}

dump() {
    "$trc" dump --stage="$1" $flags "$case" >"$dir/dump" 2>&1 || echo "FAIL $case: trc dump --stage=$1 gives status $?"
    compare "$dir/dump" "$stem.$1"
}

build() {
    "$trc" build $flags "$case" -o "$dir/app.c" >"$dir/build" 2>&1 && return
    echo "FAIL $case: trc build gives status $?"
    cat "$dir/build"
    return 1
}

# One way to compile and run it; what it printed is in $dir/NAME.out, .stderr and .status.
run_variant() {
    if ! compile_program "$dir" "$1" "$work/runtime" >"$dir/cc" 2>&1; then
        echo "FAIL $case: $1 does not compile it"
        cat "$dir/cc"
        return 1
    fi
    run_program "$dir/$1" "$dir/$1.out" "$dir/$1.stderr"
    echo $? >"$dir/$1.status"
}

check_run() {
    echo 0 >"$dir/status"
    : >"$dir/stderr"
    for variant in $variants; do
        run_variant "$variant" || continue
        for kind in out stderr status; do
            if [ -e "$stem.$kind" ]; then
                compare "$dir/$variant.$kind" "$stem.$kind" "($variant)"
            else
                UPDATE='' compare "$dir/$variant.$kind" "$dir/$kind" "($variant)"
            fi
        done
    done
}

# What a conformance program prints is compared with Trio elsewhere; here, that it is the same each time.
check_same_runs() {
    for variant in $variants; do
        run_variant "$variant" || continue
        for kind in out stderr status; do
            [ -e "$dir/$kind" ] || cp "$dir/$variant.$kind" "$dir/$kind"
            UPDATE='' compare "$dir/$variant.$kind" "$dir/$kind" "($variant)"
        done
    done
}

# Examples go the whole way of a user once.
check_trc_run() {
    run_status=0
    "$trc" run --virtual "$case" >"$dir/run.out" 2>/dev/null || run_status=$?
    compare "$dir/run.out" "$stem.out" '(trc run)'
    wanted=$(cat "$stem.status" 2>/dev/null || echo 0)
    [ "$run_status" = "$wanted" ] || echo "FAIL $case: trc run gives status $run_status"
}

# What `trc test` prints, with the options that a first line `// trc test OPTIONS` names; the sanitizers see nothing wrong.
check_tests() {
    options=$(sed -n '1s,^// trc test ,,p' "$case")
    for cc in "${CC-}" "gcc $sanitizers"; do
        # shellcheck disable=SC2086  # words
        CC=$cc "$trc" test "$case" $options >"$dir/test" 2>&1
        compare "$dir/test" "$stem.test" "${cc:+($cc)}"
    done
}

is_imported() {
    grep -qE "^ *import +$(basename "$stem") *;" "$(dirname "$case")"/*.tr
}

run_case() {
    known=
    flags=$(cat "$stem.flags" 2>/dev/null)
    if [ -e "$stem.err" ]; then
        known=1
        "$trc" check $flags "$case" >"$dir/err" 2>&1
        compare "$dir/err" "$stem.err"
    fi
    for stage in tokens ast ir live frame; do
        if [ -e "$stem.$stage" ]; then known=1; dump "$stage"; fi
    done
    if [ -e "$stem.c" ] || [ -e "$stem.out" ]; then
        known=1
        build || return
        [ ! -e "$stem.c" ] || compare "$dir/app.c" "$stem.c"
        [ ! -e "$stem.out" ] || check_run
        case $case in examples/*) check_trc_run ;; esac
    fi
    if [ -e "$stem.test" ]; then known=1; check_tests; fi
    case $case in
        tests/conformance/virtual/*) known=1 ;; # for `trc run --virtual` alone: compared with Trio
        tests/conformance/*)
            known=1
            build && check_same_runs
            ;;
    esac
    [ -n "$known" ] || is_imported || echo "FAIL $case: nothing beside it says what to expect"
}

for case in "$@"; do
    stem=${case%.tr}
    name=$(echo "$stem" | tr / -)
    dir=$work/$name
    mkdir -p "$dir"
    run_case >"$dir/report" 2>&1
    [ -s "$dir/report" ] || rm -rf "$dir"/*
    if [ -e "$dir/report" ]; then mv "$dir/report" "$work/reports/$name"; else : >"$work/reports/$name"; fi
done
