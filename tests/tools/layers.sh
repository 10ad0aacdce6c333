#!/bin/sh
# The walls of the house, as a test (docs/design.md): who may include whom, who may print, where generated code may lie.
set -u
cd "$(dirname "$0")/../.." || exit 1

# ---- the compiler: includes go down or stay on their floor; passes do not include each other ----
for file in compiler/*.[ch] grammar/*.re grammar/*.y; do
    [ -e "$file" ] && awk -v file="$file" '/^ *# *include "/ { split($0, part, "\""); print file, part[2] }' "$file"
done | awk '
    BEGIN {
        floors[0] = "arena text vec bits utf8 json tr_abi ticks"
        floors[1] = "source diag messages render"
        floors[2] = "ast builtins types program"
        floors[3] = "lex lexer tokens syntax parse parser names integer tree resolve check effects flow"
        floors[4] = "ir passes lower suspend live frame layout"
        floors[5] = "out emit"
        floors[6] = "compiler pipeline embedded main options session commands new run test output files host"
        for (f in floors) { n = split(floors[f], names, " "); for (i = 1; i <= n; i++) floor_of[names[i]] = f + 0 }
        n = split("lex lexer tokens syntax parse parser", names, " ")
        for (i = 1; i <= n; i++) is_front[names[i]] = 1
        n = split("resolve check effects flow lower suspend live frame emit", names, " ")
        for (i = 1; i <= n; i++) is_pass[names[i]] = 1
    }
    # The module of a file: its name without folder and ending, up to the underscore of a part (lower_expr.c: lower).
    function module(path,   name) {
        name = path
        sub(/.*\//, "", name)
        sub(/\..*/, "", name)
        sub(/_.*/, "", name)
        return name
    }
    {
        from = module($1)
        to = module($2)
        why = ""
        if (!(from in floor_of)) why = "has no floor in tests/tools/layers.sh"
        else if (floor_of[from] < floor_of[to]) why = "includes from a higher floor"
        else if (is_pass[from] && (is_pass[to] || is_front[to]) && from != to) why = "a pass includes another"
        else if (from == "emit" && (to == "ast" || to == "program")) why = "the emitter sees only the IR and types"
        if (why != "") { print $1 ": \"" $2 "\": " why; bad = 1 }
    }
    END { exit bad }
' || failed=1

# ---- the compiler's rooms: includes and calls go one way among them, in no circle ----
rooms=$(find compiler -name '*.[ch]')
# shellcheck disable=SC2086  # a list of files
awk -f tests/tools/rooms.awk ROUND=1 $rooms ROUND=2 $rooms | sort -u | tsort 2>&1 >/dev/null | awk '
    / loop:$/ && circles++ { exit }
    { print circles && !/ loop:$/ ? $2 : "rooms in a circle:" }
' | grep . && failed=1

# ---- below the driver nothing prints, reads files or ends the process; arena.c alone, when memory is out ----
driver='main options session commands new run test test_report output files host_cc host_program'
core=$(for file in compiler/*.c grammar/*.re grammar/*.y; do
    name=$(basename "$file")
    case " arena $driver " in *" ${name%%.*} "*) ;; *) [ -e "$file" ] && echo "$file" ;; esac
done)
output='printf|fprintf|vprintf|vfprintf|puts|fputs|putchar|putc|fputc|fwrite|perror'
others='fopen|fread|open|read|write|exit|_exit|abort|getenv|system'
calls="($output|$others)"
grep -nE "(^|[^_a-zA-Z0-9.>])$calls\(" $core && { echo 'the core prints, reads or exits'; failed=1; }

# ---- the runtime knows only itself and five headers without code of a system; ports may know their machine ----
grep -nE '^ *# *include <' runtime/*.[ch] | grep -vE '<(stddef|stdint|stdbool|float|string)\.h>' &&
    { echo 'the runtime needs more of the C library than it may'; failed=1; }
for file in runtime/*.[ch] runtime/ports/*.[ch]; do
    sed -n 's/^ *# *include "\(.*\)".*/\1/p' "$file" | while read -r name; do
        [ -e "$(dirname "$file")/$name" ] || echo "$file: \"$name\" is no file of the runtime"
    done
done | grep . && failed=1
# A board's port sees the runtime's contract, its own board and its core's parts, by name.
grep -nE '^ *# *include "' runtime/ports/*/*.[ch] runtime/ports/*/*/*.[ch] |
    grep -vE '"(tr|app|board|semihosting)\.h"' && { echo 'a port includes what is not its own'; failed=1; }

# ---- generated code lies in build/ ----
find compiler grammar runtime examples docs bench -path grammar/tree-sitter -prune -o \
    \( -name 'lexer.c' -o -name 'parser.c' -o -name 'parser.h' -o -name 'parser.out' -o -name '*.o' \) -print |
    grep . && { echo 'generated files among written ones'; failed=1; }

[ -z "${failed-}" ] || exit 1
echo 'layers: as designed'
