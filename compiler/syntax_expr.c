#include "syntax.h"

/* ---- depth ---- */

static uint32_t depth_of(const Expr *expr) { return expr ? expr->depth : 0; }

static void too_deep(Syntax *cx, Span span) {
    if (cx->reported_depth) return;
    cx->reported_depth = true;
    Diag *diag = diag_add(cx->diags, CODE_E0119, span, "this expression is nested deeper than %d levels",
                          AST_DEPTH_MAX);
    diag_note(cx->diags, diag, "a chain of operators or calls counts too: put a part of it in a variable");
}

static bool is_too_deep(Syntax *cx, uint32_t depth, Span span) {
    if (depth < AST_DEPTH_MAX) return false;
    too_deep(cx, span);
    return true;
}

Expr *make_node(Syntax *cx, ExprKind kind, Span span, Expr **a, Expr **b) {
    uint32_t depth = depth_of(*a);
    if (b && depth_of(*b) > depth) depth = depth_of(*b);
    if (is_too_deep(cx, depth + 1, span)) {
        Expr *wrong = ast_expr(cx->arena, EXPR_WRONG, span);
        *a = wrong;
        if (b && *b) *b = wrong;
        depth = 0;
    }
    Expr *expr = ast_expr(cx->arena, kind, span);
    expr->depth = (uint16_t)(depth + 1);
    return expr;
}

/* A node over a list. */
static Expr *make_list_node(Syntax *cx, ExprKind kind, Span span, ExprList items) {
    uint32_t depth = 0;
    for (uint32_t i = 0; i < items.len; i++) {
        if (items.at[i]->depth > depth) depth = items.at[i]->depth;
    }
    Expr *expr = ast_expr(cx->arena, kind, span);
    if (is_too_deep(cx, depth + 1, span)) items.len = depth = 0;
    expr->u.items = items;
    expr->depth = (uint16_t)(depth + 1);
    return expr;
}

/* ---- words and literals ---- */

Expr *make_wrong(Syntax *cx, Span span) { return ast_expr(cx->arena, EXPR_WRONG, span); }

Expr *make_name(Syntax *cx, Token name) {
    Expr *expr = ast_expr(cx->arena, EXPR_NAME, name.span);
    expr->u.name.name = name.u.name;
    return expr;
}

Expr *make_literal(Syntax *cx, ExprKind kind, Token token) {
    Expr *expr = ast_expr(cx->arena, kind, token.span);
    expr->u.integer = kind == EXPR_NONE ? 0 : token.u.integer;
    return expr;
}

Expr *make_float(Syntax *cx, Token token) {
    Expr *expr = ast_expr(cx->arena, EXPR_FLOAT, token.span);
    expr->u.number = token.u.number;
    return expr;
}

/* ---- brackets ---- */

/* The parentheses are part of the span, so that a diagnostic underlines them too. */
Expr *make_paren(Token open, Expr *expr, Token close) {
    expr->paren = true;
    expr->span = span_to(open.span, close.span);
    return expr;
}

Expr *make_tuple(Syntax *cx, Token open, Expr *first, Mark rest, Token close) {
    ExprList others, items;
    LIST_TAKE(cx, rest, others);
    items.len = items.capacity = others.len + 1;
    items.at = arena_array(cx->arena, Expr *, items.len);
    items.at[0] = first;
    memcpy(items.at + 1, others.at, others.len * sizeof *others.at);
    return make_list_node(cx, EXPR_TUPLE, span_to(open.span, close.span), items);
}

Expr *make_array(Syntax *cx, Token open, Mark list, Token close) {
    ExprList items;
    LIST_TAKE(cx, list, items);
    return make_list_node(cx, EXPR_ARRAY, span_to(open.span, close.span), items);
}

Expr *make_repeat(Syntax *cx, Token open, Expr *value, Expr *count, Token close) {
    Expr *expr = make_node(cx, EXPR_REPEAT, span_to(open.span, close.span), &value, &count);
    expr->u.repeat.value = value;
    expr->u.repeat.count = count;
    return expr;
}

