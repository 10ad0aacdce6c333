/* check_fold: constants take the place of what computes them. */
#include "check.h"

void does_not_fit(Checker *c, Span span, Integer value, const Type *type) {
    diag_add(c->diags, CODE_E0212, span, "%s does not fit `%s`, which holds %s to %s", integer_text(c->arena, value),
             type_text(c->types, type), integer_text(c->arena, integer_least(type)),
             integer_text(c->arena, integer_greatest(type)));
}

Integer constant_of(const Checker *c, const Expr *expr) {
    if (expr->type == &c->negative) return (Integer){true, 0 - expr->u.integer};
    if (expr->type == &c->literal) return (Integer){false, expr->u.integer};
    return integer_of(expr->u.integer, expr->type);
}

static ExprKind kind_for(const Type *type) {
    return type->kind == TYPE_BOOL ? EXPR_BOOL : type->kind == TYPE_DURATION ? EXPR_DURATION : EXPR_INT;
}

void set_integer(Checker *c, Expr *expr, Integer value, Type *type) {
    if (is_literal(c, type)) type = value.negative ? &c->negative : &c->literal;
    expr->kind = (uint8_t)kind_for(type);
    expr->u.integer = integer_bits(value);
    expr->type = type;
    expr->constant = true;
}

static void set_number(Expr *expr, double value, Type *type) {
    if (value - value != 0) return;  /* infinite or no number: left to be computed when the program runs */
    expr->kind = EXPR_FLOAT;
    expr->u.number = type->kind == TYPE_F32 ? (double)(float)value : value;
    expr->type = type;
    expr->constant = true;
}

static void set_bool(Checker *c, Expr *expr, bool value) { set_integer(c, expr, (Integer){false, value}, c->boolean); }

static void no_result(Checker *c, Expr *expr, const char *why) {
    diag_add(c->diags, CODE_E0221, expr->span, "%s", why);
    expr->type = c->error;
}

/* ---- unary ---- */

static void negate(Checker *c, Expr *expr, const Expr *of) {
    if (of->kind == EXPR_FLOAT) {
        set_number(expr, -of->u.number, expr->type);
        return;
    }
    Integer value = integer_negate(constant_of(c, of));
    bool fits = is_literal(c, expr->type) ? !value.negative || value.size <= (uint64_t)1 << 63
                                          : integer_fits(value, expr->type);
    if (fits) set_integer(c, expr, value, expr->type);
    else if (is_literal(c, expr->type)) no_result(c, expr, "this number has more than 64 bits");
    else does_not_fit(c, expr->span, value, expr->type);
}

void fold_unary(Checker *c, Expr *expr) {
    const Expr *of = expr->u.operand;
    if (!of->constant || is_wrong(expr->type)) return;
    switch ((Op)expr->op) {
    case OP_NEG: negate(c, expr, of); break;
    case OP_NOT: set_bool(c, expr, !of->u.integer); break;
    case OP_INVERT:  /* of a literal only when its type is known */
        if (!is_literal(c, expr->type)) set_integer(c, expr, integer_wrap(~of->u.integer, expr->type), expr->type);
        break;
    default: break;
    }
}

/* ---- integers ---- */

static bool bits_of(Op op, Integer a, Integer b, Integer *result) {
    uint64_t left = integer_bits(a), right = integer_bits(b);
    uint64_t bits = op == OP_AND ? left & right : op == OP_OR ? left | right : left ^ right;
    bool negative = op == OP_AND ? a.negative && b.negative : op == OP_OR ? a.negative || b.negative
        : a.negative != b.negative;
    *result = (Integer){negative, negative ? 0 - bits : bits};
    return !negative || result->size <= (uint64_t)1 << 63;
}

static bool wraps(Op op, Integer a, Integer b, const Type *type, Integer *result) {
    uint64_t left = integer_bits(a), right = integer_bits(b);
    uint64_t bits = op == OP_WADD ? left + right : op == OP_WSUB ? left - right : left * right;
    *result = integer_wrap(bits, type);
    return true;
}

