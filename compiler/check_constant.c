/* check_constant: where the program's text must say a value. */
#include "check.h"

static bool is_folded(const Expr *expr) { return expr->constant; }

bool check_constant(Checker *c, Expr *expr, Wanted want, const char *what) {
    uint32_t errors = c->diags->errors;
    check_expr(c, expr, want.type);
    if (is_wrong(expr->type) || c->diags->errors != errors) {
        settle_default(c, expr);
        return false;
    }
    if (!is_folded(expr) && !is_literal(c, expr->type)) {
        if (!meet(c, expr, want)) return false;
        const Expr *value = evaluate(c, expr, what);
        return value && is_folded(expr);
    }
    return meet(c, expr, want) && is_folded(expr);
}

/* A whole number from `least` to `most`. */
static bool check_between(Checker *c, Expr *expr, uint32_t least, uint32_t most, const char *what, uint32_t *count) {
    uint32_t errors = c->diags->errors;
    Type *type = check_expr(c, expr, c->usize);
    *count = least;
    if (c->diags->errors != errors) {
        settle_default(c, expr);
        return false;
    }
    if (!expr->constant && type_is_int(type)) {
        settle_default(c, expr);
        if (is_wrong(expr->type) || !evaluate(c, expr, what)) return false;
    }
    if (is_wrong(expr->type)) return false;
    if (expr->kind != EXPR_INT || !type_is_int(expr->type)) {
        settle_default(c, expr);
        diag_add(c->diags, CODE_E0203, expr->span, "%s is a whole number, not %s", what, type_name_of(c, type));
        return false;
    }
    Integer value = constant_of(c, expr);
    if (is_literal(c, expr->type)) expr->type = c->usize;
    if (!value.negative && value.size >= least && value.size <= most) {
        *count = (uint32_t)value.size;
        return true;
    }
    diag_add(c->diags, CODE_E0212, expr->span, "%s is %s: it must be from %u to %u", what,
             integer_text(c->arena, value), (unsigned)least, (unsigned)most);
    return false;
}

bool check_count(Checker *c, Expr *expr, uint32_t least, const char *what, uint32_t *count) {
    return check_between(c, expr, least, INT32_MAX, what, count);
}

void refuse_negative(Checker *c, const Expr *number, const char *what) {
    if (!number->constant || number->kind != EXPR_INT || !constant_of(c, number).negative) return;
    diag_add(c->diags, CODE_E0212, number->span, "%s is negative", what);
}

void refuse_negative_time(Checker *c, const Expr *time) {
    if (!time->constant || time->kind != EXPR_DURATION || !(time->u.integer >> 63)) return;
    diag_add(c->diags, CODE_E0221, time->span, "waiting for a negative duration");
}

enum { CHANNEL_MAX = 65535 };      /* items are counted with 16 bits */

bool check_channel_capacity(Checker *c, Expr *expr, uint32_t least) {
    uint32_t count;
    const char *what = least ? "the capacity of a broadcast" : "the capacity of a channel";
    return check_between(c, expr, least, CHANNEL_MAX, what, &count);
}
