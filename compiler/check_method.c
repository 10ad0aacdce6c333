/* check_method: built-in methods. */
#include "check.h"

static Expr *arg(const Expr *call, uint32_t i) { return call->u.call.args.at[i].value; }

static bool has_args(Checker *c, Expr *expr, uint32_t count) {
    Callee callee = {.name = expr->u.call.callee->u.field.name->text, .count = count};
    if (check_arg_count(c, expr, &callee)) {
        const Arg *named = count ? &expr->u.call.args.at[0] : NULL;
        if (!named || !named->name) return true;
        diag_add(c->diags, CODE_E0209, named->name_span, "arguments of `%s` have no names", callee.name);
    }
    check_all_args(c, expr);
    return false;
}

static Type *with_none(Checker *c, Expr *expr, Type *gives) {
    has_args(c, expr, 0);
    return gives;
}

static Type *with_one(Checker *c, Expr *expr, Type *takes, Type *gives) {
    if (has_args(c, expr, 1)) check_wanted(c, arg(expr, 0), wanted(takes));
    return gives;
}

/* tx.close(): the handle must be this task's own. */
static Type *check_close(Checker *c, Expr *expr) {
    Expr *self = expr->u.call.self;
    has_args(c, expr, 0);
    if (is_static_channel(self)) {
        diag_add(c->diags, CODE_E0226, expr->span, "the handles of a static channel never close");
        return c->empty;
    }
    if (self->type->kind == TYPE_REF) {
        Diag *diag = diag_add(c->diags, CODE_E0226, expr->span,
                              "a handle that is lent can only be closed by its owner");
        diag_note(c->diags, diag, "its type is `%s`", type_text(c->types, self->type));
        return c->empty;
    }
    take(c, self);
    return c->empty;
}

/* s.push(text) of a str[N] takes text or a byte. */
static Type *check_push(Checker *c, Expr *expr, Type *object) {
    need_mutable_object(c, expr->u.call.self, "added to");
    if (object->kind == TYPE_LIST) return with_one(c, expr, object->elem, c->boolean);
    if (!has_args(c, expr, 1)) return c->boolean;
    Expr *value = arg(expr, 0);
    check_expr(c, value, c->str);
    bool is_byte = is_literal(c, value->type) || value->type == c->u8;
    meet(c, value, wanted(is_byte ? c->u8 : c->str));
    return c->boolean;
}

static Type *check_remove(Checker *c, Expr *expr, Type *object) {
    need_mutable_object(c, expr->u.call.self, "taken from");
    if (!has_args(c, expr, 1)) return object->elem;
    Type *type = check_value(c, arg(expr, 0), c->usize);
    if (!type_is_int(type) && !is_wrong(type)) {
        diag_add(c->diags, CODE_E0203, arg(expr, 0)->span, "an index is a whole number, not %s", type_name_of(c, type));
    }
    return object->elem;
}

static Type *check_clear(Checker *c, Expr *expr) {
    need_mutable_object(c, expr->u.call.self, "cleared");
    return with_none(c, expr, c->empty);
}

/* pop and remove are of lists; `list` also owns push and clear of str[N]. What a limiter lends is known by the block that
   holds it. */
static bool is_missing(Builtin builtin, const Type *object) {
    if (object->kind == TYPE_STR_N) return builtin == BUILTIN_POP || builtin == BUILTIN_REMOVE;
    return object->kind == TYPE_LIMITER;
}

static void report_missing(Checker *c, const Expr *callee, const Type *object) {
    if (object->kind != TYPE_LIMITER) {
        unknown_member(c, callee, object);
        return;
    }
    Diag *diag = diag_add(c->diags, CODE_E0207, callee->u.field.name_span, "a `CapacityLimiter` has no `%s`",
                          callee->u.field.name->text);
    diag_note(c->diags, diag, "`async with limiter { }` takes a token and gives it back");
}

static Type *check_bytes(Checker *c, Expr *expr) {
    mark_borrowed(storage_of(expr->u.call.self).root);
    return with_none(c, expr, type_of_elem(c->types, TYPE_SLICE, c->u8, false));
}

/* cond.notify()   cond.notify(n) */
static Type *check_notify(Checker *c, Expr *expr) {
    return expr->u.call.args.len ? with_one(c, expr, c->i32, c->empty) : c->empty;
}

/* s.cancel()   s.cancel("why")   s.cancel(grace: 5s)   s.cancel("why", grace: 5s) */
static Type *check_cancel(Checker *c, Expr *expr) {
    ArgList *args = &expr->u.call.args;
    bool good = true;
    for (uint32_t i = 0; i < args->len; i++) {
        Arg *one = &args->at[i];
        bool is_grace = one->name && str_is(name_text(one->name), "grace") && i + 1 == args->len;
        if (is_grace) {
            check_wanted(c, one->value, wanted(c->duration));
        } else if (i == 0 && !one->name) {
            check_constant(c, one->value, wanted(c->str), "why a scope is cancelled");
        } else {
            check_value(c, one->value, NULL);
            if (good) {
                Diag *diag = diag_add(c->diags, CODE_E0209, one->value->span, "`cancel` takes a text and a grace");
                diag_note(c->diags, diag, "`s.cancel()`, `s.cancel(\"why\")`, `s.cancel(\"why\", grace: 5s)`");
            }
            good = false;
        }
    }
    return c->empty;
}

