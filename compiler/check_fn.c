/* check_fn: functions, each when it is first needed: first what they take and give, then their bodies. */
#include "check.h"

static void check_params(Checker *c, const Fn *fn) {
    for (uint32_t i = 0; i < fn->params.len; i++) {
        Var *param = fn->params.at[i];
        param->type = check_type(c, param->written);
        if (!check_holds(c, HOLDER_PARAMETER, param->type, param->written->span)) param->type = c->error;
    }
}

static Type *result_type(Checker *c, TypeExpr *written) {
    if (!written) return c->empty;
    Type *type = check_type(c, written);
    return check_holds(c, HOLDER_RESULT, type, written->span) ? type : c->error;
}

void need_signature(Checker *c, Fn *fn) {
    if (fn->state != FN_UNSEEN || fn->kind == FN_CHILD) return;
    fn->state = FN_SIGNATURE;
    fn->result = fn->start_type = c->error;  /* while it is looked for: reported where the circle closes */
    Context old = context_enter(c, fn->module, fn);
    check_params(c, fn);
    fn->result = result_type(c, fn->result_expr);
    fn->start_type = result_type(c, fn->starts_expr);
    context_leave(c, old);
}

void check_body(Checker *c, Fn *fn) {
    need_signature(c, fn);
    if (fn->state >= FN_IN_PROGRESS || fn->kind == FN_CHILD || !fn->body) return;
    if (c->chain >= CHAIN_MAX) {
        diag_add(c->diags, CODE_E0221, fn->span, "more than %d declarations wait for `%s`", CHAIN_MAX, fn->name->text);
        return;
    }
    uint32_t errors = c->diags->errors;
    fn->state = FN_IN_PROGRESS;
    c->chain++;
    Context old = context_enter(c, fn->module, fn);
    check_block(c, fn->body);
    context_leave(c, old);
    c->chain--;
    fn->state = c->diags->errors == errors ? FN_RIGHT : FN_WRONG;
}
