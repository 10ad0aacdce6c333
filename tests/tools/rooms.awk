# The arrows among the compiler's rooms, one a line: `FROM TO`, as tsort reads it. A room is a file with its header; an
# arrow is an include, a call, or a function handed on by name, as in `expr_parts(call, flow_expr, f)`.
# awk -f rooms.awk ROUND=1 FILES ROUND=2 FILES: the first round learns which functions the files define.

function room(path) { sub(/.*\//, "", path); sub(/\..*/, "", path); return path }

# The line without strings and comments.
function code(line) {
    gsub(/"([^"\\]|\\.)*"/, "\"\"", line)
    if (in_comment && !sub(/^.*\*\//, "", line)) return ""
    in_comment = 0
    gsub(/\/\*[^*]*\*\//, "", line)
    if (sub(/\/\*.*/, "", line)) in_comment = 1
    return line
}

# Function definitions begin at the margin; declarations end there with a semicolon.
function defined(line) {
    if (line !~ /^[A-Za-z].*[ *][a-z_0-9]+\(/ || line ~ /^(static|typedef)/ || line ~ /;$/) return ""
    sub(/\(.*/, "", line)
    sub(/.*[ *]/, "", line)
    return line == "main" ? "" : line
}

FNR == 1 { here = room(FILENAME); in_comment = 0 }
FILENAME ~ /\.c$/ { line = code($0) }
ROUND == 1 {
    if (FILENAME ~ /\.c$/ && (name = defined(line)) != "") home[name] = here
    is_room[here] = 1
    next
}
/^#include "/ {
    split($0, part, "\"")
    to = room(part[2])
    if (to != here && to in is_room) print here, to
    next
}
FILENAME ~ /\.c$/ {
    while (match(line, /[A-Za-z_][A-Za-z_0-9]*/)) {
        before = RSTART > 1 ? substr(line, RSTART - 1, 1) : ""
        word = substr(line, RSTART, RLENGTH)
        line = substr(line, RSTART + RLENGTH)
        is_use = substr(line, 1, 1) == "(" || (line ~ /^[,}]/ && handed)
        handed = line ~ /^(,| =) /
        if (is_use && before != "." && before != ">" && word in home && home[word] != here) print here, home[word]
    }
}