static bool saturates(Op op, Integer a, Integer b, const Type *type, Integer *result) {
    bool down = op == OP_SADD ? b.negative : !b.negative && b.size;
    bool exact = op == OP_SADD ? integer_add(a, b, result) : integer_subtract(a, b, result);
    if (!exact || !integer_fits(*result, type)) *result = down ? integer_least(type) : integer_greatest(type);
    return true;
}

static bool shift_left(Integer a, uint64_t count, const Type *type, bool literal, Integer *result) {
    if (literal) return integer_multiply(a, (Integer){false, (uint64_t)1 << count}, result);
    *result = integer_wrap(integer_bits(a) << count, type);
    return true;
}

/* Keeps the sign: rounds towards the lesser number. */
static Integer shift_right(Integer a, uint64_t count) {
    if (!a.negative) return (Integer){false, a.size >> count};
    uint64_t size = ((a.size - 1) >> count) + 1;
    return (Integer){true, size};
}

static bool compute(Op op, Integer a, Integer b, const Type *type, bool literal, Integer *result) {
    switch (op) {
    case OP_ADD: return integer_add(a, b, result);
    case OP_SUB: return integer_subtract(a, b, result);
    case OP_MUL: return integer_multiply(a, b, result);
    case OP_DIV: return integer_divide(a, b, result);
    case OP_REM: return integer_remainder(a, b, result);
    case OP_WADD: case OP_WSUB: case OP_WMUL: return wraps(op, a, b, type, result);
    case OP_SADD: case OP_SSUB: return saturates(op, a, b, type, result);
    case OP_AND: case OP_XOR: case OP_OR: return bits_of(op, a, b, result);
    case OP_SHL: return shift_left(a, b.size, type, literal, result);
    case OP_SHR: *result = shift_right(a, b.size); return true;
    default: return false;
    }
}

static const char *no_shift(Checker *c, Integer count, const Type *type) {
    bool literal = is_literal(c, type);
    uint32_t width = literal ? 64 : type_bits(type);
    if (!count.negative && count.size < width) return NULL;
    if (literal) return "a shift by 64 bits or more";
    return str_format(c->arena, "a shift by %s bits of a type that has %u", integer_text(c->arena, count),
                      (unsigned)width).at;
}

const char *fold_integer(Checker *c, Op op, Integer a, Integer b, Type *type, Integer *result) {
    bool literal = is_literal(c, type);
    const char *why = op == OP_SHL || op == OP_SHR ? no_shift(c, b, type) : NULL;
    if (why) return why;
    if ((op == OP_DIV || op == OP_REM) && b.size == 0) return "this divides by zero";
    if (!compute(op, a, b, type, literal, result)) return "the result has more than 64 bits";
    if (literal || integer_fits(*result, type)) return NULL;
    return str_format(c->arena, "%s does not fit `%s`, which holds %s to %s", integer_text(c->arena, *result),
                      type_text(c->types, type), integer_text(c->arena, integer_least(type)),
                      integer_text(c->arena, integer_greatest(type))).at;
}

/* Operators that need to know where the type ends wait until a literal has one. */
static void fold_integers(Checker *c, Expr *expr, const Expr *left, const Expr *right) {
    Op op = (Op)expr->op;
    Type *type = expr->type;
    if (is_literal(c, type) && op >= OP_WADD && op <= OP_SSUB) return;
    Integer result;
    const char *why = fold_integer(c, op, constant_of(c, left), constant_of(c, right), type, &result);
    if (why) no_result(c, expr, why);
    else set_integer(c, expr, result, type);
}

/* ---- floats ---- */

