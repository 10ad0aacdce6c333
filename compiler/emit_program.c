/* emit_program: C99 from the IR. Each function is written with what it needs; all is joined at the end.

   NAME.h    types, frames, the program object          NAME.c    constants, helpers, then the functions

   The functions come last: from the first of them on, #line directives lead to the source. */
#include "emit_internal.h"

static const EmitUp up = {
    .expr = put_alone, .operand = put_as_operand, .place = put_place, .object = put_object, .type = type_c,
    .block = emit_stmts,
};

/* ---- one program ---- */

static bool fields_have_instant(const FieldList *fields) {
    for (uint32_t i = 0; i < fields->len; i++) if (has_instant(fields->at[i].type)) return true;
    return false;
}

/* Names that generated files always have or may have. */
static void take_own_names(Emitter *e) {
    static const char *const own[] = {
        "app", "init", "poll", "cancel", "run", "leaf", "group", "sites", "where", "error_names", "put_leaf", "out",
        "error_out", "move", "put_down", "take", "drop", "any", "put_quoted", "str_bytes", "utf8", "str_from",
        "deadline", "set_deadline", "effective_deadline", "cancel_called", "wait_time", "float_to_i64",
        "float_to_u64", "report", "tasks", "dump", "test_init", "test_report",
    };
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) reserve(e, "%s_%s", own[i]);
}

Emitter *emit_begin(IrProgram *ir, Types *types) {
    Emitter *e = arena_new(ir->arena, Emitter);
    e->up = &up;
    e->ir = ir;
    e->types = types;
    e->arena = e->idents.arena = e->error_idents.arena = ir->arena;
    e->app = ir->name;
    e->idents.endings = fn_endings;
    idents_reserve(&e->idents, ir->fns.len + ir->fns.len / 2);
    e->constants = arena_array(ir->arena, const char *, ir->globals.len + 1);
    for (uint32_t i = 0; i < ir->errors.len; i++) e->leaf_rt |= fields_have_instant(&ir->errors.at[i]->fields);
    take_own_names(e);
    for (uint32_t i = 0; i < ir->fns.len; i++) emit_fn_of(e, ir->fns.at[i]);
    type_part(e, type_of_elem(types, TYPE_SLICE, type_basic(types, TYPE_U8), false));
    type_part(e, type_of_elem(types, TYPE_OPTIONAL, type_basic(types, TYPE_STR), false));
    return e;
}

/* ---- one function ---- */

static bool has_status(const IrFn *fn) { return fn->is_async || fn->leaf_max; }

/* static tr_status app_f(struct app_app *app, int32_t a, int32_t *ret, struct app_leaves_1 *errs) */
static void put_head(Emitter *e) {
    IrFn *fn = e->fn.fn;
    EmitFn *of = emit_fn_of(e, fn);
    if (fn->is_async) {
        put(e, "static tr_status $f_step(struct @_app *app, $s *f)", fn, frame_tag(e, fn));
        return;
    }
    put_text(e, "static ");
    put_declared(e, has_status(fn) ? "tr_status" : fn->result_type ? type_c(e, fn->result_type) : "void", of->name);
    const char *comma = "";
    put_text(e, "(");
    if (of->needs_app) put(e, "struct @_app *app");
    if (of->needs_app) comma = ", ";
    for (uint32_t i = 0; i < fn->params.len; i++, comma = ", ") {
        put_text(e, comma);
        put_declared(e, type_c(e, fn->params.at[i]->type), e->fn.names[fn->params.at[i]->id]);
    }
    if (has_status(fn) && fn->result_type) {
        put_text(e, comma);
        put_declared(e, type_c(e, fn->result_type), "*ret");
        comma = ", ";
    }
    if (fn->leaf_max) put(e, "$s$s *errs", comma, leaves_type(e, fn->leaf_max));
    else if (!*comma) put_text(e, "void");
    put_text(e, ")");
}

static bool is_declared(const Emitter *e, const IrVar *var) {
    bool is_c_param = var->param && !e->fn.fn->is_async;
    return var->place == IR_LOCAL && !is_c_param && (e->fn.marks[var->id] & VAR_SEEN);
}

