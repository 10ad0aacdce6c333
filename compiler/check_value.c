/* check_value: how values meet the types that are wanted of them. */
#include "check.h"

/* ---- literals ---- */

static void settle_block(Checker *c, const Block *block, Type *type) {
    Expr *value = block_value(block);
    if (value && is_literal(c, value->type)) settle(c, value, type);
}

static void settle_integer(Checker *c, Expr *expr, Type *type) {
    Integer value = constant_of(c, expr);
    if (type_is_float(type)) {
        expr->kind = EXPR_FLOAT;
        expr->u.number = integer_to_double(value);
    } else if (!integer_fits(value, type)) {
        does_not_fit(c, expr->span, value, type);
        type = c->error;
    }
    expr->type = type;
}

static void settle_real(Checker *c, Expr *expr, Type *type) {
    if (!type_is_float(type)) {
        Diag *diag = diag_add(c->diags, CODE_E0203, expr->span, "expected `%s`, found a number with a fraction",
                              type_text(c->types, type));
        diag_note(c->diags, diag, "`as %s` cuts the fraction off", type_text(c->types, type));
        type = c->error;
    }
    if (type->kind == TYPE_F32) expr->u.number = (double)(float)expr->u.number;
    expr->type = type;
}

static void settle_unary(Checker *c, Expr *expr, Type *type) {
    expr->type = type;
    settle(c, expr->u.operand, type);
    if (expr->op == OP_NEG && type_is_int(type) && !type_is_signed(type)) {
        diag_add(c->diags, CODE_E0213, expr->span, "`-` is not defined for `%s`", type_text(c->types, type));
        expr->type = c->error;
    }
    fold_unary(c, expr);
}

static void settle_binary(Checker *c, Expr *expr, Type *type) {
    expr->type = type;
    settle(c, expr->u.binary.left, type);
    bool is_shift = expr->op == OP_SHL || expr->op == OP_SHR;
    if (is_shift) settle_default(c, expr->u.binary.right);
    else settle(c, expr->u.binary.right, type);
    if (type_is_float(type) && operator_is_for_ints((Op)expr->op)) {
        diag_add(c->diags, CODE_E0213, expr->span, "`%s` is not defined for `%s`", op_text((Op)expr->op),
                 type_text(c->types, type));
        expr->type = c->error;
    }
    if (is_wrong(expr->u.binary.left->type) || is_wrong(expr->u.binary.right->type)) expr->type = c->error;
    fold_binary(c, expr);
}

void settle(Checker *c, Expr *expr, Type *type) {
    if (!is_literal(c, expr->type)) return;
    switch ((ExprKind)expr->kind) {
    case EXPR_INT: settle_integer(c, expr, type); break;
    case EXPR_FLOAT: settle_real(c, expr, type); break;
    case EXPR_UNARY: settle_unary(c, expr, type); break;
    case EXPR_BINARY: settle_binary(c, expr, type); break;
    case EXPR_IF:
        expr->type = type;
        settle_block(c, expr->u.branch.then, type);
        settle_block(c, expr->u.branch.other, type);
        break;
    default: expr->type = type; break;
    }
}

void settle_default(Checker *c, Expr *expr) {
    if (is_literal(c, expr->type)) settle(c, expr, expr->type == &c->real ? c->f64 : c->i32);
}

/* ---- what does not fit ---- */

/* What a call would have to give. */
static void no_value(Checker *c, const Expr *expr) {
    const Expr *call = expr->kind == EXPR_AWAIT ? expr->u.operand : expr;
    bool of_fn = call->kind == EXPR_CALL && call->u.call.what == CALL_FN;
    if (!of_fn) {
        diag_add(c->diags, CODE_E0211, expr->span, "this gives no value");
        return;
    }
    const Fn *fn = call->u.call.to.fn;
    Diag *diag = diag_add(c->diags, CODE_E0211, expr->span, "`%s` gives no value", fn->name->text);
    diag_label(c->diags, diag, fn->span, "`%s` is declared here, without `->`", fn->name->text);
}

static void wrap(Checker *c, Diag *diag, Span span, const char *before, const char *after, const char *why) {
    Str text = text_of(c, span);
    Str with = str_format(c->arena, "%s%.*s%s", before, (int)text.len, text.at, after);
    diag_fix(c->diags, diag, span, with, "%s: `%.*s`", why, (int)with.len, with.at);
}

