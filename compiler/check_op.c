/* check_op: operators and conversions. */
#include "check.h"

/* ---- messages ---- */

static const char *symbol(Op op) { return op_text(op); }

static bool is_text(const Type *type) { return type->kind == TYPE_STR || type->kind == TYPE_STR_N; }

static void advise(Checker *c, Diag *diag, Op op, const Expr *left, const Expr *right) {
    const Type *a = left->type, *b = right->type;
    bool both = a->kind == TYPE_REF && b->kind == TYPE_REF && left != right;
    const Expr *reference = a->kind == TYPE_REF ? left : b->kind == TYPE_REF ? right : NULL;
    if (reference && !type_has_equality(reference->type->elem)) return;
    const Type *maybe = a->kind == TYPE_OPTIONAL ? a : b->kind == TYPE_OPTIONAL ? b : NULL;
    if (both) {
        diag_note(c->diags, diag, "`*r` is what a reference refers to");
    } else if (reference) {
        diag_fix(c->diags, diag, (Span){reference->span.at, 0}, STR("*"), "read what the reference refers to");
    } else if (op == OP_ADD && (is_text(a) || is_text(b))) {
        diag_note(c->diags, diag, "text is put together by interpolation: `\"{a}{b}\"`");
    } else if (a->kind == TYPE_BOOL && b->kind == TYPE_BOOL && op >= OP_AND && op <= OP_OR) {
        diag_note(c->diags, diag, "for `bool` there are `&&`, `||` and `!=`");
    } else if (maybe) {
        diag_note(c->diags, diag, "it may be `none`: use `if let x = ... { }`, or `... ?? other`");
    } else if (op == OP_ADD && a->kind == TYPE_DURATION && b->kind == TYPE_INSTANT) {
        diag_note(c->diags, diag, "write the instant first");
    } else if ((a->kind == TYPE_DURATION && type_is_number(b)) || (b->kind == TYPE_DURATION && type_is_number(a))) {
        bool scales = op == OP_MUL || op == OP_DIV;
        diag_note(c->diags, diag, scales ? "a duration is multiplied and divided by whole numbers"
                                         : "a duration has a unit: `5ms`, or `x * 1ms`");
    }
}

static Type *not_defined(Checker *c, Op op, const Expr *left, const Expr *right, Span whole) {
    if (left->type == right->type) {
        Diag *diag = diag_add(c->diags, CODE_E0213, whole, "`%s` is not defined for %s", symbol(op),
                              type_name_of(c, left->type));
        advise(c, diag, op, left, right);
        return c->error;
    }
    Diag *diag = diag_add(c->diags, CODE_E0213, whole, "`%s` is not defined for %s and %s", symbol(op),
                          type_name_of(c, left->type), type_name_of(c, right->type));
    advise(c, diag, op, left, right);
    return c->error;
}

/* Two types of numbers, neither of which holds all values of the other. */
static Type *no_common(Checker *c, Op op, const Expr *left, const Expr *right, Span whole) {
    if (!type_is_number(left->type) || !type_is_number(right->type)) return not_defined(c, op, left, right, whole);
    const char *a = type_text(c->types, left->type), *b = type_text(c->types, right->type);
    Diag *diag = diag_add(c->diags, CODE_E0203, whole, "`%s` and `%s` do not become each other by themselves", a, b);
    diag_label(c->diags, diag, left->span, "this is `%s`", a);
    diag_label(c->diags, diag, right->span, "this is `%s`", b);
    diag_note(c->diags, diag, "convert one of them: `x as %s`, or `%s(x)`, which checks", a, a);
    return c->error;
}

/* ---- two numbers become one type ---- */

static bool adapts(Checker *c, Expr *constant, Type *type) {
    bool is_number = constant->constant && constant->kind == EXPR_INT && type_is_int(type);
    if (!is_number || !integer_fits(constant_of(c, constant), type)) return false;
    constant->type = type;
    return true;
}

static Type *common_of_literals(Checker *c, Expr *left, Expr *right) {
    if (left->type != &c->real && right->type != &c->real) return &c->literal;
    Expr *whole = left->type == &c->real ? right : left;
    if (whole->type == &c->real) return &c->real;
    settle(c, whole, c->f64);
    if (whole->kind == EXPR_FLOAT) whole->type = &c->real;
    return whole->type == &c->real ? &c->real : c->f64;
}

static Type *inside(Type *type) { return type->kind == TYPE_OPTIONAL ? type->elem : type; }

