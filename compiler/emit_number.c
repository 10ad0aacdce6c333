/* emit_number: constants, arithmetic and conversions of numbers and times. What can fail is a call into tr_arith.h. */
#include <stdio.h>
#include <stdlib.h>

#include "emit_internal.h"

/* ---- constants ---- */

static void put_signed(Emitter *e, int64_t value) {
    if (value == INT64_MIN) put_text(e, "INT64_MIN");
    else if (value == INT32_MIN) put_text(e, "INT32_MIN");
    else if (value < INT32_MIN || value > INT32_MAX) put(e, "INT64_C($i)", value);
    else buf_int(&e->out->text, value);
}

static void put_unsigned(Emitter *e, uint64_t value, bool narrow) {
    if (value > UINT32_MAX) {
        put_text(e, "UINT64_C(");
        buf_uint(&e->out->text, value);
        put_text(e, ")");
    } else {
        buf_uint(&e->out->text, value);
        if (!narrow || value > INT16_MAX) put_text(e, "u");
    }
}

/* The case with that number, or just the number. */
static void put_enum(Emitter *e, const Type *type, int64_t value) {
    const EnumDecl *decl = type->enumeration;
    for (uint32_t i = 0; i < decl->cases.len; i++) {
        const char *name = decl->cases.at[i].number == value ? case_constant(e, &decl->cases.at[i]) : NULL;
        if (name) {
            put_text(e, name);
            return;
        }
    }
    put_signed(e, value);
}

void put_int(Emitter *e, const Type *type, uint64_t value) {
    switch (type->kind) {
    case TYPE_BOOL: put_text(e, value ? "true" : "false"); break;
    case TYPE_U8: case TYPE_U16: put_unsigned(e, value, true); break;
    case TYPE_U32: case TYPE_U64: case TYPE_USIZE: case TYPE_INSTANT: put_unsigned(e, value, false); break;
    case TYPE_ENUM: put_enum(e, type, (int64_t)value); break;
    default: put_signed(e, (int64_t)value); break;
    }
}

void put_float(Emitter *e, const Type *type, double value) {
    bool is_single = type->kind == TYPE_F32;
    if (value != value || value - value != 0) {
        put_text(e, value != value ? "(0.0 / 0.0)" : value > 0 ? "(1.0 / 0.0)" : "(-1.0 / 0.0)");
        return;
    }
    char text[40];
    for (int digits = is_single ? 6 : 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        bool same = is_single ? strtof(text, NULL) == (float)value : strtod(text, NULL) == value;
        if (same) break;
    }
    put_text(e, text);
    if (!strpbrk(text, ".e")) put_text(e, ".0");
    if (is_single) put_text(e, "f");
}

/* ---- arithmetic ---- */

const char *number_suffix(const Type *type) {
    static const char *const names[] = {
        [TYPE_I8] = "i8", [TYPE_I16] = "i16", [TYPE_I32] = "i32", [TYPE_I64] = "i64", [TYPE_U8] = "u8", [TYPE_U16] =
        "u16", [TYPE_U32] = "u32", [TYPE_U64] = "u64", [TYPE_USIZE] = "size",
    };
    return names[type->kind];
}

static const char *operation(Op op) {
    static const char *const names[] = {
        [OP_ADD] = "add", [OP_SUB] = "sub", [OP_MUL] = "mul", [OP_DIV] = "div", [OP_REM] = "rem", [OP_WADD] = "wadd",
        [OP_WSUB] = "wsub", [OP_WMUL] = "wmul", [OP_SADD] = "sadd", [OP_SSUB] = "ssub", [OP_SHL] = "shl", [OP_SHR] =
        "shr",
    };
    return names[op];
}

static bool is_checked(Op op) { return op <= OP_REM || op == OP_SHL || op == OP_SHR; }

/* An integer operand of a function that takes ticks, or an operand of a shift. */
static void put_count(Emitter *e, const IrExpr *count) {
    if (count->kind == IRX_INT) buf_uint(&e->out->text, count->u.integer);
    else if (type_is_signed(count->type)) put(e, "(uint64_t)$e", count);
    else put_expr(e, count);
}

static void put_ticks(Emitter *e, const IrExpr *number) {
    if (number->type->kind == TYPE_DURATION) put_expr(e, number);
    else put(e, "tr_cast_$s_to_i$n($x, $l)", type_is_signed(number->type) ? "i64" : "u64", (uint32_t)e->ir->ticks.bits,
             number, number);
}

/* duration + - * / %, instant + - duration, instant - instant */
static void put_time(Emitter *e, const IrExpr *expr) {
    const IrExpr *a = expr->u.of.a, *b = expr->u.of.b;
    Op op = (Op)expr->op;
    uint32_t bits = e->ir->ticks.bits;
    if (expr->type->kind == TYPE_INSTANT) {
        bool is_checked = bits == 32 && e->ir->checks;
        put(e, is_checked ? "tr_later_checked($x, " : "tr_later($x, ", a);
        if (op == OP_ADD) put_expr(e, b);
        else put(e, "tr_neg_i$n($x, $l)", bits, b, expr);
        if (is_checked) put(e, ", $l", expr);
        put_text(e, ")");
    } else if (a->type->kind == TYPE_INSTANT) {
        put(e, "(tr_duration)($e - $e)", a, b);
    } else {
        put(e, "tr_$s_i$n(", operation(op), bits);
        put_ticks(e, a);
        put_text(e, ", ");
        put_ticks(e, b);
        if (is_checked(op)) put(e, ", $l", expr);
        put_text(e, ")");
    }
}