/* What stands in the parentheses of channel<T>(N); broadcast has it too, latest has nothing there: it has room for one.
   */
static Expr *channel_capacity(Syntax *cx, Token word, ArgList args, Span span) {
    bool wants_capacity = word.u.integer != CHANNEL_LATEST;
    bool good = args.len == wants_capacity && (args.len == 0 || !args.at[0].name);
    if (good && wants_capacity) return args.at[0].value;
    if (!good && wants_capacity) {
        diag_add(cx->diags, CODE_E0102, span,
                 "a channel has one number in its parentheses: how many items it can hold");
    } else if (!good) {
        diag_add(cx->diags, CODE_E0102, span, "`latest` holds one item, the newest: its parentheses are empty");
    } else {
        Expr *one = ast_expr(cx->arena, EXPR_INT, span);
        one->u.integer = 1;
        return one;
    }
    return make_wrong(cx, span);
}

Expr *make_channel(Syntax *cx, Token word, TypeExpr *elem, List list) {
    ArgList args;
    LIST_TAKE(cx, list.mark, args);
    Span span = span_to(word.span, list.end);
    Expr *capacity = channel_capacity(cx, word, args, span);
    Expr *expr = make_node(cx, EXPR_CHANNEL, span, &capacity, NULL);
    expr->op = (uint8_t)word.u.integer;
    expr->u.channel.elem = elem;
    expr->u.channel.capacity = capacity;
    return expr;
}

/* ---- postfix ---- */

Expr *make_field(Syntax *cx, Expr *of, Token name) {
    Expr *expr = make_node(cx, EXPR_FIELD, span_to(of->span, name.span), &of, NULL);
    expr->u.field.of = of;
    expr->u.field.name = name.u.name;
    expr->u.field.name_span = name.span;
    return expr;
}

Mark list_begin_arg(Syntax *cx, Token name, Expr *value) { return list_add_arg(cx, list_mark(cx), name, value); }

Mark list_add_arg(Syntax *cx, Mark list, Token name, Expr *value) {
    Arg arg = {is_token(name) ? name.u.name : NULL, name.span, value};
    list_push(cx, &arg, sizeof arg);
    return list;
}

static uint32_t args_depth(ArgList args) {
    uint32_t depth = 0;
    for (uint32_t i = 0; i < args.len; i++) {
        if (args.at[i].value->depth > depth) depth = args.at[i].value->depth;
    }
    return depth;
}

Expr *make_call(Syntax *cx, Expr *callee, List list) {
    ArgList args;
    LIST_TAKE(cx, list.mark, args);
    Span span = span_to(callee->span, list.end);
    if (callee->kind != EXPR_NAME && callee->kind != EXPR_FIELD) {
        if (callee->kind != EXPR_WRONG) {
            Diag *diag = diag_add(cx->diags, CODE_E0120, callee->span,
                                  "only a function, a method or a type can be called");
            diag_note(cx->diags, diag, "there are no values that are functions");
        }
        return make_wrong(cx, span);
    }
    uint32_t depth = args_depth(args) + 1;
    Expr *expr = make_node(cx, EXPR_CALL, span, &callee, NULL);
    if (is_too_deep(cx, depth, span)) args.len = depth = 0;
    if (depth > expr->depth) expr->depth = (uint16_t)depth;
    expr->u.call.callee = callee;
    expr->u.call.args = args;
    return expr;
}

/* channel<T>(N)[K] makes K of them. */
static bool takes_copies(const Expr *of) {
    return of->kind == EXPR_CHANNEL && !of->paren && !of->u.channel.copies;
}

Expr *make_index(Syntax *cx, Expr *of, Expr *at, Token close) {
    Span span = span_to(of->span, close.span);
    if (takes_copies(of)) {
        Expr *expr = make_node(cx, EXPR_CHANNEL, span, &of->u.channel.capacity, &at);
        expr->op = of->op;
        expr->u.channel = of->u.channel;
        expr->u.channel.copies = at;
        return expr;
    }
    Expr *expr = make_node(cx, EXPR_INDEX, span, &of, &at);
    expr->u.index.of = of;
    expr->u.index.at = at;
    return expr;
}

