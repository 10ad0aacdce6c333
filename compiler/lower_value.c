/* lower_value: places, what an expression becomes where another type is wanted, and lists of values. */
#include "lower.h"

Type *type_seen(Type *type) { return type->kind == TYPE_REF ? type->elem : type; }

/* ---- conversions ------------------------------------------------------------------------------------------------- */

IrExpr *lower_conversion(Lower *l, IrExpr *value, Type *want, IrConvert how) {
    if (value->kind == IRX_INT && how == IR_WIDEN && type_is_int(want)) return ir_int(l, want, value->u.integer);
    IrExpr *expr = ir_unary(l, IRX_CONVERT, want, value);
    expr->convert = (uint8_t)how;
    return expr;
}

/* A str as a str[N]: a literal becomes one at once, anything else is copied, checked, into a temporary. */
static IrExpr *stored_text(Lower *l, IrExpr *value, Type *want) {
    if (value->kind == IRX_STR && value->u.text.len <= want->count) {
        IrExpr *text = ir_expr(l->scratch, IRX_STR, want, l->line);
        text->u.text = value->u.text;
        return text;
    }
    IrVar *temp = lower_temp(l, want, "text");
    temp->fixed = false;
    lower_begin(l, temp);
    IrExpr *str = lower_convert(l, value, lower_basic(l, TYPE_STR));
    lower_do(l, ir_op(l, IROP_STR_STORE, NULL, ir_address(l, ir_use(l, temp)), str));
    return ir_use(l, temp);
}

/* What a reference refers to. */
static IrExpr *referred(Lower *l, IrExpr *value) {
    return value->kind == IRX_ADDRESS ? value->u.of.a : ir_unary(l, IRX_DEREF, value->type->elem, value);
}

IrExpr *lower_convert(Lower *l, IrExpr *value, Type *want) {
    Type *have = value->type;
    if (have == want || !have || want->kind == TYPE_ERROR_TYPE || have->kind == TYPE_NEVER) return value;
    if (want->kind == TYPE_OPTIONAL) {
        if (have->kind == TYPE_NONE) return ir_expr(l->scratch, IRX_NONE, want, l->line);
        if (have->kind == TYPE_OPTIONAL) return value;
        return ir_unary(l, IRX_SOME, want, lower_convert(l, value, want->elem));
    }
    if (want->kind == TYPE_SLICE && (have->kind == TYPE_ARRAY || have->kind == TYPE_LIST || have->kind == TYPE_STR_N))
        return ir_unary(l, IRX_SLICE, want, value);
    if (want->kind == TYPE_SLICE && have->kind == TYPE_REF) return ir_unary(l, IRX_SLICE, want, referred(l, value));
    if (want->kind == TYPE_STR_N) return stored_text(l, value, want);
    if (want->kind == TYPE_STR && have->kind == TYPE_STR_N) return ir_unary(l, IRX_SLICE, want, value);
    if (have->kind == TYPE_REF && want->kind != TYPE_REF) {
        return lower_convert(l, ir_unary(l, IRX_DEREF, have->elem, value), want);
    }
    if (type_is_number(want) && type_is_number(have)) return lower_conversion(l, value, want, IR_WIDEN);
    return value;
}

IrExpr *lower_as(Lower *l, Expr *expr, Type *want) { return lower_convert(l, lower_expr(l, expr), want); }

/* ---- places ------------------------------------------------------------------------------------------------------ */

IrExpr *lower_var_place(Lower *l, Var *var) {
    if (var->kind == VAR_CONST || var->kind == VAR_STATIC) {
        return ir_global(l, l->ir->globals.at[var->ir - 1]);
    }
    IrExpr *use = ir_use(l, lower_var(l, var));
    if (!use->type) use->type = var->type;
    return var->by_reference ? ir_unary(l, IRX_DEREF, var->type, use) : use;
}

