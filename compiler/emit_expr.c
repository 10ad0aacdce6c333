/* emit_expr: values. What stands inside a larger expression is put in parentheses unless it needs none anywhere. */
#include "emit_internal.h"

bool same_expr(const IrExpr *a, const IrExpr *b) {
    if (a->kind != b->kind) return false;
    switch ((IrExprKind)a->kind) {
    case IRX_VAR: return a->u.var == b->u.var;
    case IRX_GLOBAL: return a->u.global == b->u.global;
    case IRX_INT: return a->u.integer == b->u.integer && a->type == b->type;
    case IRX_FIELD: case IRX_PAYLOAD: return a->u.part.index == b->u.part.index && same_expr(a->u.part.a, b->u.part.a);
    case IRX_DEREF: case IRX_UNWRAP: return same_expr(a->u.of.a, b->u.of.a);
    case IRX_INDEX: return same_expr(a->u.of.a, b->u.of.a) && same_expr(a->u.of.b, b->u.of.b);
    default: return false;
    }
}

/* ---- comparisons ---- */

static const char *const signs[] = {
    [OP_EQ] = "==", [OP_NE] = "!=", [OP_LT] = "<", [OP_LE] = "<=", [OP_GT] = ">", [OP_GE] = ">=",
};

static bool compares(Op op) { return op >= OP_EQ && op <= OP_GE; }

static Op mirrored(Op op) {
    return op == OP_LT ? OP_GT : op == OP_LE ? OP_GE : op == OP_GT ? OP_LT : op == OP_GE ? OP_LE : op;
}

/* C compilers warn of comparisons whose result follows from the operand's type. -1: it does not; else the result. */
static int result_known(Op op, const IrExpr *a, const IrExpr *b) {
    const Type *type = a->type;
    if (!type_is_int(type)) return -1;
    if (same_expr(a, b)) return op == OP_EQ || op == OP_LE || op == OP_GE;
    if (a->kind == IRX_INT) return b->kind == IRX_INT ? -1 : result_known(mirrored(op), b, a);
    if (b->kind != IRX_INT) return -1;
    uint32_t bits = type_bits(type);
    bool is_signed = type_is_signed(type);
    uint64_t least = is_signed ? (uint64_t)INT64_MIN >> (64 - bits) | (bits < 64 ? UINT64_MAX << (bits - 1) : 0) : 0;
    uint64_t most = is_signed ? (uint64_t)INT64_MAX >> (64 - bits) : UINT64_MAX >> (64 - bits);
    bool at_least = b->u.integer == least, at_most = b->u.integer == most && type->kind != TYPE_USIZE;
    if (at_least && (op == OP_GE || op == OP_LT)) return op == OP_GE;
    if (at_most && (op == OP_LE || op == OP_GT)) return op == OP_LE;
    return -1;
}

static void put_tag(Emitter *e, const IrExpr *of) {
    if (type_is_plain_enum(of->type)) {
        const EnumDecl *decl = of->type->enumeration;
        uint32_t last = decl->cases.len - 1;
        bool is_index = true;
        for (uint32_t i = 0; i <= last; i++) is_index &= decl->cases.at[i].number == i;
        if (is_index) {
            put_operand(e, of);
            return;
        }
        put_text(e, "(");
        for (uint32_t i = 0; i < last; i++) put(e, "$e == $i ? $n : ", of, decl->cases.at[i].number, i);
        put(e, "$n)", last);
    } else {
        put_place(e, of, true);
        put_text(e, ".tag");
    }
}

/* Which case an enum is: tag(a) == 2 is printed as a comparison with the case's name. */
static bool put_tag_test(Emitter *e, const IrExpr *expr) {
    const IrExpr *tag = expr->u.of.a, *number = expr->u.of.b;
    if (tag->kind != IRX_TAG || number->kind != IRX_INT) return false;
    const IrExpr *of = tag->u.of.a;
    const EnumCase *wanted = &of->type->enumeration->cases.at[number->u.integer];
    const char *name = case_constant(e, wanted);
    if (type_is_plain_enum(of->type)) put_operand(e, of);
    else put_tag(e, of);
    put(e, " $s ", signs[expr->op]);
    if (name) put_text(e, name);
    else put(e, "$i", type_is_plain_enum(of->type) ? wanted->number : (int64_t)wanted->index);
    return true;
}

/* True: what was printed needs no parentheses. */
static bool put_comparison(Emitter *e, const IrExpr *expr) {
    const IrExpr *a = expr->u.of.a, *b = expr->u.of.b;
    Op op = (Op)expr->op;
    if (put_tag_test(e, expr)) return false;
    int known = result_known(op, a, b);
    if (known >= 0) {
        put(e, "((void)$e, $s)", a->kind == IRX_INT ? b : a, known ? "true" : "false");
        return true;
    }
    bool is_instant = a->type->kind == TYPE_INSTANT;
    if (is_instant && op >= OP_LT) {
        bool swapped = op == OP_GT || op == OP_LE;
        if (op == OP_LE || op == OP_GE) put_text(e, "!");
        put(e, "tr_earlier($x, $x)", swapped ? b : a, swapped ? a : b);
        return true;
    }
    if (!is_scalar(a->type)) {
        put_equal(e, expr);
        return true;
    }
    put(e, "$e $s $e", a, signs[op], b);
    return false;
}

