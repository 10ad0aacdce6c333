/* lower: the tree becomes IR. What a function does in one breath of the source is pulled apart: awaits and calls with
   effects become statements of their own, left to right; cleanups become regions, written once.

       total += await f(x) + g(y);          t1 = total;
                                            t2 = await f(x);
                                            t3 = g(y);
                                            total = t1 + (t2 + t3);

       { let tx = ...; defer { a(); } b(); }    region { region { b(); } cleanup { a(); } } cleanup { close(tx); }

       if cond { return v; }                    result = v; return      -- through the cleanups of all regions around it

   Order of evaluation: an operand that was made before a later operand's statements is kept in a temporary, unless
   nothing can change it (lower_before). */
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

void lower_do(Lower *l, IrExpr *value) {
    IrStmt *stmt = lower_add(l, IRS_DO);
    stmt->u.set.value = value;
}

/* ---- functions ------------------------------------------------------------------------------------------------------ */

/* A name that no other function of the program has: those made here contain `__` and end in a number. */
static const char *fn_name(Arena *arena, const Fn *fn, uint32_t number) {
    if (fn->kind == FN_TEST) return str_format(arena, "test__%u", number).at;
    if (fn->kind != FN_CHILD) {
        bool close = strstr(fn->name->text, "__") != NULL;
        return str_format(arena, close ? "%s_u" : "%s", fn->name->text).at;
    }
    const char *parent = fn->parent->kind == FN_CHILD || fn->parent->kind == FN_TEST ? "child" : fn->parent->name->text;
    return str_format(arena, "%s__%u", parent, number).at;
}

static IrFn *head_of(Program *program, IrProgram *ir, Fn *fn, uint32_t number) {
    IrFn *made = arena_new(ir->arena, IrFn);
    made->is_extern = fn->kind == FN_EXTERN;
    made->name = made->is_extern ? fn->name->text : fn_name(ir->arena, fn, number);
    made->source_name = fn->kind == FN_CHILD ? str_of("a child in place") : name_text(fn->name);
    made->span = fn->span;
    made->source = fn->module->source;
    made->program = ir;
    made->is_async = fn->is_async;
    made->leaf_max = fn->leaf_max;
    made->starts = fn->starts;
    made->result_type = fn->result && fn->result->kind != TYPE_EMPTY ? fn->result : NULL;
    made->start_type = fn->starts && fn->start_type && fn->start_type->kind != TYPE_EMPTY ? fn->start_type : NULL;
    Lower heads = {.program = program, .ir = ir, .scratch = ir->arena, .source = fn, .fn = made};
    for (uint32_t i = 0; i < fn->params.len; i++) {
        IrVar *param = lower_var(&heads, fn->params.at[i]);
        param->param = true;
        if (param->type->kind == TYPE_REF || !fn->params.at[i]->written_to) param->fixed = !param->type->handle;
        vec_push(ir->arena, &made->params, param);
    }
    return made;
}

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

static void global_head(Lower *l, Item *item) {
    Var *var = item->u.global.var;
    Expr *value = item->u.global.value;
    IrGlobal *global = lower_global(l, var, var->name->text, var->kind == VAR_STATIC);
    global->type = var->type;
    var->ir = l->ir->globals.len;
    l->line = lower_line(l, var->span.at);
    if (var->type->resource) global->maker = value;
    else if (value) global->value = lower_as(l, value, var->type);
}

static void channel_head(Lower *l, const Item *item) {
    Var *var = item->u.channel.var;
    IrGlobal *global = lower_global(l, var, var->name->text, true);
    global->is_channel = true;
    global->type = var->type->items.at[0]->elem;
    global->count = (uint32_t)item->u.channel.capacity->u.integer;
    var->ir = l->ir->globals.len;
}

static void include_head(IrProgram *ir, Str name) {
    for (uint32_t i = 0; i < ir->includes.len; i++) if (str_eq(ir->includes.at[i], name)) return;
    vec_push(ir->arena, &ir->includes, str_copy(ir->arena, name));
}

static void lower_globals(Program *program, IrProgram *ir) {
    IrFn nowhere = {0};
    IrBlock none = {0};
    Lower l = {.program = program, .ir = ir, .scratch = ir->arena, .fn = &nowhere, .out = &none};
    for (uint32_t m = 0; m < program->modules.len; m++) {
        Module *module = program->modules.at[m];
        for (uint32_t i = 0; i < module->items.len; i++) {
            Item *item = module->items.at[i];
            if (item->kind == ITEM_CONST || item->kind == ITEM_STATIC) global_head(&l, item);
            if (item->kind == ITEM_CHANNEL) channel_head(&l, item);
            if (item->kind == ITEM_INCLUDE) include_head(ir, item->u.include);
        }
    }
    for (uint32_t i = 0; i < program->local_statics.len; i++) global_head(&l, program->local_statics.at[i]);
}

