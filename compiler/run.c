/* `trc run`: the program, the runtime and a port are compiled in a private directory, which is gone afterwards:
     NAME.c NAME.h host-main.c runtime/ program */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "embedded.h"
#include "files.h"
#include "host_cc.h"
#include "output.h"
#include "session.h"

/* No program is called so: it is no identifier. */
#define MAIN "host-main.c"

static bool has_suffix(const char *text, const char *suffix) {
    size_t len = strlen(text), wanted = strlen(suffix);
    return len >= wanted && strcmp(text + len - wanted, suffix) == 0;
}

/* What a program object needs to be a program of a host. */
static bool write_main(Unit *unit, const char *directory) {
    const char *name = unit->name;
    Str text = str_format(&unit->arena,
        "#include \"%s.h\"\n"
        "\n"
        "static struct %s_app app;\n"
        "\n"
        "int main(void) {\n"
        "    %s_init(&app);\n"
        "    return %s_run(&app);\n"
        "}\n", name, name, name, name);
    return files_write(&unit->arena, &(NewFile){path_join(&unit->arena, directory, MAIN), text}, 1);
}

/* All C files in one go: the program's, main, the runtime's, one port's. */
static Words compile_command(Unit *unit, const char *directory, const char *runtime, const char *program,
                             const char *port) {
    Arena *arena = &unit->arena;
    Words words = {.arena = arena};
    const char *cc = getenv("CC");
    words_split(&words, cc ? cc : "cc");
    if (!words.len) words_add(&words, "cc");
    words_split(&words, "-std=c99 -O1 -w -I");
    words_add(&words, runtime);
    words_add(&words, "-o");
    words_add(&words, program);
    words_add(&words, path_join(arena, directory, str_format(arena, "%s.c", unit->name).at));
    words_add(&words, path_join(arena, directory, MAIN));
    for (const Embedded *file = embedded_runtime; file->name; file++) {
        bool wanted = strchr(file->name, '/') ? strcmp(file->name, port) == 0 : has_suffix(file->name, ".c");
        if (wanted) words_add(&words, path_join(arena, runtime, file->name));
    }
    return words;
}

/* Gives the wait status of the program in *ended and 0, or 2 after a report. */
static int run_in(Unit *unit, const Options *options, const char *directory, int *ended) {
    const char *runtime = path_join(&unit->arena, directory, "runtime");
    const char *program = path_join(&unit->arena, directory, "program");
    if (!output_program(unit, directory) || !write_main(unit, directory)) return 2;
    if (!output_runtime(&unit->arena, runtime)) return 2;

    const char *port = options->virtual_clock ? "ports/virtual.c" : "ports/posix.c";
    Words cc = compile_command(unit, directory, runtime, program, port);
    *ended = words_run(&cc);
    if (*ended == -1) return misuse("cannot start the C compiler %s: %s", cc.at[0], strerror(errno));
    if (*ended != 0) return misuse("the C compiler %s refused the program", cc.at[0]);

    Words run = {.arena = &unit->arena};
    words_add(&run, program);
    for (char **arg = options->args; *arg; arg++) words_add(&run, *arg);
    *ended = words_run(&run);
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
