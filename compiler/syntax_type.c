#include "syntax.h"

/* ---- written types ---- */

TypeExpr *type_name(Syntax *cx, Name module, Token first, Token name) {
    TypeExpr *type = ast_type(cx->arena, TYPE_EXPR_NAME, span_to(first.span, name.span));
    type->module = module;
    type->name = name.u.name;
    return type;
}

TypeExpr *type_optional(Syntax *cx, TypeExpr *elem, Token sign) {
    TypeExpr *type = ast_type(cx->arena, TYPE_EXPR_OPTIONAL, span_to(elem->span, sign.span));
    type->elem = elem;
    return type;
}

TypeExpr *type_prefix(Syntax *cx, TypeExprKind kind, Token sign, bool mut, TypeExpr *elem) {
    TypeExpr *type = ast_type(cx->arena, kind, span_to(sign.span, elem->span));
    type->mut = mut;
    type->elem = elem;
    return type;
}

TypeExpr *type_array(Syntax *cx, Token open, Expr *count, TypeExpr *elem) {
    TypeExpr *type = type_prefix(cx, TYPE_EXPR_ARRAY, open, false, elem);
    type->count = count;
    return type;
}

TypeExpr *type_str(Syntax *cx, Token name, Expr *count, Token close) {
    TypeExpr *type = ast_type(cx->arena, TYPE_EXPR_STR, span_to(name.span, close.span));
    type->name = name.u.name;
    type->count = count;
    if (!str_is(name_text(name.u.name), "str")) {
        Diag *diag = diag_add(cx->diags, CODE_E0102, type->span, "an array's type is written with its length first");
        diag_note(cx->diags, diag, "write [N]%s", name.u.name->text);
        type->kind = TYPE_EXPR_WRONG;
    }
    return type;
}

TypeExpr *type_count(Syntax *cx, Expr *count) {
    TypeExpr *shell = ast_type(cx->arena, TYPE_EXPR_WRONG, count->span);
    shell->count = count;
    return shell;
}

/* A lone name among the arguments was read as a type; for `list` it is the number. NULL if it cannot be one. */
static Expr *as_count(Syntax *cx, const TypeExpr *arg) {
    if (arg->kind == TYPE_EXPR_WRONG) return arg->count;
    if (arg->kind != TYPE_EXPR_NAME) return NULL;
    Token name = {.span = arg->span, .u.name = arg->name};
    if (!arg->module) return make_name(cx, name);
    Token module = {.span = {arg->span.at, arg->module->len}, .u.name = arg->module};
    return make_field(cx, make_name(cx, module), name);
}

static void wrong_args(Syntax *cx, TypeExpr *type, const char *text) {
    diag_add(cx->diags, CODE_E0102, type->span, "%s", text);
    type->kind = TYPE_EXPR_WRONG;
}

static void take_list_count(Syntax *cx, TypeExpr *type) {
    if (type->args.len == 2) type->count = as_count(cx, type->args.at[1]);
    if (type->count) type->args.len = 1;
    else wrong_args(cx, type, "a list has the type of its elements and how many it can hold: list<T, N>");
}

TypeExpr *type_apply(Syntax *cx, Token name, Mark args, Span end) {
    TypeExpr *type = ast_type(cx->arena, TYPE_EXPR_APPLY, span_to(name.span, end));
    type->name = name.u.name;
    LIST_TAKE(cx, args, type->args);
    if (str_is(name_text(name.u.name), "list")) take_list_count(cx, type);
    for (uint32_t i = 0; i < type->args.len; i++) {
        if (type->args.at[i]->count && type->args.at[i]->kind == TYPE_EXPR_WRONG && type->kind != TYPE_EXPR_WRONG) {
            wrong_args(cx, type, "a type is expected here, not a number");
        }
    }
    type->elem = type->args.at[0];
    return type;
}

TypeExpr *type_tuple_of(Syntax *cx, Token open, TypeExpr *first, Mark rest, Token close) {
    TypeExpr *type = ast_type(cx->arena, TYPE_EXPR_TUPLE, span_to(open.span, close.span));
    uint32_t others;
    TypeExpr **at = list_take(cx, rest, sizeof *at, &others);
    type->args.len = type->args.capacity = others + 1;
    type->args.at = arena_array(cx->arena, TypeExpr *, others + 1);
    type->args.at[0] = first;
    memcpy(type->args.at + 1, at, others * sizeof *at);
    return type;
}

TypeExpr *close_type(TypeExpr *type, Span end) {
    type->span = span_to(type->span, (Span){end.at, 1});
    return type;
}

/* ---- `x as u8` ---- */

Expr *make_cast(Syntax *cx, Expr *of, Token type) {
    Expr *expr = make_node(cx, EXPR_CAST, span_to(of->span, type.span), &of, NULL);
    expr->u.cast.of = of;
    expr->u.cast.to = type_name(cx, NULL, type, type);
    return expr;
}

/* ---- patterns ---- */

Pattern *make_pattern(Syntax *cx, Mark alternatives) {
    PatternList items;
    LIST_TAKE(cx, alternatives, items);
    if (items.len == 1) return items.at[0];
    Pattern *pattern = ast_pattern(cx->arena, PATTERN_OR, span_to(items.at[0]->span, items.at[items.len - 1]->span));
    pattern->items = items;
    return pattern;
}

static bool is_upper(Name name) { return name->text[0] >= 'A' && name->text[0] <= 'Z'; }

static PatternKind kind_of(const Expr *value) {
    if (value->kind == EXPR_FIELD) return PATTERN_CASE;
    if (value->kind != EXPR_NAME || is_upper(value->u.name.name)) return PATTERN_VALUE;
    return is_underscore(value->u.name.name) ? PATTERN_ANY : PATTERN_BIND;
}

Pattern *pattern_value(Syntax *cx, Expr *value) {
    Pattern *pattern = ast_pattern(cx->arena, kind_of(value), value->span);
    if (pattern->kind == PATTERN_BIND) pattern->name = value->u.name.name;
    else if (pattern->kind != PATTERN_ANY) pattern->value = value;
    return pattern;
}

Pattern *pattern_range(Syntax *cx, Expr *low, Token range, Expr *high) {
    Span span = span_to(low ? low->span : range.span, high ? high->span : range.span);
    Pattern *pattern = ast_pattern(cx->arena, PATTERN_RANGE, span);
    pattern->value = make_node(cx, EXPR_RANGE, span, &low, &high);
    pattern->value->inclusive = range.u.integer != 0;
    pattern->value->u.binary.left = low;
    pattern->value->u.binary.right = high;
    return pattern;
}

Pattern *pattern_case(Syntax *cx, Expr *name, List items) {
    Pattern *pattern = ast_pattern(cx->arena, PATTERN_CASE, span_to(name->span, items.end));
    pattern->value = name;
    LIST_TAKE(cx, items.mark, pattern->items);
    return pattern;
}
