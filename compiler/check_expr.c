/* check_expr: what every expression is. */
#include "check.h"

/* ---- names ---- */

static Type *wrong_value(Checker *c, const Expr *expr, const Item *item, const char *what, const char *advice) {
    Diag *diag = diag_add(c->diags, CODE_E0211, expr->span, "`%s` is %s, not a value", item->name->text, what);
    if (item->span.len) diag_label(c->diags, diag, item->span, "`%s` is declared here", item->name->text);
    if (advice) diag_note(c->diags, diag, "%s", advice);
    return c->error;
}

/* A number, a text or a truth takes the place of its name; anything larger stays where it is. */
static bool replaces_name(const Expr *value, const Type *type) {
    if (!value->constant) return false;
    return value->type == type || (type_is_number(value->type) && type_is_number(type));
}

static Type *use_constant(Checker *c, Expr *expr, Item *item) {
    const Var *var = need_global(c, item);
    const Expr *value = item->u.global.value;
    if (is_wrong(var->type)) return c->error;
    if (!replaces_name(value, var->type)) return var->type;
    bool untyped = item->u.global.state == GLOBAL_UNTYPED;
    if (value->kind == EXPR_STRING) {
        expr->kind = EXPR_STRING;
        expr->u.text = value->u.text;
        expr->type = var->type;
    } else if (type_is_float(var->type)) {
        expr->kind = EXPR_FLOAT;
        expr->u.number = value->kind == EXPR_FLOAT ? value->u.number : integer_to_double(constant_of(c, value));
        expr->type = untyped ? &c->real : var->type;
    } else {
        set_integer(c, expr, constant_of(c, value), untyped ? &c->literal : var->type);
    }
    expr->constant = true;
    return expr->type;
}

Type *check_item_name(Checker *c, Expr *expr, Item *item) {
    const char *name = item->name->text;
    switch (item->kind) {
    case ITEM_CONST: return use_constant(c, expr, item);
    case ITEM_STATIC: return need_global(c, item)->type;
    case ITEM_FN: {
        Type *type = wrong_value(c, expr, item, "a function", NULL);
        Diag *diag = c->diags->list.at[c->diags->list.len - 1];
        diag_fix(c->diags, diag, (Span){expr->span.at + expr->span.len, 0}, STR("()"), "call it: `%s(...)`", name);
        return type;
    }
    case ITEM_STRUCT:
        return wrong_value(c, expr, item, "a type", str_format(c->arena, "`%s(...)` makes a value of it", name).at);
    case ITEM_ENUM:
        return wrong_value(c, expr, item, "a type", str_format(c->arena, "a value of it is one of its cases, `%s.Case`",
                                                               name).at);
    case ITEM_ERROR:
        return wrong_value(c, expr, item, "an error", str_format(c->arena, "`raise %s;` raises it", name).at);
    case ITEM_IMPORT: return item->u.module ? wrong_value(c, expr, item, "a module", NULL) : c->error;
    case ITEM_CHANNEL:
        return wrong_value(c, expr, item, "a channel", str_format(c->arena, "its handles are `%s.tx` and `%s.rx`", name,
                                                                  name).at);
    case ITEM_TEST: case ITEM_IF: case ITEM_INCLUDE: break;
    }
    return c->error;
}

static Type *builtin_value(Checker *c, const Expr *expr) {
    Name name = expr->u.name.name;
    const BuiltinName *builtin = builtin_name_find(c->builtins, name);
    if (!builtin) return c->error;
    if (builtin_function(c->builtins, name) == BUILTIN_NEVER) return c->instant;
    bool is_type = builtin->type != TYPE_ERROR_TYPE || builtin->generic;
    Diag *diag = diag_add(c->diags, CODE_E0211, expr->span, "`%s` is a built-in %s, not a value", name->text,
                          is_type ? "type" : "function");
    if (!is_type) {
        diag_fix(c->diags, diag, (Span){expr->span.at + expr->span.len, 0}, STR("()"), "call it: `%s(...)`",
                 name->text);
    }
    return c->error;
}

static Type *check_name(Checker *c, Expr *expr) {
    const Var *var = expr->u.name.var;
    if (var) return var->type ? var->type : c->error;
    return expr->u.name.item ? check_item_name(c, expr, expr->u.name.item) : builtin_value(c, expr);
}

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

/* ---- arrays and tuples ---- */

static Type *sequence_hint(Type *hint) {
    if (!hint) return NULL;
    if (hint->kind == TYPE_OPTIONAL) hint = hint->elem;
    return hint->kind == TYPE_ARRAY || hint->kind == TYPE_LIST ? hint : NULL;
}

static bool list_holds(Checker *c, const Expr *expr, const Type *list, uint32_t count) {
    if (list->kind != TYPE_LIST || count <= list->count) return true;
    diag_add(c->diags, CODE_E0212, expr->span, "`%s` has room for %u elements, not for %u", type_text(c->types, list),
             (unsigned)list->count, (unsigned)count);
    return false;
}