Var *lower_named(const Expr *expr) {
    if (expr->u.name.var) return expr->u.name.var;
    Item *item = expr->u.name.item;
    return item && (item->kind == ITEM_CONST || item->kind == ITEM_STATIC) ? item->u.global.var : NULL;
}

/* The place or value `expr`, seen through a reference. */
IrExpr *lower_through(Lower *l, Expr *expr) {
    return ir_seen(l, lower_place(l, expr));
}

/* ---- handles of static channels: bus.tx ---- */

static IrGlobal *static_channel(Lower *l, const Expr *expr) {
    const Expr *of = expr->u.field.of;
    const Item *item = of->kind == EXPR_FIELD ? of->u.field.item : of->u.name.item;
    return l->ir->globals.at[item->u.channel.var->ir - 1];
}

IrExpr *lower_static_end(Lower *l, IrGlobal *channel, int end) {
    Type *type = type_of_elem(&l->program->types, end ? TYPE_RECEIVER : TYPE_SENDER, channel->type, false);
    return ir_op(l, end ? IROP_RECEIVER : IROP_SENDER, type, ir_address(l, ir_global(l, channel)), NULL);
}

/* &bus.tx: a handle is a pointer, and a pointer to it needs one that lies somewhere. */
IrExpr *lower_static_place(Lower *l, const Expr *expr) {
    IrGlobal *channel = static_channel(l, expr);
    int end = expr->u.field.index;
    if (!channel->ends[end]) {
        const char *name = str_format(l->ir->arena, end ? "%s_rx" : "%s_tx", channel->name).at;
        channel->ends[end] = lower_global(l, NULL, name, true);
        channel->ends[end]->type = expr->type;
    }
    return ir_global(l, channel->ends[end]);
}

/* One that goes somewhere is closed there: it counts. */
IrExpr *lower_static_clone(Lower *l, const Expr *expr) {
    IrExpr *end = lower_static_end(l, static_channel(l, expr), expr->u.field.index);
    IrVar *clone = lower_temp(l, expr->type, "clone");
    lower_set(l, ir_use(l, clone), ir_op(l, expr->u.field.index ? IROP_RECEIVER_CLONE : IROP_SENDER_CLONE, expr->type, end,
                                         NULL));
    return ir_use(l, clone);
}

static IrExpr *field_of(Lower *l, Expr *expr) {
    if (expr->u.field.item) return lower_var_place(l, expr->u.field.item->u.global.var); /* radio.BAUD */
    IrExpr *base = lower_through(l, expr->u.field.of);
    Type *of = base->type;
    uint32_t index = (uint32_t)expr->u.field.index;
    if (of->kind != TYPE_LEAF || of->errors.len == 1) return ir_part(l, IRX_FIELD, expr->type, base, index, NULL);
    return lower_shared_field(l, base, expr);
}

static IrExpr *index_of(Lower *l, Expr *expr) {
    IrExpr *base = lower_through(l, expr->u.index.of);
    uint32_t mark = l->out->len;
    IrExpr *at = lower_expr(l, expr->u.index.at);
    if (l->out->len != mark && base->kind != IRX_VAR && base->kind != IRX_DEREF && base->kind != IRX_FIELD)
        base = lower_before(l, mark, base);
    l->line = lower_line(l, expr->span.at);
    IrExpr *place = ir_unary(l, IRX_INDEX, expr->type, base);
    place->u.of.b = at;
    return place;
}

IrExpr *lower_place(Lower *l, Expr *expr) {
    switch ((ExprKind)expr->kind) {
    case EXPR_NAME: {
        Var *var = lower_named(expr);
        return var && !expr->constant ? lower_var_place(l, var) : lower_expr(l, expr);
    }
    case EXPR_FIELD:
        if (expr->u.field.builtin == BUILTIN_FIELD_CANCEL_SCOPE) {
            return ir_seen(l, lower_expr(l, expr));
        }
        if (is_static_handle(expr)) return lower_static_end(l, static_channel(l, expr), expr->u.field.index);
        if (expr->u.field.builtin || expr->u.field.enum_case) return lower_expr(l, expr);
        return field_of(l, expr);
    case EXPR_INDEX: return index_of(l, expr);
    case EXPR_DEREF: {
        IrExpr *of = lower_expr(l, expr->u.operand);
        return ir_unary(l, IRX_DEREF, expr->type, of);
    }
    default: return lower_expr(l, expr);
    }
}

