/* check_evaluate_expr: expressions and places. */
#include "check_evaluate.h"

static Value nothing(const Evaluator *e) { return (Value){.type = e->c->error}; }

static Value fail(Evaluator *e, Span span, const char *why) {
    stop(e, span, why);
    return nothing(e);
}

Integer integer_of_value(const Value *value) { return integer_of(value->u.integer, value->type); }

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
static Value *run_base(Evaluator *e, Expr *expr) {
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

/* ---- operators ---- */

static Value run_floats(Evaluator *e, Op op, double a, double b, Type *type, Span span) {
    double result = op == OP_ADD ? a + b : op == OP_SUB ? a - b : op == OP_MUL ? a * b : 0;
    if (op == OP_DIV && !(b < 0 || b > 0)) return fail(e, span, "this divides by zero");
    if (op == OP_DIV) result = a / b;
    return (Value){.type = type, .u.number = type->kind == TYPE_F32 ? (double)(float)result : result};
}

static bool holds(Op op, int order) {
    return op == OP_LT ? order < 0 : op == OP_LE ? order <= 0 : op == OP_GT ? order > 0 : order >= 0;
}

static int order_of(const Value *a, const Value *b) {
    if (type_is_float(a->type)) return (a->u.number > b->u.number) - (a->u.number < b->u.number);
    return integer_compare(integer_of_value(a), integer_of_value(b));
}

/* Both of one type, but for shifts and counts of durations. */
Value run_operator(Evaluator *e, Op op, const Value *a, const Value *b, Type *type, Span span) {
    if (op == OP_EQ || op == OP_NE) return value_bool(e, value_equal(a, b) == (op == OP_EQ));
    if (op >= OP_LT && op <= OP_GE) return value_bool(e, holds(op, order_of(a, b)));
    if (type_is_float(type)) return run_floats(e, op, a->u.number, b->u.number, type, span);
    Integer result;
    const char *why = fold_integer(e->c, op, integer_of_value(a), integer_of_value(b), type, &result);
    return why ? fail(e, span, why) : value_integer(result, type);
}

static bool is_timed(const Type *type) { return type->kind == TYPE_DURATION || type->kind == TYPE_INSTANT; }

static Value run_logic(Evaluator *e, const Expr *expr) {
    bool left = run_condition(e, expr->u.binary.left);
    bool decided = expr->op == OP_LOGIC_AND ? !left : left;
    return value_bool(e, decided ? left : run_condition(e, expr->u.binary.right));
}

static Value run_coalesce(Evaluator *e, Expr *expr) {
    Value maybe = run_expr(e, expr->u.binary.left);
    if (e->failed) return maybe;
    if (maybe.u.parts.len == 0) return value_convert(e, run_expr(e, expr->u.binary.right), expr->type, expr->span);
    return expr->type->kind == TYPE_OPTIONAL ? maybe : maybe.u.parts.at[0];
}

static Value run_binary(Evaluator *e, Expr *expr) {
    Op op = (Op)expr->op;
    if (op == OP_LOGIC_AND || op == OP_LOGIC_OR) return run_logic(e, expr);
    if (op == OP_COALESCE) return run_coalesce(e, expr);
    Value a = run_expr(e, expr->u.binary.left), b = run_expr(e, expr->u.binary.right);
    if (e->failed) return nothing(e);
    bool shift = op == OP_SHL || op == OP_SHR;
    if (!shift && !is_timed(a.type) && !is_timed(b.type)) {
        Type *common = type_common(a.type, b.type);
        a = value_convert(e, a, common ? common : a.type, expr->span);
        b = value_convert(e, b, a.type, expr->span);
    }
    return run_operator(e, op, &a, &b, expr->type, expr->span);
}

static Value run_unary(Evaluator *e, const Expr *expr) {
    Value of = run_expr(e, expr->u.operand);
    if (e->failed) return of;
    if (expr->op == OP_NOT) return value_bool(e, !of.u.integer);
    if (type_is_float(of.type)) {
        of.u.number = -of.u.number;
        return of;
    }
    if (expr->op == OP_INVERT) return value_integer(integer_wrap(~of.u.integer, of.type), of.type);
    Value zero = value_integer((Integer){false, 0}, of.type);
    return run_operator(e, OP_SUB, &zero, &of, of.type, expr->span);
}

static Value run_cast(Evaluator *e, const Expr *expr) {
    Value of = run_expr(e, expr->u.cast.of);
    Type *to = expr->type;
    if (e->failed || of.type == to) return of;
    if (of.type->kind == TYPE_ENUM) return value_integer(integer_wrap((uint64_t)of.enum_case->number, to), to);
    if (!type_is_float(of.type)) {
        Integer value = integer_of_value(&of);
        if (type_is_float(to)) return value_convert(e, of, to, expr->span);
        return value_integer(integer_wrap(integer_bits(value), to), to);
    }
    if (type_is_float(to)) return value_convert(e, of, to, expr->span);
    if (!float_in_range(of.u.number, to)) return fail(e, expr->span, "this number is out of range");
    double number = of.u.number;
    return value_integer((Integer){number <= -1, (uint64_t)(number < 0 ? -number : number)}, to);
}

/* ---- the rest ---- */

bool run_condition(Evaluator *e, Expr *expr) {
    Value value = run_expr(e, expr);
    return !e->failed && value.u.integer;
}

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

Value run_expr(Evaluator *e, Expr *expr) {
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
