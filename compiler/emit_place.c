/* emit_place: variables, fields, elements, slices. A place may be printed twice: reading it changes nothing. */
#include "emit_internal.h"

bool is_place(const IrExpr *expr) {
    switch ((IrExprKind)expr->kind) {
    case IRX_VAR: case IRX_GLOBAL: case IRX_DEREF: return true;
    case IRX_FIELD: case IRX_PAYLOAD: return is_place(expr->u.part.a);
    case IRX_UNWRAP: return is_place(expr->u.of.a);
    case IRX_INDEX: return expr->u.of.a->type->kind == TYPE_SLICE || is_place(expr->u.of.a);
    default: return false;
    }
}

/* `x.` of a place, `p->` of what p points to, and of any other value a copy. */
static void put_dot(Emitter *e, const IrExpr *of, bool read) {
    if (of->kind == IRX_DEREF) {
        put_arrow(e, of->u.of.a);
    } else if (is_place(of) || of->kind == IRX_CALL || of->kind == IRX_OP || of->kind == IRX_SLICE) {
        put_place(e, of, read);
        put_text(e, ".");
    } else {
        put(e, "($t[]){$x}->", of->type, of);
    }
}

/* References to groups are values: a pointer and a length. */
static bool is_group_reference(const IrExpr *pointer) {
    return pointer->type && pointer->type->kind == TYPE_REF && pointer->type->elem->kind == TYPE_GROUP;
}

void put_arrow(Emitter *e, const IrExpr *pointer) {
    if (pointer->kind == IRX_ADDRESS) {
        put_dot(e, pointer->u.of.a, true);
    } else {
        put_place(e, pointer, true);
        put_text(e, is_group_reference(pointer) ? "." : "->");
    }
}

static const char *const statistics[] = {
    "buffered", "capacity", "senders", "receivers", "waiting_senders", "waiting_receivers",
};

static void put_field(Emitter *e, const IrExpr *expr, bool read) {
    const IrExpr *of = expr->u.part.a;
    uint32_t index = expr->u.part.index;
    put_dot(e, of, read);
    switch (of->type->kind) {
    case TYPE_LEAF: {
        const ErrorDecl *error = of->type->errors.at[0];
        put(e, "u.$s.$s", error_field(e, error), field_name(e, &error->fields, index));
        break;
    }
    case TYPE_TUPLE: put(e, "v$n", index); break;
    case TYPE_STATISTICS: put_text(e, statistics[index]); break;
    default: put_text(e, field_name(e, &of->type->structure->fields, index)); break;
    }
}

/* The array of a container's elements. */
static void put_elements(Emitter *e, const IrExpr *of, bool read) {
    if (of->kind == IRX_VAR && of->u.var->kind == IRV_LEAVES) {
        put_leaves(e, of->u.var, "leaf");
    } else {
        put_dot(e, of, read);
        put_text(e, "at");
    }
}

/* How many elements there are, as C text: for the check of an index. */
void put_len(Emitter *e, const IrExpr *of) {
    if (of->type->kind == TYPE_ARRAY) {
        put(e, "$nu", of->type->count);
    } else if (of->kind == IRX_VAR && of->u.var->kind == IRV_LEAVES) {
        put_leaves(e, of->u.var, "count");
    } else if (of->kind == IRX_STR) {
        put(e, "$nu", (uint32_t)of->u.text.len);
    } else {
        put_dot(e, of, true);
        put_text(e, "len");
    }
}

void put_index(Emitter *e, const IrExpr *expr) {
    const IrExpr *of = expr->u.of.a, *index = expr->u.of.b;
    bool is_known = index->kind == IRX_INT && (of->type->kind == TYPE_ARRAY ? index->u.integer < of->type->count
                                                                            : of->type->kind == TYPE_GROUP);
    if (is_known || expr->sure) {
        put_expr(e, index);
        return;
    }
    bool is_small = index->type->kind == TYPE_USIZE || index->type->kind == TYPE_U8 || index->type->kind == TYPE_U16;
    put(e, "tr_index$s($x, ", is_small ? "" : type_is_signed(index->type) ? "_i64" : "_u64", index);
    put_len(e, of);
    put(e, ", $l)", expr);
}

