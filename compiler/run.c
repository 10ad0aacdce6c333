/* `trc run`: the program is made in a private directory, which is gone afterwards. */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <string.h>

#include "commands.h"
#include "files.h"
#include "host_cc.h"
#include "host_program.h"
#include "output.h"
#include "session.h"

/* What a program object needs to be a program of a host. */
static Str main_text(Unit *unit) {
    const char *name = unit->name;
    return str_format(&unit->arena,
        "static struct %s_app app;\n"
        "\n"
        "int main(void) {\n"
        "    %s_init(&app);\n"
        "    return %s_run(&app);\n"
        "}\n", name, name, name);
}

/* Gives the wait status of the program in *ended and 0, or 2 after a report. */
static int run_in(Unit *unit, const Options *options, const char *directory, int *ended) {
    HostProgram wanted = {options->virtual_clock ? "ports/virtual.c" : "ports/posix.c",
                          str_format(&unit->arena, "-DTR_TEST=%d -DTR_DUMP=%d", options->virtual_clock,
                                     options->dumps).at, main_text(unit)};
    const char *program;
    if (host_program_make(unit, &wanted, directory, &program) != 0) return 2;

    Words run = {.arena = &unit->arena};
    words_add(&run, program);
    for (char **arg = options->args; *arg; arg++) words_add(&run, *arg);
    *ended = words_run(&run, NULL);
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
