/* check_expr: what every expression is. */
#include "check.h"

/* ---- literals ---- */

/* 'a' is a u8; 97 takes the type that it meets. */
static Type *check_integer(Checker *c, Expr *expr) {
    expr->constant = true;
    const char *text = text_of(c, expr->span).at;
    if (expr->paren) text += strspn(text, "( \t\r\n");
    return *text == '\'' ? c->u8 : &c->literal;
}

/* b"ab" where an array is wanted is ['a', 'b']; the node has just the room. */
static Type *spell_out(Checker *c, Expr *expr, Type *array) {
    Str text = expr->u.text;
    ExprList items = {0};
    for (size_t i = 0; i < text.len; i++) {
        Expr *byte = ast_expr(c->arena, EXPR_INT, expr->span);
        set_integer(c, byte, (Integer){false, (unsigned char)text.at[i]}, c->u8);
        vec_push(c->arena, &items, byte);
    }
    expr->kind = EXPR_ARRAY;
    expr->u.items = items;
    return array;
}

static Type *check_bytes(Checker *c, Expr *expr, Type *hint) {
    if (hint && hint->kind == TYPE_OPTIONAL) hint = hint->elem;
    bool fills = hint && hint->kind == TYPE_ARRAY && hint->elem == c->u8 && hint->count == expr->u.text.len;
    return fills ? spell_out(c, expr, hint) : type_of_elem(c->types, TYPE_SLICE, c->u8, false);
}

/* ---- references ---- */

static Type *check_ref(Checker *c, Expr *expr) {
    Expr *of = expr->u.operand;
    Type *type = check_value(c, of, NULL);
    if (is_wrong(type)) return type;
    Storage storage = storage_of(of);
    if (!storage.is_place) {
        Diag *diag = diag_add(c->diags, CODE_E0216, expr->span, "`&` needs a variable, a field or an element");
        diag_note(c->diags, diag, "put the value into a variable first");
        return c->error;
    }
    if (type->kind == TYPE_REF) {
        Diag *diag = diag_add(c->diags, CODE_E0203, expr->span, "this is a reference already: `%s`",
                              type_text(c->types, type));
        diag_fix(c->diags, diag, (Span){expr->span.at, of->span.at - expr->span.at}, STR(""), "pass it on by its name");
        return c->error;
    }
    if (expr->mut) need_mutable(c, of, "lent with `&mut`");
    mark_borrowed(storage.root);
    if (type->kind == TYPE_SLICE) return type;
    return type_of_elem(c->types, TYPE_REF, type, expr->mut);
}

static Type *check_deref(Checker *c, Expr *expr) {
    Type *type = check_value(c, expr->u.operand, NULL);
    if (is_wrong(type) || type->kind == TYPE_REF) return type_behind(type);
    Diag *diag = diag_add(c->diags, CODE_E0213, expr->span, "`*` reads through a reference, and this is %s",
                          type_name_of(c, type));
    diag_fix(c->diags, diag, (Span){expr->span.at, expr->u.operand->span.at - expr->span.at}, STR(""), "leave `*` out");
    return c->error;
}

/* ---- blocks with a value ---- */

static Type *no_block_value(Checker *c, const Block *block) {
    Diag *diag = diag_add(c->diags, CODE_E0211, block->span, "this block gives no value");
    const Stmt *last = block->stmts.len ? block->stmts.at[block->stmts.len - 1] : NULL;
    if (last && last->kind == STMT_EXPR) {
        Span semicolon = {last->span.at + last->span.len - 1, 1};
        diag_fix(c->diags, diag, semicolon, STR(""), "without `;`, the last expression is the block's value");
    } else {
        diag_note(c->diags, diag, "the last expression of a block, without `;`, is its value");
    }
    return c->error;
}

static Type *check_block_value(Checker *c, Block *block, Type *hint) {
    Expr *value = block_value(block);
    Block front = *block;
    if (value) front.stmts.len--;
    check_block(c, &front);
    if (value) return check_expr(c, value, hint);
    return block_leaves(block) ? c->never : no_block_value(c, block);
}

/* The value of a block of which the type is known. */
static void meet_block(Checker *c, Block *block, Wanted want) {
    Expr *value = block_value(block);
    if (value) meet(c, value, want);
}