/* A part of which the type is not known from itself. */
static bool is_untold(Checker *c, const Expr *expr, const Type *type) {
    if (type->kind == TYPE_NONE) diag_add(c->diags, CODE_E0224, expr->span, "`none` does not say what this may hold");
    else if (type->kind == TYPE_NEVER) diag_add(c->diags, CODE_E0224, expr->span, "this never gives a value");
    else return false;
    return true;
}

/* The first element that is no bare number decides; bare numbers follow. */
static Type *common_element(Checker *c, const Expr *expr) {
    const Expr *first = NULL;
    Type *elem = NULL;
    for (uint32_t i = 0; i < expr->u.items.len; i++) {
        Expr *item = expr->u.items.at[i];
        Type *type = check_expr(c, item, elem);
        if (type->kind == TYPE_EMPTY) type = check_value(c, item, NULL);
        if (is_wrong(type)) elem = elem ? elem : type;
        if (elem || type->kind == TYPE_NEVER || (is_literal(c, type) && type != &c->real)) continue;
        first = item;
        elem = type == &c->real ? c->f64 : type;
    }
    if (!elem) elem = c->i32;
    Wanted want = {elem, first ? first->span : (Span){0, 0}, "the first element decides", NULL};
    if (is_untold(c, first, elem)) return c->error;
    bool good = !is_wrong(elem);
    for (uint32_t i = 0; i < expr->u.items.len; i++) good &= meet(c, expr->u.items.at[i], want);
    return good && check_holds(c, HOLDER_ELEMENT, elem, expr->u.items.at[0]->span) ? elem : c->error;
}

static Type *check_array(Checker *c, Expr *expr, Type *hint) {
    Type *type = sequence_hint(hint);
    uint32_t len = expr->u.items.len;
    if (type) {
        bool good = list_holds(c, expr, type, len);
        for (uint32_t i = 0; i < len; i++) good &= check_wanted(c, expr->u.items.at[i], wanted(type->elem));
        if (!good) return c->error;
        return type->kind == TYPE_LIST || type->count == len ? type : type_counted(c->types, TYPE_ARRAY, type->elem,
                                                                                   len);
    }
    if (len == 0) {
        Diag *diag = diag_add(c->diags, CODE_E0224, expr->span, "the elements of `[]` have no type here");
        diag_note(c->diags, diag, "write the type: `var x: list<i32, 8> = [];`");
        return c->error;
    }
    Type *elem = common_element(c, expr);
    return is_wrong(elem) ? elem : type_counted(c->types, TYPE_ARRAY, elem, len);
}

static Type *check_repeat(Checker *c, Expr *expr, Type *hint) {
    Type *type = sequence_hint(hint);
    Expr *value = expr->u.repeat.value;
    uint32_t count;
    bool good = type ? check_wanted(c, value, wanted(type->elem)) : !is_wrong(check_value(c, value, NULL));
    if (!check_count(c, expr->u.repeat.count, 1, "the number of elements", &count) || !good) return c->error;
    if (type && !list_holds(c, expr, type, count)) return c->error;
    Type *elem = type ? type->elem : value->type;
    if (is_untold(c, value, elem)) return c->error;
    if (elem->handle) {
        diag_add(c->diags, CODE_E0226, value->span, "a handle has one owner: it cannot be repeated");
        return c->error;
    }
    if (elem->resource && value->kind != EXPR_CALL) {
        take(c, value);
        return c->error;
    }
    if (!check_holds(c, HOLDER_ELEMENT, elem, value->span)) return c->error;
    if (type && type->kind == TYPE_LIST) return type;
    return type_counted(c->types, TYPE_ARRAY, elem, count);
}

static Type *check_tuple(Checker *c, Expr *expr, Type *hint) {
    uint32_t len = expr->u.items.len;
    bool fits = hint && hint->kind == TYPE_TUPLE && hint->items.len == len;
    Type **items = arena_array(c->arena, Type *, len);
    bool good = true;
    for (uint32_t i = 0; i < len; i++) {
        Expr *item = expr->u.items.at[i];
        if (fits) {
            good &= check_wanted(c, item, wanted(hint->items.at[i]));
            items[i] = hint->items.at[i];
        } else {
            items[i] = check_value(c, item, NULL);
            take(c, item);
            good &= !is_wrong(items[i]) && !is_untold(c, item, items[i]) &&
                    check_holds(c, HOLDER_ELEMENT, items[i], item->span);
        }
    }
    return good ? type_tuple(c->types, items, len) : c->error;
}

/* ---- elements and slices ---- */

static Type *element_type(Checker *c, Type *of) {
    switch (of->kind) {
    case TYPE_ARRAY: case TYPE_LIST: case TYPE_SLICE: return of->elem;
    case TYPE_STR: case TYPE_STR_N: return c->u8;
    case TYPE_GROUP: return type_errors(c->types, TYPE_LEAF, of->errors.at, of->errors.len);
    default: return NULL;
    }
}

