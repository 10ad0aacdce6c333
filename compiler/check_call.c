/* check_call: calls of functions, and of what is made by call: structs, cases, errors, conversions. */
#include "check.h"

/* ---- arguments ---- */

static Name name_at(const Callee *callee, uint32_t i) {
    return callee->params ? callee->params->at[i]->name : callee->fields->at[i].name;
}

static Type *type_at(const Callee *callee, uint32_t i) {
    return callee->params ? callee->params->at[i]->type : callee->fields->at[i].type;
}

static Wanted wanted_at(const Callee *callee, uint32_t i) {
    Span span = callee->params ? callee->params->at[i]->span : callee->fields->at[i].span;
    const char *why = callee->params ? "parameter % is declared here" : "field % is declared here";
    return (Wanted){type_at(callee, i), span, why, name_at(callee, i)};
}

static const char *callee_text(Checker *c, const Callee *callee) {
    const char *dot = callee->owner ? "." : "";
    return str_format(c->arena, "`%s%s%s`", callee->owner ? callee->owner : "", dot, callee->name).at;
}

static bool has_names(const Callee *callee) { return callee->params || callee->fields; }

static void label_callee(Checker *c, Diag *diag, const Callee *callee) {
    if (callee->span.len) diag_label(c->diags, diag, callee->span, "%s is declared here", callee_text(c, callee));
}

/* "`x`, `y`": the names from `i` on. */
static const char *missing_names(Checker *c, const Callee *callee, uint32_t i) {
    Buf text = {0};
    for (uint32_t first = i; i < callee->count; i++) {
        if (i > first) buf_text(&text, ", ");
        buf_format(&text, "`%s`", name_at(callee, i)->text);
    }
    const char *copy = str_copy(c->arena, buf_view(&text)).at;
    buf_free(&text);
    return copy;
}

static const char *arguments(uint32_t count) { return count == 1 ? "argument" : "arguments"; }

bool check_arg_count(Checker *c, const Expr *call, const Callee *callee) {
    const ArgList *args = &call->u.call.args;
    if (args->len == callee->count) return true;
    unsigned want = callee->count, have = args->len;
    if (have > want) {
        const Expr *extra = args->at[want].value;
        Diag *diag = diag_add(c->diags, CODE_E0209, extra->span, "%s takes %u %s, and this is one more",
                              callee_text(c, callee), want, arguments(want));
        label_callee(c, diag, callee);
        return false;
    }
    const char *names = has_names(callee) ? missing_names(c, callee, have) : NULL;
    Diag *diag = diag_add(c->diags, CODE_E0209, call->span, "%s takes %u %s, and %u %s given%s%s%s",
                          callee_text(c, callee), want, arguments(want), have, have == 1 ? "is" : "are",
                          names ? ": " : "", names ? names : "",
                          !names ? "" : want - have == 1 ? " is missing" : " are missing");
    label_callee(c, diag, callee);
    return false;
}

static bool find_name(const Callee *callee, Name name, uint32_t *index) {
    for (*index = 0; *index < callee->count; ++*index) {
        if (name_at(callee, *index) == name) return true;
    }
    return false;
}

static bool unknown_arg_name(Checker *c, const Arg *arg, const Callee *callee) {
    const char *what = !callee->params && callee->fields ? "field" : "parameter";
    Diag *diag = diag_add(c->diags, CODE_E0209, arg->name_span, "%s has no %s `%s`", callee_text(c, callee), what,
                          arg->name->text);
    Near near = near_to(arg->name);
    for (uint32_t i = 0; has_names(callee) && i < callee->count; i++) near_try(&near, name_at(callee, i));
    if (!near_fix(&near, c->diags, diag, arg->name_span)) label_callee(c, diag, callee);
    return false;
}

/* Names are optional, but where they are written they are right, and in order: so is the order of evaluation. */
static bool check_arg_names(Checker *c, const Expr *call, const Callee *callee) {
    const ArgList *args = &call->u.call.args;
    bool good = true;
    for (uint32_t i = 0; i < args->len; i++) {
        const Arg *arg = &args->at[i];
        uint32_t index;
        if (!arg->name || (i < callee->count && has_names(callee) && name_at(callee, i) == arg->name)) continue;
        if (!has_names(callee) || !find_name(callee, arg->name, &index)) {
            good = unknown_arg_name(c, arg, callee);
        } else if (args->len == callee->count) {
            Diag *diag = diag_add(c->diags, CODE_E0209, arg->name_span,
                                  "`%s` is not in its place: argument %u of %s is `%s`",
                                  arg->name->text, (unsigned)i + 1, callee_text(c, callee), name_at(callee, i)->text);
            diag_note(c->diags, diag,
                      "arguments are written in the order of the declaration, in which they are evaluated");
            return false;
        }
    }
    return good;
}

/* A plain function may get text that is built for it, which its caller does. */
static bool takes_text(const Expr *call, const Expr *value, const Type *type) {
    bool plain = call->u.call.what == CALL_FN && call->u.call.to.fn->kind == FN_PLAIN;
    return plain && value->kind == EXPR_INTERPOLATION && type->kind == TYPE_STR;
}

