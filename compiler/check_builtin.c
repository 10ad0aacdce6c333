/* check_builtin: built-in functions. */
#include "check.h"

static Expr *arg(const Expr *call, uint32_t i) { return call->u.call.args.at[i].value; }

/* False, with a message, unless there are so many arguments, without names; they have been checked then. */
static bool has_args(Checker *c, Expr *expr, Builtin builtin, uint32_t count) {
    Callee callee = {.name = builtin_name(builtin), .count = count};
    bool good = true;
    for (uint32_t i = 0; i < expr->u.call.args.len && good; i++) {
        const Arg *named = &expr->u.call.args.at[i];
        if (!named->name) continue;
        diag_add(c->diags, CODE_E0209, named->name_span, "arguments of `%s` have no names", callee.name);
        good = false;
    }
    if (good && check_arg_count(c, expr, &callee)) return true;
    check_all_args(c, expr);
    return false;
}

static Type *with_one(Checker *c, Expr *expr, Builtin builtin, Type *takes, Type *gives) {
    if (has_args(c, expr, builtin, 1)) check_wanted(c, arg(expr, 0), wanted(takes));
    return gives;
}

static Type *with_none(Checker *c, Expr *expr, Builtin builtin, Type *gives) {
    has_args(c, expr, builtin, 0);
    return gives;
}

/* ---- text ---- */

static Type *check_print(Checker *c, Expr *expr, Builtin builtin, Type *gives) {
    bool is_empty_line = builtin == BUILTIN_PRINT && expr->u.call.args.len == 0;
    if (!is_empty_line && has_args(c, expr, builtin, 1)) check_text(c, arg(expr, 0));
    return gives;
}

/* format(&mut s, "...")   append(&mut s, "...") */
static Type *check_format(Checker *c, Expr *expr, Builtin builtin) {
    if (!has_args(c, expr, builtin, 2)) return c->boolean;
    Expr *into = arg(expr, 0);
    Type *type = check_value(c, into, NULL);
    check_text(c, arg(expr, 1));
    bool good = type->kind == TYPE_REF && type->mut && type->elem->kind == TYPE_STR_N;
    if (good || is_wrong(type)) return c->boolean;
    Diag *diag = diag_add(c->diags, CODE_E0203, into->span, "expected a `&mut str[N]` to write into, found %s",
                          type_name_of(c, type));
    if (type->kind == TYPE_STR_N) diag_fix(c->diags, diag, (Span){into->span.at, 0}, STR("&mut "), "lend it");
    return c->boolean;
}

/* ---- numbers ---- */

static bool is_ordered(const Type *type) {
    return type_is_number(type) || type->kind == TYPE_DURATION || type->kind == TYPE_INSTANT;
}

/* All arguments become one type: that of the first that is no bare number, or the widest. */
static Type *check_same(Checker *c, Expr *expr, Builtin builtin, uint32_t count, Type *hint) {
    if (!has_args(c, expr, builtin, count)) return c->error;
    for (uint32_t i = 0; i < count; i++) check_expr(c, arg(expr, i), NULL);
    bool bare = true;
    for (uint32_t i = 0; i < count; i++) bare &= is_literal(c, arg(expr, i)->type);
    if (bare && hint && type_is_number(hint)) settle(c, arg(expr, 0), hint);
    Expr *first = arg(expr, 0);
    for (uint32_t i = 1; i < count; i++) {
        Expr *other = arg(expr, i);
        if (is_wrong(operator_result(c, OP_LT, first, other, expr->span))) return c->error;
        if (is_literal(c, first->type) || (first->type != other->type && type_fits(first->type,
                                                                                   other->type))) first = other;
    }
    for (uint32_t i = 0; i < count; i++) settle(c, arg(expr, i), is_literal(c, first->type) ? c->i32 : first->type);
    for (uint32_t i = 0; i < count; i++) {
        if (!meet(c, arg(expr, i), wanted(first->type))) return c->error;
    }
    return first->type;
}