static Type *method_result(Checker *c, Expr *expr, Builtin builtin, Type *object) {
    switch (builtin) {
    case BUILTIN_SEND: case BUILTIN_SEND_NOWAIT: return with_one(c, expr, object->elem, c->empty);
    case BUILTIN_TRY_SEND: return with_one(c, expr, object->elem, c->boolean);
    case BUILTIN_RECEIVE: case BUILTIN_RECEIVE_NOWAIT: return with_none(c, expr, object->elem);
    case BUILTIN_TRY_RECEIVE: return with_none(c, expr, type_of_elem(c->types, TYPE_OPTIONAL, object->elem, false));
    case BUILTIN_CLONE: return with_none(c, expr, object);
    case BUILTIN_CLOSE: return check_close(c, expr);
    case BUILTIN_STATISTICS: return with_none(c, expr, type_basic(c->types, TYPE_STATISTICS));
    case BUILTIN_EVENT_SET: case BUILTIN_EVENT_WAIT: case BUILTIN_ACQUIRE: case BUILTIN_ACQUIRE_NOWAIT:
    case BUILTIN_RELEASE: case BUILTIN_CONDITION_WAIT: case BUILTIN_NOTIFY_ALL:
        return with_none(c, expr, c->empty);
    case BUILTIN_NOTIFY: return check_notify(c, expr);
    case BUILTIN_EVENT_IS_SET: case BUILTIN_LOCKED: return with_none(c, expr, c->boolean);
    case BUILTIN_CANCEL: return check_cancel(c, expr);
    case BUILTIN_CANCEL_CHILD: return with_none(c, expr, c->empty);
    case BUILTIN_PUSH: return check_push(c, expr, object);
    case BUILTIN_POP:
        need_mutable_object(c, expr->u.call.self, "taken from");
        return with_none(c, expr, type_of_elem(c->types, TYPE_OPTIONAL, object->elem, false));
    case BUILTIN_REMOVE: return check_remove(c, expr, object);
    case BUILTIN_CLEAR: return check_clear(c, expr);
    case BUILTIN_BITS: return check_bits(c, expr, object);
    case BUILTIN_BYTES: return check_bytes(c, expr);
    case BUILTIN_START_SOON: case BUILTIN_START_SERVICE: case BUILTIN_START:
        return check_start_call(c, expr, builtin);
    default: return c->error;
    }
}

static Type *check_wrong(Checker *c, const Expr *expr) {
    check_all_args(c, expr);
    return c->error;
}

/* A field that is called, as in `a.len()`. */
static Type *call_of_field(Checker *c, Expr *expr) {
    const Expr *callee = expr->u.call.callee;
    Span name = callee->u.field.name_span, parentheses = {name.at + name.len, 0};
    parentheses.len = expr->span.at + expr->span.len - parentheses.at;
    Diag *diag = diag_add(c->diags, CODE_E0210, name, "`%s` is a field, not a method", callee->u.field.name->text);
    if (expr->u.call.args.len == 0 && !expr->paren) {
        diag_fix(c->diags, diag, parentheses, STR(""), "read it without `()`");
    }
    return check_wrong(c, expr);
}

static bool has_field(Checker *c, Type *object, Name name) {
    if (object->kind != TYPE_STRUCT) return false;
    need_complete(c, object);
    for (uint32_t i = 0; i < object->structure->fields.len; i++) {
        if (object->structure->fields.at[i].name == name) return true;
    }
    return false;
}

static bool is_planned(Checker *c, const Expr *callee, const Type *object) {
    static const struct { TypeKind kind; const char *name; } planned[] = {
        {TYPE_NURSERY, "start_when_free"}, {TYPE_SENDER, "send_isr"},
    };
    for (size_t i = 0; i < sizeof planned / sizeof *planned; i++) {
        if (object->kind != planned[i].kind || !str_is(name_text(callee->u.field.name), planned[i].name)) continue;
        not_supported(c, callee->u.field.name_span, str_format(c->arena, "`%s`", planned[i].name).at);
        return true;
    }
    return false;
}

Type *check_method(Checker *c, Expr *expr) {
    Expr *callee = expr->u.call.callee, *self = callee->u.field.of;
    const Item *item = item_named(self);
    Type *type;
    c->makes = false;
    if (item && item->kind == ITEM_CHANNEL) type = check_expr(c, self, NULL);
    else type = check_value(c, self, NULL);
    if (is_wrong(type)) return check_wrong(c, expr);
    Type *object = type_behind(type);
    Builtin builtin = builtin_method(c->builtins, object, callee->u.field.name);
    if (has_field(c, object, callee->u.field.name) || (builtin != BUILTIN_NONE && builtin_is_field(builtin))) {
        return call_of_field(c, expr);
    }
    if (builtin == BUILTIN_NONE || is_missing(builtin, object)) {
        if (!is_planned(c, callee, object)) report_missing(c, callee, object);
        return check_wrong(c, expr);
    }
    expr->u.call.what = CALL_BUILTIN;
    expr->u.call.builtin = (uint16_t)builtin;
    expr->u.call.self = self;
    return method_result(c, expr, builtin, object);
}
