/* emit_dump: what a task dump needs to know of the frames, as constant tables; see tr_dump.

       static const tr_place app_work_places[] = {
           {5, 0, NULL, "await sleep(1s);"},
           {6, offsetof(struct app_work, u1.ask), &app_ask_shape, "await ask(port);"},
       };
       static const tr_shape app_work_shape = {"work", app_file, app_work_places, 2, offsetof(struct app_work, at), 1}; */
#include "emit_internal.h"
#include "ir_operands.h"

/* Its first line, without the semicolon, shortened. */
static void put_source(Emitter *e, const IrStmt *stmt) {
    enum { LONGEST = 60 };
    const Source *source = e->fn.fn->source;
    Str text = {source->text.at + (stmt->span.at - source->base), stmt->span.len};
    const char *end = text.len ? memchr(text.at, '\n', text.len) : NULL;
    if (end) text.len = (size_t)(end - text.at);
    while (text.len && (text.at[text.len - 1] == ';' || text.at[text.len - 1] == ' ')) text.len--;
    if (text.len > LONGEST) {
        text.len = LONGEST;
        while (text.len && ((unsigned char)text.at[text.len] & 0xC0) == 0x80) text.len--;
    }
    out_string(&e->out->text, text, true);
}

/* A field of the frame, which the step calls `f->path`. */
static void put_offset(Emitter *e, const char *path) {
    put(e, "offsetof($s, $s)", frame_tag(e, e->fn.fn), path + strlen("f->"));
}

static void put_place_row(Emitter *e, const IrStmt *stmt) {
    put(e, "    {$n, ", stmt->line);
    if (stmt->kind == IRS_AWAIT_CALL) {
        put_offset(e, e->fn.names[stmt->u.await_call.callee->id]);
        put(e, ", &$f_shape, ", stmt->u.await_call.fn);
    } else {
        put_text(e, "0, NULL, ");
    }
    put_source(e, stmt);
    put_text(e, "},\n");
}

static void put_name(Emitter *e, const IrFn *fn) { out_string(&e->out->text, fn->source_name, true); }

void emit_shape(Emitter *e) {
    IrFn *fn = e->fn.fn;
    if (!fn->is_async) return;
    const char *file = file_name(e, fn->source);
    Aside aside;
    aside_begin(e, &aside);
    if (fn->points) {
        const IrStmt **points = ir_points(fn, &e->scratch);
        put(e, "static const tr_place $f_places[] = {\n", fn);
        for (uint32_t i = 0; i < fn->points; i++) put_place_row(e, points[i]);
        put_text(e, "};\n");
    }
    put(e, "static const tr_shape $f_shape = {", fn);
    put_name(e, fn);
    put(e, ", $s, ", file);
    if (fn->points) {
        put(e, "$f_places, $n, ", fn, fn->points);
        put_offset(e, e->fn.at);
        put(e, ", $n};\n", fn->points < 256 ? 1u : 2u);
    } else {
        put_text(e, "NULL, 0, 0, 0};\n");
    }
    aside_end(e, &aside, SECTION_SHAPES);
}

static void put_task_shape(Emitter *e, IrChild child) {
    put(e, "    {$s, &$f_shape, offsetof(struct $k_slot, frame)},\n", step_text(e, child), child.fn, &child);
}

/* All that can be a task. */
void emit_task_shapes(Emitter *e) {
    put(e, "static const tr_task_shape @_tasks[] = {\n");
    if (e->ir->main) put_task_shape(e, (IrChild){e->ir->main, false});
    for (uint32_t i = 0; i < e->ir->tests.len; i++) {
        if (!e->ir->main) put_task_shape(e, (IrChild){e->ir->tests.at[i], false});
    }
    for (uint32_t i = 0; i < e->ir->fns.len; i++) {
        IrFn *fn = e->ir->fns.at[i];
        for (int scoped = 0; scoped < 2; scoped++) {
            if (fn->emit && ((EmitFn *)fn->emit)->has_task[scoped]) put_task_shape(e, (IrChild){fn, scoped});
        }
    }
    put_text(e, "};\n\n");
}

void emit_set_shapes(Emitter *e) {
    if (!e->ir->dumps) return;
    plain(e, "app->rt.shapes = @_tasks;");
    plain(e, "app->rt.shape_count = sizeof @_tasks / sizeof *@_tasks;");
}
