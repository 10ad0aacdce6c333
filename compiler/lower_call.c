/* lower_call: calls and awaited calls. */
#include "lower.h"

static IrExpr *lower_plain_call(Lower *l, Expr *expr, IrExpr *to) {
    const Fn *fn = expr->u.call.to.fn;
    IrFn *callee = lower_fn_of(l, fn);
    IrExprList args = {0};
    lower_args(l, &args, &expr->u.call.args, &fn->params);
    lower_lent_along(l, &args);
    l->line = lower_line(l, expr->span.at);
    IrExpr *result = type_has_value(fn->result) ? lower_target(l, to, fn->result, "t") : NULL;
    if (fn->leaf_max) {
        IrStmt *stmt = lower_add(l, IRS_CALL);
        stmt->u.call.fn = callee;
        stmt->u.call.args = args;
        stmt->u.call.to = result;
        stmt->u.call.errs = lower_errs(l, fn->leaf_max);
        lower_unwinds(l);
        return result;
    }
    IrExpr *call = ir_expr(l->scratch, IRX_CALL, fn->result, l->line);
    call->u.call.items = args;
    call->u.call.fn = callee;
    if (result) lower_set(l, result, call);
    else lower_do(l, call);
    return result;
}

/* Point(1, 2)   E.B(1): check has put the arguments in order of the fields */
static IrExpr *lower_make(Lower *l, Expr *expr, IrExprKind kind, const FieldList *fields, EnumCase *enum_case) {
    IrExpr *made = ir_expr(l->scratch, kind, expr->type, l->line);
    made->u.make.enum_case = enum_case;
    VarList params = {0};
    for (uint32_t i = 0; i < fields->len; i++) {
        Var *param = ast_var(l->scratch, VAR_PARAM, fields->at[i].name, fields->at[i].span);
        param->type = fields->at[i].type;
        vec_push(l->scratch, &params, param);
    }
    lower_args(l, &made->u.make.items, &expr->u.call.args, &params);
    return made;
}

IrExpr *lower_call(Lower *l, Expr *expr, IrExpr *to) {
    switch ((CallKind)expr->u.call.what) {
    case CALL_FN: return lower_plain_call(l, expr, to);
    case CALL_STRUCT: return lower_make(l, expr, IRX_STRUCT, &expr->type->structure->fields, NULL);
    case CALL_CASE: return lower_make(l, expr, IRX_CASE, &expr->u.call.to.enum_case->fields, expr->u.call.to.enum_case);
    case CALL_CONVERT: {
        IrExpr *made = ir_unary(l, IRX_CONVERT, expr->type, lower_expr(l, expr->u.call.args.at[0].value));
        made->convert = IR_CHECK;
        return made;
    }
    case CALL_BUILTIN: return lower_builtin(l, expr, to);
    case CALL_ERROR: case CALL_UNKNOWN: break;
    }
    return ir_int(l, lower_basic(l, TYPE_I32), 0);
}

IrExpr *lower_await(Lower *l, Expr *call, IrExpr *to) {
    if (call->u.call.what == CALL_BUILTIN) return lower_builtin(l, call, to);
    const Fn *fn = call->u.call.to.fn;
    IrExprList args = {0};
    lower_args(l, &args, &call->u.call.args, &fn->params);
    lower_lent_along(l, &args);
    l->line = lower_line(l, call->span.at);
    IrExpr *result = type_has_value(fn->result) ? lower_target(l, to, fn->result, "t") : NULL;
    IrFn *callee = lower_fn_of(l, fn);
    IrStmt *stmt = lower_add(l, IRS_AWAIT_CALL);
    stmt->u.await_call.fn = callee;
    stmt->u.await_call.args = args;
    stmt->u.await_call.to = result;
    stmt->u.await_call.callee = lower_record(l, IRV_CALLEE, callee->name);
    stmt->u.await_call.callee->fn = callee;
    stmt->u.await_call.errs = lower_errs(l, fn->leaf_max);
    lower_unwinds_mixed(l, fn->leaf_max && !callee->never_mixes);
    return result;
}
