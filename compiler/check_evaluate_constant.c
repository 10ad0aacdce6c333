/* check_evaluate_constant: expressions that call functions are run by the compiler, where a constant is wanted.

   Needs  an expression that has been checked.
   Gives  a literal in its place, or a tree of literals.
   What needs the running program (time, tasks, static variables, C) has no value here; nor has what does not end within
   a number of steps. */
#include "check_evaluate.h"

static bool is_small(const Expr *expr) {
    return expr->kind == EXPR_UNARY || expr->kind == EXPR_DEREF || expr->kind == EXPR_REF || expr->kind == EXPR_AWAIT;
}

/* A literal replaces the expression where it stands, if it has the room. */
static Expr *replace(Expr *expr, Expr *by) {
    if (!by || !by->constant || (by->kind == EXPR_STRING && is_small(expr))) return by;
    expr->kind = by->kind;
    expr->type = by->type;
    expr->constant = true;
    if (by->kind == EXPR_STRING) expr->u.text = by->u.text;
    else if (by->kind == EXPR_FLOAT) expr->u.number = by->u.number;
    else expr->u.integer = by->u.integer;
    return expr;
}

Expr *evaluate(Checker *c, Expr *expr, const char *what) {
    if (is_wrong(expr->type)) return NULL;
    Evaluator e = {.expr = value_of_expr, .c = c, .arena = &c->scratch, .root = expr, .what = what};
    c->evaluations++;
    Value value = value_of_expr(&e, expr);
    Expr *tree = e.failed ? NULL : value_tree(&e, &value, expr->span);
    if (--c->evaluations == 0) arena_reset(&c->scratch);
    return replace(expr, tree);
}
