/* lower_object: objects can be neither copied nor moved, so they are made where they lie.

       var ready = [Event(); 3];            at = 0; loop (at < 3) { event_init(&ready[at]); } step { at = at + 1 }
       var p = Port(id(), Lock());          t = id(); p.id = t; lock_init(&p.lock);
       var c = Condition();                 lock_init(&own); condition_init(&c, &own);

   What goes in is evaluated before, in order, and once: `[Port(id(), Lock()); 3]` calls id() one time. */
#include "lower.h"

typedef struct Making {
    Lower *l;
    struct { IrExpr **at; uint32_t len, capacity; } parts; /* what goes in, in order; for a Condition() its own lock */
    uint32_t next;                 /* the part that comes now */
    struct { uint32_t *at; uint32_t len, capacity; } counts; /* of the arrays around what is evaluated, outermost first */
    IrExprList indices;            /* in these arrays, of what is made */
} Making;

static Expr *arg(const Expr *call, uint32_t i) { return call->u.call.args.at[i].value; }

static bool is_struct(const Expr *value) { return value->kind == EXPR_CALL && value->u.call.what == CALL_STRUCT; }

/* ---- what goes in ---- */

static void evaluate(Making *m, Expr *value);

static void evaluate_part(Making *m, Expr *value, Type *type) {
    Lower *l = m->l;
    if (type->resource) evaluate(m, value);
    else vec_push(l->scratch, &m->parts, lower_stable(l, lower_as(l, value, type)));
}

static void evaluate_in_array(Making *m, Expr *value, uint32_t count) {
    vec_push(m->l->scratch, &m->counts, count);
    evaluate(m, value);
    m->counts.len--;
}

/* The locks of all conditions that one Condition() makes. */
static void add_own_lock(Making *m) {
    Lower *l = m->l;
    Type *type = lower_basic(l, TYPE_LOCK);
    for (uint32_t i = m->counts.len; i-- > 0;) {
        type = type_counted(&l->program->types, TYPE_ARRAY, type, m->counts.at[i]);
    }
    bool is_static = l->source == NULL;
    if (is_static) {
        IrGlobal *own = lower_global(l, NULL, "own", true);
        own->type = type;
        vec_push(l->scratch, &m->parts, ir_global(l, own));
        return;
    }
    IrVar *own = lower_temp(l, type, "own");
    own->fixed = false;
    lower_begin(l, own);
    vec_push(l->scratch, &m->parts, ir_use(l, own));
}

static void evaluate(Making *m, Expr *value) {
    Lower *l = m->l;
    if (value->kind == EXPR_REPEAT) {
        evaluate_in_array(m, value->u.repeat.value, value->type->count);
    } else if (value->kind == EXPR_ARRAY) {
        for (uint32_t i = 0; i < value->u.items.len; i++) evaluate(m, value->u.items.at[i]);
    } else if (is_struct(value)) {
        const FieldList *fields = &value->type->structure->fields;
        for (uint32_t i = 0; i < fields->len; i++) evaluate_part(m, arg(value, i), fields->at[i].type);
    } else if (is_call_of(value, BUILTIN_NEW_CONDITION)) {
        if (value->u.call.args.len) vec_push(l->scratch, &m->parts, lower_stable(l, lower_expr(l, arg(value, 0))));
        else add_own_lock(m);
    } else {
        Type *count = lower_basic(l, TYPE_I32);
        for (uint32_t i = 0; i < value->u.call.args.len; i++) evaluate_part(m, arg(value, i), count);
    }
}

/* ---- making ---- */

static IrExpr *next_part(Making *m) { return m->parts.at[m->next++]; }

static void make(Making *m, IrExpr *place, const Expr *value);

static void make_copies(Making *m, IrExpr *place, const Expr *value) {
    Lower *l = m->l;
    ElementLoop loop;
    element_loop_begin(l, &loop, place->type->count);
    vec_push(l->scratch, &m->indices, ir_use(l, loop.at));
    make(m, element_at(l, place, &loop), value);
    m->indices.len--;
    element_loop_end(l, &loop);
}

static void make_struct(Making *m, IrExpr *place, const Expr *value) {
    Lower *l = m->l;
    const FieldList *fields = &place->type->structure->fields;
    for (uint32_t i = 0; i < fields->len; i++) {
        IrExpr *field = ir_part(l, IRX_FIELD, fields->at[i].type, place, i, NULL);
        if (field->type->resource) make(m, field, arg(value, i));
        else lower_set(l, field, next_part(m));
    }
}

/* A variable that the condition lies in holds its lock as long as it lives. */
static void keep_lock(Lower *l, const IrExpr *place, const IrExpr *lock) {
    bool whole;
    IrVar *var = ir_place_var(place, &whole);
    if (var) lower_roots(l, &var->roots, lock);
}

static void make_condition(Making *m, IrExpr *place, const Expr *value) {
    Lower *l = m->l;
    IrExpr *lock = next_part(m);
    if (!value->u.call.args.len) {
        for (uint32_t i = 0; i < m->indices.len; i++) lock = ir_element(l, lock, m->indices.at[i]);
        lock = ir_address(l, lock);
        lower_do(l, ir_op(l, IROP_LOCK_INIT, NULL, lock, NULL));
    }
    keep_lock(l, place, lock);
    lower_do(l, ir_op(l, IROP_CONDITION_INIT, NULL, ir_address(l, place), lock));
}

static IrOp maker(const Type *type) {
    switch (type->kind) {
    case TYPE_EVENT: return IROP_EVENT_INIT;
    case TYPE_LOCK: return IROP_LOCK_INIT;
    case TYPE_SEMAPHORE: return IROP_SEMAPHORE_INIT;
    case TYPE_SEQUENCER: return IROP_SEQUENCER_INIT;
    default: return IROP_LIMITER_INIT;
    }
}

static void make(Making *m, IrExpr *place, const Expr *value) {
    Lower *l = m->l;
    if (value->kind == EXPR_REPEAT) {
        make_copies(m, place, value->u.repeat.value);
    } else if (value->kind == EXPR_ARRAY) {
        for (uint32_t i = 0; i < value->u.items.len; i++) {
            make(m, ir_element(l, place, ir_int(l, lower_basic(l, TYPE_USIZE), i)), value->u.items.at[i]);
        }
    } else if (is_struct(value)) {
        make_struct(m, place, value);
    } else if (is_call_of(value, BUILTIN_NEW_CONDITION)) {
        make_condition(m, place, value);
    } else {
        IrExpr *made = ir_op(l, maker(place->type), NULL, ir_address(l, place), NULL);
        for (uint32_t i = 0; i < value->u.call.args.len; i++) vec_push(l->scratch, &made->u.built.items, next_part(m));
        lower_do(l, made);
    }
}

void lower_new_object(Lower *l, IrExpr *place, Expr *value) {
    Making making = {.l = l};
    evaluate(&making, value);
    make(&making, place, value);
}