/* The type that both become, with literals settled; NULL if there is none. */
static Type *unify(Checker *c, Expr *left, Expr *right) {
    bool left_is_literal = is_literal(c, left->type), right_is_literal = is_literal(c, right->type);
    if (left_is_literal && right_is_literal) return common_of_literals(c, left, right);
    if (left_is_literal && type_is_number(inside(right->type))) {
        settle(c, left, inside(right->type));
        return right->type;
    }
    if (right_is_literal && type_is_number(inside(left->type))) {
        settle(c, right, inside(left->type));
        return left->type;
    }
    settle_default(c, left);
    settle_default(c, right);
    Type *common = type_common(left->type, right->type);
    if (common) return common;
    if (adapts(c, left, right->type)) return right->type;
    return adapts(c, right, left->type) ? left->type : NULL;
}

/* ---- what an operator gives ---- */

static bool is_timed(const Type *type) { return type->kind == TYPE_DURATION || type->kind == TYPE_INSTANT; }

/* Counts of a duration are of any integer type: a bare number is large enough to be one. */
static bool settle_count(Checker *c, Expr *count) {
    if (is_literal(c, count->type) && count->type != &c->real) settle(c, count, c->i64);
    return type_is_int(count->type);
}

/* NULL: not defined. */
static Type *timed_result(Checker *c, Op op, Expr *left, Expr *right) {
    TypeKind a = left->type->kind, b = right->type->kind;
    bool two_durations = a == TYPE_DURATION && b == TYPE_DURATION;
    switch (op) {
    case OP_ADD:
        if (two_durations) return c->duration;
        return a == TYPE_INSTANT && b == TYPE_DURATION ? c->instant : NULL;
    case OP_SUB:
        if (two_durations || (a == TYPE_INSTANT && b == TYPE_INSTANT)) return c->duration;
        return a == TYPE_INSTANT && b == TYPE_DURATION ? c->instant : NULL;
    case OP_MUL:
        if (a == TYPE_DURATION && settle_count(c, right)) return c->duration;
        return b == TYPE_DURATION && settle_count(c, left) ? c->duration : NULL;
    case OP_DIV:
        if (two_durations) return c->i64;
        return a == TYPE_DURATION && settle_count(c, right) ? c->duration : NULL;
    case OP_REM: return two_durations ? c->duration : NULL;
    default: return NULL;
    }
}

/* Two constants are left to folding. */
static bool divides_by_zero(Checker *c, Op op, const Expr *left, const Expr *right, Span whole) {
    bool is_zero = right->constant && right->kind == EXPR_INT && right->u.integer == 0 && !left->constant;
    if ((op != OP_DIV && op != OP_REM) || !is_zero) return false;
    diag_add(c->diags, CODE_E0221, whole, "this divides by zero");
    return true;
}

static Type *number_result(Checker *c, Op op, Expr *left, Expr *right, Span whole) {
    if (is_timed(left->type) || is_timed(right->type)) {
        Type *type = timed_result(c, op, left, right);
        if (type) return divides_by_zero(c, op, left, right, whole) ? c->error : type;
        settle_default(c, left);
        settle_default(c, right);
        return is_wrong(left->type) || is_wrong(right->type) ? c->error : not_defined(c, op, left, right, whole);
    }
    Type *type = unify(c, left, right);
    if (is_wrong(left->type) || is_wrong(right->type)) return c->error;
    if (!type) return no_common(c, op, left, right, whole);
    bool defined = operator_is_for_ints(op) ? type_is_int(type) : type_is_number(type);
    if (!defined) return not_defined(c, op, left, right, whole);
    return divides_by_zero(c, op, left, right, whole) ? c->error : type;
}

/* Two constants are left to folding. */
static bool shifts_too_far(Checker *c, const Expr *left, const Expr *right, Span whole) {
    if (left->constant || is_literal(c, left->type) || !right->constant || left->type->kind == TYPE_USIZE) return false;
    Integer count = constant_of(c, right);
    if (count.size < type_bits(left->type)) return false;
    diag_add(c->diags, CODE_E0221, whole, "a shift by %s bits of a type that has %u", integer_text(c->arena, count),
             (unsigned)type_bits(left->type));
    return true;
}

/* The count has a type of its own. */
static Type *shift_result(Checker *c, Op op, Expr *left, Expr *right, Span whole) {
    if (right->type == &c->negative) {
        diag_add(c->diags, CODE_E0221, right->span, "a shift by a negative number of bits");
        right->type = c->error;
    }
    if (!(is_literal(c, left->type) && right->constant)) settle_default(c, right);
    if (is_wrong(left->type) || is_wrong(right->type)) return c->error;
    if (type_is_int(left->type) && type_is_int(right->type)) {
        return shifts_too_far(c, left, right, whole) ? c->error : left->type;
    }
    settle_default(c, left);
    return not_defined(c, op, left, right, whole);
}