IrProgram *lower_program(Program *program, Arena *arena, const LowerHow *how) {
    IrProgram *ir = arena_new(arena, IrProgram);
    ir->arena = arena;
    ir->sources = program->sources;
    ir->name = how->name;
    ir->checks = how->checks;
    ir->dumps = how->dumps;
    ir->ticks = how->ticks;
    ir->leaf_size = arena_new(arena, struct IrLeafSize);
    for (uint32_t i = 0; i < program->errors.len; i++) vec_push(arena, &ir->errors, program->errors.at[i]);
    Fn **fns = program->reached.at;
    uint32_t unnamed = 0;
    for (uint32_t i = 0; i < program->reached.len; i++) {
        bool has_name = fns[i]->kind != FN_CHILD && fns[i]->kind != FN_TEST;
        IrFn *head = head_of(program, ir, fns[i], has_name ? 0 : ++unnamed);
        vec_push(arena, &ir->fns, head);
        fns[i]->ir = i + 1;
        head->fn = fns[i];
        if (fns[i] == program->main) ir->main = head;
        if (fns[i]->kind == FN_TEST) vec_push(arena, &ir->tests, head);
    }
    for (uint32_t i = 0; i < program->fns.len; i++) {
        Fn *fn = program->fns.at[i];
        if (fn->kind != FN_EXTERN || !fn->reachable) continue;
        if (ir_is_c_word(fn->name->text) || fn->name == program->known.main) {
            diag_add(program->diags, CODE_E0202, fn->span, "C has another `%s`: it cannot be an `extern fn`",
                     fn->name->text);
        }
        vec_push(arena, &ir->fns, head_of(program, ir, fn, 0));
        fn->ir = ir->fns.len;
    }
    lower_globals(program, ir);
    return ir;
}

/* Parameters that are handles close when the function ends, the first one last. */
static void body_of(Lower *l, const Fn *fn, uint32_t param) {
    while (param < fn->params.len && !l->fn->params.at[param]->type->handle) param++;
    if (param == fn->params.len) {
        lower_block(l, fn->body);
        return;
    }
    RegionScope scope;
    region_begin(l, &scope, IR_REGION_CLEANUP);
    body_of(l, fn, param + 1);
    region_end(l, &scope);
    Context context;
    Fence fence;
    cleanup_begin(l, &scope, &context, &fence);
    lower_close(l, ir_use(l, l->fn->params.at[param]));
    cleanup_end(l, &scope, &context, &fence);
}

void lower_body(Program *program, IrProgram *ir, IrFn *fn, Arena *scratch) {
    Context context = {0};
    Lower l = {.program = program, .ir = ir, .scratch = scratch, .source = fn->fn, .fn = fn, .out = &fn->body,
               .context = &context};
    l.line = lower_line(&l, fn->span.at);
    if (fn->result_type) {
        fn->result = lower_temp(&l, fn->result_type, "result");
        fn->result->fixed = false;
    }
    fn->never_mixes = true;
    body_of(&l, fn->fn, 0);
    if (context.errs) fn->errs = context.errs;
    else if (fn->leaf_max) fn->errs = lower_errs(&l, fn->leaf_max);
}

/* ---- what is static ----------------------------------------------------------------------------------------------------- */

static void make_static(Lower *l, IrGlobal *global) {
    IrExpr *place = ir_global(l, global);
    if (global->is_channel) lower_do(l, ir_op(l, IROP_CHANNEL_INIT, NULL, ir_address(l, place), NULL));
    if (global->maker) lower_new_object(l, place, global->maker);
    for (int end = 0; end < 2; end++) {
        if (global->ends[end]) lower_set(l, ir_global(l, global->ends[end]), lower_static_end(l, global, end));
    }
}

IrFn *lower_init(Program *program, IrProgram *ir, Arena *scratch) {
    IrFn *fn = arena_new(ir->arena, IrFn);
    Lower l = {.program = program, .ir = ir, .scratch = scratch, .fn = fn, .out = &fn->body};
    fn->name = "statics__0";
    fn->source_name = str_of("statics");
    fn->program = ir;
    uint32_t count = ir->globals.len;
    for (uint32_t i = 0; i < count; i++) {
        IrGlobal *global = ir->globals.at[i];
        if (!global->is_channel && !global->maker) continue;
        if (!fn->source) fn->span = global->span;
        fn->source = source_at(program->sources, fn->span.at);
        l.span = global->span;
        l.head = true;
        l.line = lower_line(&l, global->span.at);
        make_static(&l, global);
    }
    return ir->init = fn->source ? fn : NULL;
}
