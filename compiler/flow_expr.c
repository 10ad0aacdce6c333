/* flow_expr: expressions in order of evaluation: which variables they use, move away and lend. */
#include "flow.h"

/* ---- variables ---- */

Known *known_of(Flow *f, Var *var) {
    if (var->slot) return f->known.at[var->slot - 1];
    Known *known = arena_new(&f->family, Known);
    known->var = var;
    known->level = f->level;
    known->bit = NO_BIT;
    vec_push(&f->family, &f->known, known);
    var->slot = f->known.len;
    return known;
}

Known *flow_declare(Flow *f, Var *var, bool has_value) {
    Known *known = known_of(f, var);
    known->level = f->level;
    bool is_tracked = !has_value || var->type->handle || var->type->has_ref || is_lent_lock(var);
    if (is_tracked && f->tracked.len < f->words * 64) {
        known->bit = f->tracked.len;
        vec_push(&f->family, &f->tracked, known);
        state_put(f, &f->here, FACT_UNSET, known->bit, !has_value && f->here.reachable);
    }
    return known;
}

static void report_unset(Flow *f, Known *known, Span span) {
    const char *name = known->var->name->text;
    Diag *diag = diag_add(flow_diags(f), CODE_E0406, span, "`%s` may have no value here", name);
    diag_label(flow_diags(f), diag, known->var->span, "it is declared without one");
    Span assigned = known->assigned_at;
    if (assigned.len) diag_label(flow_diags(f), diag, assigned, "not every way to its use passes this");
    else diag_note(flow_diags(f), diag, "give it a value where it is declared, or before this on every way");
    if (known->skipped_by) {
        diag_label(flow_diags(f), diag, known->skipped_by->span, "when this is cancelled, control comes out behind it");
    }
    state_put(f, &f->here, FACT_UNSET, known->bit, false);
}

void fix_by_clone(Flow *f, Diag *diag, const Known *known) {
    const Name name = known->var->name;
    Span behind = {known->moved_at.at + known->moved_at.len, 0};
    bool is_name = known->moved_at.len == name->len;
    bool has_clone = known->var->type->kind == TYPE_SENDER || known->var->type->kind == TYPE_RECEIVER;
    if (known->closed || !has_clone) return;
    if (is_name) diag_fix(flow_diags(f), diag, behind, STR(".clone()"), "give a clone away, and keep this one");
    else diag_note(flow_diags(f), diag, "give the child a clone of its own: `let mine = %s.clone();`", name->text);
}

static void report_moved(Flow *f, Known *known, Span span) {
    if (known->told) return;
    known->told = true;
    const char *name = known->var->name->text, *what = known->closed ? "closed" : "given away";
    Diag *diag = diag_add(flow_diags(f), CODE_E0401, span, "`%s` is used here, but it has been %s", name, what);
    diag_label(flow_diags(f), diag, known->moved_at, "`%s` was %s here", name, what);
    fix_by_clone(f, diag, known);
}

/* A defer runs last: what it uses must still be there then. */
static void note_deferred(Flow *f, Known *known) {
    if (!f->defer || known->bit >= f->defer_bits || !known->var->type->handle) return;
    vec_push(&f->family, &f->defer_uses, known);
}

void use_var(Flow *f, Var *var, Span span) {
    Known *known = known_of(f, var);
    if (!f->here.reachable || known->bit == NO_BIT) return;
    if (state_has(f, &f->here, FACT_UNSET, known->bit)) report_unset(f, known, span);
    if (state_has(f, &f->here, FACT_MOVED, known->bit)) report_moved(f, known, span);
    if (state_has(f, &f->here, FACT_STALE, known->bit)) shape_use(f, known, span);
    note_deferred(f, known);
}

/* ---- moving ---- */

