#!/bin/sh
# Installs what is missing on Debian: `setup.sh demo` what the compiler needs, `setup.sh test` what the tests need too.
# Silent and quick if nothing is missing. Without the means to install it says what is needed and ends with status 1.
set -u
cd "$(dirname "$0")/../.." || exit 1

# Each line: what to look for, and the package that brings it.
demo_needs='
command re2c           re2c
command lemon          lemon
file    stdio.h        libc6-dev
'
test_needs="$demo_needs"'
command clang          clang
command python3        python3
file    cmocka.h       libcmocka-dev
gcc32   -              gcc-12-multilib
clangrt -              libclang-rt-14-dev
venv    -              python3-venv
command tcc            tcc
command arm-none-eabi-gcc             gcc-arm-none-eabi
specs   arm-none-eabi                 picolibc-arm-none-eabi
command qemu-system-arm               qemu-system-arm
command riscv64-unknown-elf-gcc       gcc-riscv64-unknown-elf
specs   riscv64-unknown-elf           picolibc-riscv64-unknown-elf
command qemu-system-riscv32           qemu-system-misc
command avr-gcc                       gcc-avr
path    /usr/lib/avr/include/avr/io.h avr-libc
file    simavr/sim_avr.h              libsimavr-dev
file    libelf.h                      libelf-dev
command qemu-s390x                    qemu-user
command s390x-linux-gnu-gcc           gcc-s390x-linux-gnu
path    /usr/s390x-linux-gnu/include/stdio.h libc6-dev-s390x-cross
command mips-linux-gnu-gcc            gcc-mips-linux-gnu
path    /usr/mips-linux-gnu/include/stdio.h  libc6-dev-mips-cross
'

has_header() { echo "#include <$1>" | gcc -E - >/dev/null 2>&1; }

has() {
    case $1 in
        command) command -v "$2" >/dev/null ;;
        file) has_header "$2" ;;
        path) [ -e "$2" ] ;;
        specs) [ -e "/usr/lib/picolibc/$2/picolibc.specs" ] ;;
        gcc32) [ "$(uname -m)" != x86_64 ] || [ -e "$(gcc -m32 -print-file-name=32/libgcc.a)" ] ;;
        clangrt) ls "$(clang -print-resource-dir 2>/dev/null)"/lib/linux/libclang_rt.asan-*.a >/dev/null 2>&1 ;;
        venv) python3 -c 'import ensurepip, venv' 2>/dev/null ;;
    esac
}

# The packages whose mark is not there.
missing() {
    echo "$1" | while read -r kind mark package; do
        if [ -n "$kind" ] && ! has "$kind" "$mark"; then printf '%s ' "$package"; fi
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

install_packages() {
    wanted=$(missing "$1")
    [ -n "$wanted" ] || return 0
    if ! command -v apt-get >/dev/null || ! { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; then
        echo "setup: please install these packages (names as in Debian 12): $wanted" >&2
        return 1
    fi
    echo "setup: installing $wanted"
    log=$(mktemp) || return 1
    export DEBIAN_FRONTEND=noninteractive
    if as_root apt-get -q -o DPkg::Lock::Timeout=300 update >"$log" 2>&1 &&
        # shellcheck disable=SC2086  # a list of words
        as_root apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends $wanted >>"$log" 2>&1
    then
        rm -f "$log"
    else
        tail -n 20 "$log" >&2
        rm -f "$log"
        echo "setup: could not install $wanted" >&2
        return 1
    fi
}

# Trio, the oracle of the conformance tests, in an environment of its own. The twins reach into it, hence one version.
install_trio() {
    build/venv/bin/python -c 'import trio' 2>/dev/null && return 0
    echo 'setup: installing Trio into build/venv'
    mkdir -p build && python3 -m venv build/venv &&
        build/venv/bin/pip --quiet --disable-pip-version-check install 'trio==0.35.*' && return 0
    echo 'setup: could not install Trio 0.35 into build/venv' >&2
    return 1
}

case ${1-} in
    demo) install_packages "$demo_needs" ;;
    test) install_packages "$test_needs" && install_trio ;;
    *) echo 'usage: setup.sh demo|test' >&2; exit 2 ;;
esac