static Type *equality_result(Checker *c, Op op, Expr *left, Expr *right, Span whole) {
    Type *type = unify(c, left, right);
    if (is_wrong(left->type) || is_wrong(right->type)) return c->error;
    if (!type) return no_common(c, op, left, right, whole);
    if (type_has_equality(type) && type->kind != TYPE_NONE) return c->boolean;
    Diag *diag = diag_add(c->diags, CODE_E0213, whole, "values of %s cannot be compared", type_name_of(c, type));
    advise(c, diag, op, left, right);
    return c->error;
}

static Type *order_result(Checker *c, Op op, Expr *left, Expr *right, Span whole) {
    Type *type = unify(c, left, right);
    if (is_wrong(left->type) || is_wrong(right->type)) return c->error;
    if (!type) return no_common(c, op, left, right, whole);
    return type_is_number(type) || is_timed(type) ? c->boolean : not_defined(c, op, left, right, whole);
}

Type *operator_result(Checker *c, Op op, Expr *left, Expr *right, Span whole) {
    if (is_wrong(left->type) || is_wrong(right->type)) {
        settle_default(c, left);
        settle_default(c, right);
        return c->error;
    }
    if (left->type->kind == TYPE_NEVER || right->type->kind == TYPE_NEVER) {
        const Expr *never = left->type->kind == TYPE_NEVER ? left : right;
        diag_add(c->diags, CODE_E0211, never->span, "this never gives a value");
        settle_default(c, left);
        settle_default(c, right);
        return c->error;
    }
    switch (op) {
    case OP_SHL: case OP_SHR: return shift_result(c, op, left, right, whole);
    case OP_EQ: case OP_NE: return equality_result(c, op, left, right, whole);
    case OP_LT: case OP_LE: case OP_GT: case OP_GE: return order_result(c, op, left, right, whole);
    default: return number_result(c, op, left, right, whole);
    }
}

/* ---- binary ---- */

static void check_truth(Checker *c, Expr *expr, Op op) {
    Type *type = check_value(c, expr, c->boolean);
    if (is_wrong(type) || type->kind == TYPE_BOOL || type->kind == TYPE_NEVER) return;
    Diag *diag = diag_add(c->diags, CODE_E0213, expr->span, "`%s` takes `bool`s, not %s", symbol(op),
                          type_name_of(c, type));
    if (type_is_int(type) && op != OP_NOT) {
        diag_note(c->diags, diag, "bits are combined by `%s`", op == OP_LOGIC_AND ? "&" : "|");
    }
}

static Type *check_logic(Checker *c, Expr *expr) {
    check_truth(c, expr->u.binary.left, (Op)expr->op);
    check_truth(c, expr->u.binary.right, (Op)expr->op);
    expr->type = c->boolean;
    bool good = !is_wrong(expr->u.binary.left->type) && !is_wrong(expr->u.binary.right->type);
    if (good) fold_binary(c, expr);
    return c->boolean;
}

static Type *check_coalesce(Checker *c, Expr *expr, Type *hint) {
    Expr *left = expr->u.binary.left, *right = expr->u.binary.right;
    Type *maybe = check_value(c, left, NULL);
    if (maybe->kind != TYPE_OPTIONAL) {
        check_value(c, right, hint);
        if (is_wrong(maybe)) return maybe;
        diag_add(c->diags, CODE_E0213, expr->span, "%s is never `none`: `??` has nothing to replace",
                 type_name_of(c, maybe));
        return c->error;
    }
    take(c, left);
    Type *other = check_expr(c, right, maybe->elem);
    Type *type = other->kind == TYPE_OPTIONAL || other->kind == TYPE_NONE ? maybe : maybe->elem;
    meet(c, right, (Wanted){type, left->span, "this stands for the same value", NULL});
    return type;
}

