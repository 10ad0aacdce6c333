/* lower_expr: expressions, by kind. */
#include "lower.h"

/* What a block is that does nothing but give temp a value; NULL if it does more. */
static IrExpr *only_value(const IrBlock *block, const IrVar *temp) {
    if (block->len != 1 || block->at[0]->kind != IRS_SET) return NULL;
    const IrExpr *to = block->at[0]->u.set.to;
    return to->kind == IRX_VAR && to->u.var == temp ? block->at[0]->u.set.value : NULL;
}

/* C takes the type of ?: from both sides, and literals have types of their own there. */
static bool is_chosen_from(const Type *type, const IrExpr *a, const IrExpr *b) {
    bool is_number = type_is_int(type) && (a->kind != IRX_INT || b->kind != IRX_INT);
    return type->kind == TYPE_BOOL || is_number;
}

/* cond ? a : b; where a or b need statements: if (cond) { t = a; } else { t = b; } */
static IrExpr *lower_if(Lower *l, Expr *expr) {
    IrExpr *cond = lower_expr(l, expr->u.branch.cond);
    IrVar *temp = lower_temp(l, expr->type, "t");
    temp->fixed = false;
    IrBlock *out = l->out, then = {0}, other = {0};
    bool head = l->head;
    Span span = l->span;
    l->out = &then;
    lower_block_into(l, expr->u.branch.then, ir_use(l, temp));
    l->out = &other;
    lower_block_into(l, expr->u.branch.other, ir_use(l, temp));
    l->out = out;
    l->head = head;
    l->span = span;
    lower_line(l, span.at);
    temp->fixed = true;
    IrExpr *a = only_value(&then, temp), *b = only_value(&other, temp);
    if (a && b && is_chosen_from(expr->type, a, b)) {
        IrExpr *choice = ir_unary(l, IRX_CHOOSE, expr->type, cond);
        choice->u.of.b = a;
        choice->u.of.c = b;
        return choice;
    }
    IrStmt *test = lower_add(l, IRS_IF);
    test->u.branch.cond = cond;
    test->u.branch.then = then;
    test->u.branch.other = other;
    return ir_use(l, temp);
}

static IrExpr *lower_slice(Lower *l, Expr *expr) {
    IrExpr *of = lower_through(l, expr->u.slice.of);
    IrExpr *made = ir_unary(l, IRX_SLICE, expr->type, of);
    uint32_t mark = l->out->len;
    if (expr->u.slice.low) made->u.of.b = lower_expr(l, expr->u.slice.low);
    if (expr->u.slice.high) {
        uint32_t second = l->out->len;
        made->u.of.c = lower_expr(l, expr->u.slice.high);
        if (made->u.of.b) made->u.of.b = lower_before(l, second, made->u.of.b);
    }
    if (l->out->len != mark && of->kind != IRX_VAR && of->kind != IRX_DEREF) made->u.of.a = lower_before(l, mark, of);
    made->line = lower_line(l, expr->span.at);
    return made;
}

static IrExpr *lower_cast(Lower *l, Expr *expr) {
    IrExpr *value = lower_expr(l, expr->u.cast.of);
    if (value->type == expr->type) return value;
    return lower_conversion(l, value, expr->type, IR_WRAP);
}

static IrExpr *lower_name(Lower *l, Expr *expr) {
    if (!lower_named(expr)) return ir_op(l, IROP_NEVER, expr->type, NULL, NULL); /* the only built-in that is a bare name */
    IrExpr *place = lower_var_place(l, lower_named(expr));
    if (!expr->moves) return place;
    IrVar *temp = lower_temp(l, expr->type, "moved");
    lower_set(l, ir_use(l, temp), place);
    lower_set(l, lower_var_place(l, lower_named(expr)), ir_op(l, IROP_MOVED, expr->type, NULL, NULL));
    return ir_use(l, temp);
}

static IrExpr *lower_literal(Lower *l, Expr *expr) {
    switch ((ExprKind)expr->kind) {
    case EXPR_FLOAT: {
        IrExpr *made = ir_expr(l->scratch, IRX_FLOAT, expr->type, l->line);
        made->u.number = expr->u.number;
        return made;
    }
    case EXPR_STRING: case EXPR_BYTES: {
        IrExpr *made = ir_expr(l->scratch, expr->kind == EXPR_STRING ? IRX_STR : IRX_BYTES, expr->type, l->line);
        made->u.text = expr->u.text;
        return made;
    }
    case EXPR_NONE: return ir_expr(l->scratch, IRX_NONE, expr->type, l->line);
    case EXPR_DURATION: return lower_duration(l, expr);
    default: return ir_int(l, expr->type, expr->u.integer);
    }
}

