/* check_call: calls of functions, and of what is made by call: structs, cases, errors, conversions. */
#include "check.h"

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

static Type *check_convert(Checker *c, Expr *expr, Type *to) {
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