Type *check_binary(Checker *c, Expr *expr, Type *hint) {
    Op op = (Op)expr->op;
    if (op == OP_LOGIC_AND || op == OP_LOGIC_OR) return check_logic(c, expr);
    if (op == OP_COALESCE) return check_coalesce(c, expr, hint);
    Expr *left = expr->u.binary.left, *right = expr->u.binary.right;
    check_expr(c, left, NULL);
    bool empty = left->type->kind == TYPE_EMPTY;
    if (empty) meet(c, left, wanted(c->i32));
    check_expr(c, right, is_literal(c, left->type) ? NULL : left->type);
    if (!empty && right->type->kind == TYPE_EMPTY) meet(c, right, wanted(c->i32));
    if (empty || right->type->kind == TYPE_EMPTY) return c->error;
    expr->type = operator_result(c, op, left, right, expr->span);
    fold_binary(c, expr);
    return expr->type;
}

/* ---- unary ---- */

static Type *unary_result(const Expr *expr, Type *of) {
    switch ((Op)expr->op) {
    case OP_NEG: return type_is_signed(of) || type_is_float(of) || of->kind == TYPE_DURATION ? of : NULL;
    case OP_INVERT: return type_is_int(of) ? of : NULL;
    default: return of->kind == TYPE_BOOL ? of : NULL;
    }
}

Type *check_unary(Checker *c, Expr *expr, Type *hint) {
    Expr *of = expr->u.operand;
    Type *type = check_expr(c, of, hint);
    if (type->kind == TYPE_EMPTY) meet(c, of, wanted(c->i32));
    if (is_wrong(type) || type->kind == TYPE_EMPTY) return c->error;
    if (expr->op == OP_NOT && !is_literal(c, type) && type->kind != TYPE_BOOL) {
        check_truth(c, of, OP_NOT);
        return c->error;
    }
    expr->type = unary_result(expr, type);
    if (!expr->type) {
        Diag *diag = diag_add(c->diags, CODE_E0213, expr->span, "`%s` is not defined for %s", symbol((Op)expr->op),
                              type_name_of(c, type));
        if (expr->op == OP_NEG && type_is_int(type)) diag_note(c->diags, diag, "`%s` has no numbers below zero",
                                                               type_text(c->types, type));
        advise(c, diag, (Op)expr->op, of, of);
        settle_default(c, of);
        return c->error;
    }
    fold_unary(c, expr);
    return expr->type;
}

/* ---- conversions ---- */

bool can_convert(const Type *from, const Type *to) {
    if (type_is_number(from) && type_is_number(to)) return true;
    return type_is_int(to) && (from->kind == TYPE_BOOL || type_is_plain_enum(from));
}

void cannot_convert(Checker *c, const Expr *expr, const Expr *of, Type *to) {
    const Type *from = of->type;
    Diag *diag = diag_add(c->diags, CODE_E0225, expr->span, "%s cannot be converted to `%s`", type_name_of(c, from),
                          type_text(c->types, to));
    if (from->kind == TYPE_DURATION) diag_note(c->diags, diag, "divide it by a unit: `d / 1ms`");
    else if (to->kind == TYPE_DURATION) diag_note(c->diags, diag, "multiply by a unit: `x * 1ms`");
    else if (to->kind == TYPE_BOOL) diag_note(c->diags, diag, "compare: `x != 0`");
    else if (to->kind == TYPE_ENUM) diag_note(c->diags, diag, "`%s.from(x)` gives the case with this number, or `none`",
                                              type_text(c->types, to));
    else if (from->kind == TYPE_REF && can_convert(from->elem, to))
        diag_fix(c->diags, diag, (Span){of->span.at, 0}, STR("*"), "read what the reference refers to");
}

/* A bare number of which the type does not matter gets one that holds it; else it takes the one it is converted to. */
void settle_to_convert(Checker *c, Expr *of, Type *to) {
    if (!is_literal(c, of->type)) return;
    Type *type = c->i32;
    if (of->type == &c->real) type = c->f64;
    else if (!of->constant) type = type_is_int(to) ? to : c->i32;
    else if (!integer_fits(constant_of(c, of), c->i32))
        type = integer_fits(constant_of(c, of), c->i64) ? c->i64 : type_basic(c->types, TYPE_U64);
    settle(c, of, type);
}

Type *check_cast(Checker *c, Expr *expr) {
    Expr *of = expr->u.cast.of;
    Type *to = check_type(c, expr->u.cast.to);
    Type *from = check_expr(c, of, NULL);
    settle_to_convert(c, of, to);
    from = of->type;
    if (from->kind == TYPE_EMPTY) meet(c, of, wanted(to));
    if (is_wrong(from) || is_wrong(to) || from->kind == TYPE_EMPTY) return c->error;
    if (from != to && !can_convert(from, to)) {
        cannot_convert(c, expr, of, to);
        return c->error;
    }
    expr->type = to;
    fold_convert(c, expr, of, false);
    return to;
}
