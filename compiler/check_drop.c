/* check_drop: expressions as statements, whose values go nowhere. */
#include "check.h"

static bool has_effect(const Expr *expr) {
    switch ((ExprKind)expr->kind) {
    case EXPR_CALL: return expr->u.call.what == CALL_FN || expr->u.call.what == CALL_BUILTIN;
    case EXPR_AWAIT: case EXPR_CATCH: case EXPR_RACE: case EXPR_WRONG: return true;
    default: return false;
    }
}

static void no_effect(Checker *c, const Expr *expr) {
    Diag *diag = diag_add(c->diags, CODE_E0230, expr->span, "this value is computed and goes nowhere");
    bool is_comparison = expr->kind == EXPR_BINARY && expr->op == OP_EQ;
    if (is_comparison) diag_note(c->diags, diag, "`=` assigns, `==` compares");
}

void check_expr_stmt(Checker *c, const Stmt *stmt) {
    Expr *expr = stmt->u.expr;
    check_expr(c, expr, NULL);
    settle_default(c, expr);
    if (is_wrong(expr->type)) return;
    if (!has_effect(expr)) {
        no_effect(c, expr);
    } else if (stmt->has_semicolon && expr->type->kind != TYPE_EMPTY && expr->type->kind != TYPE_NEVER) {
        Diag *diag = diag_add(c->diags, CODE_W0608, expr->span, "a result of type %s is dropped",
                              type_name_of(c, expr->type));
        diag_fix(c->diags, diag, (Span){expr->span.at, 0}, STR("_ = "), "say that this is meant");
    }
}

void check_drop(Checker *c, Expr *expr) {
    Type *type = check_value(c, expr, NULL);
    if (type->kind == TYPE_NONE) diag_add(c->diags, CODE_E0230, expr->span, "`none` needs not be dropped");
    take(c, expr);
}