static void put_element(Emitter *e, const IrExpr *expr, bool read) {
    const IrExpr *of = expr->u.of.a;
    if (of->kind == IRX_VAR && of->u.var->kind == IRV_CHANNEL) {
        put(e, "$v[$x]", of->u.var, expr->u.of.b);
        return;
    }
    bool is_text = of->type->kind == TYPE_STR || of->type->kind == TYPE_STR_N;
    if (is_text) put_text(e, "(uint8_t)");
    put_elements(e, of, read);
    put_text(e, "[");
    put_index(e, expr);
    put_text(e, "]");
}

void put_place(Emitter *e, const IrExpr *expr, bool read) {
    switch ((IrExprKind)expr->kind) {
    case IRX_VAR: put_var(e, expr->u.var, read); break;
    case IRX_GLOBAL: put_global(e, expr->u.global); break;
    case IRX_FIELD: put_field(e, expr, read); break;
    case IRX_PAYLOAD:
        put_dot(e, expr->u.part.a, read);
        put(e, "u.$s.$s", case_field(e, expr->u.part.enum_case),
            field_name(e, &expr->u.part.enum_case->fields, expr->u.part.index));
        break;
    case IRX_UNWRAP:
        put_dot(e, expr->u.of.a, read);
        put_text(e, "value");
        break;
    case IRX_INDEX: put_element(e, expr, read); break;
    case IRX_DEREF:
        if (expr->u.of.a->kind == IRX_ADDRESS) put_place(e, expr->u.of.a->u.of.a, true);
        else put(e, "(*$p)", expr->u.of.a);
        break;
    default: put_operand(e, expr); break;
    }
}

/* ---- addresses ---- */

static bool is_constant(const IrExpr *place) {
    for (;;) {
        if (place->kind == IRX_FIELD || place->kind == IRX_PAYLOAD) place = place->u.part.a;
        else if (place->kind == IRX_INDEX || place->kind == IRX_UNWRAP) place = place->u.of.a;
        else break;
    }
    return place->kind == IRX_GLOBAL && !place->u.global->is_static;
}

/* Printed as a compound literal, which has an address. */
static bool is_literal(const IrExpr *expr) {
    switch ((IrExprKind)expr->kind) {
    case IRX_STRUCT: case IRX_ARRAY: case IRX_NONE: case IRX_SOME: return true;
    case IRX_CASE: return !type_is_plain_enum(expr->type);
    case IRX_REPEAT: return !fills_by_loop(expr);
    default: return false;
    }
}

/* &x, of a record of the runtime the part that the type of references to it names. */
void put_address(Emitter *e, const IrExpr *place) {
    const IrVar *var = place->kind == IRX_VAR ? place->u.var : NULL;
    if (var && var->kind == IRV_LEAVES) {
        put(e, "(struct @_group){");
        put_leaves(e, var, "leaf");
        put_text(e, ", ");
        put_leaves(e, var, "count");
        put_text(e, "}");
    } else if (place->kind == IRX_DEREF) {
        put_expr(e, place->u.of.a);
    } else if (is_literal(place)) {
        put(e, "&$x", place);
    } else if (!is_place(place)) {
        put(e, "($t[]){$x}", place->type, place);
    } else {
        if (is_constant(place)) put(e, "($t *)", place->type);
        put_text(e, "&");
        put_place(e, place, true);
        if (var && var->kind == IRV_SCOPE && var->timed) put_text(e, ".scope");
        if (var && var->kind == IRV_NURSERY && var->lent) put_text(e, ".nursery");
        bool is_static = place->kind == IRX_GLOBAL && place->u.global->is_channel;
        const IrVar *channel = place->kind == IRX_INDEX && place->u.of.a->kind == IRX_VAR ? place->u.of.a->u.var : var;
        uint32_t room = is_static ? place->u.global->count : channel && channel->kind == IRV_CHANNEL ? channel->count : 0;
        if (room) put_text(e, ".channel");
        if (room && var && var->ends) put_text(e, ".channel");
    }
}

