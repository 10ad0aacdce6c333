/* check_evaluate: how an evaluation goes on, and how it ends without a value. */
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

Value nothing(const Evaluator *e) { return (Value){.type = e->c->error}; }

Value fail(Evaluator *e, Span span, const char *why) {
    stop(e, span, why);
    return nothing(e);
}

bool step(Evaluator *e, Span span) {
    if (e->failed) return false;
    if (++e->steps > STEPS_MAX) stop(e, span, "this takes too many steps");
    else if (e->nesting > NESTING_MAX) stop(e, span, "this is nested too deeply");
    else if (e->arena->total > MEMORY_MAX) stop(e, span, "this needs too much memory");
    return !e->failed;
}

bool run_condition(Evaluator *e, Expr *expr) {
    Value value = run_expr(e, expr);
    return !e->failed && value.u.integer;
}
