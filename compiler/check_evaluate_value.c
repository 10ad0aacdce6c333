/* check_evaluate_value: what values are while they are computed by the compiler. */
#include "check_evaluate.h"

/* ---- making ---- */

Value value_integer(Integer value, Type *type) { return (Value){.type = type, .u.integer = integer_bits(value)}; }

Integer integer_of_value(const Value *value) { return integer_of(value->u.integer, value->type); }

Value value_bool(const Evaluator *e, bool value) { return (Value){.type = e->c->boolean, .u.integer = value}; }

Value value_parts(Evaluator *e, Type *type, uint32_t len) {
    Value value = {.type = type};
    uint32_t room = type->kind == TYPE_LIST ? type->count : len;
    value.u.parts.at = arena_array(e->arena, Value, room ? room : 1);
    value.u.parts.len = len;
    return value;
}

static bool has_parts(const Type *type) {
    switch (type->kind) {
    case TYPE_ARRAY: case TYPE_LIST: case TYPE_STRUCT: case TYPE_TUPLE: case TYPE_ENUM: case TYPE_OPTIONAL: return true;
    default: return false;
    }
}

Value value_copy(Evaluator *e, const Value *value) {
    if (!has_parts(value->type)) return *value;
    Value copy = value_parts(e, value->type, value->u.parts.len);
    copy.enum_case = value->enum_case;
    for (uint32_t i = 0; i < copy.u.parts.len; i++) copy.u.parts.at[i] = value_copy(e, &value->u.parts.at[i]);
    return copy;
}

/* ---- converting by itself ---- */

static Value to_optional(Evaluator *e, Value value, Type *to, Span span) {
    if (value.type->kind == TYPE_NONE) return value_parts(e, to, 0);
    Value made = value_parts(e, to, 1);
    made.u.parts.at[0] = value_convert(e, value, to->elem, span);
    return made;
}

static Value to_number(Value value, Type *to) {
    if (type_is_float(value.type)) {
        value.u.number = to->kind == TYPE_F32 ? (double)(float)value.u.number : value.u.number;
    } else if (type_is_float(to)) {
        value.u.number = integer_to_double(integer_of(value.u.integer, value.type));
    }
    value.type = to;
    return value;
}

Value value_convert(Evaluator *e, Value value, Type *to, Span span) {
    if (e->failed || value.type == to) return value;
    if (to->kind == TYPE_OPTIONAL) return value.type->kind == TYPE_OPTIONAL ? value : to_optional(e, value, to, span);
    if (type_is_number(to) && type_is_number(value.type)) return to_number(value, to);
    if (to->kind == TYPE_SLICE && value.type->kind == TYPE_REF) {
        Value *of = value.u.place;
        return (Value){.type = to, .u.parts = {of->u.parts.at, of->u.parts.len}};
    }
    if (to->kind == TYPE_STR_N && value.u.text.len > to->count) stop(e, span, "this text is too long for its place");
    value.type = to;
    return value;
}

/* ---- comparing ---- */

static bool same_text(const Value *a, const Value *b) { return str_eq(a->u.text, b->u.text); }

bool value_equal(const Value *a, const Value *b) {
    if (a->type->kind == TYPE_STR || a->type->kind == TYPE_STR_N) return same_text(a, b);
    if (type_is_float(a->type)) return a->u.number >= b->u.number && a->u.number <= b->u.number;
    if (!has_parts(a->type) && a->type->kind != TYPE_SLICE) return a->u.integer == b->u.integer;
    if (a->enum_case != b->enum_case || a->u.parts.len != b->u.parts.len) return false;
    for (uint32_t i = 0; i < a->u.parts.len; i++) {
        if (!value_equal(&a->u.parts.at[i], &b->u.parts.at[i])) return false;
    }
    return true;
}

/* ---- writing down ---- */

static Expr *literal(Evaluator *e, ExprKind kind, const Value *value, Span span) {
    Expr *expr = ast_expr(e->c->arena, kind, span);
    expr->type = value->type;
    expr->constant = kind != EXPR_NONE;
    return expr;
}

static Expr *callee_named(Evaluator *e, Name name, Type *type, Span span) {
    Expr *callee = ast_expr(e->c->arena, EXPR_NAME, span);
    callee->u.name.name = name;
    callee->type = type;
    return callee;
}

static Expr *sequence_tree(Evaluator *e, const Value *value, Span span) {
    Expr *expr = literal(e, value->type->kind == TYPE_TUPLE ? EXPR_TUPLE : EXPR_ARRAY, value, span);
    expr->constant = false;
    for (uint32_t i = 0; i < value->u.parts.len; i++) {
        Expr *item = value_tree(e, &value->u.parts.at[i], span);
        if (!item) return NULL;
        vec_push(e->c->arena, &expr->u.items, item);
    }
    return expr;
}

static Expr *call_tree(Evaluator *e, const Value *value, Name name, CallKind what, Span span) {
    Expr *expr = literal(e, EXPR_CALL, value, span);
    expr->constant = false;
    expr->u.call.callee = callee_named(e, name, value->type, span);
    expr->u.call.what = (uint8_t)what;
    expr->u.call.to.enum_case = value->enum_case;
    for (uint32_t i = 0; i < value->u.parts.len; i++) {
        Arg arg = {.value = value_tree(e, &value->u.parts.at[i], span)};
        if (!arg.value) return NULL;
        vec_push(e->c->arena, &expr->u.call.args, arg);
    }
    return expr;
}

static Expr *enum_tree(Evaluator *e, const Value *value, Span span) {
    Name name = value->enum_case->name;
    if (value->u.parts.len) return call_tree(e, value, name, CALL_CASE, span);
    Expr *expr = literal(e, EXPR_FIELD, value, span);
    expr->constant = false;
    expr->u.field.of = callee_named(e, value->type->enumeration->name, value->type, span);
    expr->u.field.name = name;
    expr->u.field.name_span = span;
    expr->u.field.index = -1;
    expr->u.field.enum_case = value->enum_case;
    return expr;
}

static Expr *scalar_tree(Evaluator *e, const Value *value, Span span) {
    if (type_is_float(value->type)) {
        if (value->u.number - value->u.number != 0) {
            stop(e, span, "the result is no finite number");
            return NULL;
        }
        Expr *expr = literal(e, EXPR_FLOAT, value, span);
        expr->u.number = value->u.number;
        return expr;
    }
    Expr *expr = literal(e, EXPR_INT, value, span);
    set_integer(e->c, expr, integer_of(value->u.integer, value->type), value->type);
    return expr;
}

Expr *value_tree(Evaluator *e, const Value *value, Span span) {
    switch (value->type->kind) {
    case TYPE_STR: case TYPE_STR_N: {
        Expr *expr = literal(e, EXPR_STRING, value, span);
        expr->u.text = str_copy(e->c->arena, value->u.text);
        return expr;
    }
    case TYPE_ARRAY: case TYPE_LIST: case TYPE_TUPLE: return sequence_tree(e, value, span);
    case TYPE_STRUCT: return call_tree(e, value, value->type->structure->name, CALL_STRUCT, span);
    case TYPE_ENUM: return enum_tree(e, value, span);
    case TYPE_OPTIONAL:
        return value->u.parts.len ? value_tree(e, &value->u.parts.at[0], span) : literal(e, EXPR_NONE, value, span);
    case TYPE_BOOL: case TYPE_DURATION: return scalar_tree(e, value, span);
    default:
        if (type_is_number(value->type)) return scalar_tree(e, value, span);
        stop(e, span, "a value of this type has no constant form");
        return NULL;
    }
}
