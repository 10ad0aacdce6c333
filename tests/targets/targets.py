"""The machines on which programs are run: how each compiles, how large it is, and what runs it."""

from dataclasses import dataclass
from pathlib import Path

STRICT = "-std=c99 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror".split()
SMALL = "-Os -ffunction-sections -fdata-sections -Wl,--gc-sections".split()
PORTS = Path("runtime/ports")
QEMU = "-display none -monitor none -serial stdio -icount shift=5,sleep=off -kernel".split()


@dataclass(frozen=True)
class Target:
    name: str
    cc: tuple          # the compiler, with all that it needs but sources
    port: tuple        # sources of the port, without its clock
    clock: str         # the port's clock; a virtual one takes its place where traces are compared
    main: str
    run: tuple         # the command to which the program is added
    ram: int = 0       # bytes of RAM, where the program and its stack have to be counted; else the linker does
    board: str = ""    # as `trc new --board` knows it
    larger: "Target | None" = None  # of the same kind, where programs run that do not fit here


def _cross(compiler, machine, port, board):
    place = PORTS / port
    parts = [compiler, *machine.split(), *STRICT, *SMALL, "-Iruntime", f"-I{place}", f"-I{place / board}"]
    if port != "avr":
        parts += ["--specs=picolibc.specs", "-nostartfiles", f"-L{place}", f"-T{place / board / 'board.ld'}"]
    return tuple(parts)


def _board(name, compiler, machine, port, board, run, **limits):
    place = PORTS / port
    reset = [place / "reset.c"] if port != "avr" else []
    sources = tuple(str(path) for path in [*reset, place / board / "board.c"])
    cc = _cross(compiler, machine, port, board)
    return Target(name, cc, sources, str(place / "clock.c"), "tests/targets/main.c", tuple(run), board=board,
                  **limits)


def _cortex_m(name, core, board):
    emulator = ["qemu-system-arm", "-M", board, "-semihosting-config", "enable=on,target=native", *QEMU]
    return _board(name, "arm-none-eabi-gcc", f"-mcpu={core} -mthumb", "cortex-m", board, emulator)


def _riscv32(name):
    machine = "-march=rv32imac -mabi=ilp32 -misa-spec=2.2 -mcmodel=medany"
    emulator = ["qemu-system-riscv32", "-M", "virt", "-m", "16", "-bios", "none", *QEMU]
    return _board(name, "riscv64-unknown-elf-gcc", machine, "riscv32", "virt", emulator)


def _avr(mcu, run_avr, **limits):
    return _board(mcu, "avr-gcc", f"-mmcu={mcu}", "avr", "atmega328p", [run_avr, mcu], **limits)


def _linux(name, compiler, emulator):
    """Another byte order and width under a C library, as on the host."""
    cc = (compiler, *STRICT, "-O1", "-static", "-Iruntime")
    return Target(name, cc, (), "runtime/ports/posix.c", "tests/tools/app_main.c", (emulator,))


def host():
    cc = ("gcc", *STRICT, "-O1", "-Iruntime")
    return Target("host", cc, (), "runtime/ports/posix.c", "tests/tools/app_main.c", ())


def targets(run_avr):
    """run_avr: the program made of run_avr.c."""
    return [
        _cortex_m("cortex-m3", "cortex-m3", "mps2-an385"),
        _cortex_m("cortex-m0", "cortex-m0", "microbit"),
        _riscv32("riscv32"),
        _avr("atmega328p", run_avr, ram=2048, larger=_avr("atmega1284p", run_avr)),
        _linux("s390x", "s390x-linux-gnu-gcc", "qemu-s390x"),
        _linux("mips", "mips-linux-gnu-gcc", "qemu-mips"),
    ]