static Type *if_type(Checker *c, Type *then, Type *other) {
    if (then->kind == TYPE_NEVER) return other;
    if (other->kind == TYPE_NEVER) return then;
    if (is_wrong(then) || is_wrong(other)) return c->error;
    if (is_literal(c, then) && is_literal(c, other)) return then == &c->real ? then : other;
    if (is_literal(c, then) && type_is_number(other)) return other;
    if (is_literal(c, other) && type_is_number(then)) return then;
    if (then->kind == TYPE_NONE && other->kind != TYPE_OPTIONAL && other->kind != TYPE_NONE && !is_literal(c, other)) {
        return type_of_elem(c->types, TYPE_OPTIONAL, other, false);
    }
    if (other->kind == TYPE_NONE && then->kind != TYPE_OPTIONAL && then->kind != TYPE_NONE && !is_literal(c, then)) {
        return type_of_elem(c->types, TYPE_OPTIONAL, then, false);
    }
    Type *common = type_common(then, other);
    return common ? common : then;
}

static Type *check_if(Checker *c, Expr *expr, Type *hint) {
    check_condition(c, expr->u.branch.cond, "if");
    Block *then_block = expr->u.branch.then, *other_block = expr->u.branch.other;
    Type *then = check_block_value(c, then_block, hint), *other = check_block_value(c, other_block, hint);
    Type *type = if_type(c, then, other);
    if (is_wrong(type)) return type;
    bool wants_hint = hint && !is_wrong(hint) && type_fits(type, hint) && !is_literal(c, type);
    if (wants_hint && type->kind != TYPE_NEVER) type = hint;
    if (is_literal(c, type)) return type;
    const Expr *first = block_value(then_block);
    meet_block(c, then_block, wanted(type));
    meet_block(c, other_block, (Wanted){type, first ? first->span : (Span){0, 0}, "the other branch gives this", NULL});
    return type;
}

void check_clause_var(Checker *c, Clause *clause) {
    if (!clause->var) return;
    struct { ErrorDecl **at; uint32_t len, capacity; } errors = {0};
    for (uint32_t i = 0; i < clause->errors.len; i++) {
        if (!clause->errors.at[i]) {
            clause->var->type = c->error;
            return;
        }
        vec_push(c->arena, &errors, clause->errors.at[i]);
    }
    TypeKind kind = clause->star ? TYPE_GROUP : TYPE_LEAF;
    clause->var->type = type_errors(c->types, kind, errors.at, errors.len);
}

static Type *check_catch(Checker *c, Expr *expr, Type *hint) {
    Clause *clause = expr->u.caught.clause;
    check_expr(c, expr->u.caught.of, hint);
    settle_default(c, expr->u.caught.of);
    Type *type = expr->u.caught.of->type;
    check_clause_var(c, clause);
    if (type->kind == TYPE_EMPTY) {
        check_block(c, clause->block);
        return type;
    }
    Type *other = check_block_value(c, clause->block, type);
    if (other->kind != TYPE_NEVER && !is_wrong(type)) {
        meet_block(c, clause->block, (Wanted){type, expr->u.caught.of->span, "this stands for the same value", NULL});
    }
    return type;
}

/* ---- the rest ---- */

static Type *check_await(Checker *c, Expr *expr, Type *hint) {
    Expr *of = expr->u.operand;
    if (of->kind != EXPR_CALL) return check_value(c, of, hint);  /* effects says that there is nothing to await */
    of->awaited = true;
    return check_expr(c, of, hint);
}

/* A broadcast has room for an item, and as many receivers as the `let` has names for. */
static bool check_capacity(Checker *c, const Expr *expr) {
    bool is_broadcast = expr->op == CHANNEL_BROADCAST;
    if (!check_channel_capacity(c, expr->u.channel.capacity, is_broadcast)) return false;
    if (!is_broadcast || expr->u.channel.receivers <= BROADCAST_MAX) return true;
    diag_add(c->diags, CODE_E0212, expr->span, "a broadcast has %d receivers at most", BROADCAST_MAX);
    return false;
}

