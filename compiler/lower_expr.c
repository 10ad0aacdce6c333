/* lower_expr: values and places. */
#include "lower.h"

Type *type_seen(Type *type) { return type->kind == TYPE_REF ? type->elem : type; }

/* ---- conversions --------------------------------------------------------------------------------------------------- */

static IrExpr *convert(Lower *l, IrExpr *value, Type *want, IrConvert how) {
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
    lower_add(l, IRS_BEGIN)->u.var = temp;
    lower_do(l, ir_op(l, IROP_STR_STORE, NULL, ir_address(l, ir_use(l, temp)), lower_convert(l, value, lower_basic(l, TYPE_STR))));
    return ir_use(l, temp);
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
    if (want->kind == TYPE_SLICE && have->kind == TYPE_REF)
        return ir_unary(l, IRX_SLICE, want, value->kind == IRX_ADDRESS ? value->u.of.a : ir_unary(l, IRX_DEREF, have->elem, value));
    if (want->kind == TYPE_STR_N) return stored_text(l, value, want);
    if (want->kind == TYPE_STR && have->kind == TYPE_STR_N) return ir_unary(l, IRX_SLICE, want, value);
    if (have->kind == TYPE_REF && want->kind != TYPE_REF) return lower_convert(l, ir_unary(l, IRX_DEREF, have->elem, value), want);
    if (type_is_number(want) && type_is_number(have)) return convert(l, value, want, IR_WIDEN);
    return value;
}

IrExpr *lower_as(Lower *l, Expr *expr, Type *want) { return lower_convert(l, lower_expr(l, expr), want); }

/* ---- places ---------------------------------------------------------------------------------------------------------- */

static IrExpr *place_of_var(Lower *l, Var *var) {
    if (var->kind == VAR_CONST || var->kind == VAR_STATIC) {
        return ir_global(l, l->ir->globals.at[var->ir - 1]);
    }
    IrExpr *use = ir_use(l, lower_var(l, var));
    if (!use->type) use->type = var->type;
    return var->by_reference ? ir_unary(l, IRX_DEREF, var->type, use) : use;
}

static Var *var_named(const Expr *expr) {
    if (expr->u.name.var) return expr->u.name.var;
    Item *item = expr->u.name.item;
    return item && (item->kind == ITEM_CONST || item->kind == ITEM_STATIC) ? item->u.global.var : NULL;
}