IrExpr *lower_object(Lower *l, Expr *expr) {
    IrExpr *place = lower_place(l, expr);
    if (place->type && place->type->kind == TYPE_REF) return place;
    return ir_address(l, place);
}

/* A field that several kinds of errors share: e.id of an Errors<A, B>. */
IrExpr *lower_shared_field(Lower *l, IrExpr *leaf, Expr *expr) {
    Type *of = leaf->type;
    leaf = lower_stable(l, leaf);
    IrExpr *value = NULL;
    for (uint32_t i = of->errors.len; i-- > 0;) {
        ErrorDecl *error = of->errors.at[i];
        uint32_t index = 0;
        while (index + 1 < error->fields.len && error->fields.at[index].name != expr->u.field.name) index++;
        IrExpr *as_error = ir_expr(l->scratch, IRX_VAR, type_errors(&l->program->types, TYPE_LEAF, &error, 1), l->line);
        as_error->u.var = leaf->u.var;
        IrExpr *field = ir_part(l, IRX_FIELD, expr->type, as_error, index, NULL);
        if (!value) {
            value = field;
            continue;
        }
        IrExpr *test = ir_op(l, IROP_ERROR_IS, lower_basic(l, TYPE_BOOL), leaf, NULL);
        test->u.built.errors = &of->errors.at[i];
        test->u.built.error_count = 1;
        IrExpr *choice = ir_unary(l, IRX_CHOOSE, expr->type, test);
        choice->u.of.b = field;
        choice->u.of.c = value;
        value = choice;
    }
    return value;
}

/* ---- several, left to right -------------------------------------------------------------------------------------- */

/* Those made so far keep their turn before the statements from `mark` on; NULL: not made yet. */
static void keep_before(Lower *l, uint32_t mark, IrExprList *made) {
    for (uint32_t i = 0; i < made->len && l->out->len != mark; i++) {
        uint32_t before = l->out->len;
        if (made->at[i]) made->at[i] = lower_before(l, mark, made->at[i]);
        mark += l->out->len - before;
    }
}

/* Items left to right, each converted to its type. */
void lower_items(Lower *l, IrExprList *into, const ExprList *items, Type *const *types, Type *type) {
    for (uint32_t i = 0; i < items->len; i++) {
        uint32_t mark = l->out->len;
        IrExpr *value = lower_as(l, items->at[i], types ? types[i] : type);
        keep_before(l, mark, into);
        vec_push(l->scratch, into, value);
    }
}

static bool is_moved_variable(const Expr *value) { return value->kind == EXPR_NAME && value->moves; }

void lower_args_before_moves(Lower *l, IrExprList *into, const ArgList *args, const VarList *params) {
    for (uint32_t i = 0; i < args->len; i++) {
        Expr *arg = args->at[i].value;
        uint32_t mark = l->out->len;
        IrExpr *value = is_moved_variable(arg) ? NULL : lower_as(l, arg, params->at[i]->type);
        keep_before(l, mark, into);
        vec_push(l->scratch, into, value);
    }
}

void lower_moves(Lower *l, IrExprList *into, const ArgList *args, const VarList *params) {
    for (uint32_t i = 0; i < args->len; i++)
        if (!into->at[i]) into->at[i] = lower_as(l, args->at[i].value, params->at[i]->type);
}

void lower_args(Lower *l, IrExprList *into, const ArgList *args, const VarList *params) {
    lower_args_before_moves(l, into, args, params);
    lower_moves(l, into, args, params);
}
