/* check_name: what a name stands for where a value is wanted. */
#include "check.h"

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

Type *check_name(Checker *c, Expr *expr) {
    const Var *var = expr->u.name.var;
    if (var) return var->type ? var->type : c->error;
    return expr->u.name.item ? check_item_name(c, expr, expr->u.name.item) : builtin_value(c, expr);
}