/* Unary `&` and `*` bind tighter than operators. */
static bool is_operator(const Expr *expr) {
    return !expr->paren && (expr->kind == EXPR_BINARY || expr->kind == EXPR_CAST);
}

static void advise_reference(Checker *c, Diag *diag, const Expr *expr, const Type *want) {
    bool lends = want->kind == TYPE_REF || want->kind == TYPE_SLICE;
    const Type *have = expr->type;
    bool lacks_mut = lends && want->mut && expr->kind == EXPR_REF && !expr->mut && storage_of(expr->u.operand).mutable;
    if (lacks_mut && type_behind(expr->u.operand->type) == have->elem) {
        Span name = {expr->u.operand->span.at, 0};
        diag_fix(c->diags, diag, name, STR("mut "), "lend it to be changed");
        return;
    }
    if (lends && want->elem == (want->kind == TYPE_REF ? have : have->elem) && storage_of(expr).is_place) {
        wrap(c, diag, expr->span, want->mut ? "&mut " : "&", "", "lend it");
    } else if (have->kind == TYPE_REF && type_fits(have->elem, want) && !is_operator(expr)) {
        if (have->elem->handle) wrap(c, diag, expr->span, "", ".clone()", "pass a handle of its own");
        else wrap(c, diag, expr->span, "*", "", "take the value behind the reference");
    } else if (lends && !have->mut && want->mut && have->elem == want->elem && have->kind == want->kind) {
        diag_note(c->diags, diag, "what is behind `%s` can be read, but not changed", type_text(c->types, have));
    }
}

static void advise(Checker *c, Diag *diag, const Expr *expr, const Type *want) {
    const Type *have = expr->type;
    if (type_is_int(want) && type_is_number(have)) {
        const char *name = type_text(c->types, want);
        wrap(c, diag, expr->span, str_format(c->arena, "%s(", name).at, ")", "convert it, checked");
        diag_note(c->diags, diag, "`as %s` converts without a check", name);
    } else if (type_is_float(want) && type_is_number(have)) {
        const char *name = type_text(c->types, want);
        const char *after = str_format(c->arena, is_operator(expr) ? ") as %s" : " as %s", name).at;
        wrap(c, diag, expr->span, is_operator(expr) ? "(" : "", after, "convert it");
    } else if (want->kind == TYPE_DURATION && type_is_number(have)) {
        diag_note(c->diags, diag, "a duration has a unit: `5ms`, or `x * 1ms`");
    } else if (have->kind == TYPE_DURATION && type_is_number(want)) {
        diag_note(c->diags, diag, "divide it by a unit: `d / 1ms`");
    } else if (want->kind == TYPE_BOOL && type_is_number(have)) {
        diag_note(c->diags, diag, "compare it: `x != 0`");
    } else if (have->kind == TYPE_OPTIONAL && type_fits(have->elem, want)) {
        diag_note(c->diags, diag, "it may be `none`: use `if let x = ... { }`, or `... ?? other`");
    } else if (have->kind == TYPE_NONE) {
        diag_note(c->diags, diag, "only an optional, `%s?`, can be `none`", type_text(c->types, want));
    } else {
        advise_reference(c, diag, expr, want);
    }
}

static void label_reason(Checker *c, Diag *diag, Wanted want) {
    const char *hole = strchr(want.why, '%');
    if (!hole) diag_label(c->diags, diag, want.because, "%s", want.why);
    else diag_label(c->diags, diag, want.because, "%.*s`%s`%s", (int)(hole - want.why), want.why, want.name->text,
                    hole + 1);
}

void mismatch(Checker *c, Expr *expr, Wanted want) {
    Diag *diag = diag_add(c->diags, CODE_E0203, expr->span, "expected `%s`, found %s", type_text(c->types, want.type),
                          type_name_of(c, expr->type));
    if (want.because.len) label_reason(c, diag, want);
    advise(c, diag, expr, want.type);
}

/* ---- meeting ---- */

