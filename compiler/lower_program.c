/* lower_program: the tree becomes IR. What a function does in one breath of the source is pulled apart: awaits and calls
   with effects become statements of their own, left to right; cleanups become regions, written once.

       total += await f(x) + g(y);          t1 = total;
                                            t2 = await f(x);
                                            t3 = g(y);
                                            total = t1 + (t2 + t3);

       { let tx = ...; defer { a(); } b(); }    region { region { b(); } cleanup { a(); } } cleanup { close(tx); }

       if cond { return v; }                    result = v; return      -- through the cleanups of all regions around it

   Order of evaluation: an operand that was made before a later operand's statements is kept in a temporary, unless
   nothing can change it (lower_before). */
#include "lower.h"

static const LowerUp up = {lower_walk_expr, lower_walk_into, lower_walk_block, lower_walk_block_into};

static Lower begin(Program *program, IrProgram *ir, IrFn *fn, Arena *scratch) {
    return (Lower){.up = &up, .program = program, .ir = ir, .scratch = scratch, .fn = fn, .out = &fn->body};
}

/* ---- functions --------------------------------------------------------------------------------------------------- */

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
    Lower heads = begin(program, ir, made, ir->arena);
    heads.source = fn;
    for (uint32_t i = 0; i < fn->params.len; i++) {
        IrVar *param = lower_var(&heads, fn->params.at[i]);
        param->param = true;
        if (param->type->kind == TYPE_REF || !fn->params.at[i]->written_to) param->fixed = !param->type->handle;
        vec_push(ir->arena, &made->params, param);
    }
    return made;
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
    Lower l = begin(program, ir, &nowhere, ir->arena);
    l.out = &none;
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
    Lower l = begin(program, ir, fn, scratch);
    l.source = fn->fn;
    l.context = &context;
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

/* ---- what is static ---------------------------------------------------------------------------------------------- */

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
    Lower l = begin(program, ir, fn, scratch);
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
