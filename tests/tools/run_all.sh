#!/bin/sh
# run_all.sh PROGRAM ...: runs test programs; of each its closing line, and all it printed if it failed.
set -u
passed=0
failed=0
for program in "$@"; do
    if output=$("$program" 2>&1); then
        passed=$((passed + 1))
        printf '%s: %s\n' "$(basename "$program")" "$(printf '%s\n' "$output" | grep -a 'PASSED' | tail -n 1)"
    else
        failed=$((failed + 1))
        printf '%s\n%s: FAILED\n' "$output" "$(basename "$program")"
    fi
done
echo "$passed passed, $failed failed"
[ $failed = 0 ]
