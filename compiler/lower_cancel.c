/* lower_cancel: cancelling, and asking why. */
#include "lower.h"

/* What is said by who cancels, if somebody may ask for it. */
static void add_said(Lower *l, IrExpr *op, const Expr *cancel) {
    if (!l->program->reads_reasons) return;
    const Expr *text = cancel_text(cancel);
    IrExpr *said = ir_expr(l->scratch, IRX_STR, lower_basic(l, TYPE_STR), l->line);
    said->u.text = text ? text->u.text : STR("");
    vec_push(l->scratch, &op->u.built.items, said);
}

/* s.cancel("why", grace: 5s) */
IrExpr *lower_cancel(Lower *l, Expr *expr) {
    IrExpr *scope = lower_object(l, expr->u.call.self), *op;
    if (cancel_grace(expr)) {
        uint32_t mark = l->out->len;
        IrExpr *grace = lower_as(l, cancel_grace(expr), lower_basic(l, TYPE_DURATION));
        op = ir_op(l, IROP_STOP, NULL, lower_before(l, mark, scope), grace);
    } else {
        op = ir_op(l, IROP_CANCEL, NULL, scope, NULL);
    }
    op->line = lower_line(l, expr->span.at);
    add_said(l, op, expr);
    lower_do(l, op);
    return NULL;
}

/* One case after the other, as the runtime numbers them. */
IrExpr *lower_reason(Lower *l, Expr *expr) {
    EnumDecl *decl = expr->type->enumeration;
    Type *text = lower_basic(l, TYPE_STR), *number = lower_basic(l, TYPE_U8);
    IrExpr *scope = lower_stable(l, lower_object(l, expr->u.field.of)), *value = NULL;
    IrExpr *reason = ir_use(l, lower_temp(l, number, "reason"));
    lower_set(l, reason, ir_op(l, IROP_REASON, number, scope, NULL));
    for (uint32_t i = 0; i < decl->cases.len; i++) {
        IrExpr *made = ir_expr(l->scratch, IRX_CASE, expr->type, l->line);
        made->u.make.enum_case = &decl->cases.at[i];
        if (i == REASON_EXPLICIT) {
            vec_push(l->scratch, &made->u.make.items, ir_op(l, IROP_SAID_TEXT, text, scope, NULL));
            vec_push(l->scratch, &made->u.make.items, ir_op(l, IROP_SAID_WHERE, text, scope, NULL));
        }
        if (!value) {
            value = made;
            continue;
        }
        IrExpr *is = ir_binary(l, OP_EQ, lower_basic(l, TYPE_BOOL), reason, ir_int(l, number, i));
        IrExpr *choice = ir_unary(l, IRX_CHOOSE, expr->type, is);
        choice->u.of.b = made;
        choice->u.of.c = value;
        value = choice;
    }
    IrExpr *result = ir_use(l, lower_temp(l, expr->type, "t"));
    lower_set(l, result, value);
    return result;
}
