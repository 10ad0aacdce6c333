/* check_assign: variables get their first and their later values. */
#include "check.h"

/* ---- let and var ---- */

static Wanted wanted_by(const Var *var, Type *type) {
    return (Wanted){type, var->span, "% is declared here", var->name};
}

static void offer_var(Checker *c, Diag *diag, const Stmt *stmt) {
    diag_fix(c->diags, diag, (Span){stmt->span.at, 3}, STR("var"), "declare it with `var`");
}

/* An Event and its kin: made where they are declared, by a variable that may change. */
static void check_resource(Checker *c, const Stmt *stmt, const Expr *value, const Type *type) {
    if (is_wrong(value->type) || !is_maker(value) || stmt->u.let.var) return;
    Diag *diag = diag_add(c->diags, CODE_E0215, stmt->u.let.vars.at[0]->span, "%s changes, and `let` does not",
                          type_name_of(c, type));
    offer_var(c, diag, stmt);
}

static Type *no_type(Checker *c, const Expr *value, const Var *var, const Type *type) {
    const char *name = var->name->text;
    if (type->kind == TYPE_NONE) {
        Diag *diag = diag_add(c->diags, CODE_E0224, value->span, "`none` does not say what `%s` may hold", name);
        diag_note(c->diags, diag, "write the type: `%s: i32? = none`", name);
    } else if (type->kind == TYPE_NEVER) {
        diag_add(c->diags, CODE_E0224, value->span, "this never gives a value");
    } else {
        bool is_broadcast = value->kind == EXPR_CHANNEL && value->op == CHANNEL_BROADCAST;
        Diag *diag = diag_add(c->diags, CODE_E0203, value->span, "a channel has %s handles",
                              is_broadcast ? "several" : "two");
        diag_note(c->diags, diag, is_broadcast ? "bind them all: `let (tx, a, b) = broadcast<T>(N);`"
                                               : "bind both: `let (tx, rx) = channel<T>(N);`");
    }
    return c->error;
}

static bool is_bindable(const Expr *value, const Type *type) {
    return type->kind != TYPE_NONE && type->kind != TYPE_NEVER && value->kind != EXPR_CHANNEL;
}

static Type *type_of_initial(Checker *c, const Stmt *stmt, Var *var, Type *written) {
    Expr *value = stmt->u.let.value;
    if (written) {
        check_first_value(c, value, written);
        meet(c, value, wanted_by(var, written));
        if (written->resource) check_resource(c, stmt, value, written);
        return written;
    }
    check_first_value(c, value, NULL);
    Type *type = settle_value(c, value);
    if (is_wrong(type)) return type;
    if (!is_bindable(value, type)) return no_type(c, value, var, type);
    take(c, value);
    if (type->resource) check_resource(c, stmt, value, type);
    return type;
}

/* That a `let` has a value, and a `var` a value or a type, is seen by the parser. */
static Type *type_without_value(Checker *c, const Var *var, Type *written) {
    if (!written) return c->error;
    if (!written->resource) return written;
    Diag *diag = diag_add(c->diags, CODE_E0224, var->span, "`%s` is not made yet", var->name->text);
    diag_note(c->diags, diag, "write `var %s = %s(...);`", var->name->text, type_text(c->types, written));
    return c->error;
}

/* let (a, b) = v; */
static void check_several(Checker *c, const Stmt *stmt, Type *written) {
    const VarList *vars = &stmt->u.let.vars;
    Expr *value = stmt->u.let.value;
    for (uint32_t i = 0; i < vars->len; i++) vars->at[i]->type = c->error;
    if (!value) return;            /* the parser has said so */
    bool is_broadcast = value->kind == EXPR_CHANNEL && value->op == CHANNEL_BROADCAST;
    if (is_broadcast && vars->len > 1) value->u.channel.receivers = vars->len - 1;
    Type *type = written;
    if (written) check_wanted(c, value, wanted(written));
    else type = check_value(c, value, NULL);
    if (is_wrong(type)) return;
    if (type->kind != TYPE_TUPLE || type->items.len != vars->len) {
        diag_add(c->diags, CODE_E0203, value->span, "expected %u values, one for each name, found %s",
                 (unsigned)vars->len,
                 type_name_of(c, type));
        return;
    }
    if (!written) take(c, value);
    for (uint32_t i = 0; i < vars->len; i++) vars->at[i]->type = type->items.at[i];
}

void check_let(Checker *c, Stmt *stmt) {
    Type *written = stmt->u.let.type ? check_type(c, stmt->u.let.type) : NULL;
    if (stmt->u.let.is_static) {
        need_global(c, stmt->u.let.item);
        return;
    }
    if (stmt->u.let.vars.len != 1) {
        check_several(c, stmt, written);
        return;
    }
    Var *var = stmt->u.let.vars.at[0];
    Type *type = stmt->u.let.value ? type_of_initial(c, stmt, var, written) : type_without_value(c, var, written);
    var->type = type;
}

