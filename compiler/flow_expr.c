/* flow_expr: expressions in order of evaluation: which variables they use, move away and lend. */
#include "flow.h"

/* ---- moving ---- */

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
        close_var(f, self->u.name.var, self->span);
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

void flow_walk_expr(void *flow, Expr *expr) {
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
        if (expr->u.operand->kind == EXPR_CALL) flow_call(f, expr->u.operand, true);
        else flow_expr(f, expr->u.operand);
        break;
    case EXPR_IF:
        flow_if(f, expr);
        break;
    case EXPR_CATCH:
        flow_catch(f, expr);
        break;
    case EXPR_RACE:
        flow_group(f, &expr->u.group);
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