void put_object(Emitter *e, const IrExpr *pointer) {
    if (pointer->kind == IRX_ADDRESS) put_address(e, pointer->u.of.a);
    else put_expr(e, pointer);
}

/* ---- slices ---- */

/* The type of the pointer in a slice. */
static void put_first_type(Emitter *e, const Type *type) {
    if (type->kind == TYPE_STR) put_text(e, "const char *");
    else put_declared(e, type_c(e, type->elem), "*");
}

/* A function that cuts a piece out of something: pointer, length, low, high, where. */
static const char *need_cut(Emitter *e, Type *type) {
    const char *name;
    if (!type_helper(e, type, TYPE_CUT, &name)) return name;
    Aside aside;
    aside_begin(e, &aside);
    put(e, "static $t $s(", type, name);
    put_first_type(e, type);
    put_text(e, "at");
    put_text(e, ", size_t len, size_t low, size_t high, const char *file, uint32_t line) {\n");
    plain(e, "    if (TR_CHECKS && high > len) tr_panic_index(file, line, false, high, len);");
    plain(e, "    if (TR_CHECKS && low > high) tr_panic_index(file, line, false, low, high);");
    plain(e, "    (void)len, (void)file, (void)line;");
    plain(e, "    return ($t){at + low, high - low};", type);
    put_text(e, "}\n\n");
    aside_end(e, &aside, SECTION_HELPERS);
    return name;
}

void put_bound(Emitter *e, const IrExpr *bound) {
    bool is_small = bound->type->kind == TYPE_USIZE || bound->type->kind == TYPE_U8 || bound->type->kind == TYPE_U16;
    if (bound->kind == IRX_INT) buf_uint(&e->out->text, bound->u.integer);
    else if (is_small) put_expr(e, bound);
    else put(e, "tr_cast_$s_to_size($x, $l)", type_is_signed(bound->type) ? "i64" : "u64", bound, bound);
}

/* The first element, as a pointer that the slice can hold. */
static void put_first(Emitter *e, const IrExpr *of, const Type *type) {
    if (of->kind == IRX_STR || of->kind == IRX_BYTES) {
        if (type->kind == TYPE_SLICE) put(e, "(uint8_t *)");
        put_string(e, of->u.text, of->kind == IRX_STR);
        return;
    }
    if (is_constant(of) && of->type->kind != TYPE_STR && of->type->kind != TYPE_SLICE) {
        put_text(e, "(");
        put_first_type(e, type);
        put_text(e, ")");
    }
    put_elements(e, of, true);
}

void put_view(Emitter *e, const IrExpr *slice) {
    const IrExpr *of = slice->kind == IRX_SLICE ? slice->u.of.a : slice;
    put_first(e, of, slice->type);
    put_text(e, ", ");
    put_len(e, of);
}

void put_slice(Emitter *e, const IrExpr *expr) {
    const IrExpr *of = expr->u.of.a, *low = expr->u.of.b, *high = expr->u.of.c;
    if (!low && !high) {
        put(e, "($t){", expr->type);
        put_first(e, of, expr->type);
        put_text(e, ", ");
        put_len(e, of);
        put_text(e, "}");
        return;
    }
    put(e, "$s(", need_cut(e, expr->type));
    put_first(e, of, expr->type);
    put_text(e, ", ");
    put_len(e, of);
    put_text(e, ", ");
    if (low) put_bound(e, low);
    else put_text(e, "0");
    put_text(e, ", ");
    if (high) put_bound(e, high);
    else put_len(e, of);
    put(e, ", $l)", expr);
}
