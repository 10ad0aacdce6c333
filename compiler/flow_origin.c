/* flow_origin: where references and handles come from. A value that holds some has the origins of all of them. */
#include "flow.h"

bool has_origins(const Type *type) { return type->has_ref || type->handle; }

static void add(Flow *f, Origins *into, Origin origin) { vec_push(&f->family, into, origin); }

/* ---- of variables ---- */

/* By reference a child sees the variable itself. */
static Var *stored_in(Var *var) {
    while (var->kind == VAR_CAPTURE && var->by_reference) var = var->captured;
    return var;
}

void origins_held(Flow *f, Var *var, Span span, Origins *into) {
    const Known *known = known_of(f, stored_in(var));
    add(f, into, (Origin){.var = known->var, .held = true, .span = span, .container = known->container});
}

void origins_borrowed(Flow *f, Var *var, Span span, Origins *into) {
    const Known *known = known_of(f, stored_in(var));
    add(f, into, (Origin){.var = known->var, .level = known->level, .span = span});
}

/* ---- of borrowed places ---- */

/* A variable of its own that does not change while it is in sight. */
static bool is_fixed(const Var *var) {
    return var && (var->kind == VAR_LET || var->kind == VAR_LOOP || var->kind == VAR_PARAM || var->kind == VAR_CATCH) &&
           var->type->kind != TYPE_REF && var->type->kind != TYPE_SLICE;
}

static bool is_pointer(const Type *type) {
    return type->kind == TYPE_REF || type->kind == TYPE_SLICE || type->kind == TYPE_STR;
}

static bool can_change_shape(const Expr *container) {
    TypeKind kind = type_behind(container->type)->kind;
    if (kind != TYPE_LIST && kind != TYPE_STR_N) return false;
    return !is_fixed(place_var(container)) || is_pointer(container->type);
}

/* The list or str[N] that the place lies in, if one is on the way to it that can change its shape. */
static const Expr *container_of(const Expr *place) {
    for (;;) {
        const Expr *of = NULL;
        switch ((ExprKind)place->kind) {
        case EXPR_FIELD: of = place->u.field.item || place->u.field.enum_case ? NULL : place->u.field.of; break;
        case EXPR_INDEX: of = place->u.index.of; break;
        case EXPR_SLICE: of = place->u.slice.of; break;
        default: break;
        }
        if (!of) return NULL;
        if (place->kind != EXPR_FIELD && can_change_shape(of)) return of;
        if (is_pointer(of->type)) return NULL;
        place = of;
    }
}

/* The origins of a reference to a place: the variable it lies in, or those of the reference it lies behind. */
static void borrow(Flow *f, const Expr *place, Span span, Origins *into) {
    for (;;) {
        const Expr *of = NULL;
        switch ((ExprKind)place->kind) {
        case EXPR_NAME:
            if (!place->u.name.var) return;
            origins_borrowed(f, place->u.name.var, span, into);
            if (has_origins(place->u.name.var->type)) origins_held(f, place->u.name.var, span, into);
            return;
        case EXPR_FIELD:
            if (place->u.field.item || place->u.field.enum_case) return;
            of = place->u.field.of;
            break;
        case EXPR_INDEX: of = place->u.index.of; break;
        case EXPR_SLICE: of = place->u.slice.of; break;
        case EXPR_DEREF:
            origins_of(f, place->u.operand, place->u.operand->type, into);
            return;
        default:
            /* A value without a name lives until the end of its statement. */
            add(f, into, (Origin){.level = f->level + 1, .span = span});
            return;
        }
        if (is_pointer(of->type)) {
            origins_of(f, of, of->type, into);
            return;
        }
        place = of;
    }
}

/* Reading a place gives what lies in it: whatever its variable holds. */
static void origins_of_place(Flow *f, const Expr *place, Origins *into) {
    if (is_static_handle(place)) return;
    Var *var = place_var(place);
    if (var) {
        origins_held(f, var, place->span, into);
    } else if (place->kind == EXPR_FIELD && !place->u.field.item && !place->u.field.enum_case) {
        origins_of(f, place->u.field.of, place->u.field.of->type, into);
    }
}

/* &place, place[i..j], or what becomes a slice or str by itself: then a reference to all of it may be the container. */
static void borrow_place(Flow *f, const Expr *place, const Expr *container, Span span, Origins *into) {
    uint32_t first = into->len;
    if (is_pointer(place->type) && container == place) origins_of_place(f, place, into);
    else borrow(f, place, span, into);
    if (container && into->len == first) add(f, into, (Origin){.level = LEVEL_STATIC, .span = span});
    for (uint32_t i = first; container && i < into->len; i++) into->at[i].container = container;
}

/* ---- of values ---- */

/* The list or str[N] all of which becomes a slice or a str; NULL if that is not what happens. */
static const Expr *viewed(const Expr *expr, const Type *want) {
    if (want->kind == TYPE_STR && type_behind(expr->type)->kind == TYPE_STR_N) return expr;
    if (want->kind != TYPE_SLICE || type_behind(expr->type)->kind != TYPE_LIST) return NULL;
    return expr->kind == EXPR_REF ? expr->u.operand : expr;
}