/* A constant whose type is wider than its value. */
static bool narrows(Checker *c, Expr *expr, Type *to) {
    bool is_number = expr->constant && expr->kind == EXPR_INT && type_is_int(expr->type) && type_is_int(to);
    if (!is_number || !integer_fits(constant_of(c, expr), to)) return false;
    expr->type = to;
    return true;
}

static bool text_fits(Checker *c, const Expr *expr, const Type *to) {
    if (to->kind != TYPE_STR_N || expr->kind != EXPR_STRING || expr->u.text.len <= to->count) return true;
    diag_add(c->diags, CODE_E0212, expr->span, "this text has %zu bytes: `%s` has room for %u", expr->u.text.len,
             type_text(c->types, to), (unsigned)to->count);
    return false;
}

bool meet(Checker *c, Expr *expr, Wanted want) {
    Type *to = want.type;
    if (is_wrong(to) || is_wrong(expr->type)) {
        settle_default(c, expr);
        return true;
    }
    if (expr->type->kind == TYPE_EMPTY && to->kind != TYPE_EMPTY) {
        no_value(c, expr);
        return false;
    }
    if (to->kind == TYPE_OPTIONAL && expr->type->kind != TYPE_OPTIONAL) to = to->elem;
    if (is_literal(c, expr->type) && type_is_number(to)) {
        settle(c, expr, to);
        return !is_wrong(expr->type);
    }
    bool fits = expr->type == to || type_fits(expr->type, want.type) || narrows(c, expr, to);
    if (!fits) {
        mismatch(c, expr, want);
        settle_default(c, expr);
        return false;
    }
    if (!text_fits(c, expr, to)) return false;
    take(c, expr);
    return true;
}

Type *check_first_value(Checker *c, Expr *expr, Type *hint) {
    c->makes = true;
    Type *type = check_expr(c, expr, hint);
    c->makes = false;
    return type;
}

bool check_wanted(Checker *c, Expr *expr, Wanted want) {
    check_expr(c, expr, want.type);
    return meet(c, expr, want);
}

Type *check_value(Checker *c, Expr *expr, Type *hint) {
    check_expr(c, expr, hint);
    return settle_value(c, expr);
}

Type *settle_value(Checker *c, Expr *expr) {
    settle_default(c, expr);
    if (expr->type->kind == TYPE_EMPTY) {
        no_value(c, expr);
        return c->error;
    }
    return expr->type;
}

void check_condition(Checker *c, Expr *expr, const char *what) {
    Type *type = check_value(c, expr, c->boolean);
    if (is_wrong(type) || type->kind == TYPE_BOOL || type->kind == TYPE_NEVER) return;
    Diag *diag = diag_add(c->diags, CODE_E0214, expr->span, "the condition of `%s` is a `bool`, not %s", what,
                          type_name_of(c, type));
    bool is_operand = !is_operator(expr);
    if (type_is_int(type) && is_operand) wrap(c, diag, expr->span, "", " != 0", "compare it");
    else if (type->kind == TYPE_OPTIONAL && is_operand) wrap(c, diag, expr->span, "", " != none", "compare it");
    else if (type->kind == TYPE_REF && type->elem->kind == TYPE_BOOL) wrap(c, diag, expr->span, "*", "", "read it");
}

/* ---- moving ---- */

static bool is_place_kind(const Expr *expr) {
    return expr->kind == EXPR_NAME || expr->kind == EXPR_FIELD || expr->kind == EXPR_INDEX || expr->kind == EXPR_DEREF;
}

static void cannot_copy(Checker *c, const Expr *expr) {
    const Type *type = expr->type;
    const char *what = type->kind == TYPE_LEAF ? "an error" : type->kind == TYPE_GROUP ? "a group of errors"
        : type_name_of(c, type);
    Diag *diag = diag_add(c->diags, CODE_E0226, expr->span, "%s can be neither copied nor moved", what);
    if (type->kind == TYPE_LEAF) diag_note(c->diags, diag, "copy its fields, or let it go on with `raise;`");
    else wrap(c, diag, expr->span, "&", "", "lend it");
}

void take(Checker *c, Expr *expr) {
    if (!is_place_kind(expr)) return;
    if (expr->type->resource) cannot_copy(c, expr);
    else if (expr->type->handle) expr->moves = !is_static_channel(expr);
}