/* ---- assignment ---- */

static bool is_tokens(const Expr *to) {
    return to->kind == EXPR_FIELD && to->u.field.builtin == BUILTIN_FIELD_TOTAL_TOKENS;
}

static bool is_writable_field(const Expr *to) {
    if (to->kind != EXPR_FIELD) return false;
    Builtin builtin = (Builtin)to->u.field.builtin;
    return builtin == BUILTIN_FIELD_DEADLINE || builtin == BUILTIN_FIELD_SHIELD || is_tokens(to);
}

static void check_target(Checker *c, Expr *to) {
    if (is_writable_field(to) || is_wrong(to->type)) return;
    if (to->kind == EXPR_FIELD && to->u.field.builtin != BUILTIN_NONE) {
        diag_add(c->diags, CODE_E0215, to->u.field.name_span, "`%s` can only be read", to->u.field.name->text);
        to->type = c->error;
        return;
    }
    need_mutable(c, to, "assigned to");
    if (!to->type->resource) return;
    diag_add(c->diags, CODE_E0226, to->span, "%s stays what it was made", type_name_of(c, to->type));
    to->type = c->error;
}

/* A constant to the left of `=` has been folded away. */
static Type *check_place_expr(Checker *c, Expr *to) {
    const Item *item = item_named(to);
    bool is_constant = item && item->kind == ITEM_CONST;
    Span span = to->span;
    Type *type = check_value(c, to, NULL);
    if (!is_constant) return type;
    Diag *diag = diag_add(c->diags, CODE_E0215, span, "`%s` cannot be assigned to", item->name->text);
    diag_label(c->diags, diag, item->span, "`%s` is a constant", item->name->text);
    return to->type = c->error;
}

/* r = 5, where r is a reference: what it refers to is meant. */
static bool misses_star(Checker *c, const Expr *to, Expr *value) {
    if (to->type->kind != TYPE_REF || value->type->kind == TYPE_REF || is_wrong(value->type)) return false;
    Diag *diag = diag_add(c->diags, CODE_E0203, to->span, "this is the reference, not what it refers to");
    diag_fix(c->diags, diag, (Span){to->span.at, 0}, STR("*"), "assign to what it refers to");
    settle_default(c, value);
    return true;
}

static Wanted wanted_target(const Expr *to) {
    Storage storage = storage_of(to);
    if (!storage.root || to->kind != EXPR_NAME) return wanted(to->type);
    return wanted_by(storage.root, to->type);
}

static void assign_plain(Checker *c, Expr *to, Expr *value) {
    if (to->type->resource) check_first_value(c, value, to->type);
    else check_expr(c, value, to->type);
    if (misses_star(c, to, value)) return;
    check_target(c, to);
    meet(c, value, wanted_target(to));
    if (is_tokens(to)) refuse_negative(c, value, "the number of tokens");
}

/* x += v: what the operator gives must fit x again. */
static void assign_computed(Checker *c, const Stmt *stmt) {
    Expr *to = stmt->u.assign.to, *value = stmt->u.assign.value;
    Op op = (Op)stmt->u.assign.op;
    check_expr(c, value, to->type);
    if (misses_star(c, to, value)) return;
    check_target(c, to);
    Type *type = operator_result(c, op, to, value, stmt->span);
    if (is_wrong(type) || is_wrong(to->type) || type_fits(type, to->type)) return;
    Diag *diag = diag_add(c->diags, CODE_E0203, value->span, "`%s=` gives `%s` here, which does not fit `%s` again",
                          op_text(op), type_text(c->types, type), type_text(c->types, to->type));
    diag_label(c->diags, diag, to->span, "this is `%s`", type_text(c->types, to->type));
}

/* maybe ??= v */
static void assign_coalesced(Checker *c, Expr *to, Expr *value) {
    check_target(c, to);
    if (is_wrong(to->type)) {
        check_value(c, value, NULL);
    } else if (to->type->kind == TYPE_OPTIONAL) {
        check_wanted(c, value, wanted(to->type));
    } else {
        check_value(c, value, NULL);
        diag_add(c->diags, CODE_E0213, to->span, "%s is never `none`", type_name_of(c, to->type));
    }
}

void check_assign(Checker *c, Stmt *stmt) {
    Expr *to = stmt->u.assign.to, *value = stmt->u.assign.value;
    check_place_expr(c, to);
    if (stmt->u.assign.op < 0) {
        assign_plain(c, to, value);
        return;
    }
    Op op = (Op)stmt->u.assign.op;
    if (op == OP_COALESCE) {
        assign_coalesced(c, to, value);
    } else if (op == OP_LOGIC_AND || op == OP_LOGIC_OR) {
        check_target(c, to);
        if (!is_wrong(to->type) && to->type->kind != TYPE_BOOL) mismatch(c, to, wanted(c->boolean));
        check_wanted(c, value, wanted(c->boolean));
    } else {
        assign_computed(c, stmt);
    }
}
