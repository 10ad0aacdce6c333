/* check_evaluate_bits: the built-in functions on bits, in constants. */
#include "check_evaluate.h"

static Expr *arg(const Expr *call, uint32_t i) { return call->u.call.args.at[i].value; }

/* usize counts as 32 bits, as in all constants. */
static uint32_t width_of(const Type *type) { return type->kind == TYPE_USIZE ? 32 : type_bits(type); }

static uint64_t low_bits(const Value *value) {
    uint32_t width = width_of(value->type);
    return integer_bits(integer_of_value(value)) & (width < 64 ? ((uint64_t)1 << width) - 1 : UINT64_MAX);
}

static Value run_count(Evaluator *e, const Expr *call, Builtin builtin) {
    Value x = run_expr(e, arg(call, 0));
    if (e->failed) return x;
    uint64_t bits = low_bits(&x);
    uint32_t width = width_of(x.type), count = 0;
    if (builtin == BUILTIN_CTZ) while (count < width && !(bits >> count & 1)) count++;
    else if (builtin == BUILTIN_CLZ) while (count < width && !(bits >> (width - 1 - count) & 1)) count++;
    else for (; bits; bits &= bits - 1) count++;
    return value_integer((Integer){false, count}, e->c->i32);
}

static Value run_rotate(Evaluator *e, const Expr *call) {
    Value x = run_expr(e, arg(call, 0)), by = run_expr(e, arg(call, 1));
    if (e->failed) return x;
    uint32_t width = width_of(x.type), count = (uint32_t)integer_bits(integer_of_value(&by)) & (width - 1);
    uint64_t bits = low_bits(&x);
    if (count) bits = bits << count | bits >> (width - count);
    return value_integer(integer_wrap(bits, x.type), x.type);
}

static Value run_bit(Evaluator *e, const Expr *call) {
    Value at = run_expr(e, arg(call, 0));
    if (e->failed) return at;
    Integer n = integer_of_value(&at);
    if (n.negative || n.size >= width_of(call->type)) return fail(e, call->span, "there is no such bit");
    return value_integer(integer_wrap((uint64_t)1 << n.size, call->type), call->type);
}

static Value run_bits(Evaluator *e, const Expr *call) {
    Value x = run_expr(e, call->u.call.self), high = run_expr(e, arg(call, 0)), low = run_expr(e, arg(call, 1));
    if (e->failed) return x;
    x = value_convert(e, x, call->type, call->span);
    Integer from = integer_of_value(&low), to = integer_of_value(&high);
    bool good = !from.negative && !to.negative && from.size <= to.size && to.size < width_of(x.type);
    if (!good) return fail(e, call->span, "there are no such bits");
    uint64_t mask = to.size - from.size < 63 ? ((uint64_t)1 << (to.size - from.size + 1)) - 1 : UINT64_MAX;
    return value_integer((Integer){false, low_bits(&x) >> from.size & mask}, x.type);
}

/* Products of more than 64 bits are left to the running program. */
static Value run_mul_shift(Evaluator *e, const Expr *call) {
    Value a = run_expr(e, arg(call, 0)), b = run_expr(e, arg(call, 1)), by = run_expr(e, arg(call, 2));
    if (e->failed) return a;
    Integer n = integer_of_value(&by), product;
    if (!integer_multiply(integer_of_value(&a), integer_of_value(&b), &product)) {
        return fail(e, call->span, "the product has more than 64 bits");
    }
    if (n.negative || n.size > 63) return fail(e, call->span, "the shift is too far");
    uint64_t rest = product.size & (((uint64_t)1 << n.size) - 1);
    Integer result = {product.negative, (product.size >> n.size) + (product.negative && rest)};
    if (!result.size) result.negative = false;
    return integer_fits(result, call->type) ? value_integer(result, call->type)
                                            : fail(e, call->span, "the result does not fit");
}

Value run_bit_function(Evaluator *e, const Expr *call) {
    Builtin builtin = (Builtin)call->u.call.builtin;
    switch (builtin) {
    case BUILTIN_CLZ: case BUILTIN_CTZ: case BUILTIN_POPCOUNT: return run_count(e, call, builtin);
    case BUILTIN_ROTATE: return run_rotate(e, call);
    case BUILTIN_BIT: return run_bit(e, call);
    case BUILTIN_BITS: return run_bits(e, call);
    case BUILTIN_MUL_SHIFT: return run_mul_shift(e, call);
    default:
        return fail(e, call->span, str_format(e->c->arena, "`%s` works only in the running program",
                                              builtin_name(builtin)).at);
    }
}
