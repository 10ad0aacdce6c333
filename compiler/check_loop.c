/* check_loop: what loops run over. */
#include "check.h"

/* ---- ranges ---- */

static void settle_end(Checker *c, Expr *end, Type *type) {
    if (is_literal(c, end->type)) settle(c, end, type);
}

static Type *range_type(Checker *c, const Expr *range) {
    Expr *low = range->u.binary.left, *high = range->u.binary.right;
    check_expr(c, low, NULL);
    check_expr(c, high, NULL);
    if (is_wrong(operator_result(c, OP_LT, low, high, range->span))) return c->error;
    settle_end(c, low, c->i32);
    settle_end(c, high, c->i32);
    if (is_wrong(low->type) || is_wrong(high->type)) return c->error;
    Type *type = type_fits(low->type, high->type) ? high->type : low->type;
    if (type_is_int(type)) return type;
    diag_add(c->diags, CODE_E0203, range->span, "a range counts whole numbers, not %s", type_name_of(c, type));
    return c->error;
}

static void check_range(Checker *c, const Stmt *stmt) {
    Expr *range = stmt->u.each.in;
    Var *index = stmt->u.each.index;
    range->type = stmt->u.each.var->type = range_type(c, range);
    if (!index) return;
    index->type = c->error;
    diag_add(c->diags, CODE_E0209, index->span, "a range has no index: its numbers are what it counts");
}

/* ---- sequences ---- */

static Type *no_sequence(Checker *c, const Expr *in, const Type *type) {
    Diag *diag = diag_add(c->diags, CODE_E0203, in->span, "`for` cannot run over %s", type_name_of(c, type));
    Span end = {in->span.at + in->span.len, 0};
    if (type_is_int(type)) diag_fix(c->diags, diag, (Span){in->span.at, 0}, STR("0.."), "count up to it");
    else if (type->kind == TYPE_STR || type->kind == TYPE_STR_N) diag_fix(c->diags, diag, end, STR(".bytes()"),
                                                                          "run over its bytes");
    else if (type->kind == TYPE_RECEIVER) diag_note(c->diags, diag, "items are received by `async for`");
    return c->error;
}

static Type *item_type(Checker *c, const Expr *in, Type *type) {
    Type *of = type_behind(type);
    switch (of->kind) {
    case TYPE_ERROR_TYPE: return of;
    case TYPE_ARRAY: case TYPE_LIST: case TYPE_SLICE: break;
    case TYPE_GROUP: return type_errors(c->types, TYPE_LEAF, of->errors.at, of->errors.len);
    default: return no_sequence(c, in, of);
    }
    if (!of->elem->handle && !of->elem->resource) return of->elem;
    Diag *diag = diag_add(c->diags, CODE_E0226, in->span, "the elements are of type %s, which cannot be copied",
                          type_name_of(c, of->elem));
    diag_note(c->diags, diag, "go by index: `for i in 0..a.len { ... a[i] ... }`");
    return c->error;
}

void check_for(Checker *c, Stmt *stmt) {
    Expr *in = stmt->u.each.in;
    if (in->kind == EXPR_RANGE) {
        check_range(c, stmt);
    } else {
        stmt->u.each.var->type = item_type(c, in, check_value(c, in, NULL));
        if (stmt->u.each.index) stmt->u.each.index->type = c->usize;
    }
    check_block(c, stmt->u.each.block);
}

void check_async_for(Checker *c, Stmt *stmt) {
    Expr *in = stmt->u.each.in;
    Type *type = check_value(c, in, NULL), *of = type_behind(type);
    stmt->u.each.var->type = c->error;
    if (of->kind == TYPE_RECEIVER) {
        stmt->u.each.var->type = of->elem;
    } else if (!is_wrong(type)) {
        Diag *diag = diag_add(c->diags, CODE_E0203, in->span, "`async for` runs over a `Receiver<T>`, not over %s",
                              type_name_of(c, type));
        if (of->kind == TYPE_ARRAY || of->kind == TYPE_LIST || of->kind == TYPE_SLICE) {
            diag_fix(c->diags, diag, (Span){stmt->span.at, 6}, STR(""), "run over it without `async`");
        }
    }
    check_block(c, stmt->u.each.block);
}

void check_every(Checker *c, Stmt *stmt) {
    Expr *time = stmt->u.every.time;
    check_wanted(c, time, wanted(c->duration));
    bool is_known = time->constant && time->kind == EXPR_DURATION;
    if (is_known && (int64_t)time->u.integer <= 0) {
        diag_add(c->diags, CODE_E0221, time->span, "a period is longer than nothing");
    }
    if (stmt->u.every.late) stmt->u.every.late->type = type_basic(c->types, TYPE_U32);
    check_block(c, stmt->u.every.block);
}
