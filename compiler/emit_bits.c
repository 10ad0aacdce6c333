/* emit_bits: built-in functions on bits and bytes: see runtime/tr_bits.h. */
#include "emit_internal.h"

static const IrExpr *item(const IrExpr *expr, uint32_t i) { return expr->u.built.items.at[i]; }

static bool is_wide(const Type *type) { return type->kind == TYPE_USIZE || type_bits(type) > 32; }

/* Zero-extended to 32 or 64 bits. */
static void put_unsigned(Emitter *e, const IrExpr *value) {
    static const char *const names[] = {"uint8_t", "uint16_t", "uint32_t", "uint64_t"};
    uint32_t bits = type_bits(value->type);
    int size = bits == 8 ? 0 : bits == 16 ? 1 : bits == 32 ? 2 : 3;
    if (type_is_signed(value->type)) put(e, "($s)", names[size]);
    put_operand(e, value);
}

static void put_count(Emitter *e, const IrExpr *expr, const char *what, bool has_width) {
    const IrExpr *x = item(expr, 0);
    put(e, "tr_$s_u$s(", what, is_wide(x->type) ? "64" : "32");
    put_unsigned(e, x);
    if (has_width) put(e, ", (int32_t)(8 * sizeof($t))", x->type);
    put_text(e, ")");
}

static void put_rotate(Emitter *e, const IrExpr *expr) {
    const IrExpr *x = item(expr, 0), *count = item(expr, 1);
    bool is_u64 = x->type->kind == TYPE_U64;
    put(e, "($t)tr_rotate_u$s($x, (uint32_t)$e", x->type, is_u64 ? "64" : "32", x, count);
    if (!is_u64) put(e, ", (uint32_t)(8 * sizeof($t))", x->type);
    put_text(e, ")");
}

static void put_bits(Emitter *e, const IrExpr *expr) {
    const IrExpr *x = item(expr, 0);
    put(e, "($t)tr_bits($x, (uint64_t)$e, (uint64_t)$e, (uint32_t)(8 * sizeof($t)), $l)", x->type, x, item(expr, 1),
        item(expr, 2), x->type, expr);
}

static void put_in_bytes(Emitter *e, const IrExpr *expr, bool stores) {
    const IrExpr *bytes = item(expr, 0);
    uint64_t form = item(expr, expr->u.built.items.len - 1)->u.integer;
    put(e, "tr_$s_$s$n(", stores ? "store" : "load", form & 1 ? "be" : "le", (uint32_t)(form & ~(uint64_t)1));
    put_view(e, bytes);
    put_text(e, ", ");
    put_bound(e, item(expr, 1));
    if (stores) put(e, ", $x", item(expr, 2));
    put(e, ", $l)", expr);
}

bool put_bit_op(Emitter *e, const IrExpr *expr) {
    switch ((IrOp)expr->irop) {
    case IROP_CLZ: put_count(e, expr, "clz", true); return true;
    case IROP_CTZ: put_count(e, expr, "ctz", true); return true;
    case IROP_POPCOUNT: put_count(e, expr, "popcount", false); return true;
    case IROP_ROTATE: put_rotate(e, expr); return false;
    case IROP_BITS: put_bits(e, expr); return false;
    case IROP_MUL_SHIFT:
        put(e, "tr_mul_shift_$s64($x, $x, (uint64_t)$e, $l)", type_is_signed(expr->type) ? "i" : "u", item(expr, 0),
            item(expr, 1), item(expr, 2), expr);
        return true;
    default: put_in_bytes(e, expr, expr->irop == IROP_STORE); return true;
    }
}