/* An argument of something unknown: any text is right, and so is a call that gives no value. */
static void check_loosely(Checker *c, Expr *value) {
    if (value->kind == EXPR_INTERPOLATION) {
        check_text(c, value);
    } else {
        check_expr(c, value, NULL);
        settle_default(c, value);
    }
}

void check_all_args(Checker *c, const Expr *call) {
    for (uint32_t i = 0; i < call->u.call.args.len; i++) check_loosely(c, call->u.call.args.at[i].value);
}

void check_args(Checker *c, Expr *call, const Callee *callee) {
    bool named = check_arg_names(c, call, callee);
    if (named) named = check_arg_count(c, call, callee);
    for (uint32_t i = 0; i < call->u.call.args.len; i++) {
        Expr *value = call->u.call.args.at[i].value;
        if (!named || i >= callee->count) check_loosely(c, value);
        else if (takes_text(call, value, type_at(callee, i))) check_text(c, value);
        else check_wanted(c, value, wanted_at(callee, i));
    }
}

/* ---- what can be called ---- */

static Type *call_fn(Checker *c, Expr *expr, Fn *fn) {
    need_signature(c, fn);
    expr->u.call.what = CALL_FN;
    expr->u.call.to.fn = fn;
    Callee callee = {.name = fn->name->text, .span = fn->span, .count = fn->params.len, .params = &fn->params};
    check_args(c, expr, &callee);
    return fn->result;
}

static Type *call_struct(Checker *c, Expr *expr, StructDecl *decl) {
    Type *type = type_struct(c->types, decl);
    need_complete(c, type);
    expr->u.call.what = CALL_STRUCT;
    Callee callee = {.name = decl->name->text, .span = decl->span, .count = decl->fields.len, .fields = &decl->fields};
    check_args(c, expr, &callee);
    return type;
}

static Type *call_case(Checker *c, Expr *expr, EnumDecl *decl) {
    EnumCase *enum_case = check_case_name(c, expr->u.call.callee, decl);
    if (!enum_case) {
        check_all_args(c, expr);
        return c->error;
    }
    expr->u.call.what = CALL_CASE;
    expr->u.call.to.enum_case = enum_case;
    if (enum_case->fields.len == 0) {
        Span parentheses = {expr->u.call.callee->span.at + expr->u.call.callee->span.len, 0};
        parentheses.len = expr->span.at + expr->span.len - parentheses.at;
        Diag *diag = diag_add(c->diags, CODE_E0209, expr->span, "`%s.%s` carries no values", decl->name->text,
                              enum_case->name->text);
        diag_fix(c->diags, diag, parentheses, STR(""), "write it without parentheses");
        return decl->type;
    }
    Callee callee = {.owner = decl->name->text, .name = enum_case->name->text, .span = enum_case->span,
                     .count = enum_case->fields.len, .fields = &enum_case->fields};
    check_args(c, expr, &callee);
    return decl->type;
}

Type *check_convert(Checker *c, Expr *expr, Type *to) {
    Callee callee = {.name = type_text(c->types, to), .count = 1};
    expr->u.call.what = CALL_CONVERT;
    if (!check_arg_count(c, expr, &callee)) {
        check_all_args(c, expr);
        return to;
    }
    Expr *of = expr->u.call.args.at[0].value;
    check_expr(c, of, NULL);
    settle_to_convert(c, of, to);
    if (of->type->kind == TYPE_EMPTY) meet(c, of, wanted(to));
    if (is_wrong(of->type) || of->type->kind == TYPE_EMPTY) return to;
    if (!can_convert(of->type, to)) {
        cannot_convert(c, expr, of, to);
        return to;
    }
    expr->type = to;
    fold_convert(c, expr, of, true);
    return to;
}

static Type *cannot_call(Checker *c, Expr *expr, const char *what, Span declared) {
    Expr *callee = expr->u.call.callee;
    check_all_args(c, expr);
    Diag *diag = diag_add(c->diags, CODE_E0210, callee->span, "%s", what);
    if (declared.len) diag_label(c->diags, diag, declared, "it is declared here");
    return c->error;
}

static Type *call_item(Checker *c, Expr *expr, Item *item) {
    const char *name = item->name->text;
    switch (item->kind) {
    case ITEM_FN: return call_fn(c, expr, item->u.fn);
    case ITEM_STRUCT: return call_struct(c, expr, item->u.structure);
    case ITEM_ENUM:
        return cannot_call(c, expr, str_format(c->arena, "`%s` is an enum: its values are its cases, `%s.Case`", name,
                                               name).at, item->span);
    case ITEM_ERROR:
        return cannot_call(c, expr, str_format(c->arena, "`%s` is an error: it is made where it is raised, `raise %s`",
                                               name,
                                               name).at, item->span);
    case ITEM_CONST: case ITEM_STATIC: case ITEM_CHANNEL:
        return cannot_call(c, expr, str_format(c->arena, "`%s` is a value: it cannot be called", name).at, item->span);
    case ITEM_IMPORT: case ITEM_TEST: case ITEM_IF: case ITEM_INCLUDE: break;
    }
    check_all_args(c, expr);
    return c->error;
}

