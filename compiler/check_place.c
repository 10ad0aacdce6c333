/* check_place: what is a place in memory, and whether it may be changed. */
#include "check.h"

/* What a capture stands for, through all functions. */
static Var *original(Var *var) {
    while (var->kind == VAR_CAPTURE && var->captured) var = var->captured;
    return var;
}

static bool is_mutable(const Var *var) {
    switch (var->kind) {
    case VAR_VAR: case VAR_STATIC: return true;
    case VAR_CAPTURE: return var->by_reference && is_mutable(var->captured);
    default: return false;
    }
}

static Var *var_of(const Expr *name) {
    if (name->u.name.var) return name->u.name.var;
    const Item *item = name->u.name.item;
    return item && (item->kind == ITEM_CONST || item->kind == ITEM_STATIC) ? item->u.global.var : NULL;
}

/* A part of `of`, which may be a reference or a slice. */
static Storage part_of(const Expr *of) {
    const Type *type = of->type;
    if (type->kind == TYPE_REF || type->kind == TYPE_SLICE) {
        return (Storage){.is_place = true, .mutable = type->mut, .through = of};
    }
    return storage_of(of);
}

Storage storage_of(const Expr *expr) {
    switch ((ExprKind)expr->kind) {
    case EXPR_NAME: {
        Var *var = var_of(expr);
        return (Storage){.is_place = var != NULL, .mutable = var && is_mutable(var), .root = var};
    }
    case EXPR_FIELD: {
        if (expr->u.field.index < 0 && expr->u.field.builtin != BUILTIN_FIELD_CANCEL_SCOPE) return (Storage){0};
        if (is_static_channel(expr)) return (Storage){.is_place = true};
        Storage storage = part_of(expr->u.field.of);
        if (expr->type->kind == TYPE_SCOPE) storage.mutable = false;
        return storage;
    }
    case EXPR_INDEX: {
        Storage storage = part_of(expr->u.index.of);
        TypeKind of = type_behind(expr->u.index.of->type)->kind;
        if (of == TYPE_STR || of == TYPE_STR_N || of == TYPE_GROUP) storage.mutable = false;
        return storage;
    }
    case EXPR_DEREF: return part_of(expr->u.operand);
    default: return (Storage){0};
    }
}

void mark_borrowed(Var *var) {
    for (; var; var = var->kind == VAR_CAPTURE && var->by_reference ? var->captured : NULL) var->address_taken = true;
}

static void mark_written(Var *var) {
    for (; var; var = var->kind == VAR_CAPTURE ? var->captured : NULL) var->written_to = true;
}

/* ---- what may not be changed ---- */

/* `let` before a name becomes `var`. */
static void offer_var(Checker *c, Diag *diag, const Var *var) {
    const Source *source = c->at.module->source;
    if (var->span.at < source->base + 4) return;
    uint32_t keyword = var->span.at - 4;
    if (memcmp(source->text.at + (keyword - source->base), "let ", 4) != 0) return;
    diag_fix(c->diags, diag, (Span){keyword, 3}, STR("var"), "declare it with `var`");
}

/* Reported once for a variable: from then on it counts as written to. */
static void fixed_variable(Checker *c, const Expr *expr, Var *var, const char *doing) {
    const Var *first = original(var);
    const char *name = first->name->text;
    if (first->written_to) return;
    mark_written(var);
    Diag *diag = diag_add(c->diags, CODE_E0215, expr->span, "`%s` cannot be %s", name, doing);
    switch (first->kind) {
    case VAR_LET:
        diag_label(c->diags, diag, first->span, "`%s` is bound here, once and for all", name);
        offer_var(c, diag, first);
        break;
    case VAR_PARAM:
        diag_label(c->diags, diag, first->span, "`%s` is a parameter: it does not change", name);
        diag_note(c->diags, diag, "copy it into a `var`, or take a `&mut` reference");
        break;
    case VAR_CONST:
        diag_label(c->diags, diag, first->span, "`%s` is a constant", name);
        break;
    case VAR_LOOP:
        diag_label(c->diags, diag, first->span, "`%s` is set anew in each round of the loop", name);
        break;
    default:
        diag_label(c->diags, diag, first->span, "`%s` is declared here", name);
        break;
    }
    if (var->kind == VAR_CAPTURE && first->kind == VAR_VAR) {
        diag_note(c->diags, diag, "a child takes its own copy of it along");
    }
}

static void fixed_reference(Checker *c, const Expr *expr, const Expr *through, const char *doing) {
    const char *type = type_text(c->types, through->type);
    Diag *diag = diag_add(c->diags, CODE_E0215, expr->span, "what is behind `%s` cannot be %s", type, doing);
    Var *var = through->kind == EXPR_NAME ? through->u.name.var : NULL;
    if (!var) return;
    var = original(var);
    diag_label(c->diags, diag, var->span, "`%s` is a `%s`: it only reads", var->name->text, type);
    if (!var->written) return;
    Span at = {var->written->span.at + (through->type->kind == TYPE_REF ? 1 : 2), 0};
    diag_fix(c->diags, diag, at, STR("mut "), "let it write");
}

static bool is_text(const Expr *expr) {
    if (expr->kind != EXPR_INDEX) return false;
    TypeKind of = type_behind(expr->u.index.of->type)->kind;
    return of == TYPE_STR || of == TYPE_STR_N;
}

void need_mutable_object(Checker *c, const Expr *self, const char *doing) {
    if (self->type->kind != TYPE_REF) need_mutable(c, self, doing);
    else if (!self->type->mut) fixed_reference(c, self, self, doing);
}

void need_mutable(Checker *c, const Expr *expr, const char *doing) {
    if (is_wrong(expr->type)) return;
    Storage storage = storage_of(expr);
    if (storage.mutable) {
        if (storage.root) mark_written(storage.root);
        return;
    }
    if (!storage.is_place) {
        diag_add(c->diags, CODE_E0216, expr->span, "this is a value, not a place: it cannot be %s", doing);
    } else if (is_static_channel(expr)) {
        diag_add(c->diags, CODE_E0215, expr->span, "a handle of a static channel cannot be %s", doing);
    } else if (is_text(expr)) {
        diag_add(c->diags, CODE_E0215, expr->span, "a byte inside of text cannot be %s", doing);
    } else if (storage.through) {
        fixed_reference(c, expr, storage.through, doing);
    } else {
        fixed_variable(c, expr, storage.root, doing);
    }
}
