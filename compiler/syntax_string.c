#include "syntax.h"

static Expr *text_expr(Syntax *cx, ExprKind kind, Token token, TextKind text) {
    Expr *expr = ast_expr(cx->arena, kind, token.span);
    expr->u.text = lex_text(&cx->lexer, token, text);
    return expr;
}

Expr *make_string(Syntax *cx, Token token) { return text_expr(cx, EXPR_STRING, token, TEXT_STRING); }

Expr *make_bytes(Syntax *cx, Token token) { return text_expr(cx, EXPR_BYTES, token, TEXT_BYTES); }

/* ---- the format behind the `:` of a hole: [0][width][.digits][kind] ---- */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* A number of at most `most`; -1 if there is none, -2 if it is too large. */
static int read_number(Str *rest, int most) {
    if (rest->len == 0 || !is_digit(*rest->at)) return -1;
    int value = 0;
    for (; rest->len && is_digit(*rest->at); rest->at++, rest->len--) {
        if (value <= most) value = value * 10 + (*rest->at - '0');
    }
    return value <= most ? value : -2;
}

static void skip(Str *rest) {
    rest->at++;
    rest->len--;
}

/* False if it is no format. */
static bool read_format(Str rest, Part *part) {
    enum { WIDTH_MAX = 64, PRECISION_MAX = 17 };
    part->zero = rest.len > 1 && rest.at[0] == '0' && is_digit(rest.at[1]);
    if (part->zero) skip(&rest);
    int width = read_number(&rest, WIDTH_MAX), precision = -1;
    if (rest.len && *rest.at == '.') {
        skip(&rest);
        precision = read_number(&rest, PRECISION_MAX);
        if (precision < 0) return false;
    }
    if (rest.len && memchr("xXbc", *rest.at, 4)) {
        part->kind = *rest.at;
        skip(&rest);
    }
    if (rest.len || width < -1) return false;
    part->width = width > 0 ? (uint8_t)width : 0;
    part->precision = (int8_t)precision;
    return width > 0 || precision >= 0 || part->kind;
}

static void set_format(Syntax *cx, Part *part, Token format) {
    Str spec = {(const char *)cx->lexer.text + format.u.inner.at, format.u.inner.len};
    if (read_format(spec, part)) return;
    *part = (Part){.expr = part->expr, .precision = -1};
    Span span = {cx->lexer.base + format.u.inner.at, format.u.inner.len};
    int shown = (int)(spec.len < 40 ? spec.len : 40);
    Diag *diag = diag_add(cx->diags, CODE_E0114, span, "`%.*s` is no format", shown, spec.at);
    diag_note(cx->diags, diag,
              "a format is a width up to 64 (`04`: with zeros), then `.` and up to 17 digits, then one of x X b c");
}

/* ---- pieces ---- */

static void add_text(Syntax *cx, Token token) {
    if (token.u.inner.len == 0) return;
    Part part = {.text = lex_text(&cx->lexer, token, TEXT_STRING), .precision = -1};
    list_push(cx, &part, sizeof part);
}

/* The string around it has been reported to have no end. */
static bool is_unfinished(const Syntax *cx, Span hole) {
    Span string = cx->lexer.unfinished;
    return string.at <= hole.at && hole.at < string.at + string.len;
}

static Expr *empty_hole(Syntax *cx, Token before) {
    Span span = {end_of(before.span).at - 1, 2};
    if (!is_unfinished(cx, span)) {
        Diag *diag = diag_add(cx->diags, CODE_E0113, span, "between these braces an expression is missing");
        diag_note(cx->diags, diag, "braces that are text are doubled: {{}}");
    }
    return ast_expr(cx->arena, EXPR_WRONG, span);
}

Pieces begin_pieces(Syntax *cx, Token head, Expr *hole, Token format) {
    return add_piece(cx, (Pieces){list_mark(cx), head.span.at}, head, hole, format);
}

Pieces add_piece(Syntax *cx, Pieces pieces, Token text, Expr *hole, Token format) {
    add_text(cx, text);
    Part part = {.expr = hole ? hole : empty_hole(cx, text), .precision = -1};
    if (is_token(format)) set_format(cx, &part, format);
    list_push(cx, &part, sizeof part);
    return pieces;
}

Expr *make_interpolation(Syntax *cx, Pieces pieces, Token tail) {
    add_text(cx, tail);
    PartList parts;
    LIST_TAKE(cx, pieces.mark, parts);
    Expr *expr = ast_expr(cx->arena, EXPR_INTERPOLATION, (Span){pieces.start, end_of(tail.span).at - pieces.start});
    for (uint32_t i = 0; i < parts.len; i++) {
        const Expr *hole = parts.at[i].expr;
        if (hole && hole->depth >= expr->depth) expr->depth = (uint16_t)(hole->depth + 1);
    }
    expr->u.parts = parts;
    return expr;
}
