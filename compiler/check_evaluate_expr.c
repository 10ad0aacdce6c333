/* check_evaluate_expr: expressions. */
#include "check_evaluate.h"

static Value run_field(Evaluator *e, Expr *expr) {
    if (expr->u.field.enum_case) {
        Value value = value_parts(e, expr->type, 0);
        value.enum_case = expr->u.field.enum_case;
        return value;
    }
    if (expr->u.field.builtin == BUILTIN_FIELD_LEN) {
        const Value *of = run_base(e, expr->u.field.of);
        if (!of) return nothing(e);
        bool is_text = of->type->kind == TYPE_STR || of->type->kind == TYPE_STR_N;
        return (Value){.type = e->c->usize, .u.integer = is_text ? of->u.text.len : of->u.parts.len};
    }
    const Value *place = run_place(e, expr);
    return place ? *place : nothing(e);
}

static uint64_t run_bound(Evaluator *e, Expr *bound, uint64_t otherwise) {
    if (!bound) return otherwise;
    Value value = run_expr(e, bound);
    Integer number = integer_of_value(&value);
    return number.negative ? UINT64_MAX : number.size;
}

static Value run_slice(Evaluator *e, Expr *expr) {
    const Value *of = run_base(e, expr->u.slice.of);
    if (!of) return nothing(e);
    bool is_text = of->type->kind == TYPE_STR || of->type->kind == TYPE_STR_N;
    uint64_t len = is_text ? of->u.text.len : of->u.parts.len;
    uint64_t low = run_bound(e, expr->u.slice.low, 0), high = run_bound(e, expr->u.slice.high, len);
    if (e->failed) return nothing(e);
    if (low > high || high > len) return fail(e, expr->span, "the bounds of this slice do not lie inside");
    if (is_text) return (Value){.type = expr->type, .u.text = {of->u.text.at + low, (size_t)(high - low)}};
    return (Value){.type = expr->type, .u.parts = {of->u.parts.at + low, (uint32_t)(high - low)}};
}

/* ---- the rest ---- */

static Value run_if(Evaluator *e, const Expr *expr) {
    const Block *taken = run_condition(e, expr->u.branch.cond) ? expr->u.branch.then : expr->u.branch.other;
    if (e->failed) return nothing(e);
    return value_convert(e, run_block_value(e, taken), expr->type, expr->span);
}

static Value run_items(Evaluator *e, const Expr *expr) {
    const ExprList *items = &expr->u.items;
    Value value = value_parts(e, expr->type, items->len);
    for (uint32_t i = 0; i < items->len && !e->failed; i++) {
        Type *type = expr->type->kind == TYPE_TUPLE ? expr->type->items.at[i] : expr->type->elem;
        Value item = value_convert(e, run_expr(e, items->at[i]), type, items->at[i]->span);
        if (!e->failed) value.u.parts.at[i] = value_copy(e, &item);
    }
    return value;
}

static Value run_repeat(Evaluator *e, const Expr *expr) {
    Value item = value_convert(e, run_expr(e, expr->u.repeat.value), expr->type->elem, expr->span);
    uint64_t count = expr->u.repeat.count->u.integer;
    if (e->failed || count > UINT32_MAX / sizeof(Value)) return fail(e, expr->span, "this needs too much memory");
    Value value = value_parts(e, expr->type, (uint32_t)count);
    for (uint32_t i = 0; i < count && step(e, expr->span); i++) value.u.parts.at[i] = value_copy(e, &item);
    return value;
}

static Value run_bytes(Evaluator *e, const Expr *expr) {
    Str text = expr->u.text;
    Value value = value_parts(e, expr->type, (uint32_t)text.len);
    for (size_t i = 0; i < text.len; i++) {
        value.u.parts.at[i] = (Value){.type = e->c->u8, .u.integer = (unsigned char)text.at[i]};
    }
    return value;
}

static Value run_ref(Evaluator *e, const Expr *expr) {
    Value *place = run_place(e, expr->u.operand);
    return place ? (Value){.type = expr->type, .u.place = place} : nothing(e);
}

static Value run_kind(Evaluator *e, Expr *expr) {
    switch ((ExprKind)expr->kind) {
    case EXPR_INT: case EXPR_BOOL: case EXPR_DURATION: return (Value){.type = expr->type, .u.integer = expr->u.integer};
    case EXPR_FLOAT: return (Value){.type = expr->type, .u.number = expr->u.number};
    case EXPR_STRING: return (Value){.type = expr->type, .u.text = expr->u.text};
    case EXPR_BYTES: return run_bytes(e, expr);
    case EXPR_NONE:
        return expr->type->kind == TYPE_OPTIONAL ? value_parts(e, expr->type, 0) : (Value){.type = expr->type};
    case EXPR_NAME: case EXPR_INDEX: case EXPR_DEREF: {
        const Value *place = run_place(e, expr);
        return place ? *place : nothing(e);
    }
    case EXPR_FIELD: return run_field(e, expr);
    case EXPR_SLICE: return run_slice(e, expr);
    case EXPR_CALL: return run_call(e, expr);
    case EXPR_UNARY: return run_unary(e, expr);
    case EXPR_REF: return run_ref(e, expr);
    case EXPR_BINARY: return run_binary(e, expr);
    case EXPR_CAST: return run_cast(e, expr);
    case EXPR_IF: return run_if(e, expr);
    case EXPR_ARRAY: case EXPR_TUPLE: return run_items(e, expr);
    case EXPR_REPEAT: return run_repeat(e, expr);
    case EXPR_AWAIT: return fail(e, expr->span, "nothing can be awaited while the program compiles");
    case EXPR_CHANNEL: case EXPR_INTERPOLATION: case EXPR_RANGE: case EXPR_CATCH: case EXPR_RACE: case EXPR_WRONG:
        break;
    }
    return fail(e, expr->span, "this is known only when the program runs");
}

Value value_of_expr(Evaluator *e, Expr *expr) {
    if (!step(e, expr->span)) return nothing(e);
    if (is_wrong(expr->type)) {
        e->failed = true;          /* and reported where it went wrong */
        return nothing(e);
    }
    e->nesting++;
    Value value = run_kind(e, expr);
    e->nesting--;
    return value;
}
