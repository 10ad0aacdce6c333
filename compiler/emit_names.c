/* emit_names: what things are called in C. File-wide names begin with the program's; variables keep theirs. */
#include "emit_internal.h"

/* A name of the file: `format` with the program's name, then `what`. */
const char *reserve(Emitter *e, const char *format, const char *what) {
    return ident(&e->idents, str_format(e->arena, format, e->app, what).at);
}

/* ---- functions ---- */

static const char *joined(Arena *arena, const char *before, const char *between, const char *behind) {
    size_t first = strlen(before), second = strlen(between), third = strlen(behind);
    char *text = arena_alloc(arena, first + second + third + 1);
    memcpy(text, before, first);
    memcpy(text + first, between, second);
    memcpy(text + first + second, behind, third + 1);
    return text;
}

/* Functions are given away with the names that go with them. */
const char *const fn_endings[] = {
    "_begin", "_step", "_slot", "_task", "_scoped_slot", "_scoped_task", "_racer", "_places", "_shape", NULL
};

EmitFn *emit_fn_of(Emitter *e, IrFn *fn) {
    if (fn->emit) return fn->emit;
    fn->emit = arena_new(e->arena, EmitFn);
    fn->emit->done = fn->is_extern;
    if (fn->is_extern) fn->emit->name = fn->name;
    else fn->emit->name = ident_family(&e->idents, joined(&e->scratch, e->app, "_", fn->name));
    return fn->emit;
}

/* ---- fields ---- */

static bool has_field(const FieldList *fields, const char *name) {
    for (uint32_t i = 0; i < fields->len; i++) if (strcmp(fields->at[i].name->text, name) == 0) return true;
    return false;
}

/* Its own, unless that is a word of C: then with as many _ behind it as no other field has. */
const char *field_name(Emitter *e, const FieldList *fields, uint32_t index) {
    const char *name = fields->at[index].name->text;
    if (!out_is_word(name)) return name;
    do name = str_format(e->arena, "%s_", name).at;
    while (has_field(fields, name));
    return name;
}

/* ---- variables ---- */

/* Names that the emitter gives to local variables. */
static const char *const own_names[] = {
    "app", "f", "s", "each", "slot", "out", "tried", "ret", "starting", "started_value", "errs", "theirs",
    "dropped",
};

static bool is_own(const char *name, size_t len) {
    while (len && name[len - 1] == '_') len--;
    for (size_t i = 0; i < sizeof own_names / sizeof *own_names; i++)
        if (strlen(own_names[i]) == len && memcmp(own_names[i], name, len) == 0) return true;
    return false;
}

/* A local variable that would hide a name of the emitter or of the file gets another. */
const char *local_name(Emitter *e, const char *name) {
    size_t len = strlen(name), prefix = strlen(e->app);
    if (len <= 16 && is_own(name, len)) return str_format(&e->scratch, "%s_", name).at;
    bool is_of_file = len > prefix && name[prefix] == '_' && memcmp(name, e->app, prefix) == 0;
    return is_of_file ? str_format(&e->scratch, "v_%s", name).at : name;
}

const char *param_name(Emitter *e, const IrVar *param) { return local_name(e, param->name); }

void name_vars(Emitter *e) {
    FnText *text = &e->fn;
    const IrFn *fn = text->fn;
    const char *way = emit_fn_of(e, text->fn)->is_union ? "f->s." : "f->";
    text->names = arena_array(&e->scratch, const char *, fn->vars.len);
    text->marks = arena_array(&e->scratch, uint8_t, fn->vars.len);
    text->first = arena_array(&e->scratch, const IrRegion *, fn->vars.len);
    text->same = arena_array(&e->scratch, const IrVar *, fn->vars.len);
    text->closed = bits_new(&e->scratch, fn->region_count + 1);
    for (uint32_t i = 0; i < fn->vars.len; i++) {
        const IrVar *var = fn->vars.at[i];
        const char *name = var->place == IR_FRAME ? joined(&e->scratch, way, var->path, "") : local_name(e, var->name);
        text->names[i] = var->told ? joined(&e->scratch, name, ".of", "") : name;
    }
}

/* Innermost region around this place that jumps lead out of. */
static const IrRegion *region_with_exits(const Emitter *e) {
    for (const Fence *fence = e->fn.fence; fence; fence = fence->outer)
        if (fence->kind == FENCE_BODY && fence->region->exits.len) return fence->region;
    return NULL;
}

static void note_use(Emitter *e, const IrVar *var, bool read) {
    uint8_t *mark = &e->fn.marks[var->id];
    if (!*mark && var->place == IR_LOCAL) e->fn.first[var->id] = region_with_exits(e);
    const IrRegion *first = e->fn.first[var->id];
    if (read && first && bits_has(e->fn.closed, first->number)) *mark |= VAR_DOUBTED;
    *mark |= read ? VAR_SEEN | VAR_READ : VAR_SEEN;
}

void put_var(Emitter *e, const IrVar *var, bool read) {
    if (var == e->fn.ends) {
        put_text(e, "s == TR_RAISED");
        return;
    }
    if (e->fn.same[var->id]) var = e->fn.same[var->id];
    note_use(e, var, read);
    if (var->place == IR_FRAME) e->fn.uses_frame = true;
    put_text(e, e->fn.names[var->id]);
}

/* ---- the rest ---- */

const char *case_field(Emitter *e, const EnumCase *of) {
    const char *name = of->name->text;
    return out_is_word(name) ? str_format(e->arena, "%s_", name).at : name;
}

Str base_name(Str path) {
    for (size_t i = path.len; i-- > 0;) if (path.at[i] == '/') return (Str){path.at + i + 1, path.len - i - 1};
    return path;
}

const char *static_name(Emitter *e, const IrGlobal *global) {
    return out_is_word(global->name) ? str_format(e->arena, "%s_", global->name).at : global->name;
}
