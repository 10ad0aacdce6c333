/* check_start: children. What a child written in place takes along is decided here. */
#include "check.h"

/* ---- captures ---- */

/* `let`s and loop variables by value, handles by move, all else by reference: so is what a task cannot copy. References
   and slices are values themselves. */
static bool goes_by_reference(const Var *captured) {
    const Type *type = captured->type;
    if (captured->kind == VAR_CAPTURE) return captured->by_reference;
    if (type->resource) return true;
    if (type->handle || type->kind == TYPE_REF || type->kind == TYPE_SLICE) return false;
    switch (captured->kind) {
    case VAR_VAR: case VAR_PARAM: return true;
    default: return false;
    }
}

static void check_captures(Checker *c, const Fn *child) {
    for (uint32_t i = 0; i < child->params.len; i++) {
        Var *capture = child->params.at[i], *captured = capture->captured;
        if (!captured->type) captured->type = c->error;
        capture->type = captured->type;
        capture->by_reference = goes_by_reference(captured);
        if (capture->by_reference) mark_borrowed(captured);
    }
}

Type *check_child(Checker *c, Expr *expr) {
    Fn *child = expr->u.call.child->fn;
    child->result = c->empty;
    check_captures(c, child);
    const OpenNursery *open = c->at.nurseries;
    Context old = context_enter(c, c->at.module, child);
    c->at.nurseries = open;
    check_block(c, child->body);
    context_leave(c, old);
    return c->empty;
}

/* ---- nurseries that have ended ---- */

static bool is_open(const Checker *c, const Var *nursery) {
    for (const OpenNursery *open = c->at.nurseries; open; open = open->outer) {
        if (open->var == nursery) return true;
    }
    return false;
}

static void check_open(Checker *c, const Expr *self) {
    const Var *var = self->kind == EXPR_NAME ? self->u.name.var : NULL;
    while (var && var->kind == VAR_CAPTURE) var = var->captured;
    if (!var || var->kind != VAR_NURSERY || is_open(c, var)) return;
    Diag *diag = diag_add(c->diags, CODE_E0231, self->span, "nursery `%s` has ended: no child can be started in it",
                          var->name->text);
    diag_label(c->diags, diag, var->span, "`%s` ends with this statement's block", var->name->text);
}

/* ---- what is started ---- */

static Type *cannot_start(Checker *c, Expr *what, Builtin builtin) {
    Diag *diag = diag_add(c->diags, CODE_E0304, what->span, "`%s` takes a call of an `async fn`",
                          builtin_name(builtin));
    if (what->kind == EXPR_AWAIT) {
        Span await = {what->span.at, what->u.operand->span.at - what->span.at};
        diag_fix(c->diags, diag, await, STR(""), "leave `await` out: the child runs by itself");
    } else if (what->kind == EXPR_NAME && item_named(what) && item_named(what)->kind == ITEM_FN) {
        diag_fix(c->diags, diag, (Span){what->span.at + what->span.len, 0}, STR("()"), "call it");
    } else {
        diag_note(c->diags, diag, "anything else is started as a block: `n.start_soon { ... }`");
    }
    return c->error;
}

/* The function whose call is the argument; NULL, with a message, if it is no such call. */
static const Fn *check_started_call(Checker *c, Expr *what, Builtin builtin) {
    bool is_bare_name = what->kind == EXPR_NAME && item_named(what) && item_named(what)->kind == ITEM_FN;
    if (is_bare_name) {
        what->type = cannot_start(c, what, builtin);
        return NULL;
    }
    check_expr(c, what, NULL);
    if (is_wrong(what->type) && !(what->kind == EXPR_CALL && what->u.call.what == CALL_FN)) return NULL;
    if (what->kind != EXPR_CALL || what->u.call.what != CALL_FN) {
        cannot_start(c, what, builtin);
        return NULL;
    }
    const Fn *fn = what->u.call.to.fn;
    if (fn->is_async) return fn;
    Diag *diag = diag_add(c->diags, CODE_E0304, what->span, "`%s` is no `async fn`: it runs at once, not as a task",
                          fn->name->text);
    diag_label(c->diags, diag, fn->span, "`%s` is declared here", fn->name->text);
    return NULL;
}

static Type *check_start_value(Checker *c, const Expr *what, const Fn *fn) {
    if (fn->starts) return fn->start_type;
    Diag *diag = diag_add(c->diags, CODE_E0304, what->span, "`%s` never says that it has started", fn->name->text);
    diag_label(c->diags, diag, fn->span, "`%s` is declared here, without `starts`", fn->name->text);
    diag_note(c->diags, diag, "`start_soon` starts a child without waiting for it");
    return c->error;
}

Type *check_start_call(Checker *c, Expr *expr, Builtin builtin) {
    const struct ChildStart *child = expr->u.call.child;
    check_open(c, expr->u.call.self);
    if (child && child->as) child->as_var->type = type_basic(c->types, TYPE_TASK);
    if (child && child->block) {
        if (builtin != BUILTIN_START) return check_child(c, expr);
        diag_add(c->diags, CODE_E0304, expr->span, "a child written in place cannot say that it has started");
        check_child(c, expr);
        return c->error;
    }
    Callee callee = {.name = builtin_name(builtin), .count = 1};
    if (!check_arg_count(c, expr, &callee)) return builtin == BUILTIN_START ? c->error : c->empty;
    Expr *what = expr->u.call.args.at[0].value;
    const Fn *fn = check_started_call(c, what, builtin);
    if (builtin != BUILTIN_START) return c->empty;
    return fn ? check_start_value(c, what, fn) : c->error;
}
