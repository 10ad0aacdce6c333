/* lower_print: formatted text. Neighbouring constant pieces are joined; nothing is formatted before it is its turn. */
#include "lower.h"

typedef struct Parts { IrPart *at; uint32_t len, capacity; } Parts;

static void add_text(Lower *l, Parts *parts, Str text) {
    if (!text.len) return;
    if (parts->len && !parts->at[parts->len - 1].value) {
        Str before = parts->at[parts->len - 1].text;
        parts->at[parts->len - 1].text = str_format(l->scratch, "%.*s%.*s", (int)before.len, before.at, (int)text.len, text.at);
        return;
    }
    vec_push(l->scratch, parts, ((IrPart){.text = text, .precision = -1}));
}

/* A value to be printed: what would be moved or is behind a reference is only looked at. */
static IrExpr *shown(Lower *l, Expr *expr) { return ir_seen(l, lower_expr(l, expr)); }

static void add_value(Lower *l, Parts *parts, const Part *part) {
    uint32_t mark = l->out->len;
    IrExpr *value = shown(l, part->expr);
    for (uint32_t i = 0; i < parts->len && l->out->len != mark; i++) {
        if (!parts->at[i].value) continue;
        uint32_t before = l->out->len;
        parts->at[i].value = lower_before(l, mark, parts->at[i].value);
        mark += l->out->len - before;
    }
    if (value->kind == IRX_STR && !part->width && !part->kind) {
        add_text(l, parts, value->u.text);
        return;
    }
    vec_push(l->scratch, parts, ((IrPart){.value = value, .width = part->width, .zero = part->zero, .kind = part->kind,
                                          .precision = part->precision}));
}

static Parts parts_of(Lower *l, Expr *text) {
    Parts parts = {0};
    if (!text) return parts;
    if (text->kind == EXPR_STRING) {
        add_text(l, &parts, text->u.text);
    } else if (text->kind == EXPR_INTERPOLATION) {
        for (uint32_t i = 0; i < text->u.parts.len; i++) {
            const Part *part = &text->u.parts.at[i];
            if (part->expr) add_value(l, &parts, part);
            else add_text(l, &parts, part->text);
        }
    } else {
        add_value(l, &parts, &(Part){.expr = text, .precision = -1});
    }
    return parts;
}

void lower_print(Lower *l, Expr *text, bool newline, IrExpr *into, IrVar *fits) {
    Parts parts = parts_of(l, text);
    IrStmt *stmt = lower_add(l, IRS_PRINT);
    memcpy(&stmt->u.print.parts, &parts, sizeof parts);
    stmt->u.print.newline = newline;
    stmt->u.print.into = into;
    stmt->u.print.fits = fits;
}

/* ---- checks ---- */

/* The message's pieces that need statements are in `aside`. */
static void add_check(Lower *l, IrExpr *cond, const Parts *parts, IrBlock aside) {
    IrBlock *out = l->out;
    bool nested = aside.len && cond;
    if (nested) {                  /* they run only if the check fails */
        IrStmt *test = lower_add(l, IRS_IF);
        test->u.branch.cond = ir_unary(l, IRX_UNARY, cond->type, cond);
        test->u.branch.cond->op = OP_NOT;
        test->u.branch.then = aside;
        l->out = &test->u.branch.then;
    } else {
        for (uint32_t i = 0; i < aside.len; i++) vec_push(l->scratch, l->out, aside.at[i]);
    }
    IrStmt *stmt = lower_add(l, IRS_CHECK);
    stmt->u.check.cond = nested ? NULL : cond;
    memcpy(&stmt->u.check.parts, parts, sizeof *parts);
    l->out = out;
}

void lower_check(Lower *l, IrExpr *cond, Expr *why, Str fallback) {
    Parts parts = {0};
    IrBlock *out = l->out, aside = {0};
    l->out = &aside;
    if (why) parts = parts_of(l, why);
    else add_text(l, &parts, fallback);
    l->out = out;
    add_check(l, cond, &parts, aside);
}

/* Reading it a second time gives the same, and is as cheap as a copy. */
static bool may_be_read_twice(const IrExpr *value) {
    switch ((IrExprKind)value->kind) {
    case IRX_VAR: case IRX_GLOBAL: return true;
    case IRX_FIELD: case IRX_PAYLOAD: return may_be_read_twice(value->u.part.a);
    case IRX_DEREF: case IRX_CONVERT: case IRX_SOME: return may_be_read_twice(value->u.of.a);
    case IRX_INDEX: return may_be_read_twice(value->u.of.a) && may_be_read_twice(value->u.of.b);
    default: return ir_is_stable(value);
    }
}

static IrExpr *read_twice(Lower *l, IrExpr *value) {
    return may_be_read_twice(value) ? value : lower_stable(l, value);
}

/* What stands in the source need not be told. */
static void add_side(Lower *l, Parts *parts, const char *name, IrExpr *value) {
    bool is_literal = value->kind == IRX_INT || value->kind == IRX_FLOAT || value->kind == IRX_STR || value->kind == IRX_NONE;
    if (is_literal) return;
    bool quoted = value->type->kind == TYPE_STR || value->type->kind == TYPE_STR_N;
    add_text(l, parts, str_of(name));
    if (quoted) add_text(l, parts, STR("\""));
    vec_push(l->scratch, parts, ((IrPart){.value = value, .precision = -1}));
    if (quoted) add_text(l, parts, STR("\""));
}

/* assert a == b;    "assertion failed: a == b: left is 1, right is 2" */
void lower_assert(Lower *l, Stmt *stmt) {
    Expr *cond = stmt->u.check.cond;
    Str text = span_text(l->program->sources, cond->span);
    Str fallback = str_format(l->scratch, "assertion failed: %.*s", (int)text.len, text.at);
    IrExpr *left, *right;
    if (!lower_compared(l, cond, &left, &right)) {
        lower_check(l, lower_expr(l, cond), stmt->u.check.why, fallback);
        return;
    }
    left = read_twice(l, left);
    right = read_twice(l, right);
    l->line = lower_line(l, cond->span.at);
    IrExpr *holds = ir_binary(l, (Op)cond->op, cond->type, left, right);
    Parts parts = {0};
    IrBlock *out = l->out, aside = {0};
    l->out = &aside;
    if (stmt->u.check.why) parts = parts_of(l, stmt->u.check.why);
    else add_text(l, &parts, fallback);
    uint32_t before = parts.len;
    add_side(l, &parts, ": left is ", left);
    add_side(l, &parts, parts.len > before ? ", right is " : ": right is ", right);
    l->out = out;
    add_check(l, holds, &parts, aside);
}
