/* emit_test: the tests as the program. One of them is the main task of a run; they share its place:

       struct app_app { tr_rt rt; union { struct app_test__1_slot test_1; struct app_test__2_slot test_2; } tests; }; */
#include "emit_internal.h"

void need_test_slots(Emitter *e) {
    for (uint32_t i = 0; i < e->ir->tests.len; i++) need_slot(e, (IrChild){e->ir->tests.at[i], false});
}

void put_test_slots(Emitter *e) {
    open_line(e, "union {");
    for (uint32_t i = 0; i < e->ir->tests.len; i++) plain(e, "struct $f_slot test_$n;", e->ir->tests.at[i], i + 1);
    close_line(e, "} tests;");
}

void emit_test_declarations(Emitter *e) {
    put_text(e, "/* Gets a test ready, by its number from 1: it takes its first step in the first poll. */\n");
    put(e, "void @_test_init(struct @_app *app, size_t test);\n");
    put_text(e, "/* After the end: reports the errors that left the test, if there are any. */\n");
    put(e, "void @_test_report(const struct @_app *app, size_t test);\n");
}

static void emit_test_init(Emitter *e) {
    open_line(e, "void @_test_init(struct @_app *app, size_t test) {");
    emit_statics(e);
    plain(e, "switch (test) {");
    for (uint32_t i = 0; i < e->ir->tests.len; i++) {
        IrFn *test = e->ir->tests.at[i];
        plain(e, "case $n:", i + 1);
        plain(e, "    $f_begin(&app->tests.test_$n.frame);", test, i + 1);
        plain(e, "    tr_init(&app->rt, &app->tests.test_$n.task, $f_task);", i + 1, test);
        plain(e, "    break;");
    }
    plain(e, "default: break;");
    plain(e, "}");
    emit_set_shapes(e);
    close_line(e, "}");
    put_text(e, "\n");
}

static void emit_test_report(Emitter *e) {
    bool any = false;
    for (uint32_t i = 0; i < e->ir->tests.len; i++) any |= e->ir->tests.at[i]->leaf_max > 0;
    if (any) emit_report(e);
    open_line(e, "void @_test_report(const struct @_app *app, size_t test) {");
    plain(e, any ? "if (!(app->rt.status & TR_RAISED)) return;" : "(void)app;");
    plain(e, any ? "switch (test) {" : "(void)test;");
    for (uint32_t i = 0; any && i < e->ir->tests.len; i++) {
        if (!e->ir->tests.at[i]->leaf_max) continue;
        plain(e, "case $n:", i + 1);
        put_text(e, "        ");
        put(e, "@_report(app->tests.test_$n.frame.errs.leaf, app->tests.test_$n.frame.errs.count$s);\n", i + 1, i + 1,
            e->leaf_rt ? ", &app->rt" : "");
        plain(e, "    break;");
    }
    if (any) plain(e, "default: break;");
    if (any) plain(e, "}");
    close_line(e, "}");
    put_text(e, "\n");
}

void emit_tests(Emitter *e) {
    for (uint32_t i = 0; i < e->ir->tests.len; i++) emit_main_task(e, e->ir->tests.at[i]);
    if (e->ir->dumps) emit_task_shapes(e);
    emit_test_init(e);
    emit_test_report(e);
}