/* The place or value `expr`, seen through a reference. */
static IrExpr *through(Lower *l, Expr *expr) {
    IrExpr *base = lower_place(l, expr);
    return base->type && base->type->kind == TYPE_REF ? ir_unary(l, IRX_DEREF, base->type->elem, base) : base;
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
static IrExpr *static_end_place(Lower *l, const Expr *expr) {
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
static IrExpr *static_end_clone(Lower *l, const Expr *expr) {
    IrExpr *end = lower_static_end(l, static_channel(l, expr), expr->u.field.index);
    IrVar *clone = lower_temp(l, expr->type, "clone");
    lower_set(l, ir_use(l, clone), ir_op(l, expr->u.field.index ? IROP_RECEIVER_CLONE : IROP_SENDER_CLONE, expr->type, end,
                                         NULL));
    return ir_use(l, clone);
}

static IrExpr *field_of(Lower *l, Expr *expr) {
    if (expr->u.field.item) return place_of_var(l, expr->u.field.item->u.global.var); /* radio.BAUD */
    IrExpr *base = through(l, expr->u.field.of);
    Type *of = base->type;
    uint32_t index = (uint32_t)expr->u.field.index;
    if (of->kind != TYPE_LEAF || of->errors.len == 1) return ir_part(l, IRX_FIELD, expr->type, base, index, NULL);
    return lower_shared_field(l, base, expr);
}

static IrExpr *index_of(Lower *l, Expr *expr) {
    IrExpr *base = through(l, expr->u.index.of);
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
        Var *var = var_named(expr);
        return var && !expr->constant ? place_of_var(l, var) : lower_expr(l, expr);
    }
    case EXPR_FIELD:
        if (expr->u.field.builtin == BUILTIN_FIELD_CANCEL_SCOPE) {
            IrExpr *scope = lower_expr(l, expr);
            return scope->type->kind == TYPE_REF ? ir_unary(l, IRX_DEREF, scope->type->elem, scope) : scope;
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

/* ---- operators -------------------------------------------------------------------------------------------------------- */

/* The type in which two operands are compared or computed. */
static Type *common(const Expr *expr) {
    Type *left = type_seen(expr->u.binary.left->type), *right = type_seen(expr->u.binary.right->type);
    if (left == right) return left;
    if (left->kind == TYPE_STR_N || right->kind == TYPE_STR_N) return left->kind == TYPE_STR ? left : right;
    if (left->kind == TYPE_NONE) return right;
    if (right->kind == TYPE_NONE) return left;
    if (left->kind == TYPE_OPTIONAL) return left;
    if (right->kind == TYPE_OPTIONAL) return right;
    return type_fits(left, right) ? right : left;
}

static bool mixes_types(Op op, const Expr *expr) {
    if (op == OP_SHL || op == OP_SHR) return true;
    TypeKind left = type_seen(expr->u.binary.left->type)->kind, right = type_seen(expr->u.binary.right->type)->kind;
    bool timed = left == TYPE_DURATION || left == TYPE_INSTANT || right == TYPE_DURATION || right == TYPE_INSTANT;
    return timed && left != right;
}

static bool is_comparison(Op op) { return op >= OP_EQ && op <= OP_GE; }

/* a && b where b needs statements: t = a; if (t) { t = b; } */
static IrExpr *lower_logic(Lower *l, Expr *expr) {
    bool is_and = expr->op == OP_LOGIC_AND;
    IrExpr *left = lower_expr(l, expr->u.binary.left);
    IrBlock *out = l->out, aside = {0};
    bool head = l->head;
    l->head = false;
    l->out = &aside;
    IrExpr *right = lower_expr(l, expr->u.binary.right);
    l->out = out;
    l->head = head;
    if (!aside.len) return ir_binary(l, (Op)expr->op, expr->type, left, right);
    IrVar *temp = lower_temp(l, expr->type, "t");
    temp->fixed = false;
    lower_set(l, ir_use(l, temp), left);
    IrStmt *test = lower_add(l, IRS_IF);
    test->u.branch.cond = is_and ? ir_use(l, temp) : ir_unary(l, IRX_UNARY, expr->type, ir_use(l, temp));
    if (!is_and) test->u.branch.cond->op = OP_NOT;
    l->out = &aside;
    lower_set(l, ir_use(l, temp), right);
    l->out = out;
    test->u.branch.then = aside;
    return ir_use(l, temp);
}

/* a ?? b */
static IrExpr *lower_coalesce(Lower *l, Expr *expr) {
    IrExpr *maybe = lower_stable(l, lower_convert(l, lower_expr(l, expr->u.binary.left), type_seen(expr->u.binary.left->type)));
    Type *type = expr->type;
    IrBlock *out = l->out, aside = {0};
    l->out = &aside;
    IrExpr *other = lower_as(l, expr->u.binary.right, type);
    l->out = out;
    IrExpr *has = ir_unary(l, IRX_HAS, lower_basic(l, TYPE_BOOL), maybe);
    IrExpr *inner = type->kind == TYPE_OPTIONAL ? maybe : lower_convert(l, ir_unary(l, IRX_UNWRAP, maybe->type->elem, maybe), type);
    if (!aside.len) {
        IrExpr *choice = ir_unary(l, IRX_CHOOSE, type, has);
        choice->u.of.b = inner;
        choice->u.of.c = other;
        return choice;
    }
    IrVar *temp = lower_temp(l, type, "t");
    IrStmt *test = lower_add(l, IRS_IF);
    test->u.branch.cond = has;
    l->out = &aside;
    lower_set(l, ir_use(l, temp), other);
    test->u.branch.other = aside;
    l->out = &test->u.branch.then;
    lower_set(l, ir_use(l, temp), inner);
    l->out = out;
    return ir_use(l, temp);
}

static IrExpr *lower_binary(Lower *l, Expr *expr) {
    Op op = (Op)expr->op;
    if (op == OP_LOGIC_AND || op == OP_LOGIC_OR) return lower_logic(l, expr);
    if (op == OP_COALESCE) return lower_coalesce(l, expr);
    Expr *left = expr->u.binary.left, *right = expr->u.binary.right;
    bool mixed = mixes_types(op, expr);
    Type *left_type = mixed ? type_seen(left->type) : is_comparison(op) ? common(expr) : expr->type;
    Type *right_type = mixed ? type_seen(right->type) : left_type;
    bool is_shift = op == OP_SHL || op == OP_SHR;
    if (is_shift) left_type = expr->type;
    else if (mixed && type_is_int(left_type)) left_type = lower_basic(l, type_is_signed(left_type) ? TYPE_I64 : TYPE_U64);
    if (mixed && op != OP_SHL && op != OP_SHR && type_is_int(right_type))
        right_type = lower_basic(l, type_is_signed(right_type) ? TYPE_I64 : TYPE_U64);
    if (!mixed && !is_comparison(op) && type_seen(left->type)->kind == TYPE_DURATION) left_type = right_type = type_seen(left->type);
    if (!mixed && !is_comparison(op) && type_seen(left->type)->kind == TYPE_INSTANT) left_type = right_type = type_seen(left->type);
    IrExpr *a = lower_as(l, left, left_type);
    uint32_t mark = l->out->len;
    IrExpr *b = lower_as(l, right, right_type);
    a = lower_before(l, mark, a);
    l->line = lower_line(l, expr->span.at);
    return ir_binary(l, op, expr->type, a, b);
}

bool lower_compared(Lower *l, Expr *expr, IrExpr **left, IrExpr **right) {
    if (expr->kind != EXPR_BINARY || !is_comparison((Op)expr->op) || mixes_types((Op)expr->op, expr)) return false;
    Type *type = common(expr);
    if (!type_is_printable(type)) return false;
    *left = lower_as(l, expr->u.binary.left, type);
    uint32_t mark = l->out->len;
    *right = lower_as(l, expr->u.binary.right, type);
    *left = lower_before(l, mark, *left);
    return true;
}

static IrExpr *lower_unary(Lower *l, Expr *expr) {
    IrExpr *a = lower_as(l, expr->u.operand, expr->type);
    IrExpr *made = ir_unary(l, IRX_UNARY, expr->type, a);
    made->op = expr->op;
    return made;
}

/* ---- the rest ------------------------------------------------------------------------------------------------------------ */

/* Items left to right, each converted to its type. */
static void lower_items(Lower *l, IrExprList *into, const ExprList *items, Type *const *types, Type *type) {
    for (uint32_t i = 0; i < items->len; i++) {
        uint32_t mark = l->out->len;
        IrExpr *value = lower_as(l, items->at[i], types ? types[i] : type);
        for (uint32_t k = 0; k < into->len && l->out->len != mark; k++) {
            uint32_t before = l->out->len;
            into->at[k] = lower_before(l, mark, into->at[k]);
            mark += l->out->len - before;
        }
        vec_push(l->scratch, into, value);
    }
}

static bool is_moved_variable(const Expr *value) { return value->kind == EXPR_NAME && value->moves; }

void lower_args_before_moves(Lower *l, IrExprList *into, const ArgList *args, const VarList *params) {
    for (uint32_t i = 0; i < args->len; i++) {
        Expr *arg = args->at[i].value;
        uint32_t mark = l->out->len;
        IrExpr *value = is_moved_variable(arg) ? NULL : lower_as(l, arg, params->at[i]->type);
        for (uint32_t k = 0; k < into->len && l->out->len != mark; k++) {
            uint32_t before = l->out->len;
            if (into->at[k]) into->at[k] = lower_before(l, mark, into->at[k]);
            mark += l->out->len - before;
        }
        vec_push(l->scratch, into, value);
    }
}

bool lower_moves(Lower *l, IrExprList *into, const ArgList *args, const VarList *params) {
    bool any = false;
    for (uint32_t i = 0; i < args->len; i++) {
        if (into->at[i]) continue;
        into->at[i] = lower_as(l, args->at[i].value, params->at[i]->type);
        any = true;
    }
    return any;
}

void lower_args(Lower *l, IrExprList *into, const ArgList *args, const VarList *params) {
    lower_args_before_moves(l, into, args, params);
    lower_moves(l, into, args, params);
}

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
    IrExpr *of = through(l, expr->u.slice.of);
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
    return convert(l, value, expr->type, IR_WRAP);
}

static IrExpr *lower_name(Lower *l, Expr *expr) {
    if (!var_named(expr)) return ir_op(l, IROP_NEVER, expr->type, NULL, NULL); /* the only built-in that is a bare name */
    IrExpr *place = place_of_var(l, var_named(expr));
    if (!expr->moves) return place;
    IrVar *temp = lower_temp(l, expr->type, "moved");
    lower_set(l, ir_use(l, temp), place);
    lower_set(l, place_of_var(l, var_named(expr)), ir_op(l, IROP_MOVED, expr->type, NULL, NULL));
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

IrExpr *lower_expr(Lower *l, Expr *expr) {
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
        if (is_static_handle(expr)) return static_end_clone(l, expr);
        return expr->u.field.builtin ? lower_field_builtin(l, expr) : field_of(l, expr);
    case EXPR_INDEX: return index_of(l, expr);
    case EXPR_SLICE: return lower_slice(l, expr);
    case EXPR_CALL: return lower_call(l, expr, NULL);
    case EXPR_UNARY: return lower_unary(l, expr);
    case EXPR_DEREF: return lower_place(l, expr);
    case EXPR_REF:
        if (is_static_handle(expr->u.operand)) return ir_address(l, static_end_place(l, expr->u.operand));
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
    case EXPR_CATCH: return lower_catch(l, expr);
    default: break;
    }
    return ir_int(l, lower_basic(l, TYPE_I32), 0);
}

void lower_into(Lower *l, IrExpr *to, Expr *expr) {
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
    if (expr->type == want && expr->kind == EXPR_CALL) {
        IrExpr *value = lower_call(l, expr, to);
        if (value && value != to) lower_set(l, to, value);
        return;
    }
    IrExpr *value = lower_as(l, expr, want);
    lower_set(l, to, value);
}