static void fold_floats(Expr *expr, double a, double b) {
    switch ((Op)expr->op) {
    case OP_ADD: set_number(expr, a + b, expr->type); break;
    case OP_SUB: set_number(expr, a - b, expr->type); break;
    case OP_MUL: set_number(expr, a * b, expr->type); break;
    case OP_DIV:
        if (b != 0) set_number(expr, a / b, expr->type);
        break;
    default: break;
    }
}

/* ---- comparisons ---- */

static bool order_holds(Op op, int order) {
    switch (op) {
    case OP_EQ: return order == 0;
    case OP_NE: return order != 0;
    case OP_LT: return order < 0;
    case OP_LE: return order <= 0;
    case OP_GT: return order > 0;
    default: return order >= 0;
    }
}

static void fold_comparison(Checker *c, Expr *expr, const Expr *left, const Expr *right) {
    Op op = (Op)expr->op;
    if (left->kind == EXPR_STRING && right->kind == EXPR_STRING) {
        set_bool(c, expr, str_eq(left->u.text, right->u.text) == (op == OP_EQ));
    } else if (left->kind == EXPR_FLOAT && right->kind == EXPR_FLOAT) {
        double a = left->u.number, b = right->u.number;
        set_bool(c, expr, order_holds(op, (a > b) - (a < b)));
    } else if (left->kind != EXPR_STRING && left->kind != EXPR_FLOAT && right->kind != EXPR_FLOAT) {
        set_bool(c, expr, order_holds(op, integer_compare(constant_of(c, left), constant_of(c, right))));
    }
}

static void fold_logic(Checker *c, Expr *expr, const Expr *left, const Expr *right) {
    bool a = left->u.integer != 0, b = right->u.integer != 0;
    set_bool(c, expr, expr->op == OP_LOGIC_AND ? a && b : a || b);
}

void fold_binary(Checker *c, Expr *expr) {
    const Expr *left = expr->u.binary.left, *right = expr->u.binary.right;
    Op op = (Op)expr->op;
    if (!left->constant || !right->constant || is_wrong(expr->type)) return;
    if (op == OP_LOGIC_AND || op == OP_LOGIC_OR) fold_logic(c, expr, left, right);
    else if (op >= OP_EQ && op <= OP_GE) fold_comparison(c, expr, left, right);
    else if (left->kind == EXPR_FLOAT && right->kind == EXPR_FLOAT) fold_floats(expr, left->u.number, right->u.number);
    else if (left->kind != EXPR_FLOAT && right->kind != EXPR_FLOAT) fold_integers(c, expr, left, right);
}

/* ---- conversions ---- */

bool float_in_range(double value, const Type *to) {
    return value > integer_to_double(integer_least(to)) - 1 && value < integer_to_double(integer_greatest(to));
}

static void fold_from_float(Checker *c, Expr *expr, double value, Type *to, bool checked) {
    if (type_is_float(to)) {
        set_number(expr, value, to);
    } else if (float_in_range(value, to)) {
        Integer whole = {value <= -1, (uint64_t)(value < 0 ? -value : value)};
        set_integer(c, expr, whole, to);
    } else if (checked) {
        diag_add(c->diags, CODE_E0212, expr->span, "%g does not fit `%s`", value, type_text(c->types, to));
    }
}

/* `of` becomes the type of `expr`, which is a CAST or a CALL. */
void fold_convert(Checker *c, Expr *expr, const Expr *of, bool checked) {
    Type *to = expr->type;
    if (!of->constant || !type_is_number(to)) return;
    if (of->kind == EXPR_FLOAT) {
        fold_from_float(c, expr, of->u.number, to, checked);
        return;
    }
    if (of->kind != EXPR_INT && of->kind != EXPR_BOOL) return;
    Integer value = constant_of(c, of);
    if (type_is_float(to)) set_number(expr, integer_to_double(value), to);
    else if (integer_fits(value, to)) set_integer(c, expr, value, to);
    else if (checked) does_not_fit(c, expr->span, value, to);
    else if (to->kind != TYPE_USIZE) set_integer(c, expr, integer_wrap(integer_bits(value), to), to);
}
