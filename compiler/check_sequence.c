/* check_sequence: arrays, lists and tuples, their elements and slices. */
#include "check.h"

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

Type *check_array(Checker *c, Expr *expr, Type *hint) {
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

Type *check_repeat(Checker *c, Expr *expr, Type *hint) {
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
    if (elem->resource && !is_maker(value)) {
        take(c, value);
        return c->error;
    }
    if (!check_holds(c, HOLDER_ELEMENT, elem, value->span)) return c->error;
    if (type && type->kind == TYPE_LIST) return type;
    return type_counted(c->types, TYPE_ARRAY, elem, count);
}

Type *check_tuple(Checker *c, Expr *expr, Type *hint) {
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

Type *check_index(Checker *c, Expr *expr) {
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

Type *check_slice(Checker *c, Expr *expr, Type *hint) {
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
