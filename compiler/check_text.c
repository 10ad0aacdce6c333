/* check_text: interpolated text and formats. */
#include "check.h"

/* ---- what can be printed ---- */

static void not_printable(Checker *c, const Expr *expr) {
    const Type *type = expr->type;
    Diag *diag = diag_add(c->diags, CODE_E0228, expr->span, "%s cannot be printed", type_name_of(c, type));
    if (type->kind == TYPE_REF && type_is_printable(type->elem)) {
        diag_fix(c->diags, diag, (Span){expr->span.at, 0}, STR("*"), "print what the reference refers to");
    } else if (type->kind == TYPE_GROUP) {
        diag_note(c->diags, diag, "print its elements in a loop");
    }
}

static void check_printed(Checker *c, Expr *expr) {
    Type *type = check_value(c, expr, NULL);
    if (!type_is_printable(type)) not_printable(c, expr);
}

/* ---- formats ---- */

static void check_format(Checker *c, const Part *part) {
    const Type *type = part->expr->type;
    if (is_wrong(type) || !type_is_printable(type)) return;
    Span span = part->expr->span;
    const char *name = type_text(c->types, type);
    bool for_ints = part->kind == 'x' || part->kind == 'X' || part->kind == 'b';
    if (for_ints && !type_is_int(type)) {
        diag_add(c->diags, CODE_E0228, span, "the format `%c` is for integers, not for `%s`", part->kind, name);
    } else if (part->kind == 'c' && type->kind != TYPE_U8) {
        diag_add(c->diags, CODE_E0228, span, "the format `c` prints a `u8` as a character, and this is `%s`", name);
    } else if (part->precision >= 0 && !type_is_float(type)) {
        diag_add(c->diags, CODE_E0228, span, "the format `.%d` is for floating-point numbers, not for `%s`",
                 part->precision, name);
    } else if (part->zero && !type_is_number(type)) {
        diag_add(c->diags, CODE_E0228, span, "zeros are put before numbers, not before `%s`", name);
    }
}

/* ---- interpolation ---- */

static void check_holes(Checker *c, Expr *expr) {
    for (uint32_t i = 0; i < expr->u.parts.len; i++) {
        Part *part = &expr->u.parts.at[i];
        if (!part->expr) continue;
        check_printed(c, part->expr);
        check_format(c, part);
    }
}

/* Where it has no place: reported once, and its holes are checked all the same. */
Type *check_interpolation(Checker *c, Expr *expr, Type *hint) {
    check_holes(c, expr);
    if (hint && hint->kind == TYPE_OPTIONAL) hint = hint->elem;
    if (hint && (hint->kind == TYPE_STR_N || is_wrong(hint))) return hint;
    Diag *diag = diag_add(c->diags, CODE_E0227, expr->span, "interpolated text needs a place that it is built in");
    diag_note(c->diags, diag,
              "it may stand in an argument of `print`, `write`, `format`, `append`, `panic`, `assert` or a "
                              "plain `fn`, and where a `str[N]` is assigned: `let s: str[40] = \"...\";`");
    return c->error;
}

void check_text(Checker *c, Expr *expr) {
    if (expr->kind != EXPR_INTERPOLATION) {
        check_printed(c, expr);
        return;
    }
    check_holes(c, expr);
    expr->type = c->str;
}