static const char *value_type(Emitter *e, const IrVar *var) {
    if (var->kind == IRV_WHY) return "tr_status";
    return var->kind == IRV_VALUE ? type_c(e, var->type) : NULL;
}

/* Neighbours of one type share a line. */
static void put_locals(Emitter *e) {
    const IrFn *fn = e->fn.fn;
    const IrVar *last = NULL;
    for (uint32_t i = 0; i < fn->vars.len; i++) {
        const IrVar *var = fn->vars.at[i];
        if (!is_declared(e, var)) continue;
        const char *type = value_type(e, var), *before = last ? value_type(e, last) : NULL;
        bool joins = type && before && strcmp(type, before) == 0 && type[strlen(type) - 1] != '*';
        if (joins) {
            put(e, ", $s", e->fn.names[i]);
        } else {
            put_text(e, last ? ";\n    " : "    ");
            put_record(e, var);
        }
        last = var;
    }
    if (last) put_text(e, ";\n");
    if (e->fn.uses_status) put_text(e, "    tr_status s;\n");
    if (e->fn.uses_tried) put_text(e, "    tr_try tried;\n");
}

static void put_unused(Emitter *e) {
    const IrFn *fn = e->fn.fn;
    const EmitFn *of = fn->emit;
    if ((fn->is_async || of->needs_app) && !e->fn.uses_app) put_text(e, "    (void)app;\n");
    if (fn->is_async && !e->fn.uses_frame) put_text(e, "    (void)f;\n");
    if (!fn->is_async && fn->leaf_max && !e->fn.uses_errs) put_text(e, "    (void)errs;\n");
    if (!fn->is_async && fn->leaf_max && fn->result_type && !e->fn.uses_ret) put_text(e, "    (void)ret;\n");
    for (uint32_t i = 0; i < fn->vars.len; i++) {
        const IrVar *var = fn->vars.at[i];
        bool is_c_param = var->param && !fn->is_async;
        bool is_unread = (is_declared(e, var) || is_c_param) && !(e->fn.marks[i] & VAR_READ);
        if (is_unread) put(e, "    (void)$s;\n", e->fn.names[i]);
    }
}

static void put_first_values(Emitter *e) {
    const IrFn *fn = e->fn.fn;
    for (uint32_t i = 0; i < fn->vars.len; i++) {
        const IrVar *var = fn->vars.at[i];
        if (!(e->fn.marks[i] & VAR_DOUBTED) || !is_declared(e, var) || var->kind != IRV_VALUE) continue;
        if (is_scalar(var->type)) put(e, "    $s = 0;\n", e->fn.names[i]);
        else put(e, "    $s = ($t){0};\n", e->fn.names[i], var->type);
    }
}

/* Labels stand only where the text was kept. */
static void put_dispatch(Emitter *e) {
    const IrFn *fn = e->fn.fn;
    bool any = false;
    for (uint32_t i = 0; i < fn->points; i++) any |= bits_has(e->fn.points, i);
    if (!any) return;
    put(e, "    switch ($s) {\n", e->fn.at);
    for (uint32_t i = 0; i < fn->points; i++)
        if (bits_has(e->fn.points, i)) put(e, "    case $n: goto at_$n;\n", i + 1, i + 1);
    put_text(e, "    default: break;\n    }\n");
    e->fn.uses_frame = true;
}

/* Behind the last statement. That a function with a result does not get there has been proved. */
static void emit_end_of_body(Emitter *e) {
    const IrFn *fn = e->fn.fn;
    if (e->fn.returned || !block_falls(&fn->body)) return;
    if (!fn->result_type) {
        if (!has_status(fn) || out_replace(e->out, "if (s != TR_DONE) return s;", "return s;")) return;
        line(e, "return TR_DONE;");
    } else if (has_status(fn)) {
        line(e, "return TR_DONE;");
    } else if (is_scalar(fn->result_type)) {
        line(e, "return 0;");
    } else {
        line(e, "return ($t){0};", fn->result_type);
    }
}

