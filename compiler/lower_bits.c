/* lower_bits: built-in functions on bits and bytes.

       x.bits(7, 4)            (x >> 4) & 15               -- where both are known
       bit(n)                  1 << n
       mul_shift(a, b, n)      i32((a as i64 *% b as i64) >> n), checked; 64 bits are the runtime's */
#include "lower.h"

static Expr *arg(const Expr *call, uint32_t i) { return call->u.call.args.at[i].value; }

/* All arguments, left to right, each as it is. */
static IrExpr *with_args(Lower *l, Expr *expr, IrOp op, IrExpr *first) {
    IrExpr *made = ir_op(l, op, expr->type, first, NULL);
    IrExprList *items = &made->u.built.items;
    for (uint32_t i = 0; i < expr->u.call.args.len; i++) {
        uint32_t mark = l->out->len;
        IrExpr *value = lower_expr(l, arg(expr, i));
        for (uint32_t k = 0; k < items->len && l->out->len != mark; k++) {
            uint32_t before = l->out->len;
            items->at[k] = lower_before(l, mark, items->at[k]);
            mark += l->out->len - before;
        }
        vec_push(l->scratch, items, value);
    }
    made->line = lower_line(l, expr->span.at);
    return made;
}

static IrExpr *as(Lower *l, IrExpr *value, Type *type, IrConvert how) {
    if (value->type == type) return value;
    IrExpr *made = ir_unary(l, IRX_CONVERT, type, value);
    made->convert = (uint8_t)how;
    return made;
}

static IrExpr *lower_bits(Lower *l, Expr *expr) {
    Expr *self = expr->u.call.self;
    IrExpr *x = lower_as(l, self, expr->type);
    IrExpr *made = with_args(l, expr, IROP_BITS, x);
    const IrExpr *high = made->u.built.items.at[1], *low = made->u.built.items.at[2];
    if (high->kind != IRX_INT || low->kind != IRX_INT) return made;
    uint64_t width = high->u.integer - low->u.integer + 1, mask = width < 64 ? ((uint64_t)1 << width) - 1 : UINT64_MAX;
    IrExpr *shifted = made->u.built.items.at[0];
    if (low->u.integer) {
        shifted = ir_binary(l, OP_SHR, expr->type, shifted, ir_int(l, lower_basic(l, TYPE_I32), low->u.integer));
    }
    return ir_binary(l, OP_AND, expr->type, shifted, ir_int(l, expr->type, mask));
}

static IrExpr *lower_mul_shift(Lower *l, Expr *expr) {
    IrExpr *made = with_args(l, expr, IROP_MUL_SHIFT, NULL);
    IrExpr **items = made->u.built.items.at;
    bool is_signed = type_is_signed(expr->type), is_wide = type_bits(expr->type) > 32 || expr->type->kind == TYPE_USIZE;
    Type *wide = lower_basic(l, is_signed ? TYPE_I64 : TYPE_U64);
    for (int i = 0; i < 2; i++) items[i] = as(l, items[i], wide, IR_WIDEN);
    if (!is_wide) {
        IrExpr *product = ir_binary(l, OP_WMUL, wide, items[0], items[1]);
        made = ir_binary(l, OP_SHR, wide, product, items[2]);
    }
    made->type = wide;
    return as(l, made, expr->type, IR_CHECK);
}

/* The bytes as a variable, or as all of a place. */
static IrExpr *bytes_of(Lower *l, Expr *expr, Type *type) {
    IrExpr *bytes = lower_as(l, expr, type);
    bool is_whole = bytes->kind == IRX_SLICE && !bytes->u.of.b && !bytes->u.of.c;
    if (is_whole || bytes->kind == IRX_VAR) return bytes;
    IrExpr *kept = ir_use(l, lower_temp(l, bytes->type, "bytes"));
    lower_set(l, kept, bytes);
    return kept;
}

static IrExpr *lower_in_bytes(Lower *l, Expr *expr, bool stores, uint64_t size, bool big) {
    Type *slice = type_of_elem(&l->program->types, TYPE_SLICE, lower_basic(l, TYPE_U8), stores);
    IrExpr *bytes = bytes_of(l, arg(expr, 0), slice);
    IrExpr *at = lower_stable(l, lower_expr(l, arg(expr, 1)));
    IrExpr *made = ir_op(l, stores ? IROP_STORE : IROP_LOAD, stores ? NULL : expr->type, bytes, at);
    if (stores) {
        TypeKind kind = size == 2 ? TYPE_U16 : size == 4 ? TYPE_U32 : TYPE_U64;
        vec_push(l->scratch, &made->u.built.items, lower_as(l, arg(expr, 2), lower_basic(l, kind)));
    }
    vec_push(l->scratch, &made->u.built.items, ir_int(l, lower_basic(l, TYPE_U8), size * 8 + big));
    made->line = lower_line(l, expr->span.at);
    return made;
}

IrExpr *lower_bit_function(Lower *l, Expr *expr) {
    switch ((Builtin)expr->u.call.builtin) {
    case BUILTIN_CLZ: return with_args(l, expr, IROP_CLZ, NULL);
    case BUILTIN_CTZ: return with_args(l, expr, IROP_CTZ, NULL);
    case BUILTIN_POPCOUNT: return with_args(l, expr, IROP_POPCOUNT, NULL);
    case BUILTIN_ROTATE: return with_args(l, expr, IROP_ROTATE, NULL);
    case BUILTIN_MUL_SHIFT: return lower_mul_shift(l, expr);
    case BUILTIN_BIT: {
        IrExpr *at = lower_expr(l, arg(expr, 0));
        l->line = lower_line(l, expr->span.at);
        return ir_binary(l, OP_SHL, expr->type, ir_int(l, expr->type, 1), at);
    }
    case BUILTIN_BITS: return lower_bits(l, expr);
    case BUILTIN_LOAD_BE16: return lower_in_bytes(l, expr, false, 2, true);
    case BUILTIN_LOAD_LE16: return lower_in_bytes(l, expr, false, 2, false);
    case BUILTIN_LOAD_BE32: return lower_in_bytes(l, expr, false, 4, true);
    case BUILTIN_LOAD_LE32: return lower_in_bytes(l, expr, false, 4, false);
    case BUILTIN_LOAD_BE64: return lower_in_bytes(l, expr, false, 8, true);
    case BUILTIN_LOAD_LE64: return lower_in_bytes(l, expr, false, 8, false);
    default: return NULL;
    }
}

bool lower_store(Lower *l, Expr *expr) {
    static const struct { Builtin builtin; uint8_t size; bool big; } stores[] = {
        {BUILTIN_STORE_BE16, 2, true}, {BUILTIN_STORE_LE16, 2, false}, {BUILTIN_STORE_BE32, 4, true},
        {BUILTIN_STORE_LE32, 4, false}, {BUILTIN_STORE_BE64, 8, true}, {BUILTIN_STORE_LE64, 8, false},
    };
    for (size_t i = 0; i < sizeof stores / sizeof *stores; i++) {
        if (!is_call_of(expr, stores[i].builtin)) continue;
        lower_do(l, lower_in_bytes(l, expr, true, stores[i].size, stores[i].big));
        return true;
    }
    return false;
}
