/* check_select: what may stand in the arms of a select, and what they bind. */
#include "check.h"

static bool is_builtin(const Expr *expr) { return expr->kind == EXPR_CALL && expr->u.call.what == CALL_BUILTIN; }

/* It can be waited for together with others. */
static bool is_operation(const Expr *expr) {
    if (!is_builtin(expr)) return false;
    switch ((Builtin)expr->u.call.builtin) {
    case BUILTIN_SEND: case BUILTIN_RECEIVE: case BUILTIN_EVENT_WAIT: case BUILTIN_ACQUIRE: return true;
    default: return false;
    }
}

static void refuse(Checker *c, const Expr *expr) {
    Diag *diag = diag_add(c->diags, CODE_E0234, expr->span,
                          "an arm waits for `receive`, `send`, `wait` of an event or `acquire`, not for this");
    bool is_sleep = is_builtin(expr) && (expr->u.call.builtin == BUILTIN_SLEEP ||
                                         expr->u.call.builtin == BUILTIN_SLEEP_UNTIL);
    if (is_sleep) {
        diag_note(c->diags, diag, "time is waited for by `after 5s => { }` or `at t => { }`");
    } else if (expr->kind == EXPR_CALL && !is_builtin(expr)) {
        diag_note(c->diags, diag, "`race { }` runs async calls against each other");
    }
}

static void check_operation(Checker *c, const SelectArm *arm) {
    Expr *expr = arm->expr;
    if (expr->kind == EXPR_CALL) expr->awaited = true;
    Type *type = check_expr(c, expr, NULL);
    settle_default(c, expr);
    if (arm->var) arm->var->type = c->error;
    if (is_wrong(type)) return;
    if (!is_operation(expr)) {
        refuse(c, expr);
    } else if (arm->var && type->kind == TYPE_EMPTY) {
        diag_add(c->diags, CODE_E0234, arm->var->span, "there is nothing to bind: only `receive` gives a value");
    } else if (arm->var) {
        arm->var->type = type;
    }
}

/* `else` is the last arm, and there is one at most. */
static void check_order(Checker *c, const Stmt *stmt) {
    const SelectArm *other = NULL;
    for (uint32_t i = 0; i < stmt->u.select.arms.len; i++) {
        const SelectArm *arm = &stmt->u.select.arms.at[i];
        if (other) {
            Diag *diag = diag_add(c->diags, CODE_E0233, arm->span, "an arm behind `else` is never tried");
            diag_label(c->diags, diag, other->span, "this is taken when no arm before it is ready");
            return;
        }
        if (arm->kind == SELECT_ELSE) other = arm;
    }
    if (stmt->u.select.arms.len > (other ? 1u : 0u)) return;
    Diag *diag = diag_add(c->diags, CODE_E0233, stmt->span, "this `select` waits for nothing");
    diag_note(c->diags, diag, "`await sleep_forever();` waits until it is cancelled");
}

void check_select(Checker *c, const Stmt *stmt) {
    for (uint32_t i = 0; i < stmt->u.select.arms.len; i++) {
        const SelectArm *arm = &stmt->u.select.arms.at[i];
        if (arm->kind == SELECT_AWAIT) check_operation(c, arm);
        else if (arm->expr) check_wanted(c, arm->expr, wanted(arm->kind == SELECT_AFTER ? c->duration : c->instant));
        if (arm->guard) check_condition(c, arm->guard, "if");
        check_block(c, arm->block);
    }
    check_order(c, stmt);
}
