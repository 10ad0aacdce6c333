/* lower_start: children, and what they take along. */
#include "lower.h"

/* Where the result goes: `to` if somebody wants it there, else a temporary. */
IrExpr *lower_target(Lower *l, IrExpr *to, Type *type, const char *name) {
    return to && to->type == type ? to : ir_use(l, lower_temp(l, type, name));
}

bool type_has_value(const Type *type) { return type && type->kind != TYPE_EMPTY && type->kind != TYPE_NEVER; }

/* Whoever gets a nursery of this function may start children in it that borrow what else it gets. */
void lower_lent_along(Lower *l, const IrExprList *args) {
    if (!l->nurseries) return;
    IrVarList roots = {0};
    for (uint32_t i = 0; i < args->len; i++) lower_roots(l, &roots, args->at[i]);
    for (NurseryHome *home = l->nurseries; home; home = home->outer) {
        bool lent = false;
        for (uint32_t i = 0; i < roots.len; i++) lent |= roots.at[i] == home->region->var;
        for (uint32_t i = 0; lent && i < roots.len; i++) lower_root_add(l, &home->region->keeps, roots.at[i]);
    }
}

/* What a child written in place takes along: references to variables, copies of values, handles. */
static void lower_captures(Lower *l, IrExprList *into, const Fn *child) {
    for (uint32_t i = 0; i < child->params.len; i++) {
        Var *capture = child->params.at[i], *captured = capture->captured;
        IrExpr *place = ir_use(l, lower_var(l, captured));
        if (!place->type) place->type = captured->type;
        if (captured->by_reference) place = ir_unary(l, IRX_DEREF, captured->type, place);
        IrExpr *value = place;
        if (capture->by_reference) {
            value = ir_address(l, place);
        } else if (captured->type->handle) {
            value = ir_use(l, lower_temp(l, captured->type, "moved"));
            lower_set(l, value, place);
            lower_set(l, place, ir_op(l, IROP_MOVED, captured->type, NULL, NULL));
        }
        vec_push(l->scratch, into, value);
    }
}

/* The nursery of this function that `self` names; NULL if it is one that is lent to it. */
static const NurseryHome *home_of(Lower *l, const Expr *self) {
    const Var *var = place_var(self);
    for (NurseryHome *home = l->nurseries; home; home = home->outer) if (home->stmt->u.nursery.var == var) return home;
    return NULL;
}

/* A capture stands for a nursery that is known; a parameter may be any. */
static bool may_be_full(const Expr *self) {
    const Var *var = var_original(place_var(self));
    return var->kind != VAR_NURSERY || var->owner->u.nursery.plan->can_be_full;
}

/* The slots that the start at `call` fills. */
static IrVar *slots_of(const NurseryHome *home, const Expr *call) {
    if (!home) return NULL;
    const struct NurseryPlan *plan = home->stmt->u.nursery.plan;
    if (plan->pool) return home->slots.at[0];
    for (uint32_t i = 0; i < plan->sites.len; i++) if (plan->sites.at[i].call == call) return home->slots.at[i];
    return NULL;
}

/* if (full) { raise NurseryFull; }: before the statements from `mark` on. */
static void raise_if_full(Lower *l, uint32_t mark, IrExpr *nursery, IrVar *slots) {
    IrStmt *test = lower_add(l, IRS_IF);
    test->u.branch.cond = ir_op(l, IROP_NURSERY_FULL, lower_basic(l, TYPE_BOOL), nursery, slots ? ir_use(l, slots) : NULL);
    IrBlock *out = l->out;
    l->out = &test->u.branch.then;
    lower_raise_builtin(l, BUILTIN_ERROR_NURSERY_FULL);
    l->out = out;
    memmove(out->at + mark + 1, out->at + mark, (out->len - 1 - mark) * sizeof *out->at);
    out->at[mark] = test;
}

/* What the statements from `mark` on do cannot start a child: no other task gets a turn, and no function runs. */
static bool keep_room(const IrBlock *block, uint32_t mark) {
    for (uint32_t i = mark; i < block->len; i++) {
        const IrStmt *stmt = block->at[i];
        bool plain = stmt->kind == IRS_SET || stmt->kind == IRS_DO;
        if (stmt->kind != IRS_BEGIN && !(plain && stmt->u.set.value->kind != IRX_CALL)) return false;
    }
    return true;
}

