/* check_evaluate: expressions that call functions are run by the compiler, where a constant is wanted.

   Needs  an expression that has been checked.
   Gives  a literal in its place, or a tree of literals.
   What needs the running program (time, tasks, static variables, C) has no value here; nor has what does not end within
   a number of steps. */
#include "check_evaluate.h"

enum { STEPS_MAX = 20000000, MEMORY_MAX = 256 * 1024 * 1024, NESTING_MAX = 2500 };

void stop(Evaluator *e, Span span, const char *why) {
    if (e->failed) return;
    e->failed = true;
    Diags *diags = e->c->diags;
    Span root = e->root->span;
    bool same = span.at == root.at && span.len == root.len;
    Diag *diag = same
        ? diag_add(diags, CODE_E0220, root, "%s must be known when the program compiles: %s", e->what, why)
        : diag_add(diags, CODE_E0220, root, "%s must be known when the program compiles", e->what);
    if (!same) diag_label(diags, diag, span, "%s", why);
}

bool step(Evaluator *e, Span span) {
    if (e->failed) return false;
    if (++e->steps > STEPS_MAX) stop(e, span, "this takes too many steps");
    else if (e->nesting > NESTING_MAX) stop(e, span, "this is nested too deeply");
    else if (e->arena->total > MEMORY_MAX) stop(e, span, "this needs too much memory");
    return !e->failed;
}

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
    Evaluator e = {.c = c, .arena = &c->scratch, .root = expr, .what = what};
    c->evaluations++;
    Value value = run_expr(&e, expr);
    Expr *tree = e.failed ? NULL : value_tree(&e, &value, expr->span);
    if (--c->evaluations == 0) arena_reset(&c->scratch);
    return replace(expr, tree);
}
