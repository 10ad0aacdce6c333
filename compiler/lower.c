/* lower.c: what every room of this pass uses: statements, lines, sites, variables, ways of unwinding, and what a
   reference may point into. */
#include "lower.h"

IrStmt *lower_add(Lower *l, IrStmtKind kind) {
    IrStmt *stmt = ir_stmt(l->scratch, kind, l->span, l->line);
    stmt->head = l->head;
    l->head = false;
    vec_push(l->scratch, l->out, stmt);
    return stmt;
}

uint32_t lower_line(Lower *l, uint32_t at) {
    if (at >= l->line_start && at < l->line_end) return l->line;
    Place place = source_place(l->program->sources, at);
    l->line = place.line;
    const Source *source = place.source;
    l->line_start = source->base + source->lines[place.line - 1];
    bool last = place.line >= source->line_count;
    l->line_end = source->base + (last ? (uint32_t)source->text.len + 1 : source->lines[place.line]);
    return l->line;
}

uint32_t lower_site(Lower *l, ErrorDecl *error) {
    IrSite site = {error, l->fn->source, l->line};
    vec_push(l->ir->arena, &l->ir->sites, site);
    return l->ir->sites.len;
}

uint32_t lower_builtin_site(Lower *l, BuiltinError error) {
    return lower_site(l, l->program->errors.at[error - 1]);
}

IrVar *lower_record(Lower *l, IrVarKind kind, const char *name) {
    return ir_var(l->scratch, l->fn, kind, name);
}

IrVar *lower_temp(Lower *l, Type *type, const char *name) {
    IrVar *var = lower_record(l, IRV_VALUE, name);
    var->type = type;
    var->fixed = !type->handle;
    return var;
}

/* The IR's kind of variable for one of the tree; plain values are IRV_VALUE. */
static IrVarKind kind_of(const Var *var) {
    if (var->by_reference) return IRV_VALUE;
    switch (var->kind) {
    case VAR_SCOPE: return IRV_SCOPE;
    case VAR_NURSERY: return IRV_NURSERY;
    case VAR_CATCH: return var->type->kind == TYPE_GROUP ? IRV_LEAVES : IRV_VALUE;
    default: return IRV_VALUE;
    }
}

IrVar *lower_var(Lower *l, Var *var) {
    if (var->ir) return l->fn->vars.at[var->ir - 1];
    IrVar *made = ir_var(l->scratch, l->fn, kind_of(var), var->name->text);
    made->type = var->type;
    if (var->by_reference) made->type = type_of_elem(&l->program->types, TYPE_REF, var->type, true);
    made->named = true;
    made->span = var->span;
    made->fixed = (var->kind == VAR_LET || var->kind == VAR_LOOP || var->kind == VAR_CAPTURE) && !made->type->handle;
    var->ir = made->id + 1;
    return made;
}

void lower_unwinds(Lower *l) { lower_unwinds_mixed(l, false); }

void lower_unwinds_mixed(Lower *l, bool mixes) {
    for (Fence *fence = l->fences; fence; fence = fence->outer) {
        if (fence->kind == FENCE_LOOP) continue;
        fence->unwound = true;
        fence->mixes |= mixes;
        if (fence->region && fence->kind == FENCE_REGION) fence->region->unwinds = true;
        return;
    }
    l->fn->never_mixes &= !mixes;
}

IrVar *lower_errs(Lower *l, uint32_t leaves) {
    if (!leaves) return NULL;
    if (!l->context->errs) l->context->errs = lower_record(l, IRV_LEAVES, "raised");
    if (l->context->errs->count < leaves) l->context->errs->count = leaves;
    return l->context->errs;
}

IrFn *lower_fn_of(Lower *l, const Fn *fn) { return l->ir->fns.at[fn->ir - 1]; }

/* The variables that a value may point into. */
static void roots_of_place(IrVarList *into, Arena *arena, const IrExpr *place);

static void root_add(IrVarList *into, Arena *arena, IrVar *var) {
    for (uint32_t i = 0; i < into->len; i++) if (into->at[i] == var) return;
    vec_push(arena, into, var);
}