/* An interpolation where text is wanted: built in a str[N] of the caller, seen as str. */
static IrExpr *lower_text(Lower *l, Expr *expr) {
    Type *type = expr->type->kind == TYPE_STR_N ? expr->type : type_counted(&l->program->types, TYPE_STR_N, NULL, 96);
    IrVar *temp = lower_temp(l, type, "text");
    temp->fixed = false;
    lower_do(l, ir_op(l, IROP_STR_CLEAR, NULL, ir_address(l, ir_use(l, temp)), NULL));
    lower_print(l, expr, false, ir_use(l, temp), NULL);
    return lower_convert(l, ir_use(l, temp), expr->type);
}

IrExpr *lower_walk_expr(Lower *l, Expr *expr) {
    l->line = lower_line(l, expr->span.at);
    switch ((ExprKind)expr->kind) {
    case EXPR_INT: case EXPR_BOOL: case EXPR_DURATION: case EXPR_FLOAT: case EXPR_STRING: case EXPR_BYTES: case EXPR_NONE:
        return lower_literal(l, expr);
    case EXPR_INTERPOLATION: return lower_text(l, expr);
    case EXPR_NAME: return lower_name(l, expr);
    case EXPR_FIELD:
        if (expr->u.field.enum_case) {
            EnumCase *made = expr->u.field.enum_case;
            IrExpr *value = ir_expr(l->scratch, IRX_CASE, expr->type, l->line);
            value->u.make.enum_case = made;
            return value;
        }
        if (is_static_handle(expr)) return lower_static_clone(l, expr);
        return expr->u.field.builtin ? lower_field_builtin(l, expr) : lower_place(l, expr);
    case EXPR_INDEX: return lower_place(l, expr);
    case EXPR_SLICE: return lower_slice(l, expr);
    case EXPR_CALL: return lower_call(l, expr, NULL);
    case EXPR_UNARY: return lower_unary(l, expr);
    case EXPR_DEREF: return lower_place(l, expr);
    case EXPR_REF:
        if (is_static_handle(expr->u.operand)) return ir_address(l, lower_static_place(l, expr->u.operand));
        return ir_address(l, lower_place(l, expr->u.operand));
    case EXPR_BINARY: return lower_binary(l, expr);
    case EXPR_CAST: return lower_cast(l, expr);
    case EXPR_AWAIT: return lower_await(l, expr->u.operand, NULL);
    case EXPR_IF: return lower_if(l, expr);
    case EXPR_ARRAY: {
        IrExpr *made = ir_expr(l->scratch, IRX_ARRAY, expr->type, l->line);
        lower_items(l, &made->u.make.items, &expr->u.items, NULL, expr->type->elem);
        return made;
    }
    case EXPR_TUPLE: {
        IrExpr *made = ir_expr(l->scratch, IRX_STRUCT, expr->type, l->line);
        lower_items(l, &made->u.make.items, &expr->u.items, expr->type->items.at, NULL);
        return made;
    }
    case EXPR_REPEAT: {
        IrExpr *made = ir_expr(l->scratch, IRX_REPEAT, expr->type, l->line);
        made->u.repeat.value = lower_as(l, expr->u.repeat.value, expr->type->elem);
        made->u.repeat.count = expr->type->count;
        return made;
    }
    case EXPR_RACE: return lower_race(l, &expr->u.group, expr->type, NULL);
    case EXPR_CATCH: return lower_catch(l, expr);
    default: break;
    }
    return ir_int(l, lower_basic(l, TYPE_I32), 0);
}

void lower_walk_into(Lower *l, IrExpr *to, Expr *expr) {
    Type *want = to->type;
    if (want->kind == TYPE_STR_N && expr->kind == EXPR_INTERPOLATION) {
        lower_do(l, ir_op(l, IROP_STR_CLEAR, NULL, ir_address(l, to), NULL));
        lower_print(l, expr, false, to, NULL);
        return;
    }
    if (want->kind == TYPE_STR_N && expr->type != want) {
        IrExpr *text = lower_as(l, expr, lower_basic(l, TYPE_STR));
        lower_do(l, ir_op(l, IROP_STR_STORE, NULL, ir_address(l, to), text));
        return;
    }
    if (expr->type == want && expr->kind == EXPR_AWAIT) {
        IrExpr *value = lower_await(l, expr->u.operand, to);
        if (value && value != to) lower_set(l, to, value);
        return;
    }
    if (expr->type == want && expr->kind == EXPR_RACE && to->kind == IRX_VAR) {
        lower_race(l, &expr->u.group, want, to);
        return;
    }
    if (expr->type == want && expr->kind == EXPR_CALL) {
        IrExpr *value = lower_call(l, expr, to);
        if (value && value != to) lower_set(l, to, value);
        return;
    }
    IrExpr *value = lower_as(l, expr, want);
    lower_set(l, to, value);
}