/* The line on which the function is declared, as a comment above it. */
static void put_declaration(Emitter *e, const Place *place) {
    Str text = source_line((Source *)(uintptr_t)place->source, place->line);
    while (text.len && memchr("{ \r", text.at[text.len - 1], 3)) text.len--;
    while (text.len && text.at[0] == ' ') text.at++, text.len--;
    put_text(e, "/* ");
    out_comment(&e->out->text, text);
    put_text(e, " */\n#line ");
    buf_uint(&e->out->text, place->line);
    put_text(e, " ");
    out_string(&e->out->text, place->source->path, true);
    put_text(e, "\n");
}

static void begin_fn(Emitter *e, IrFn *fn) {
    e->fn = (FnText){.fn = fn};
    EmitFn *of = emit_fn_of(e, fn);
    of->is_union = fn->is_async && (fn->result_type || fn->leaf_max);
    name_vars(e);
    e->fn.at = frame_field(e, fn, IR_SLOT_AT);
    e->fn.points = bits_new(&e->scratch, fn->points + 1);
    if (fn->is_async) emit_frame(e);
}

static void emit_text(Emitter *e, const Place *place) {
    e->out = &e->fn.text;
    e->out->text = (Buf){e->spare.at, 0, e->spare.capacity};
    e->spare = (Buf){0};
    e->out->indent = 1;
    e->out->line = place->line;
    e->out->opened = e->opened;
    emit_block(e, &e->fn.fn->body);
    emit_end_of_body(e);
}

/* Begin functions stand before the first #line, among the helpers. */
static void emit_entry(Emitter *e) {
    e->out = &e->sections[SECTION_HELPERS];
    emit_begin_fn(e);
}

static void emit_prototype(Emitter *e) {
    e->out = &e->sections[SECTION_PROTOTYPES];
    put_head(e);
    put_text(e, ";\n");
}

/* Long sections are put by in pieces: nothing that was written moves again. */
static void put_by(Emitter *e) {
    enum { PIECE = 128 * 1024 };
    for (int i = 0; i < SECTION_COUNT; i++) {
        Buf *text = &e->sections[i].text;
        if (text->len < PIECE) continue;
        vec_push(e->arena, &e->full[i], buf_view(text));
        e->sections[i] = (Out){0};
        buf_reserve(text, PIECE + PIECE / 4);
    }
}

void emit_extern(Emitter *e, const IrFn *fn) {
    if (e->ir->includes.len) return;
    e->out = &e->sections[SECTION_PROTOTYPES];
    put_declared(e, fn->result_type ? type_c(e, fn->result_type) : "void", fn->name);
    put_text(e, "(");
    for (uint32_t i = 0; i < fn->params.len; i++) put(e, i ? ", $s" : "$s", type_c(e, fn->params.at[i]->type));
    put_text(e, fn->params.len ? ");\n" : "void);\n");
}

void emit_fn(Emitter *e, IrFn *fn) {
    begin_fn(e, fn);
    EmitFn *of = fn->emit;
    Place place = source_place(e->ir->sources, fn->span.at);
    if (fn->is_async) emit_entry(e);
    emit_text(e, &place);
    if (!fn->is_async) of->needs_app |= e->fn.uses_app;
    of->done = true;
    note_features(e);
    emit_prototype(e);
    if (e->ir->dumps) emit_shape(e);
    e->out = &e->sections[SECTION_FUNCTIONS];
    put_declaration(e, &place);
    put_head(e);
    put_text(e, " {\n");
    Out body = e->fn.text;
    put_locals(e);
    put_unused(e);
    put_first_values(e);
    put_dispatch(e);
    buf_bytes(&e->out->text, body.text.at, body.text.len);
    put_text(e, "}\n\n");
    e->spare = body.text;
    put_by(e);
    arena_reset(&e->scratch);
}

void emit_end(Emitter *e, Texts *c, Texts *h, Str *features) {
    e->fn = (FnText){0};
    emit_files(e, c, h);
    *features = features_text(e);
    buf_free(&e->spare);
    arena_free(&e->scratch);
}