static Type *check_abs(Checker *c, Expr *expr) {
    if (!has_args(c, expr, BUILTIN_ABS, 1)) return c->error;
    Type *type = check_value(c, arg(expr, 0), NULL);
    if (is_wrong(type) || (is_ordered(type) && type->kind != TYPE_INSTANT)) return type;
    diag_add(c->diags, CODE_E0203, arg(expr, 0)->span, "`abs` takes a number or a duration, not %s",
             type_name_of(c, type));
    return c->error;
}

/* ---- objects ---- */

/* Condition()   Condition(&lock) */
static Type *check_new_condition(Checker *c, Expr *expr) {
    Type *type = type_basic(c->types, TYPE_CONDITION);
    if (expr->u.call.args.len == 0) return type;
    Type *lock = type_of_elem(c->types, TYPE_REF, type_basic(c->types, TYPE_LOCK), false);
    return with_one(c, expr, BUILTIN_NEW_CONDITION, lock, type);
}

static bool is_known(const Expr *number) { return number->constant && number->kind == EXPR_INT; }

static void check_places(Checker *c, Expr *number, const char *what) {
    check_wanted(c, number, wanted(c->i32));
    refuse_negative(c, number, what);
}

/* Semaphore(n, max: m) */
static Type *check_semaphore(Checker *c, Expr *expr) {
    Type *type = type_basic(c->types, TYPE_SEMAPHORE);
    ArgList *args = &expr->u.call.args;
    bool has_max = args->len == 2 && args->at[1].name && str_is(name_text(args->at[1].name), "max");
    if (!has_max && !has_args(c, expr, BUILTIN_NEW_SEMAPHORE, 1)) return type;
    Expr *value = arg(expr, 0), *max = has_max ? arg(expr, 1) : NULL;
    check_places(c, value, "the value of a semaphore");
    if (!max) return type;
    check_wanted(c, max, wanted(c->i32));
    if (is_known(value) && is_known(max) && (int32_t)max->u.integer < (int32_t)value->u.integer) {
        diag_add(c->diags, CODE_E0212, max->span, "the semaphore begins above its maximum");
    }
    return type;
}

static Type *check_limiter(Checker *c, Expr *expr) {
    if (has_args(c, expr, BUILTIN_NEW_LIMITER, 1)) check_places(c, arg(expr, 0), "the number of tokens");
    return type_basic(c->types, TYPE_LIMITER);
}

static Type *check_started(Checker *c, Expr *expr) {
    const Fn *fn = c->at.fn;
    Type *type = fn && fn->starts ? fn->start_type : NULL;
    if (!type) {                   /* effects says that it stands in the wrong place */
        check_all_args(c, expr);
        return c->empty;
    }
    if (type->kind == TYPE_EMPTY) return with_none(c, expr, BUILTIN_STARTED, c->empty);
    if (!has_args(c, expr, BUILTIN_STARTED, 1)) return c->empty;
    check_wanted(c, arg(expr, 0), (Wanted){type, fn->starts_expr->span, "this is what % starts with", fn->name});
    return c->empty;
}

/* A wait that would end before it begins. */
static Type *check_sleep(Checker *c, Expr *expr, Builtin builtin) {
    with_one(c, expr, builtin, c->duration, c->empty);
    if (expr->u.call.args.len == 1) refuse_negative_time(c, arg(expr, 0));
    return c->empty;
}

Type *check_enum_from(Checker *c, Expr *expr, Type *type) {
    expr->u.call.what = CALL_BUILTIN;
    expr->u.call.builtin = BUILTIN_ENUM_FROM;
    need_complete(c, type);
    Type *gives = type_of_elem(c->types, TYPE_OPTIONAL, type, false);
    if (!has_args(c, expr, BUILTIN_ENUM_FROM, 1)) return gives;
    const EnumDecl *decl = type->enumeration;
    Type *base = decl->base ? decl->base->type : c->i64;
    if (decl->has_payload) {
        diag_add(c->diags, CODE_E0225, expr->span, "the cases of `%s` carry values: they have no numbers",
                 decl->name->text);
        return c->error;
    }
    Expr *number = arg(expr, 0);
    check_expr(c, number, base);
    if (is_literal(c, number->type) && !is_wrong(base)) settle(c, number, base);
    settle_default(c, number);
    if (is_wrong(number->type) || type_is_int(number->type)) return gives;
    diag_add(c->diags, CODE_E0203, number->span, "expected an integer, found %s", type_name_of(c, number->type));
    return gives;
}

