#!/bin/sh
# Each code of compiler/messages.def has its entry in docs/errors.md with the same title, and the other way round; codes
# stand in order, each is used, and each entry has a wrong and a right example.
set -u
cd "$(dirname "$0")/../.." || exit 1

awk '
    function complain(text) { print text; bad = 1 }
    function check_examples() {
        if (code != "" && !wrong) complain("docs/errors.md: " code " has no wrong example")
        if (code != "" && !right) complain("docs/errors.md: " code " has no right example")
        wrong = right = 0
    }
    FILENAME ~ /messages.def$/ && /^MESSAGE\(/ {
        name = substr($0, 9, 5)
        kind = name ~ /^W/ ? "WARNING" : "ERROR"
        if (!index($0, "(" name ", " kind ", ")) complain("messages.def: " name " does not say " kind)
        if (name in title) complain("messages.def: " name " stands twice")
        if (substr(name, 2) < substr(last, 2)) complain("messages.def: " name " stands behind " last)
        split($0, part, "\"")
        title[name] = part[2]
        last = name
        order[++count] = name
    }
    FILENAME ~ /errors.md$/ && /^## / {
        check_examples()
        code = $2
        said = substr($0, 10)
        if (!(code in title)) complain("docs/errors.md: no message has the code " code)
        else if (tolower(substr(said, 1, 1)) substr(said, 2) != title[code])
            complain("docs/errors.md: " code " is titled \"" said "\", in messages.def \"" title[code] "\"")
        if (code in entry) complain("docs/errors.md: " code " stands twice")
        if (substr(code, 2) < substr(before, 2)) complain("docs/errors.md: " code " stands behind " before)
        entry[code] = 1
        before = code
    }
    FILENAME ~ /errors.md$/ && /^Wrong/ { wrong = 1 }
    FILENAME ~ /errors.md$/ && /^Right/ { right = 1 }
    FILENAME ~ /\.(c|y|re)$/ {
        rest = $0
        while (match(rest, /CODE_[EW][0-9]+/)) {
            used[substr(rest, RSTART + 5, RLENGTH - 5)] = 1
            rest = substr(rest, RSTART + RLENGTH)
        }
    }
    END {
        check_examples()
        for (i = 1; i <= count; i++) {
            name = order[i]
            if (!(name in entry)) complain("docs/errors.md: no entry for " name)
            if (!(name in used)) complain("messages.def: nothing reports " name)
        }
        exit bad
    }
' compiler/messages.def docs/errors.md compiler/*.c $(ls grammar/*.y grammar/*.re 2>/dev/null) || exit 1
echo 'messages: all explained'
