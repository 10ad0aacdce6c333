/* emit_main: the program object, what its user calls, and the two files. */
#include "../runtime/tr_abi.h"
#include "emit_internal.h"

/* ---- the program object ---- */

static bool any_static(const Emitter *e) {
    for (uint32_t i = 0; i < e->ir->globals.len; i++) if (e->ir->globals.at[i]->is_static) return true;
    return false;
}

static void emit_object(Emitter *e) {
    if (e->ir->main) need_slot(e, (IrChild){e->ir->main, false});
    else need_test_slots(e);
    for (uint32_t i = 0; i < e->ir->globals.len; i++)
        if (e->ir->globals.at[i]->is_static) type_c(e, e->ir->globals.at[i]->type);
    Aside aside;
    aside_begin(e, &aside);
    plain(e, "/* The whole program: a second object is a second program. */");
    open_line(e, "struct @_app {");
    plain(e, "tr_rt rt;");
    if (any_static(e)) {
        open_line(e, "struct {");
        for (uint32_t i = 0; i < e->ir->globals.len; i++) {
            const IrGlobal *global = e->ir->globals.at[i];
            if (!global->is_static) continue;
            out_plain(e->out, 0);
            if (global->is_channel) put_channel(e, global->type, global->count, 0, static_name(e, global));
            else put_declared(e, type_c(e, global->type), static_name(e, global));
            put_text(e, ";\n");
        }
        close_line(e, "} statics;");
    }
    if (e->ir->main) plain(e, "struct $f_slot main;", e->ir->main);
    else put_test_slots(e);
    close_line(e, "};");
    put_text(e, "\n");
    aside_end(e, &aside, SECTION_FRAMES);
}

/* ---- what its user calls ---- */

/* In a bundle, cancelling from outside is there if the program needs cancellation anyway, or its user asks for it. */
static void put_cancel_condition(Emitter *e, const char *text) {
    if (e->ir->numbered) put_text(e, text);
}

static void emit_declarations(Emitter *e) {
    if (!e->ir->main) {
        emit_test_declarations(e);
        return;
    }
    put_text(e, "/* Gets everything ready: main takes its first step in the first poll. */\n");
    put(e, "void @_init(struct @_app *app);\n");
    put_text(e, "/* One pass over all that is ready. Says when to come again: *at, if TR_NEXT_AT. */\n");
    put(e, "tr_next @_poll(struct @_app *app, tr_instant now, tr_instant *at);\n");
    put_cancel_condition(e, "#if TR_HAS_CANCEL\n");
    put_text(e, "/* Cancels everything; go on polling until it has ended. */\n");
    put(e, "void @_cancel(struct @_app *app);\n");
    put_cancel_condition(e, "#endif\n");
    if (e->ir->dumps) {
        put_text(e, "/* Prints the tree of tasks on the error stream: between two polls. */\n");
        put(e, "void @_dump(const struct @_app *app);\n");
    }
    put_text(e, "/* Polls to the end, and reports errors that nobody caught. Gives the program's exit status. */\n");
    put(e, "int @_run(struct @_app *app);\n");
}

static void emit_init(Emitter *e) {
    IrFn *main = e->ir->main;
    open_line(e, "void @_init(struct @_app *app) {");
    emit_statics(e);
    plain(e, "$f_begin(&app->main.frame);", main);
    plain(e, "tr_init(&app->rt, &app->main.task, $s);", step_text(e, (IrChild){main, false}));
    emit_set_shapes(e);
    close_line(e, "}");
}

static void emit_run(Emitter *e) {
    const IrFn *main = e->ir->main;
    if (main->leaf_max) emit_report(e);
    open_line(e, "int @_run(struct @_app *app) {");
    plain(e, "int stuck = tr_run(&app->rt);");
    plain(e, "if (stuck) return stuck;");
    if (main->leaf_max) {
        open_line(e, "if (app->rt.status & TR_RAISED) {");
        put_text(e, "        ");
        put(e, "@_report(app->main.frame.errs.leaf, app->main.frame.errs.count");
        put_text(e, e->leaf_rt ? ", &app->rt);\n" : ");\n");
        plain(e, "return 1;");
        close_line(e, "}");
    }
    plain(e, main->result_type ? "return app->rt.status == TR_DONE ? (int)app->main.frame.ret : 0;" : "return 0;");
    close_line(e, "}");
    put_text(e, "\n");
}