/* `doing`: what is about to happen to a handle that somebody else still needs. */
static void check_free(Flow *f, Known *known, Span span, const char *doing) {
    Diags *diags = flow_diags(f);
    const char *name = known->var->name->text;
    if (!f->here.reachable || known->told) return;
    if (known->lent_to) {
        const Stmt *nursery = known->lent_to;
        Diag *diag = diag_add(diags, CODE_E0403, span, "`%s` cannot be %s here: a child still uses it", name, doing);
        diag_label(diags, diag, known->lent_at, "lent to a child here");
        uint32_t end = nursery->u.nursery.block->span.at + nursery->u.nursery.block->span.len - 1;
        diag_label(diags, diag, (Span){end, 1}, "the children end here, and not before");
        known->told = true;
    } else if (known->defer) {
        Diag *diag = diag_add(diags, CODE_E0403, span, "`%s` cannot be %s here: a `defer` still uses it", name, doing);
        diag_label(diags, diag, known->defer->span, "this runs when the block is left");
        known->told = true;
    }
}

static void give_up(Flow *f, Var *var, Span span, bool closes) {
    use_var(f, var, span);
    Known *known = known_of(f, var);
    if (known->bit == NO_BIT || !f->here.reachable) return;
    check_free(f, known, span, closes ? "closed" : "given away");
    state_put(f, &f->here, FACT_MOVED, known->bit, true);
    known->moved_at = span;
    known->closed = closes;
}

void move_var(Flow *f, Var *var, Span span) { give_up(f, var, span, false); }

void assign_var(Flow *f, Var *var, Span span) {
    Known *known = known_of(f, var);
    if (known->bit == NO_BIT) return;
    bool owned = !state_has(f, &f->here, FACT_MOVED, known->bit) && !state_has(f, &f->here, FACT_UNSET, known->bit);
    if (owned && var->type->handle) check_free(f, known, span, "replaced");
    for (Fact fact = 0; fact < FACT_COUNT; fact++) state_put(f, &f->here, fact, known->bit, false);
    known->assigned_at = span;
}

/* Only whole variables are kept track of. */
static void move_part(Flow *f, const Expr *place, bool closes) {
    if (is_static_handle(place) || !place_var(place) || !f->here.reachable) return;
    const char *what = "what is behind a reference";
    if (place->kind == EXPR_INDEX) what = "an element of an array";
    if (place->kind == EXPR_FIELD) what = "a field";
    Diag *diag = diag_add(flow_diags(f), CODE_E0409, place->span,
                          "%s cannot be %s: there would be a hole where it was", what, closes ? "closed" : "given away");
    if (closes) {
        diag_note(flow_diags(f), diag, "it closes with the rest of what it is a part of");
        return;
    }
    uint32_t end = place->span.at + place->span.len;
    diag_fix(flow_diags(f), diag, (Span){end, 0}, STR(".clone()"), "give a clone away");
    diag_note(flow_diags(f), diag, "it can also be lent: `&`");
}

/* tx.close() gives the handle up. */
static void flow_close(Flow *f, const Expr *call) {
    Expr *self = call->u.call.self;
    if (self->kind == EXPR_NAME && self->u.name.var) {
        give_up(f, self->u.name.var, self->span, true);
        return;
    }
    expr_parts(self, flow_expr, f);
    move_part(f, self, true);
}

/* ---- calls ---- */

/* What a built-in does to places, and keeps. */
void flow_builtin(Flow *f, const Expr *call) {
    const Expr *self = call->u.call.self;
    const Expr *arg = call->u.call.args.len ? call->u.call.args.at[0].value : NULL;
    switch ((Builtin)call->u.call.builtin) {
    case BUILTIN_PUSH:
        if (type_behind(self->type)->kind == TYPE_LIST && arg) flow_store(f, self, arg, type_behind(self->type)->elem);
        shape_change(f, self, call->span);
        break;
    case BUILTIN_POP: case BUILTIN_REMOVE: case BUILTIN_CLEAR:
        shape_change(f, self, call->span);
        break;
    case BUILTIN_SEND: case BUILTIN_SEND_NOWAIT: case BUILTIN_TRY_SEND:
        flow_claim(f, CLAIM_SEND, arg, type_behind(self->type)->elem, LEVEL_STATIC, NULL);
        break;
    case BUILTIN_STARTED:
        if (arg) flow_claim(f, CLAIM_SEND, arg, f->fn->start_type, LEVEL_STATIC, NULL);
        break;
    default:
        break;
    }
    BuiltinErrors errors = builtin_errors(call);
    for (uint32_t i = 0; i < 2 && errors.at[i]; i++) {
        edge_raise(f, f->program->errors.at[errors.at[i] - 1], &f->here);
    }
}

