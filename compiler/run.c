/* `trc run`: two units are compiled in a private directory, which is gone afterwards: the program with a main, and the
   runtime with a port. A C compiler spends more on being started and on the system's headers than on the runtime.
     NAME.c NAME.h host-main.c host-runtime.c runtime/ host-program */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "commands.h"
#include "embedded.h"
#include "files.h"
#include "host_cc.h"
#include "output.h"
#include "session.h"

/* No program is called so: these are no identifiers. */
#define MAIN "host-main.c"
#define RUNTIME "host-runtime.c"
#define PROGRAM "host-program"

static bool has_suffix(const char *text, const char *suffix) {
    size_t len = strlen(text), wanted = strlen(suffix);
    return len >= wanted && strcmp(text + len - wanted, suffix) == 0;
}

/* What a program object needs to be a program of a host. */
static Str main_text(Unit *unit) {
    const char *name = unit->name;
    return str_format(&unit->arena,
        "#include \"%s.c\"\n"
        "\n"
        "static struct %s_app app;\n"
        "\n"
        "int main(void) {\n"
        "    %s_init(&app);\n"
        "    return %s_run(&app);\n"
        "}\n", name, name, name, name);
}

/* The port comes first: it says what it wants of the system's headers. */
static Str runtime_text(Arena *arena, const char *port) {
    Buf text = {0};
    buf_format(&text, "#include \"runtime/%s\"\n", port);
    for (const Embedded *file = embedded_runtime; file->name; file++) {
        bool wanted = !strchr(file->name, '/') && has_suffix(file->name, ".c");
        if (wanted) buf_format(&text, "#include \"runtime/%s\"\n", file->name);
    }
    Str copy = str_copy(arena, buf_view(&text));
    buf_free(&text);
    return copy;
}

static bool write_units(Unit *unit, const char *directory, const char *port) {
    const NewFile files[] = {
        {path_join(&unit->arena, directory, MAIN), main_text(unit)},
        {path_join(&unit->arena, directory, RUNTIME), runtime_text(&unit->arena, port)},
    };
    return files_write(&unit->arena, files, sizeof files / sizeof *files);
}

/* Gives the wait status of the compiler, whose command is `cc`; -1 with errno set if it cannot be started. */
static int compile_with(Unit *unit, const char *cc, const char *directory, bool quiet) {
    Arena *arena = &unit->arena;
    Words words = {.arena = arena};
    words_split(&words, cc);
    words_split(&words, "-std=c99 -w -I");
    words_add(&words, path_join(arena, directory, "runtime"));
    words_add(&words, "-o");
    words_add(&words, path_join(arena, directory, PROGRAM));
    words_add(&words, path_join(arena, directory, MAIN));
    words_add(&words, path_join(arena, directory, RUNTIME));
    return words_run(&words, quiet);
}

static bool is_blank(const char *text) { return !text[strspn(text, " \t\n")]; }

/* What CC names; without it tcc, which is done before others have begun, where it is there and takes the program, and
   else cc. No optimisation is asked for: it would cost more than most programs that are tried out can win by it. */
static int compile_units(Unit *unit, const char *directory) {
    const char *cc = getenv("CC");
    bool chosen = cc && !is_blank(cc);
    int status = chosen ? -1 : compile_with(unit, "tcc", directory, true);
    if (chosen || status == -1 || (WIFEXITED(status) && WEXITSTATUS(status) != 0)) {
        if (!chosen) cc = "cc";
        status = compile_with(unit, cc, directory, false);
        if (status == -1) return misuse("cannot start the C compiler %s: %s", cc, strerror(errno));
    }
    return status == 0 ? 0 : misuse("the C compiler %s refused the program", chosen ? cc : "cc");
}

/* Gives the wait status of the program in *ended and 0, or 2 after a report. */
static int run_in(Unit *unit, const Options *options, const char *directory, int *ended) {
    const char *runtime = path_join(&unit->arena, directory, "runtime");
    const char *port = options->virtual_clock ? "ports/virtual.c" : "ports/posix.c";
    if (!output_program(unit, directory) || !output_runtime(&unit->arena, runtime)) return 2;
    if (!write_units(unit, directory, port)) return 2;
    if (compile_units(unit, directory) != 0) return 2;

    Words run = {.arena = &unit->arena};
    words_add(&run, path_join(&unit->arena, directory, PROGRAM));
    for (char **arg = options->args; *arg; arg++) words_add(&run, *arg);
    *ended = words_run(&run, false);
    return *ended == -1 ? misuse("cannot start the program: %s", strerror(errno)) : 0;
}

static int run_program(Unit *unit, const Options *options, int *ended) {
    const char *directory = directory_private(&unit->arena);
    if (!directory) return misuse("cannot make a temporary directory: %s", strerror(errno));
    int status = run_in(unit, options, directory, ended);
    directory_remove(&unit->arena, directory);
    return status;
}

int command_run(const Options *options) {
    Unit unit;
    unit_init(&unit);
    unit.name = output_name(&unit.arena, options->operand);
    int ended = 0, status = compile_file(&unit, options);
    if (status == 0) status = run_program(&unit, options, &ended);
    unit_free(&unit);
    return status ? status : exit_as(ended);
}
