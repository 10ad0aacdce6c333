/* lower, live and frame on real programs: every function of every example keeps the rules of the IR, and every variable
   that lives across a suspension is in the frame. */
#define _POSIX_C_SOURCE 200809L

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glob.h>
#include <stdio.h>

#include "compiler.h"
#include "ir_operands.h"
#include "passes.h"

static Unit unit;

static Str read_file(const char *path) {
    Buf text = {0};
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    for (int c; (c = fgetc(file)) != EOF;) buf_char(&text, (char)c);
    fclose(file);
    Str copy = str_copy(&unit.arena, buf_view(&text));
    buf_free(&text);
    return copy;
}

static bool is_placed(const IrFn *fn, const IrVar *var) {
    for (uint32_t point = 1; point <= fn->points; point++) {
        if (ir_alive_at(fn, var, point)) return var->place == IR_FRAME && var->path;
    }
    return true;
}

static void check_fn(IrProgram *ir, IrFn *fn) {
    lower_body(&unit.program, ir, fn, &unit.scratch);
    Str broken = ir_verify(&unit.scratch, fn);
    if (broken.len) fail_msg("%s: %s", unit.sources.files.at[0]->path.at, broken.at);
    suspend(fn);
    live(fn, &unit.scratch);
    frame(fn, &unit.arena, &unit.scratch);
    for (uint32_t i = 0; i < fn->vars.len; i++) {
        if (!is_placed(fn, fn->vars.at[i])) fail_msg("%s of %s has no place", fn->vars.at[i]->name, fn->name);
    }
    arena_reset(&unit.scratch);
}

/* The passes of pipeline.c, with a look at what is between them. */
static bool check_program(const char *path) {
    unit_init(&unit);
    Program *program = &unit.program;
    program->takes_main = program->takes_tests = program->has_test_runtime = true;
    Source *source = source_add(&unit.sources, str_of(path), read_file(path));
    vec_push(&unit.arena, &program->modules, parse(program, source, program->known.main));
    void (*const passes[])(Program *) = {resolve, check, effects, flow};
    for (size_t i = 0; i < sizeof passes / sizeof *passes && !unit.diags.errors; i++) passes[i](program);
    bool good = !unit.diags.errors && !program->modules.at[0]->imports.len; /* one file is read, no more */
    if (good) {
        IrProgram *ir = lower_program(program, &unit.arena, &(LowerHow){.name = "app", .checks = true, .ticks = TICKS_HOST});
        for (uint32_t i = 0; i < ir->fns.len; i++) {
            if (!ir->fns.at[i]->is_extern) check_fn(ir, ir->fns.at[i]);
        }
    }
    unit_free(&unit);
    return good;
}

static void every_function_keeps_the_rules(void **state) {
    (void)state;
    glob_t paths;
    assert_int_equal(glob("examples/*.tr", 0, NULL, &paths), 0);
    glob("tests/conformance/*.tr", GLOB_APPEND, NULL, &paths);
    glob("tests/golden/*/*.tr", GLOB_APPEND, NULL, &paths);
    size_t good = 0;
    for (size_t i = 0; i < paths.gl_pathc; i++) good += check_program(paths.gl_pathv[i]);
    assert_true(good >= 12);
    globfree(&paths);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_function_keeps_the_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
