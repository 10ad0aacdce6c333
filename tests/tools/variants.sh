# The ways in which generated programs are compiled, for the scripts that include this. A program is app.c and app.h in
# a directory; it runs on the virtual clock.

strict='-std=c99 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror'
sanitizers='-fsanitize=address,undefined -fno-sanitize-recover=all'
variants='gcc clang sanitized memory'
[ "$(uname -m)" != x86_64 ] || variants="$variants m32"

# The compiler and its options for a variant.
variant_cc() {
    case $1 in
        gcc) echo "gcc $strict -O2" ;;
        clang) echo "clang $strict -Wconditional-uninitialized -O1" ;;
        m32) echo "gcc -m32 -isystem /usr/include/x86_64-linux-gnu $strict -Os" ;;
        memory) echo "clang $strict -O1 -fsanitize=memory -fno-sanitize-recover=all" ;;
        sanitized) echo "gcc $strict -O1 $sanitizers" ;;
    esac
}

# The runtime and main, for all variants, into DIRECTORY/VARIANT/.
build_runtimes() {
    for variant in $variants; do
        mkdir -p "$1/$variant"
        for source in runtime/*.c runtime/ports/virtual.c; do
            echo "$(variant_cc "$variant") -Iruntime -c $source -o $1/$variant/$(basename "$source" .c).o"
        done
    done | xargs -P "$(nproc)" -I '{}' sh -c '{}'
}

# compile_program DIRECTORY VARIANT RUNTIMES: app.c there becomes the program VARIANT there.
compile_program() {
    $(variant_cc "$2") -Iruntime -I"$1" -o "$1/$2" "$1/app.c" tests/tools/app_main.c "$3/$2"/*.o
}

# run_program PROGRAM OUT ERR: gives the exit status. In the background, since a shell tells of signals otherwise.
run_program() {
    timeout 20 "$1" >"$2" 2>"$3" &
    wait $! 2>/dev/null
}
