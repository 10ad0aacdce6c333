/* check_evaluate_op: operators and conversions. */
#include "check_evaluate.h"

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

Value run_binary(Evaluator *e, Expr *expr) {
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

Value run_unary(Evaluator *e, const Expr *expr) {
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

Value run_cast(Evaluator *e, const Expr *expr) {
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
