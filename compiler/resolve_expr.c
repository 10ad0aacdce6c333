/* resolve_expr: the names in expressions, written types and patterns. */
#include "resolve.h"

/* ---- written types: only the numbers in them hold names that are looked up here ---- */

void resolve_type(Resolver *r, TypeExpr *type) {
    if (!type) return;
    resolve_expr(r, type->count);
    for (uint32_t i = 0; i < type->args.len; i++) resolve_type(r, type->args.at[i]);
    bool is_among_args = type->args.len && type->args.at[0] == type->elem;
    if (!is_among_args) resolve_type(r, type->elem);
}

/* ---- names ---- */

static void resolve_name(Resolver *r, Expr *expr) {
    Name name = expr->u.name.name;
    Var *var = find_var(r, name);
    if (var) {
        var->used = true;
        expr->u.name.var = var;
        return;
    }
    Item *item = find_item(r, name);
    if (item) {
        if (item->kind == ITEM_CONST || item->kind == ITEM_STATIC) item->u.global.var->used = true;
        expr->u.name.item = item;
        return;
    }
    if (!builtin_stands_alone(r->builtins, name)) unknown_name(r, name, expr->span);
}

static void resolve_field(Resolver *r, Expr *expr) {
    Expr *of = expr->u.field.of;
    resolve_expr(r, of);
    const Item *item = of->kind == EXPR_NAME ? of->u.name.item : NULL;
    if (!item || item->kind != ITEM_IMPORT) return;
    expr->u.field.item = find_in_module(r, item->name, expr->u.field.name, expr->u.field.name_span);
}

static void resolve_call(Resolver *r, Expr *expr) {
    resolve_expr(r, expr->u.call.callee);
    for (uint32_t i = 0; i < expr->u.call.args.len; i++) resolve_expr(r, expr->u.call.args.at[i].value);
    if (expr->u.call.child) resolve_child(r, expr);
}

static void resolve_parts(Resolver *r, const PartList *parts) {
    for (uint32_t i = 0; i < parts->len; i++) resolve_expr(r, parts->at[i].expr);
}

static void resolve_kind(Resolver *r, Expr *expr) {
    switch ((ExprKind)expr->kind) {
    case EXPR_INT: case EXPR_FLOAT: case EXPR_DURATION: case EXPR_BOOL: case EXPR_NONE: case EXPR_STRING:
    case EXPR_BYTES: case EXPR_WRONG:
        break;
    case EXPR_INTERPOLATION: resolve_parts(r, &expr->u.parts); break;
    case EXPR_NAME: resolve_name(r, expr); break;
    case EXPR_FIELD: resolve_field(r, expr); break;
    case EXPR_INDEX:
        resolve_expr(r, expr->u.index.of);
        resolve_expr(r, expr->u.index.at);
        break;
    case EXPR_SLICE:
        resolve_expr(r, expr->u.slice.of);
        resolve_expr(r, expr->u.slice.low);
        resolve_expr(r, expr->u.slice.high);
        break;
    case EXPR_CALL: resolve_call(r, expr); break;
    case EXPR_CHANNEL:
        resolve_type(r, expr->u.channel.elem);
        resolve_expr(r, expr->u.channel.capacity);
        resolve_expr(r, expr->u.channel.copies);
        break;
    case EXPR_UNARY: case EXPR_DEREF: case EXPR_REF: case EXPR_AWAIT: resolve_expr(r, expr->u.operand); break;
    case EXPR_BINARY: case EXPR_RANGE:
        resolve_expr(r, expr->u.binary.left);
        resolve_expr(r, expr->u.binary.right);
        break;
    case EXPR_CAST:
        resolve_expr(r, expr->u.cast.of);
        resolve_type(r, expr->u.cast.to);
        break;
    case EXPR_IF:
        resolve_expr(r, expr->u.branch.cond);
        resolve_block(r, expr->u.branch.then);
        resolve_block(r, expr->u.branch.other);
        break;
    case EXPR_ARRAY: case EXPR_TUPLE:
        for (uint32_t i = 0; i < expr->u.items.len; i++) resolve_expr(r, expr->u.items.at[i]);
        break;
    case EXPR_REPEAT:
        resolve_expr(r, expr->u.repeat.value);
        resolve_expr(r, expr->u.repeat.count);
        break;
    case EXPR_CATCH:
        resolve_expr(r, expr->u.caught.of);
        resolve_clause(r, expr->u.caught.clause);
        break;
    case EXPR_RACE: resolve_group(r, &expr->u.group, (Span){expr->span.at, 4}, false); break;
    }
}

void resolve_expr(Resolver *r, Expr *expr) {
    if (expr) resolve_kind(r, expr);
}

/* ---- patterns ---- */

/* In `A(x) | B(x)` the second x is the first one: whichever fits sets it. */
static void resolve_binding(Resolver *r, Pattern *pattern, const LocalScope *arm) {
    for (const Binding *binding = arm ? arm->bindings : NULL; binding; binding = binding->next) {
        if (binding->name == pattern->name) {
            pattern->var = binding->var;
            return;
        }
    }
    pattern->var = ast_var(r->arena, VAR_LET, pattern->name, pattern->span);
    declare(r, pattern->var);
}

static void bind_pattern(Resolver *r, Pattern *pattern, const LocalScope *earlier);

static void resolve_alternatives(Resolver *r, Pattern *pattern, const LocalScope *earlier) {
    for (uint32_t i = 0; i < pattern->items.len; i++) {
        bind_pattern(r, pattern->items.at[i], i ? r->scope : earlier);
    }
}

/* earlier: where an earlier alternative of an `|` may have bound the same names; NULL outside of one. */
static void bind_pattern(Resolver *r, Pattern *pattern, const LocalScope *earlier) {
    switch (pattern->kind) {
    case PATTERN_ANY: case PATTERN_WRONG: break;
    case PATTERN_BIND: resolve_binding(r, pattern, earlier); break;
    case PATTERN_VALUE: case PATTERN_RANGE: resolve_expr(r, pattern->value); break;
    case PATTERN_CASE:
        resolve_expr(r, pattern->value);
        for (uint32_t i = 0; i < pattern->items.len; i++) bind_pattern(r, pattern->items.at[i], earlier);
        break;
    case PATTERN_OR: resolve_alternatives(r, pattern, earlier); break;
    }
}

void resolve_pattern(Resolver *r, Pattern *pattern) { bind_pattern(r, pattern, NULL); }