static void roots_of(IrVarList *into, Arena *arena, const IrExpr *value) {
    if (!value) return;
    switch ((IrExprKind)value->kind) {
    case IRX_VAR:
        for (uint32_t i = 0; i < value->u.var->roots.len; i++) root_add(into, arena, value->u.var->roots.at[i]);
        break;
    case IRX_ADDRESS: case IRX_SLICE: roots_of_place(into, arena, value->u.of.a); break;
    case IRX_FIELD: case IRX_PAYLOAD: roots_of(into, arena, value->u.part.a); break;
    case IRX_SOME: case IRX_UNWRAP: case IRX_CONVERT: case IRX_INDEX: case IRX_DEREF:
        roots_of(into, arena, value->u.of.a);
        break;
    case IRX_CHOOSE:
        roots_of(into, arena, value->u.of.b);
        roots_of(into, arena, value->u.of.c);
        break;
    case IRX_STRUCT: case IRX_CASE: case IRX_ARRAY:
        for (uint32_t i = 0; i < value->u.make.items.len; i++) roots_of(into, arena, value->u.make.items.at[i]);
        break;
    case IRX_REPEAT: roots_of(into, arena, value->u.repeat.value); break;
    case IRX_CALL:
        for (uint32_t i = 0; i < value->u.call.items.len; i++) roots_of(into, arena, value->u.call.items.at[i]);
        break;
    case IRX_OP:
        for (uint32_t i = 0; i < value->u.built.items.len; i++) roots_of(into, arena, value->u.built.items.at[i]);
        break;
    default: break;
    }
}

static void roots_of_place(IrVarList *into, Arena *arena, const IrExpr *place) {
    switch ((IrExprKind)place->kind) {
    case IRX_VAR: root_add(into, arena, place->u.var); break;
    case IRX_FIELD: case IRX_PAYLOAD: roots_of_place(into, arena, place->u.part.a); break;
    case IRX_INDEX: case IRX_UNWRAP: case IRX_SLICE: case IRX_CONVERT: roots_of_place(into, arena, place->u.of.a); break;
    case IRX_DEREF: roots_of(into, arena, place->u.of.a); break;
    default: roots_of(into, arena, place); break;
    }
    if (place->kind == IRX_VAR || place->kind == IRX_INDEX) roots_of(into, arena, place);
}

void lower_roots(Lower *l, IrVarList *into, const IrExpr *value) { roots_of(into, l->scratch, value); }

void lower_root_add(Lower *l, IrVarList *into, IrVar *var) { root_add(into, l->scratch, var); }

static bool may_point(const Type *type) {
    return type && (type->has_ref || type->kind == TYPE_REF || type->kind == TYPE_SLICE || type->kind == TYPE_STR ||
                    type->handle);
}

void lower_set(Lower *l, IrExpr *to, IrExpr *value) {
    IrStmt *stmt = lower_add(l, IRS_SET);
    stmt->u.set.to = to;
    stmt->u.set.value = value;
    if (!may_point(to->type)) return;
    const IrExpr *base = to;
    while (base->kind == IRX_FIELD || base->kind == IRX_INDEX)
        base = base->kind == IRX_FIELD ? base->u.part.a : base->u.of.a;
    if (base->kind == IRX_VAR) roots_of(&base->u.var->roots, l->scratch, value);
}

void lower_begin(Lower *l, IrVar *var) { lower_add(l, IRS_BEGIN)->u.var = var; }

void lower_do(Lower *l, IrExpr *value) {
    IrStmt *stmt = lower_add(l, IRS_DO);
    stmt->u.set.value = value;
}

/* ---- globals ---- */

static bool is_taken(const IrProgram *ir, const char *name) {
    for (uint32_t i = 0; i < ir->globals.len; i++) {
        if (ir->globals.at[i]->is_static && strcmp(ir->globals.at[i]->name, name) == 0) return true;
    }
    return false;
}

IrGlobal *lower_global(Lower *l, const Var *var, const char *name, bool is_static) {
    IrGlobal *global = arena_new(l->ir->arena, IrGlobal);
    global->name = name;
    for (unsigned i = 2; is_static && is_taken(l->ir, global->name); i++) {
        global->name = str_format(l->ir->arena, "%s_%u", name, i).at;
    }
    global->is_static = is_static;
    global->span = var ? var->span : l->span;
    vec_push(l->ir->arena, &l->ir->globals, global);
    return global;
}

/* ---- errors that are built in ---- */

void lower_raise_builtin(Lower *l, BuiltinError error) {
    IrStmt *raise = lower_add(l, IRS_RAISE);
    raise->u.raise.error = l->program->errors.at[error - 1];
    raise->u.raise.site = lower_builtin_site(l, error);
    raise->u.raise.errs = lower_errs(l, 1);
    lower_unwinds(l);
}
