# Makes a C table of texts (embedded.h). Without `sections`: one text for each file, named by its path without `strip`.
# With `sections=1`: one text for each section `## NAME ...`, named by the first word; what stands before is left out.
#   awk -v table=embedded_runtime -v strip=runtime/ -f embed.awk FILE ...
#   awk -v table=embedded_errors -v sections=1 -f embed.awk docs/errors.md

function close_text() {
    if (open) print "},"
    open = 0
}
function open_text(name) {
    close_text()
    blanks = 0
    printf "    {\"%s\",", name
    open = 1
}
# Blank lines at the end of a text are left out.
function put(line) {
    if (line == "") {
        blanks++
        return
    }
    for (; blanks; blanks--) printf "\n     \"\\n\""
    gsub(/[\\"?]/, "\\\\&", line)
    printf "\n     \"%s\\n\"", line
}

BEGIN {
    print "#include <stddef.h>\n\n#include \"embedded.h\"\n"
    printf "const Embedded %s[] = {\n", table
}
FNR == 1 && !sections { open_text(substr(FILENAME, length(strip) + 1)) }
sections && /^## / { open_text($2); $0 = substr($0, 4) }
open { put($0) }
END {
    close_text()
    print "    {NULL, NULL}\n};"
}