static void emit_public(Emitter *e) {
    Aside aside;
    aside_begin(e, &aside);
    if (!e->ir->main) {
        emit_tests(e);
        aside_end(e, &aside, SECTION_PUBLIC);
        return;
    }
    emit_main_task(e, e->ir->main);
    if (e->ir->dumps) emit_task_shapes(e);
    emit_init(e);
    put_text(e, "\n");
    put(e, "tr_next @_poll(struct @_app *app, tr_instant now, tr_instant *at) { ");
    put_text(e, "return tr_poll(&app->rt, now, at); }\n\n");
    if (e->ir->dumps) put(e, "void @_dump(const struct @_app *app) { tr_dump(&app->rt); }\n\n");
    put_cancel_condition(e, "#if TR_HAS_CANCEL\n");
    put(e, "void @_cancel(struct @_app *app) { tr_cancel(&app->rt, &app->rt.root); }\n");
    put_cancel_condition(e, "#endif\n");
    put_text(e, "\n");
    if (e->ir->numbered) emit_step_task(e);
    emit_run(e);
    aside_end(e, &aside, SECTION_PUBLIC);
}

/* ---- the files ---- */

static void put_banner(Emitter *e) {
    put_text(e, "/* Made by trc from ");
    out_comment(&e->out->text, e->ir->sources->files.at[0]->path);
    put_text(e, ". */\n");
}

/* What e->out holds becomes the next piece of the file. */
static void flush(Emitter *e, Texts *file) {
    if (!e->out->text.len) return;
    vec_push(e->arena, file, buf_view(&e->out->text));
    *e->out = (Out){0};
}

/* Sections with a blank line behind each. */
static void join(Emitter *e, Texts *file, int from, int to) {
    for (int i = from; i < to; i++) {
        const Texts *full = &e->full[i];
        Buf *text = &e->sections[i].text;
        Str last = text->len ? buf_view(text) : full->len ? full->at[full->len - 1] : STR("\n\n");
        flush(e, file);
        for (uint32_t k = 0; k < full->len; k++) vec_push(e->arena, file, full->at[k]);
        if (text->len) vec_push(e->arena, file, buf_view(text));
        else buf_free(text);
        if (last.len > 1 && last.at[last.len - 2] != '\n') put_text(e, "\n");
    }
}

static void write_header(Emitter *e, Texts *h) {
    Out out = {0};
    e->out = &out;
    put_banner(e);
    put(e, "#ifndef @_H\n#define @_H\n\n");
    if (!e->ir->checks) put_text(e, "#define TR_CHECKS 0\n");
    put_text(e, "#include \"tr.h\"\n\n");
    put(e, "#if TR_ABI != $n\n", (uint32_t)TR_ABI);
    put(e, "#error \"@.h was made for another version of the runtime: make it again\"\n#endif\n");
    Ticks ticks = e->ir->ticks;
    put(e, "#if TR_TICK_BITS != $n || TR_TICKS_PER_SECOND != $n\n", (uint32_t)ticks.bits, ticks.per_second);
    put(e, "#error \"@.h counts other ticks than the runtime: see --tick, and runtime/tr_config.h\"\n#endif\n\n");
    if (e->ir->dumps) {
        put(e, "#if !TR_DUMP\n#error \"@.h was made with --dump: compile it and the runtime with -DTR_DUMP=1\"\n#endif\n\n");
    }
    join(e, h, 0, SECTION_HEADER_END);
    emit_declarations(e);
    put_text(e, "\n#endif\n");
    flush(e, h);
}

static void write_source(Emitter *e, Texts *c) {
    Out out = {0};
    e->out = &out;
    put_banner(e);
    put(e, "#include \"@.h\"\n\n#include <string.h>\n\n#include \"tr_bits.h\"\n");
    for (uint32_t i = 0; i < e->ir->includes.len; i++) put(e, "#include \"$s\"\n", e->ir->includes.at[i].at);
    put_text(e, "\n");
    join(e, c, SECTION_HEADER_END, SECTION_COUNT);
    buf_free(&out.text);
    Str *last = &c->at[c->len - 1];
    if (last->len > 1 && last->at[last->len - 2] == '\n') last->len--;
}

void emit_files(Emitter *e, Texts *c, Texts *h) {
    emit_object(e);
    emit_public(e);
    emit_error_tables(e);
    emit_leaf_types(e);
    write_header(e, h);
    write_source(e, c);
}