/* What the child gets. Gives whether room for it was looked for: it is found before anything is evaluated or moved; if
   what is evaluated may take it, once more before anything moves. */
static bool lower_given(Lower *l, IrExprList *args, Expr *call, const Expr *started, const Fn *fn, IrVar *slots) {
    bool may_fail = may_be_full(call->u.call.self);
    uint32_t mark = l->out->len;
    if (started) lower_args_before_moves(l, args, &started->u.call.args, &fn->params);
    bool keeps_room = keep_room(l->out, mark);
    uint32_t moves_from = l->out->len;
    if (started) lower_moves(l, args, &started->u.call.args, &fn->params);
    else lower_captures(l, args, fn);
    if (!may_fail || l->out->len == mark) return false;
    IrExpr *nursery = lower_object(l, call->u.call.self);
    if (!keeps_room) raise_if_full(l, moves_from, nursery, slots);
    raise_if_full(l, mark, nursery, slots);
    return true;
}

static IrStmt *lower_child(Lower *l, Expr *call, IrStmtKind kind) {
    const ChildStart *in_place = call->u.call.child;
    const Expr *started = in_place && in_place->block ? NULL : call->u.call.args.at[0].value;
    const Fn *fn = started ? started->u.call.to.fn : in_place->fn;
    const NurseryHome *home = home_of(l, call->u.call.self);
    IrExprList args = {0};
    IrVar *slots = slots_of(home, call);
    bool has_room = lower_given(l, &args, call, started, fn, slots);
    IrExpr *nursery = lower_object(l, call->u.call.self);
    l->line = lower_line(l, call->span.at);
    IrStmt *stmt = lower_add(l, kind);
    stmt->u.start.fn = lower_fn_of(l, fn);
    stmt->u.start.args = args;
    stmt->u.start.nursery = nursery;
    stmt->u.start.slots = slots;
    for (uint32_t i = 0; i < args.len; i++) {
        lower_roots(l, &stmt->u.start.keeps, args.at[i]);
        if (home) lower_roots(l, &home->region->keeps, args.at[i]);
    }
    lower_lent_along(l, &args);
    stmt->u.start.can_be_full = may_be_full(call->u.call.self);
    stmt->u.start.has_room = has_room;
    if (stmt->u.start.can_be_full && !has_room) {
        stmt->u.start.site_full = lower_builtin_site(l, BUILTIN_ERROR_NURSERY_FULL);
        stmt->u.start.errs = lower_errs(l, 1);
        lower_unwinds(l);
    }
    return stmt;
}

void lower_start_soon(Lower *l, Expr *call) {
    IrStmt *stmt = lower_child(l, call, IRS_START_SOON);
    stmt->u.start.scoped = start_is_scoped(call);
    stmt->u.start.service = is_call_of(call, BUILTIN_START_SERVICE);
    const ChildStart *child = call->u.call.child;
    if (child && child->as) stmt->u.start.to = ir_use(l, lower_var(l, child->as_var));
}

IrExpr *lower_start(Lower *l, Expr *call, IrExpr *to) {
    IrStmt *stmt = lower_child(l, call, IRS_START);
    const Fn *fn = call->u.call.args.at[0].value->u.call.to.fn;
    stmt->u.start.starting = lower_record(l, IRV_STARTING, "starting");
    uint32_t leaves = fn->leaf_max > 1 ? fn->leaf_max : 1;
    stmt->u.start.errs = lower_errs(l, leaves);
    if (fn->leaf_max) {
        stmt->u.start.leaves = lower_record(l, IRV_LEAVES, "early");
        stmt->u.start.leaves->count = fn->leaf_max;
    }
    stmt->u.start.site_not_started = lower_builtin_site(l, BUILTIN_ERROR_NOT_STARTED);
    lower_unwinds_mixed(l, fn->leaf_max > 0);
    if (!type_has_value(fn->start_type)) return NULL;
    stmt->u.start.value = lower_temp(l, fn->start_type, "value");
    IrExpr *result = lower_target(l, to, fn->start_type, "t");
    stmt->u.start.to = result;
    return result;
}
