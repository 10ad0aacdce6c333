/* check_global: constants, static variables and static channels, each when it is first needed. */
#include "check.h"

/* ---- constants ---- */

static bool is_tree_constant(const Expr *value);

static bool are_constant(const ExprList *items) {
    for (uint32_t i = 0; i < items->len; i++) {
        if (!is_tree_constant(items->at[i])) return false;
    }
    return true;
}

static bool are_constant_args(const ArgList *args) {
    for (uint32_t i = 0; i < args->len; i++) {
        if (!is_tree_constant(args->at[i].value)) return false;
    }
    return true;
}

/* Made of literals alone: what can be written down as it is. */
static bool is_tree_constant(const Expr *value) {
    if (value->constant) return true;
    switch ((ExprKind)value->kind) {
    case EXPR_NONE: case EXPR_BYTES: return true;
    case EXPR_ARRAY: case EXPR_TUPLE: return are_constant(&value->u.items);
    case EXPR_REPEAT: return is_tree_constant(value->u.repeat.value);
    case EXPR_FIELD: return value->u.field.enum_case != NULL;
    case EXPR_CALL:
        return (value->u.call.what == CALL_STRUCT || value->u.call.what == CALL_CASE) &&
               are_constant_args(&value->u.call.args);
    default: return false;
    }
}

static bool check_global_type(Checker *c, const Var *var, const Type *type, Span span) {
    bool is_const = var->kind == VAR_CONST;
    bool is_view = type->kind == TYPE_REF || (type->kind == TYPE_SLICE && !is_const);
    bool is_wrong_kind = type->kind == TYPE_EMPTY || type->kind == TYPE_NEVER || type->kind == TYPE_NONE;
    if (!is_view && !is_wrong_kind && !type->handle && !(is_const && type->resource)) return true;
    diag_add(c->diags, CODE_E0223, span, "a %s cannot be of type %s", is_const ? "constant" : "static variable",
             type_name_of(c, type));
    return false;
}

static Type *initial_type(Checker *c, Item *item) {
    Var *var = item->u.global.var;
    Expr *value = item->u.global.value;
    TypeExpr *written = item->u.global.type ? item->u.global.type : var->written;
    Type *type = written ? check_type(c, written) : NULL;
    if (!value) {
        if (type) return type;
        diag_add(c->diags, CODE_E0224, var->span, "`%s` has neither a type nor a value", var->name->text);
        return c->error;
    }
    if (type) {
        check_first_value(c, value, type);
        return meet(c, value, (Wanted){type, var->span, "% is declared here", var->name}) ? type : c->error;
    }
    type = check_first_value(c, value, NULL);
    return is_literal(c, type) ? type : settle_value(c, value);
}

/* A bare number stays one for who uses it, unless it is so large that it needs a type of its own. */
static Type *settle_global(Checker *c, Item *item, Type *type) {
    Expr *value = item->u.global.value;
    if (!is_literal(c, type)) return type;
    if (!value->constant || type == &c->real) {
        settle_default(c, value);
    } else {
        Integer number = constant_of(c, value);
        settle(c, value, integer_fits(number, c->i32) ? c->i32 : integer_fits(number, c->i64) ? c->i64
                                                              : type_basic(c->types, TYPE_U64));
    }
    if (value->constant && (value->type == c->i32 || value->type == c->f64)) item->u.global.state = GLOBAL_UNTYPED;
    return value->type;
}

/* ---- objects ---- */

static bool is_static_place(const Expr *expr) {
    const Var *root = expr->kind == EXPR_REF ? storage_of(expr->u.operand).root : NULL;
    return root && root->kind == VAR_STATIC;
}

static bool check_static_object(Checker *c, Expr *value);

/* What goes into a static object is known when the program is compiled. */
static bool check_static_part(Checker *c, Expr **part) {
    if ((*part)->type->resource) return check_static_object(c, *part);
    if (is_static_place(*part)) return true;
    if (is_tree_constant(*part)) return true;
    Expr *value = evaluate(c, *part, "what goes into a static object");
    if (value) *part = value;
    return value != NULL;
}

