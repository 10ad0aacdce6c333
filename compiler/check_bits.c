/* check_bits: built-in functions on the bits of integers, and on bytes that hold numbers. */
#include "check.h"

static Expr *arg(const Expr *call, uint32_t i) { return call->u.call.args.at[i].value; }

static bool has_args(Checker *c, Expr *expr, Builtin builtin, uint32_t count) {
    Callee callee = {.name = builtin_name(builtin), .count = count};
    for (uint32_t i = 0; i < expr->u.call.args.len; i++) {
        const Arg *named = &expr->u.call.args.at[i];
        if (!named->name) continue;
        diag_add(c->diags, CODE_E0209, named->name_span, "arguments of `%s` have no names", callee.name);
        check_all_args(c, expr);
        return false;
    }
    if (check_arg_count(c, expr, &callee)) return true;
    check_all_args(c, expr);
    return false;
}

static bool is_integer(Checker *c, Expr *value, Type *hint, bool is_unsigned, Builtin builtin) {
    Type *type = check_value(c, value, hint);
    if (type_is_int(type) && !(is_unsigned && type_is_signed(type))) return true;
    if (!is_wrong(type)) {
        diag_add(c->diags, CODE_E0203, value->span, "`%s` takes an %sinteger here, not %s", builtin_name(builtin),
                 is_unsigned ? "unsigned " : "", type_name_of(c, type));
    }
    return false;
}

/* clz(x)   ctz(x)   popcount(x) */
static Type *check_count_of(Checker *c, Expr *expr, Builtin builtin) {
    if (has_args(c, expr, builtin, 1)) is_integer(c, arg(expr, 0), NULL, false, builtin);
    return c->i32;
}

/* rotate(x, n): what leaves on the left comes in on the right. */
static Type *check_rotate(Checker *c, Expr *expr, Type *hint) {
    if (!has_args(c, expr, BUILTIN_ROTATE, 2)) return c->error;
    bool good = is_integer(c, arg(expr, 0), hint && type_is_int(hint) ? hint : NULL, true, BUILTIN_ROTATE);
    good &= is_integer(c, arg(expr, 1), NULL, false, BUILTIN_ROTATE);
    return good ? arg(expr, 0)->type : c->error;
}

/* mul_shift(a, b, n): a * b >> n, where the product has room. */
static Type *check_mul_shift(Checker *c, Expr *expr, Type *hint) {
    if (!has_args(c, expr, BUILTIN_MUL_SHIFT, 3)) return c->error;
    Expr *a = arg(expr, 0), *b = arg(expr, 1);
    check_expr(c, a, NULL);
    check_expr(c, b, NULL);
    if (is_literal(c, a->type) && is_literal(c, b->type) && hint && type_is_int(hint)) settle(c, a, hint);
    Type *type = operator_result(c, OP_WMUL, a, b, expr->span);
    bool good = is_integer(c, arg(expr, 2), NULL, false, BUILTIN_MUL_SHIFT) && !is_wrong(type);
    return good ? type : c->error;
}

/* bit(n): a number, if n is one; else of the type that it meets. */
static Type *check_bit(Checker *c, Expr *expr, Type *hint) {
    if (!has_args(c, expr, BUILTIN_BIT, 1)) return c->error;
    Expr *at = arg(expr, 0);
    if (!is_integer(c, at, NULL, false, BUILTIN_BIT)) return c->error;
    if (!at->constant || at->kind != EXPR_INT) return hint && type_is_int(hint) ? hint : type_basic(c->types, TYPE_U32);
    Integer n = constant_of(c, at);
    if (n.negative || n.size > 63) {
        diag_add(c->diags, CODE_E0221, at->span, "bits are counted from 0 to 63");
        return c->error;
    }
    set_integer(c, expr, (Integer){false, (uint64_t)1 << n.size}, &c->literal);
    return &c->literal;
}

Type *check_bits(Checker *c, Expr *expr, Type *object) {
    if (!has_args(c, expr, BUILTIN_BITS, 2)) return object;
    for (uint32_t i = 0; i < 2; i++) {
        Expr *at = arg(expr, i);
        if (!is_integer(c, at, NULL, false, BUILTIN_BITS)) return c->error;
        if (!at->constant || at->kind != EXPR_INT) continue;
        Integer n = constant_of(c, at);
        uint32_t width = object->kind == TYPE_USIZE ? 32 : type_bits(object);
        if (!n.negative && n.size < width) continue;
        diag_add(c->diags, CODE_E0221, at->span, "the bits of `%s` are counted from 0 to %u", type_text(c->types, object),
                 (unsigned)width - 1);
        return c->error;
    }
    const Expr *high = arg(expr, 0), *low = arg(expr, 1);
    bool known = high->constant && low->constant && high->kind == EXPR_INT && low->kind == EXPR_INT;
    if (!known || high->u.integer >= low->u.integer) return object;
    diag_add(c->diags, CODE_E0221, low->span, "the highest bit comes first: `x.bits(7, 4)`");
    return c->error;
}

/* ---- bytes ---- */

static Type *number_in_bytes(Checker *c, Builtin builtin) {
    switch (builtin) {
    case BUILTIN_LOAD_BE16: case BUILTIN_LOAD_LE16: case BUILTIN_STORE_BE16: case BUILTIN_STORE_LE16:
        return type_basic(c->types, TYPE_U16);
    case BUILTIN_LOAD_BE32: case BUILTIN_LOAD_LE32: case BUILTIN_STORE_BE32: case BUILTIN_STORE_LE32:
        return type_basic(c->types, TYPE_U32);
    default: return type_basic(c->types, TYPE_U64);
    }
}

/* load_be16(bytes, at)   store_be16(bytes, at, value) */
static Type *check_in_bytes(Checker *c, Expr *expr, Builtin builtin) {
    bool stores = builtin >= BUILTIN_STORE_BE16;
    Type *number = number_in_bytes(c, builtin), *gives = stores ? c->empty : number;
    if (!has_args(c, expr, builtin, stores ? 3 : 2)) return gives;
    check_wanted(c, arg(expr, 0), wanted(type_of_elem(c->types, TYPE_SLICE, c->u8, stores)));
    is_integer(c, arg(expr, 1), c->usize, false, builtin);
    if (stores) check_wanted(c, arg(expr, 2), wanted(number));
    return gives;
}

Type *check_bit_function(Checker *c, Expr *expr, Builtin builtin, Type *hint) {
    switch (builtin) {
    case BUILTIN_CLZ: case BUILTIN_CTZ: case BUILTIN_POPCOUNT: return check_count_of(c, expr, builtin);
    case BUILTIN_ROTATE: return check_rotate(c, expr, hint);
    case BUILTIN_MUL_SHIFT: return check_mul_shift(c, expr, hint);
    case BUILTIN_BIT: return check_bit(c, expr, hint);
    default: return check_in_bytes(c, expr, builtin);
    }
}