/* ---- operators ---- */

/* An operand of &&, || or the condition of ?: : comparisons, and more of the same, need no parentheses there. */
static void put_condition(Emitter *e, const IrExpr *expr, Op around) {
    bool is_bare = expr->kind == IRX_BINARY && (compares((Op)expr->op) || expr->op == around);
    if (is_bare) put_expr(e, expr);
    else put_operand(e, expr);
}

static bool put_binary(Emitter *e, const IrExpr *expr) {
    Op op = (Op)expr->op;
    if (op == OP_LOGIC_AND || op == OP_LOGIC_OR) {
        put_condition(e, expr->u.of.a, op);
        put_text(e, op == OP_LOGIC_AND ? " && " : " || ");
        put_condition(e, expr->u.of.b, op);
        return false;
    }
    return compares(op) ? put_comparison(e, expr) : put_arithmetic(e, expr);
}

static void put_unary(Emitter *e, const IrExpr *expr) {
    const Type *type = expr->type;
    const IrExpr *a = expr->u.of.a;
    if (expr->op == OP_NOT) {
        put(e, "!$e", a);
    } else if (expr->op == OP_INVERT) {
        if (type_bits(type) < 32) put(e, "($t)", type);
        put(e, "~$e", a);
    } else if (type_is_float(type)) {
        put(e, "-$e", a);
    } else if (type->kind == TYPE_DURATION) {
        put(e, "tr_neg_i$n($x, $l)", (uint32_t)e->ir->ticks.bits, a, expr);
    } else {
        put(e, "tr_neg_$s($x, $l)", number_suffix(type), a, expr);
    }
}

void put_args(Emitter *e, const IrExprList *args, bool first) {
    for (uint32_t i = 0; i < args->len; i++) {
        if (i || !first) put_text(e, ", ");
        put_expr(e, args->at[i]);
    }
}

/* The program object goes along where the callee needs it; of one that is not written yet nobody knows. */
void put_call_head(Emitter *e, IrFn *fn) {
    EmitFn *callee = emit_fn_of(e, fn);
    if (!callee->done) callee->needs_app = true;
    put(e, "$s(", callee->name);
    if (callee->needs_app) put(e, "$a");
}

static void put_call(Emitter *e, const IrExpr *expr) {
    IrFn *fn = expr->u.call.fn;
    put_call_head(e, fn);
    put_args(e, &expr->u.call.items, !emit_fn_of(e, fn)->needs_app);
    put_text(e, ")");
}

/* ---- all kinds ---- */

/* True: needs no parentheses. */
static bool put_any(Emitter *e, const IrExpr *expr) {
    switch ((IrExprKind)expr->kind) {
    case IRX_INT:
        put_int(e, expr->type, expr->u.integer);
        return !(type_is_signed(expr->type) && (int64_t)expr->u.integer < 0);
    case IRX_FLOAT:
        put_float(e, expr->type, expr->u.number);
        return expr->u.number >= 0;
    case IRX_STR: case IRX_BYTES: case IRX_NONE: case IRX_SOME: case IRX_STRUCT: case IRX_CASE: case IRX_ARRAY:
    case IRX_REPEAT:
        put_make(e, expr);
        return true;
    case IRX_VAR: case IRX_GLOBAL: case IRX_FIELD: case IRX_PAYLOAD: case IRX_UNWRAP: case IRX_INDEX:
        put_place(e, expr, true);
        return expr->kind != IRX_VAR || expr->u.var != e->fn.ends;
    case IRX_DEREF:
        if (expr->u.of.a->kind == IRX_ADDRESS) put_place(e, expr->u.of.a->u.of.a, true);
        else put(e, "*$e", expr->u.of.a);
        return true;
    case IRX_TAG: put_tag(e, expr->u.of.a); return true;
    case IRX_HAS:
        put_place(e, expr->u.of.a, true);
        put_text(e, ".has");
        return true;
    case IRX_SLICE: put_slice(e, expr); return true;
    case IRX_ADDRESS: put_address(e, expr->u.of.a); return true;
    case IRX_UNARY: put_unary(e, expr); return true;
    case IRX_BINARY: return put_binary(e, expr);
    case IRX_CHOOSE:
        put_condition(e, expr->u.of.a, OP_EQ);
        put(e, " ? $e : $e", expr->u.of.b, expr->u.of.c);
        return false;
    case IRX_CONVERT: put_convert(e, expr); return true;
    case IRX_CALL: put_call(e, expr); return true;
    case IRX_OP: return put_op(e, expr);
    }
    return true;
}

void put_alone(Emitter *e, const IrExpr *expr) { put_any(e, expr); }

/* Whether parentheses are needed is known when the text stands: then they are put around it. */
void put_as_operand(Emitter *e, const IrExpr *expr) {
    Buf *text = &e->out->text;
    size_t start = text->len;
    if (put_any(e, expr)) return;
    buf_reserve(text, 2);
    memmove(text->at + start + 1, text->at + start, text->len - start);
    text->at[start] = '(';
    text->len++;
    buf_char(text, ')');
}