static Type *check_channel(Checker *c, Expr *expr) {
    uint32_t copies = 1, receivers = expr->op == CHANNEL_BROADCAST ? expr->u.channel.receivers : 1;
    Type *elem = check_type(c, expr->u.channel.elem);
    bool good = check_capacity(c, expr);
    if (expr->u.channel.copies) good &= check_count(c, expr->u.channel.copies, 1, "the number of handles", &copies);
    if (!good || is_wrong(elem) || !check_holds(c, HOLDER_ITEM, elem, expr->u.channel.elem->span)) return c->error;
    if (expr->u.channel.copies && expr->op == CHANNEL_BROADCAST) {
        not_supported(c, expr->u.channel.copies->span, "arrays of broadcasts");
    }
    Type *ends[1 + BROADCAST_MAX] = {type_of_elem(c->types, TYPE_SENDER, elem, false)};
    for (uint32_t i = 1; i <= receivers; i++) ends[i] = type_of_elem(c->types, TYPE_RECEIVER, elem, false);
    for (uint32_t i = 0; i <= receivers && expr->u.channel.copies; i++) {
        ends[i] = type_counted(c->types, TYPE_ARRAY, ends[i], copies);
    }
    return type_tuple(c->types, ends, 1 + receivers);
}

static Type *check_kind(Checker *c, Expr *expr, Type *hint) {
    switch ((ExprKind)expr->kind) {
    case EXPR_INT: return check_integer(c, expr);
    case EXPR_FLOAT: expr->constant = true; return &c->real;
    case EXPR_DURATION: expr->constant = true; return c->duration;
    case EXPR_BOOL: expr->constant = true; return c->boolean;
    case EXPR_STRING: expr->constant = true; return c->str;
    case EXPR_NONE: return hint && hint->kind == TYPE_OPTIONAL ? hint : type_basic(c->types, TYPE_NONE);
    case EXPR_INTERPOLATION: return check_interpolation(c, expr, hint);
    case EXPR_BYTES: return check_bytes(c, expr, hint);
    case EXPR_NAME: return check_name(c, expr);
    case EXPR_FIELD: return check_field(c, expr);
    case EXPR_INDEX: return check_index(c, expr);
    case EXPR_SLICE: return check_slice(c, expr, hint);
    case EXPR_CALL: return check_call(c, expr, hint);
    case EXPR_CHANNEL: return check_channel(c, expr);
    case EXPR_UNARY: return check_unary(c, expr, hint);
    case EXPR_DEREF: return check_deref(c, expr);
    case EXPR_REF: return check_ref(c, expr);
    case EXPR_BINARY: return check_binary(c, expr, hint);
    case EXPR_CAST: return check_cast(c, expr);
    case EXPR_AWAIT: return check_await(c, expr, hint);
    case EXPR_IF: return check_if(c, expr, hint);
    case EXPR_ARRAY: return check_array(c, expr, hint);
    case EXPR_REPEAT: return check_repeat(c, expr, hint);
    case EXPR_TUPLE: return check_tuple(c, expr, hint);
    case EXPR_RANGE:
        diag_add(c->diags, CODE_E0211, expr->span, "a range stands only after `for ... in` and in patterns");
        return c->error;
    case EXPR_CATCH: return check_catch(c, expr, hint);
    case EXPR_RACE: return check_group(c, &expr->u.group, (Span){expr->span.at, 4}, false);
    case EXPR_WRONG: break;
    }
    return c->error;
}

/* Event() where no variable gets it. */
static void refuse_object(Checker *c, Expr *expr) {
    const char *type = type_text(c->types, expr->type);
    Diag *diag = diag_add(c->diags, CODE_E0226, expr->span, "an object stays where it is made, and this is no place");
    diag_note(c->diags, diag, "a variable makes it, and lends it: `var x = ...;` is the place of this `%s`", type);
    expr->type = c->error;
}

Type *type_of_expr(Checker *c, Expr *expr, Type *hint) {
    bool makes = c->makes;
    c->makes = is_maker(expr);     /* of a whole that has no place the parts are not reported as well */
    expr->type = check_kind(c, expr, hint);
    c->makes = makes;
    if (!makes && expr->type->resource && is_maker(expr)) refuse_object(c, expr);
    return expr->type;
}