/* print(...)   u8(x)   str(bytes)   Event() */
static Type *call_builtin(Checker *c, Expr *expr, Name name, Type *hint) {
    const BuiltinName *builtin = builtin_name_find(c->builtins, name);
    Builtin function = builtin_function(c->builtins, name);
    if (function == BUILTIN_NEVER) return cannot_call(c, expr, "`never` is a value: it cannot be called", (Span){0, 0});
    if (function != BUILTIN_NONE) return check_builtin(c, expr, function, hint);
    Type *type = builtin ? type_basic(c->types, builtin->type) : c->error;
    bool is_plain = type->kind == TYPE_BOOL || type->kind == TYPE_DURATION || type->kind == TYPE_INSTANT;
    if (type_is_number(type) || is_plain) return check_convert(c, expr, type);
    if (builtin && (builtin->type != TYPE_ERROR_TYPE || builtin->generic)) {
        return cannot_call(c, expr, str_format(c->arena, "values of `%s` are not made by a call", name->text).at,
                           (Span){0, 0});
    }
    check_all_args(c, expr);
    return c->error;
}

static Type *call_name(Checker *c, Expr *expr, Type *hint) {
    const Expr *callee = expr->u.call.callee;
    const Var *var = callee->u.name.var;
    if (var) {
        if (!var->type || is_wrong(var->type)) {
            check_all_args(c, expr);
            return c->error;
        }
        return cannot_call(c, expr, str_format(c->arena, "`%s` is a value: it cannot be called", var->name->text).at,
                           var->span);
    }
    if (callee->u.name.item) return call_item(c, expr, callee->u.name.item);
    return call_builtin(c, expr, callee->u.name.name, hint);
}

static Type *call_member(Checker *c, Expr *expr) {
    Expr *callee = expr->u.call.callee, *of = callee->u.field.of;
    become_name(of);
    const Item *item = item_named(of);
    callee->u.field.index = -1;
    if (item && item->kind == ITEM_IMPORT) {
        check_all_args(c, expr);
        return c->error;
    }
    if (!item || item->kind != ITEM_ENUM) return check_method(c, expr);
    Type *type = of->type = type_enum(c->types, item->u.enumeration);
    bool is_from = callee->u.field.name == c->builtins->names[BUILTIN_ENUM_FROM];
    return is_from ? check_enum_from(c, expr, type) : call_case(c, expr, item->u.enumeration);
}

Type *check_call(Checker *c, Expr *expr, Type *hint) {
    Expr *callee = expr->u.call.callee;
    become_name(callee);
    Type *type;
    if (callee->kind == EXPR_NAME) {
        type = call_name(c, expr, hint);
    } else if (callee->kind == EXPR_FIELD) {
        type = call_member(c, expr);
    } else {
        bool known = !is_wrong(check_value(c, callee, NULL));
        if (known) return cannot_call(c, expr, "this is a value: it cannot be called", (Span){0, 0});
        check_all_args(c, expr);
        return c->error;
    }
    callee->type = type;
    return type;
}

/* ---- errors ---- */

static Type *raise_error(Checker *c, Expr *expr, ErrorDecl *error) {
    need_error_fields(c, error);
    if (expr->kind == EXPR_CALL) {
        expr->u.call.what = CALL_ERROR;
        expr->u.call.to.error = error;
        Callee callee = {.name = error->name->text, .span = error->span, .count = error->fields.len,
                         .fields = &error->fields};
        check_args(c, expr, &callee);
    } else if (error->fields.len) {
        Diag *diag = diag_add(c->diags, CODE_E0209, expr->span, "`%s` has %u field%s, which need values",
                              error->name->text,
                              (unsigned)error->fields.len, error->fields.len == 1 ? "" : "s");
        if (error->span.len) diag_label(c->diags, diag, error->span, "`%s` is declared here", error->name->text);
    }
    return type_errors(c->types, TYPE_LEAF, &error, 1);
}

Type *check_raised(Checker *c, Expr *expr) {
    Expr *named = expr->kind == EXPR_CALL ? expr->u.call.callee : expr;
    become_name(named);
    const Item *item = item_named(named);
    Type *type = c->error;
    if (item && item->kind == ITEM_ERROR) {
        type = raise_error(c, expr, item->u.error);
    } else if (!is_wrong(check_value(c, expr, NULL))) {
        Diag *diag = diag_add(c->diags, CODE_E0203, expr->span, "`raise` takes an error, and this is %s",
                              type_name_of(c, expr->type));
        diag_note(c->diags, diag,
                  "an error is declared by `error Name(field: type);` and raised by `raise Name(value);`");
    }
    return named->type = expr->type = type;
}
