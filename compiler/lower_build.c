/* lower_build: small makers of IR expressions. */
#include "lower.h"

Type *lower_basic(Lower *l, TypeKind kind) { return type_basic(&l->program->types, kind); }

IrExpr *ir_int(Lower *l, Type *type, uint64_t value) {
    IrExpr *expr = ir_expr(l->scratch, IRX_INT, type, l->line);
    expr->u.integer = value;
    return expr;
}

IrExpr *ir_bool(Lower *l, bool value) { return ir_int(l, lower_basic(l, TYPE_BOOL), value); }

IrExpr *ir_global(Lower *l, IrGlobal *global) {
    IrExpr *expr = ir_expr(l->scratch, IRX_GLOBAL, global->is_channel ? NULL : global->type, l->line);
    expr->u.global = global;
    return expr;
}

IrExpr *ir_element(Lower *l, IrExpr *array, IrExpr *index) {
    IrExpr *element = ir_unary(l, IRX_INDEX, array->type->elem, array);
    element->u.of.b = index;
    element->sure = true;
    return element;
}

IrExpr *ir_use(Lower *l, IrVar *var) {
    Type *type = var->type;
    if (var->kind == IRV_WHY) type = lower_basic(l, TYPE_U8);
    if (var->kind == IRV_SCOPE) type = lower_basic(l, TYPE_SCOPE);
    if (var->kind == IRV_NURSERY) type = lower_basic(l, TYPE_NURSERY);
    IrExpr *expr = ir_expr(l->scratch, IRX_VAR, type, l->line);
    expr->u.var = var;
    return expr;
}

IrExpr *ir_unary(Lower *l, IrExprKind kind, Type *type, IrExpr *a) {
    IrExpr *expr = ir_expr(l->scratch, kind, type, l->line);
    expr->u.of.a = a;
    return expr;
}

IrExpr *ir_binary(Lower *l, Op op, Type *type, IrExpr *a, IrExpr *b) {
    IrExpr *expr = ir_expr(l->scratch, IRX_BINARY, type, l->line);
    expr->op = (uint8_t)op;
    expr->u.of.a = a;
    expr->u.of.b = b;
    return expr;
}

IrExpr *ir_part(Lower *l, IrExprKind kind, Type *type, IrExpr *a, uint32_t index, EnumCase *enum_case) {
    IrExpr *expr = ir_expr(l->scratch, kind, type, l->line);
    expr->u.part.a = a;
    expr->u.part.index = index;
    expr->u.part.enum_case = enum_case;
    return expr;
}

IrExpr *ir_op(Lower *l, IrOp op, Type *type, IrExpr *a, IrExpr *b) {
    IrExpr *expr = ir_expr(l->scratch, IRX_OP, type, l->line);
    expr->irop = (uint16_t)op;
    if (a) vec_push(l->scratch, &expr->u.built.items, a);
    if (b) vec_push(l->scratch, &expr->u.built.items, b);
    return expr;
}

IrExpr *ir_address(Lower *l, IrExpr *place) {
    if (place->kind == IRX_DEREF) return place->u.of.a;
    Type *type = place->type ? type_of_elem(&l->program->types, TYPE_REF, place->type, true) : NULL;
    return ir_unary(l, IRX_ADDRESS, type, place);
}

/* The address of the place does not change: no index or reference on the way to it does. */
static bool place_is_stable(const IrExpr *place) {
    switch ((IrExprKind)place->kind) {
    case IRX_VAR: case IRX_GLOBAL: return true;
    case IRX_FIELD: case IRX_PAYLOAD: return place_is_stable(place->u.part.a);
    case IRX_INDEX: return place_is_stable(place->u.of.a) && ir_is_stable(place->u.of.b);
    case IRX_DEREF: return ir_is_stable(place->u.of.a);
    default: return false;
    }
}

bool ir_is_stable(const IrExpr *value) {
    switch ((IrExprKind)value->kind) {
    case IRX_INT: case IRX_FLOAT: case IRX_STR: case IRX_BYTES: case IRX_NONE: return true;
    case IRX_ADDRESS: return place_is_stable(value->u.of.a);
    case IRX_GLOBAL: return !value->u.global->is_static;
    case IRX_VAR: return value->u.var->kind == IRV_VALUE && value->u.var->fixed;
    case IRX_CONVERT: case IRX_SOME: return ir_is_stable(value->u.of.a);
    case IRX_FIELD: return ir_is_stable(value->u.part.a);
    default: return false;
    }
}

IrExpr *lower_stable(Lower *l, IrExpr *value) {
    if (ir_is_stable(value)) return value;
    IrVar *temp = lower_temp(l, value->type, "t");
    lower_set(l, ir_use(l, temp), value);
    return ir_use(l, temp);
}

IrExpr *lower_before(Lower *l, uint32_t mark, IrExpr *value) {
    if (l->out->len == mark || ir_is_stable(value)) return value;
    IrVar *temp = lower_temp(l, value->type, "t");
    lower_set(l, ir_use(l, temp), value);
    IrStmt *set = l->out->at[l->out->len - 1];
    memmove(l->out->at + mark + 1, l->out->at + mark, (l->out->len - 1 - mark) * sizeof *l->out->at);
    l->out->at[mark] = set;
    return ir_use(l, temp);
}

IrExpr *ir_seen(Lower *l, IrExpr *value) {
    if (!value->type || value->type->kind != TYPE_REF) return value;
    return ir_unary(l, IRX_DEREF, value->type->elem, value);
}