static bool check_static_object(Checker *c, Expr *value) {
    bool good = true;
    if (value->kind == EXPR_REPEAT) return check_static_object(c, value->u.repeat.value);
    for (uint32_t i = 0; value->kind == EXPR_ARRAY && i < value->u.items.len; i++) {
        good &= check_static_object(c, value->u.items.at[i]);
    }
    for (uint32_t i = 0; value->kind == EXPR_CALL && i < value->u.call.args.len; i++) {
        good &= check_static_part(c, &value->u.call.args.at[i].value);
    }
    return good;
}

static void check_initial(Checker *c, Item *item) {
    Var *var = item->u.global.var;
    var->type = c->error;          /* while it is looked for: reported where the circle closes */
    uint32_t errors = c->diags->errors;
    Type *type = initial_type(c, item);
    item->u.global.state = GLOBAL_TYPED;
    type = settle_global(c, item, type);
    Expr *value = item->u.global.value;
    bool good = !is_wrong(type) && c->diags->errors == errors;
    if (!good || !check_global_type(c, var, type, value ? value->span : var->span)) return;
    if (value && type->resource) {
        if (check_static_object(c, value)) var->type = type;
        return;
    }
    if (value && !is_tree_constant(value)) {
        const char *what = str_format(c->arena, "the %svalue of `%s`", var->kind == VAR_CONST ? "" : "first ",
                                      var->name->text).at;
        value = item->u.global.value = evaluate(c, value, what);
        if (!value) return;
    }
    if (!value && var->kind == VAR_STATIC && type->resource) {
        Diag *diag = diag_add(c->diags, CODE_E0224, var->span, "`%s` is not made", var->name->text);
        diag_note(c->diags, diag, "write `static var %s = %s(...);`", var->name->text, type_text(c->types, type));
    }
    var->type = type;
}

/* Each label says who needs whom, from the one whose value is asked for again back to it. */
static void circle(Checker *c, const Item *item) {
    enum { LABELS_MAX = 6 };
    Diag *diag = diag_add(c->diags, CODE_E0222, item->span, "the value of `%s` depends on itself", item->name->text);
    const Item *needed = item;
    int labels = 0;
    for (const Pending *pending = c->pending; pending; pending = pending->outer) {
        const char *name = pending->item->name->text;
        if (pending->item != item && labels++ < LABELS_MAX) {
            diag_label(c->diags, diag, pending->item->span, "`%s` needs `%s`", name, needed->name->text);
        }
        needed = pending->item;
        if (pending->item == item) break;
    }
}

static void too_long(Checker *c, Item *item) {
    Diag *diag = diag_add(c->diags, CODE_E0221, item->span, "more than %d declarations wait for the value of `%s`",
                          CHAIN_MAX,
                          item->name->text);
    diag_note(c->diags, diag, "declare what is used before what uses it");
    item->u.global.var->type = c->error;
    item->u.global.state = GLOBAL_TYPED;
}

Var *find_global(Checker *c, Item *item) {
    Var *var = item->u.global.var;
    if (item->u.global.state == GLOBAL_IN_PROGRESS) {
        circle(c, item);
    } else if (item->u.global.state == GLOBAL_UNSEEN) {
        if (c->chain >= CHAIN_MAX) {
            too_long(c, item);
            return var;
        }
        item->u.global.state = GLOBAL_IN_PROGRESS;
        c->chain++;
        Pending pending = {c->pending, item};
        c->pending = &pending;
        Context old = context_enter(c, item->home, NULL);
        check_initial(c, item);
        context_leave(c, old);
        c->pending = pending.outer;
        c->chain--;
        if (item->u.global.state == GLOBAL_IN_PROGRESS) item->u.global.state = GLOBAL_TYPED;
    }
    return var;
}

/* ---- channels ---- */

void need_channel(Checker *c, Item *item) {
    Var *var = item->u.channel.var;
    if (var->type) return;
    var->type = c->error;
    Context old = context_enter(c, item->home, NULL);
    Type *elem = check_type(c, item->u.channel.elem);
    bool good = check_channel_capacity(c, item->u.channel.capacity, 0);
    if (good && !is_wrong(elem) && check_holds(c, HOLDER_ITEM, elem, item->u.channel.elem->span)) {
        Type *ends[] = {type_of_elem(c->types, TYPE_SENDER, elem, false),
                        type_of_elem(c->types, TYPE_RECEIVER, elem, false)};
        var->type = type_tuple(c->types, ends, 2);
    }
    context_leave(c, old);
}