static void origins_of_fields(Flow *f, const Expr *call, const FieldList *fields, Origins *into) {
    for (uint32_t i = 0; i < call->u.call.args.len; i++) {
        const Expr *value = call->u.call.args.at[i].value;
        origins_of(f, value, i < fields->len ? fields->at[i].type : value->type, into);
    }
}

/* Functions give back only what lives as long as the program. */
static void origins_of_call(Flow *f, const Expr *call, Origins *into) {
    const Expr *self = call->u.call.self;
    if (call->u.call.what == CALL_STRUCT && call->type->structure) {
        origins_of_fields(f, call, &call->type->structure->fields, into);
    } else if (call->u.call.what == CALL_CASE) {
        origins_of_fields(f, call, &call->u.call.to.enum_case->fields, into);
    } else if (call->u.call.what == CALL_BUILTIN) {
        switch ((Builtin)call->u.call.builtin) {
        case BUILTIN_CLONE: case BUILTIN_POP: case BUILTIN_REMOVE:
            if (place_var(self)) origins_held(f, place_var(self), call->span, into);
            break;
        case BUILTIN_BYTES:
            if (self->type->kind == TYPE_STR) origins_of(f, self, self->type, into);
            else borrow_place(f, self, can_change_shape(self) ? self : NULL, call->span, into);
            break;
        case BUILTIN_STR_FROM:
            for (uint32_t i = 0; i < call->u.call.args.len; i++) {
                const Expr *value = call->u.call.args.at[i].value;
                origins_of(f, value, value->type, into);
            }
            break;
        default: break;
        }
    }
}

static void origins_of_items(Flow *f, const Expr *expr, const Type *want, Origins *into) {
    for (uint32_t i = 0; i < expr->u.items.len; i++) {
        const Expr *item = expr->u.items.at[i];
        const Type *type = want->kind == TYPE_TUPLE && i < want->items.len ? want->items.at[i] : item->type;
        if (want->elem) type = want->elem;
        origins_of(f, item, type, into);
    }
}

static void origins_of_block(Flow *f, const Block *block, const Type *want, Origins *into) {
    const Expr *value = value_of_block(block);
    if (value) origins_of(f, value, want, into);
}

void origins_of(Flow *f, const Expr *expr, const Type *want, Origins *into) {
    if (!has_origins(want)) return;
    if (want->kind == TYPE_OPTIONAL && expr->type->kind != TYPE_OPTIONAL) want = want->elem;
    const Expr *view = viewed(expr, want);
    if (view) {
        borrow_place(f, view, can_change_shape(view) ? view : container_of(view), expr->span, into);
        return;
    }
    switch ((ExprKind)expr->kind) {
    case EXPR_NAME: case EXPR_FIELD: case EXPR_INDEX: case EXPR_DEREF: origins_of_place(f, expr, into); return;
    case EXPR_REF: borrow_place(f, expr->u.operand, container_of(expr->u.operand), expr->span, into); return;
    case EXPR_SLICE: borrow_place(f, expr, container_of(expr), expr->span, into); return;
    case EXPR_CALL: origins_of_call(f, expr, into); return;
    case EXPR_CHANNEL: add(f, into, (Origin){.channel = true, .level = f->level, .span = expr->span}); return;
    case EXPR_INTERPOLATION: add(f, into, (Origin){.level = f->level + 1, .span = expr->span}); return;
    case EXPR_ARRAY:
        if (want->kind == TYPE_SLICE) add(f, into, (Origin){.level = f->level + 1, .span = expr->span});
        origins_of_items(f, expr, want, into);
        return;
    case EXPR_TUPLE: origins_of_items(f, expr, want, into); return;
    case EXPR_REPEAT:
        origins_of(f, expr->u.repeat.value, want->kind == TYPE_ARRAY ? want->elem : expr->u.repeat.value->type, into);
        return;
    case EXPR_BINARY:
        if (expr->op != OP_COALESCE) return;
        origins_of(f, expr->u.binary.left, expr->u.binary.left->type, into);
        origins_of(f, expr->u.binary.right, want, into);
        return;
    case EXPR_IF:
        origins_of_block(f, expr->u.branch.then, want, into);
        origins_of_block(f, expr->u.branch.other, want, into);
        return;
    case EXPR_CATCH:
        origins_of(f, expr->u.caught.of, want, into);
        origins_of_block(f, expr->u.caught.clause->block, want, into);
        return;
    default: return;
    }
}

/* ---- what is behind HELD ---- */

void origins_roots(Flow *f, const Origins *origins, Origins *into) {
    Origins todo = {0};
    uint32_t mark = ++f->mark;
    for (uint32_t i = 0; i < origins->len; i++) add(f, &todo, origins->at[i]);
    for (uint32_t next = 0; next < todo.len; next++) {
        Origin origin = todo.at[next];
        if (!origin.held) {
            add(f, into, origin);
            continue;
        }
        Known *known = known_of(f, origin.var);
        if (known->mark == mark) continue;
        known->mark = mark;
        for (uint32_t i = 0; i < known->holds.len; i++) add(f, &todo, known->holds.at[i]);
    }
}
