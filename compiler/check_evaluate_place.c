/* check_evaluate_place: names and places. */
#include "check_evaluate.h"

/* ---- names ---- */

static Value *constant_value(Evaluator *e, Item *item) {
    for (uint32_t i = 0; i < e->constants.len; i++) {
        if (e->constants.at[i]->item == item) return &e->constants.at[i]->value;
    }
    if (is_wrong(need_global(e->c, item)->type)) {
        e->failed = true;
        return NULL;
    }
    KnownConstant *known = arena_new(e->arena, KnownConstant);
    known->item = item;
    known->value = value_convert(e, run_expr(e, item->u.global.value), item->u.global.var->type, item->span);
    if (e->failed) return NULL;
    vec_push(e->arena, &e->constants, known);
    return &known->value;
}

static Value *place_of_name(Evaluator *e, const Expr *expr) {
    const Var *var = expr->u.name.var;
    Item *item = expr->u.name.item;
    for (uint32_t i = e->frame ? e->frame->len : 0; var && i-- > 0;) {
        if (e->frame->at[i].var == var) return &e->frame->at[i].value;
    }
    if (!var && item && item->kind == ITEM_CONST) return constant_value(e, item);
    bool is_static = item && item->kind == ITEM_STATIC;
    stop(e, expr->span, is_static ? "a static variable changes while the program runs"
                                  : "this variable has a value only when the program runs");
    return NULL;
}

/* ---- parts ---- */

static Value *behind(Value *value) { return value && value->type->kind == TYPE_REF ? value->u.place : value; }

/* A place, or a value that is kept for a moment. */
Value *run_base(Evaluator *e, Expr *expr) {
    bool is_place = expr->kind == EXPR_NAME || expr->kind == EXPR_FIELD || expr->kind == EXPR_INDEX ||
                    expr->kind == EXPR_DEREF;
    if (is_place && !expr->constant) return behind(run_place(e, expr));
    Value *kept = arena_new(e->arena, Value);
    *kept = run_expr(e, expr);
    return e->failed ? NULL : behind(kept);
}

static Value *place_of_field(Evaluator *e, const Expr *expr) {
    Value *of = run_base(e, expr->u.field.of);
    if (!of) return NULL;
    if (expr->u.field.index >= 0 && (of->type->kind == TYPE_STRUCT || of->type->kind == TYPE_TUPLE)) {
        return &of->u.parts.at[expr->u.field.index];
    }
    stop(e, expr->span, "this is known only when the program runs");
    return NULL;
}

static Value *place_of_index(Evaluator *e, const Expr *expr) {
    Value *of = run_base(e, expr->u.index.of);
    Value at = run_expr(e, expr->u.index.at);
    if (!of || e->failed) return NULL;
    Integer index = integer_of_value(&at);
    bool is_text = of->type->kind == TYPE_STR || of->type->kind == TYPE_STR_N;
    uint64_t len = is_text ? of->u.text.len : of->u.parts.len;
    if (index.negative || index.size >= len) {
        stop(e, expr->span, str_format(e->c->arena, "the index is %s here, and there are %llu elements",
                                       integer_text(e->c->arena, index), (unsigned long long)len).at);
        return NULL;
    }
    if (!is_text) return &of->u.parts.at[index.size];
    Value *byte = arena_new(e->arena, Value);
    *byte = (Value){.type = e->c->u8, .u.integer = (unsigned char)of->u.text.at[index.size]};
    return byte;
}

Value *run_place(Evaluator *e, Expr *expr) {
    if (!step(e, expr->span)) return NULL;
    switch ((ExprKind)expr->kind) {
    case EXPR_NAME: return place_of_name(e, expr);
    case EXPR_FIELD: return place_of_field(e, expr);
    case EXPR_INDEX: return place_of_index(e, expr);
    case EXPR_DEREF: return behind(run_base(e, expr->u.operand));
    default: stop(e, expr->span, "this is known only when the program runs"); return NULL;
    }
}