static bool is_time(const Type *type) { return type->kind == TYPE_DURATION || type->kind == TYPE_INSTANT; }

static bool is_narrow(const Type *type) {
    return type->kind == TYPE_I8 || type->kind == TYPE_I16 || type->kind == TYPE_U8 || type->kind == TYPE_U16;
}

/* C's own operator does it: nothing can fail, and nothing is undefined. */
static bool is_plain(const IrExpr *expr) {
    const Type *type = expr->type;
    const IrExpr *b = expr->u.of.b;
    bool is_unsigned = !type_is_signed(type);
    switch ((Op)expr->op) {
    case OP_AND: case OP_OR: case OP_XOR: return true;
    case OP_WADD: case OP_WSUB: return is_unsigned;
    case OP_WMUL: return is_unsigned && !is_narrow(type);
    case OP_DIV: case OP_REM:
        return b->kind == IRX_INT && b->u.integer != 0 && b->u.integer != UINT64_MAX && expr->u.of.a->kind != IRX_INT;
    case OP_SHL: case OP_SHR: return is_unsigned && b->kind == IRX_INT && b->u.integer < (is_narrow(type) ? 8 : 16);
    default: return false;
    }
}

static const char *sign_of(Op op) {
    static const char *const signs[] = {
        [OP_ADD] = "+", [OP_SUB] = "-", [OP_MUL] = "*", [OP_DIV] = "/", [OP_REM] = "%", [OP_WADD] = "+", [OP_WSUB] =
        "-", [OP_WMUL] = "*", [OP_SADD] = "+", [OP_SSUB] = "-", [OP_SHL] = "<<", [OP_SHR] = ">>", [OP_AND] = "&",
        [OP_XOR] = "^", [OP_OR] = "|",
    };
    return signs[op];
}

/* False: it is printed as an operator between operands, and needs parentheses in a larger expression. */
bool put_arithmetic(Emitter *e, const IrExpr *expr) {
    const IrExpr *a = expr->u.of.a, *b = expr->u.of.b;
    Op op = (Op)expr->op;
    bool is_shift = op == OP_SHL || op == OP_SHR;
    if (is_time(expr->type) || is_time(a->type)) {
        put_time(e, expr);
    } else if (expr->type->kind == TYPE_BOOL) {
        put(e, "($e $s $e)", a, op == OP_AND ? "&&" : op == OP_OR ? "||" : "!=", b);
    } else if (type_is_float(expr->type)) {
        put(e, "$e $s $e", a, sign_of(op), b);
        return false;
    } else if (is_plain(expr)) {
        bool is_mask = op == OP_AND && b->kind == IRX_INT && !type_is_signed(expr->type);
        bool is_cast = is_narrow(expr->type) && !is_mask;
        if (is_cast) put(e, "($t)(", expr->type);
        put(e, "$e $s $e", a, sign_of(op), b);
        if (is_cast) put_text(e, ")");
        return is_cast;
    } else {
        put(e, "tr_$s_$s(", operation(op), number_suffix(expr->type));
        if (a->type != expr->type) put(e, "($t)$e, ", expr->type, a);
        else put(e, "$x, ", a);
        if (is_shift) put_count(e, b);
        else put_expr(e, b);
        if (is_checked(op)) put(e, ", $l", expr);
        put_text(e, ")");
    }
    return true;
}

/* ---- conversions ---- */

static void put_from_float(Emitter *e, const IrExpr *expr) {
    bool is_signed = type_is_signed(expr->type);
    const char *bits = is_signed ? "i64" : "u64", *to = number_suffix(expr->type);
    const IrExpr *a = expr->u.of.a;
    need(e, is_signed ? HELPER_FLOAT_I64 : HELPER_FLOAT_U64);
    if (expr->convert == IR_CHECK)
        put(e, "tr_cast_$s_to_$s(@_float_to_$s($x, true, $l), $l)", bits, to, bits, a, expr, expr);
    else
        put(e, "tr_wrap_$s((uint64_t)@_float_to_$s($x, false, $l))", to, bits, a, expr);
}

static bool is_wide_enough(const Type *from, const Type *to) {
    return type_is_int(from) && type_bits(from) <= type_bits(to) && type_is_signed(from) == type_is_signed(to) &&
           from->kind != TYPE_USIZE && to->kind != TYPE_USIZE;
}

void put_convert(Emitter *e, const IrExpr *expr) {
    const IrExpr *a = expr->u.of.a;
    const Type *to = expr->type, *from = a->type;
    if (type_is_float(from) && type_is_int(to)) {
        put_from_float(e, expr);
    } else if (!type_is_int(to) || expr->convert == IR_WIDEN || is_wide_enough(from, to)) {
        put(e, "($t)$e", to, a);
    } else if (expr->convert == IR_CHECK) {
        put(e, "tr_cast_$s_to_$s($x, $l)", type_is_signed(from) ? "i64" : "u64", number_suffix(to), a, expr);
    } else if (type_is_signed(to)) {
        put(e, "tr_wrap_$s((uint64_t)$e)", number_suffix(to), a);
    } else {
        put(e, "($t)$e", to, a);
    }
}