static bool check_index_type(Checker *c, Expr *at) {
    Type *type = check_expr(c, at, c->usize);
    if (is_literal(c, type) && type != &c->real) {
        if (type == &c->negative) {
            diag_add(c->diags, CODE_E0205, at->span, "an index is never negative");
            at->type = c->error;
            return false;
        }
        settle(c, at, c->usize);
        return !is_wrong(at->type);
    }
    settle_default(c, at);
    if (type_is_int(at->type)) return true;
    if (!is_wrong(at->type)) {
        diag_add(c->diags, CODE_E0203, at->span, "an index is a whole number, not %s", type_name_of(c, at->type));
    }
    return false;
}

static void check_bounds(Checker *c, const Expr *at, const Type *of, uint32_t past) {
    if (of->kind != TYPE_ARRAY || !at->constant) return;
    Integer index = constant_of(c, at);
    if (!index.negative && index.size < (uint64_t)of->count + past) return;
    diag_add(c->diags, CODE_E0205, at->span, "`%s` has %u elements: %s is no index of it", type_text(c->types, of),
             (unsigned)of->count, integer_text(c->arena, index));
}

static Type *check_index(Checker *c, Expr *expr) {
    Type *of = type_behind(check_value(c, expr->u.index.of, NULL));
    bool good = check_index_type(c, expr->u.index.at);
    if (is_wrong(of)) return of;
    Type *elem = element_type(c, of);
    if (!elem) {
        diag_add(c->diags, CODE_E0213, expr->span, "%s has no elements: it cannot be indexed", type_name_of(c, of));
        return c->error;
    }
    if (good) check_bounds(c, expr->u.index.at, of, 0);
    return elem;
}

static Type *check_slice(Checker *c, Expr *expr, Type *hint) {
    Expr *base = expr->u.slice.of;
    Type *of = type_behind(check_value(c, base, NULL));
    Expr *ends[] = {expr->u.slice.low, expr->u.slice.high};
    for (int i = 0; i < 2; i++) {
        if (ends[i] && check_index_type(c, ends[i])) check_bounds(c, ends[i], of, 1);
    }
    if (is_wrong(of)) return of;
    if (of->kind == TYPE_STR || of->kind == TYPE_STR_N) return c->str;
    if (of->kind != TYPE_ARRAY && of->kind != TYPE_LIST && of->kind != TYPE_SLICE) {
        diag_add(c->diags, CODE_E0213, expr->span, "%s has no elements: it cannot be sliced", type_name_of(c, of));
        return c->error;
    }
    bool is_view = base->type->kind == TYPE_REF || base->type->kind == TYPE_SLICE;
    Storage storage = storage_of(base);
    if (!is_view && !storage.is_place) {
        diag_add(c->diags, CODE_E0216, base->span,
                 "a slice needs a place to point into: put this into a variable first");
        return c->error;
    }
    bool mut = is_view ? base->type->mut : storage.mutable;
    if (hint && hint->kind == TYPE_SLICE && !hint->mut) mut = false;
    if (!is_view) mark_borrowed(storage.root);
    return type_of_elem(c->types, TYPE_SLICE, of->elem, mut);
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

Expr *block_value(const Block *block) {
    if (!block || !block->stmts.len) return NULL;
    Stmt *last = block->stmts.at[block->stmts.len - 1];
    return last->kind == STMT_EXPR && !last->has_semicolon ? last->u.expr : NULL;
}

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

Type *check_block_value(Checker *c, Block *block, Type *hint) {
    Expr *value = block_value(block);
    Block front = *block;
    if (value) front.stmts.len--;
    check_stmts(c, &front);
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
    if (of->kind == EXPR_CALL) of->awaited = true;
    return check_expr(c, of, hint);
}

static Type *check_channel(Checker *c, Expr *expr) {
    uint32_t capacity, copies = 1;
    Type *elem = check_type(c, expr->u.channel.elem);
    if (expr->op != CHANNEL_QUEUE) {
        not_supported(c, expr->span, expr->op == CHANNEL_LATEST ? "`latest`" : "`broadcast`");
        return c->error;
    }
    bool good = check_count(c, expr->u.channel.capacity, 0, "the capacity of a channel", &capacity);
    if (expr->u.channel.copies) good &= check_count(c, expr->u.channel.copies, 1, "the number of handles", &copies);
    if (!good || is_wrong(elem) || !check_holds(c, HOLDER_ITEM, elem, expr->u.channel.elem->span)) return c->error;
    Type *ends[] = {type_of_elem(c->types, TYPE_SENDER, elem, false), type_of_elem(c->types, TYPE_RECEIVER, elem,
                                                                                   false)};
    for (int i = 0; i < 2 && expr->u.channel.copies; i++) ends[i] = type_counted(c->types, TYPE_ARRAY, ends[i], copies);
    return type_tuple(c->types, ends, 2);
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
    case EXPR_RACE: not_supported(c, expr->span, "`race`"); return c->error;
    case EXPR_WRONG: break;
    }
    return c->error;
}

Type *check_expr(Checker *c, Expr *expr, Type *hint) {
    expr->type = check_kind(c, expr, hint);
    return expr->type;
}