static void flow_call(Flow *f, Expr *call, bool waits) {
    if (is_start(call)) {
        flow_start(f, call);
        return;
    }
    if (is_call_of(call, BUILTIN_CLOSE)) {
        flow_close(f, call);
        return;
    }
    expr_parts(call, flow_expr, f);
    Fn *fn = call->u.call.what == CALL_FN ? call->u.call.to.fn : NULL;
    shape_args(f, call, fn, waits);
    if (fn) note_lending(f, call, fn);
    if (waits) {
        edge_await(f);
        shape_wait(f, call->span);
    }
    if (fn) edge_raises(f, &fn->raises);
    if (call->u.call.what == CALL_BUILTIN) {
        flow_builtin(f, call);
        held_call(f, call);
    }
    if (call->type->kind == TYPE_NEVER) state_end(f);
}

void flow_arm_call(Flow *f, Expr *call) {
    if (call->kind == EXPR_CALL) flow_call(f, call, true);
    else flow_expr(f, call);
}

/* ---- expressions with ways of their own ---- */

/* The right side may not be evaluated. */
static void flow_maybe_right(Flow *f, const Expr *expr) {
    flow_expr(f, expr->u.binary.left);
    State without = state_copy(f, &f->here);
    flow_expr(f, expr->u.binary.right);
    state_join(f, &f->here, &without, expr->span);
    state_drop(f, &without);
}

static void flow_if(Flow *f, const Expr *expr) {
    flow_expr(f, expr->u.branch.cond);
    State before = state_copy(f, &f->here);
    flow_block(f, expr->u.branch.then);
    State then = f->here;
    f->here = before;
    if (expr->u.branch.other) flow_block(f, expr->u.branch.other);
    state_join(f, &f->here, &then, expr->span);
    state_drop(f, &then);
}

static void flow_catch(Flow *f, const Expr *expr) {
    Clause *clause = expr->u.caught.clause;
    State caught = {false, NULL};
    Fence *fence = fence_push(f, FENCE_TRY, NULL);
    fence->clauses = &expr->u.caught.clause;
    fence->clause_count = 1;
    fence->caught = &caught;
    flow_expr(f, expr->u.caught.of);
    fence_pop(f);
    flow_clauses(f, &clause, 1, &caught, expr->span);
}

void flow_expr(void *flow, Expr *expr) {
    Flow *f = flow;
    switch ((ExprKind)expr->kind) {
    case EXPR_NAME:
        if (!expr->u.name.var) break;
        if (expr->moves) move_var(f, expr->u.name.var, expr->span);
        else use_var(f, expr->u.name.var, expr->span);
        break;
    case EXPR_CALL:
        flow_call(f, expr, false);
        break;
    case EXPR_AWAIT:
        flow_arm_call(f, expr->u.operand);
        break;
    case EXPR_IF:
        flow_if(f, expr);
        break;
    case EXPR_CATCH:
        flow_catch(f, expr);
        break;
    case EXPR_RACE:
        flow_group(f, expr->u.block);
        break;
    case EXPR_BINARY:
        if (expr->op == OP_LOGIC_AND || expr->op == OP_LOGIC_OR || expr->op == OP_COALESCE) flow_maybe_right(f, expr);
        else expr_parts(expr, flow_expr, f);
        break;
    case EXPR_REF:
        expr_parts(expr, flow_expr, f);
        if (expr->mut) shape_change(f, expr->u.operand, expr->span);
        break;
    default:
        expr_parts(expr, flow_expr, f);
        if (expr->moves) move_part(f, expr, false);
        break;
    }
}

void flow_maybe(Flow *f, Expr *expr) {
    if (expr) flow_expr(f, expr);
}
