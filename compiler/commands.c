#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "embedded.h"
#include "files.h"
#include "output.h"
#include "session.h"

/* Into --bundle's directory; else to where -o says; else here. */
static bool write_build(Unit *unit, const Options *options) {
    if (options->bundle) return output_bundle(unit, options->bundle);
    return output_program(unit, options->output ? path_directory(&unit->arena, options->output) : ".");
}

int command_build(const Options *options) {
    Unit unit;
    unit_init(&unit);
    unit.name = output_name(&unit.arena, options->output ? options->output : options->operand);
    unit.bundled = options->bundle != NULL;
    int status = 0;
    if (options->output && strcmp(unit.name, path_stem(&unit.arena, options->output)) != 0) {
        status = misuse("`-o %s`: the program takes its name in C from this one, which must be an identifier",
                        options->output);
    }
    if (status == 0) status = compile_file(&unit, options);
    if (status == 0 && !write_build(&unit, options)) status = 2;
    unit_free(&unit);
    return status;
}

int command_check(const Options *options) {
    Unit unit;
    unit_init(&unit);
    unit.stage = STAGE_FRAME;
    int status = compile_file(&unit, options);
    unit_free(&unit);
    return status;
}

int command_dump(const Options *options) {
    Unit unit;
    unit_init(&unit);
    unit.stage = options->stage;
    unit.show = true;
    int status = compile_file(&unit, options);
    if (unit.dump.len) fwrite(unit.dump.at, 1, unit.dump.len, stdout);
    unit_free(&unit);
    return status;
}

int command_explain(const Options *options) {
    for (const Embedded *entry = embedded_errors; entry->name; entry++) {
        if (strcmp(entry->name, options->operand) != 0) continue;
        fputs(entry->text, stdout);
        return 0;
    }
    return misuse("no diagnostic has the code `%s`", options->operand);
}