Expr *make_slice(Syntax *cx, Expr *of, Expr *low, Token range, Expr *high, Token close) {
    if (range.u.integer) {
        Diag *diag = diag_add(cx->diags, CODE_E0102, range.span, "a slice's end is the first element behind it: `..`");
        diag_fix(cx->diags, diag, range.span, STR(".."), "write `..`");
    }
    Span span = span_to(of->span, close.span);
    Expr *bounds = make_node(cx, EXPR_RANGE, span, &low, &high);
    Expr *expr = make_node(cx, EXPR_SLICE, span, &of, &bounds);
    expr->u.slice.of = of;
    expr->u.slice.low = low;
    expr->u.slice.high = high;
    return expr;
}

/* ---- operators ---- */

Expr *make_prefix(Syntax *cx, ExprKind kind, Token sign, Expr *operand) {
    Expr *expr = make_node(cx, kind, span_to(sign.span, operand->span), &operand, NULL);
    expr->u.operand = operand;
    return expr;
}

Expr *make_unary(Syntax *cx, Op op, Token sign, Expr *operand) {
    Expr *expr = make_prefix(cx, EXPR_UNARY, sign, operand);
    expr->op = (uint8_t)op;
    return expr;
}

Expr *make_negative(Syntax *cx, Token sign, Token integer) {
    return make_unary(cx, OP_NEG, sign, make_literal(cx, EXPR_INT, integer));
}

Expr *make_ref_mut(Syntax *cx, Token sign, Expr *operand) {
    Expr *expr = make_prefix(cx, EXPR_REF, sign, operand);
    expr->mut = true;
    return expr;
}

static Expr *make_pair(Syntax *cx, ExprKind kind, Expr *left, Expr *right) {
    Expr *expr = make_node(cx, kind, span_to(left->span, right->span), &left, &right);
    expr->u.binary.left = left;
    expr->u.binary.right = right;
    return expr;
}

Expr *make_binary(Syntax *cx, Expr *left, Token op, Expr *right) {
    Expr *expr = make_pair(cx, EXPR_BINARY, left, right);
    expr->op = (uint8_t)op.u.integer;
    return expr;
}

static bool is_comparison(const Expr *expr) {
    return expr->kind == EXPR_BINARY && !expr->paren && expr->op >= OP_EQ && expr->op <= OP_GE;
}

/* `channel <T> (N)`: the lexer takes `channel` for a name when a blank follows. */
static bool is_spaced_channel(const Expr *left) {
    const Expr *word = left->u.binary.left;
    return left->op == OP_LT && word->kind == EXPR_NAME && str_is(name_text(word->u.name.name), "channel");
}

Expr *make_compare(Syntax *cx, Expr *left, Token op, Expr *right) {
    Expr *expr = make_binary(cx, left, op, right);
    if (!is_comparison(left)) return expr;
    Diag *diag = diag_add(cx->diags, CODE_E0115, expr->span, "comparisons cannot be chained");
    if (is_spaced_channel(left)) {
        diag_note(cx->diags, diag, "a channel is written without a blank before the `<`: channel<T>(N)");
    } else {
        diag_note(cx->diags, diag, "join two of them by `&&`: `a < b && b < c`; or put one in parentheses");
    }
    return expr;
}

Expr *make_equal(Syntax *cx, Expr *left, Token assign, Expr *right) {
    Diag *diag = diag_add(cx->diags, CODE_E0116, assign.span, "`=` assigns; a condition compares with `==`");
    diag_fix(cx->diags, diag, assign.span, STR("=="), "write `==`");
    assign.u.integer = OP_EQ;
    return make_binary(cx, left, assign, right);
}

Expr *make_range(Syntax *cx, Expr *low, Token range, Expr *high) {
    Expr *expr = make_pair(cx, EXPR_RANGE, low, high);
    expr->inclusive = range.u.integer != 0;
    return expr;
}