/* str(bytes) */
static Type *check_str_from(Checker *c, Expr *expr) {
    Type *bytes = type_of_elem(c->types, TYPE_SLICE, c->u8, false);
    return with_one(c, expr, BUILTIN_STR_FROM, bytes, type_of_elem(c->types, TYPE_OPTIONAL, c->str, false));
}

Type *check_builtin(Checker *c, Expr *expr, Builtin builtin, Type *hint) {
    expr->u.call.what = CALL_BUILTIN;
    expr->u.call.builtin = (uint16_t)builtin;
    switch (builtin) {
    case BUILTIN_PRINT: case BUILTIN_WRITE: return check_print(c, expr, builtin, c->empty);
    case BUILTIN_PANIC: return check_print(c, expr, builtin, c->never);
    case BUILTIN_FORMAT: case BUILTIN_APPEND: return check_format(c, expr, builtin);
    case BUILTIN_SLEEP: case BUILTIN_BUSY: return check_sleep(c, expr, builtin);
    case BUILTIN_SLEEP_UNTIL: return with_one(c, expr, builtin, c->instant, c->empty);
    case BUILTIN_SLEEP_FOREVER: return with_none(c, expr, builtin, c->never);
    case BUILTIN_CHECKPOINT: case BUILTIN_WAIT_ALL_TASKS_BLOCKED: return with_none(c, expr, builtin, c->empty);
    case BUILTIN_NOW: case BUILTIN_EFFECTIVE_DEADLINE: return with_none(c, expr, builtin, c->instant);
    case BUILTIN_UPTIME: return with_none(c, expr, builtin, c->duration);
    case BUILTIN_UPTIME64: return with_none(c, expr, builtin, type_basic(c->types, TYPE_U64));
    case BUILTIN_STARTED: return check_started(c, expr);
    case BUILTIN_MIN: case BUILTIN_MAX: return check_same(c, expr, builtin, 2, hint);
    case BUILTIN_CLAMP: return check_same(c, expr, builtin, 3, hint);
    case BUILTIN_ABS: return check_abs(c, expr);
    case BUILTIN_CLZ: case BUILTIN_CTZ: case BUILTIN_POPCOUNT: case BUILTIN_ROTATE: case BUILTIN_MUL_SHIFT: case BUILTIN_BIT:
    case BUILTIN_LOAD_BE16: case BUILTIN_LOAD_LE16: case BUILTIN_LOAD_BE32: case BUILTIN_LOAD_LE32: case BUILTIN_LOAD_BE64:
    case BUILTIN_LOAD_LE64: case BUILTIN_STORE_BE16: case BUILTIN_STORE_LE16: case BUILTIN_STORE_BE32:
    case BUILTIN_STORE_LE32: case BUILTIN_STORE_BE64: case BUILTIN_STORE_LE64:
        return check_bit_function(c, expr, builtin, hint);
    case BUILTIN_STR_FROM: return check_str_from(c, expr);
    case BUILTIN_NEW_EVENT: return with_none(c, expr, builtin, type_basic(c->types, TYPE_EVENT));
    case BUILTIN_NEW_LOCK: case BUILTIN_NEW_STRICT_LOCK:
        return with_none(c, expr, builtin, type_basic(c->types, TYPE_LOCK));
    case BUILTIN_NEW_CONDITION: return check_new_condition(c, expr);
    case BUILTIN_NEW_SEMAPHORE: return check_semaphore(c, expr);
    case BUILTIN_NEW_LIMITER: return check_limiter(c, expr);
    case BUILTIN_NEW_SEQUENCER: return with_none(c, expr, builtin, type_basic(c->types, TYPE_SEQUENCER));
    default: return c->error;
    }
}
