/* flow_start: what a child gets: handles move into it, and what it borrows stays lent until its nursery has ended. */
#include "flow.h"

static Var *nursery_var(const Expr *start) { return var_original(place_var(start->u.call.self)); }

/* The nursery if it is written in this function or around it; NULL if it is known by a reference only. */
static const Stmt *nursery_stmt(const Expr *start) {
    const Var *var = nursery_var(start);
    return var && var->kind == VAR_NURSERY ? var->owner : NULL;
}

/* ---- handles that are lent ---- */

static void lend_handles(Flow *f, const Origins *origins, const Stmt *nursery, Span span) {
    Origins roots = {0};
    origins_roots(f, origins, &roots);
    for (uint32_t i = 0; i < roots.len; i++) {
        Var *var = roots.at[i].var;
        if (!var || !var->type->handle || roots.at[i].level <= LEVEL_CALLER) continue;
        Known *known = known_of(f, var);
        if (known->lent_to) continue;
        known->lent_to = nursery;
        known->lent_at = span;
        vec_push(&f->family, &f->lent, known);
    }
}

void end_lending(Flow *f, uint32_t count) {
    while (f->lent.len > count) f->lent.at[--f->lent.len]->lent_to = NULL;
}

/* ---- what goes into the child ---- */

static void claim_for_child(Flow *f, const Expr *start, Claim claim) {
    if (claim.origins.len == 0) return;
    claim.kind = CLAIM_CHILD;
    claim.into = nursery_var(start);
    vec_push(&f->family, &f->claims, claim);
    if (nursery_stmt(start)) lend_handles(f, &claim.origins, nursery_stmt(start), claim.span);
}

static void give_args(Flow *f, const Expr *start, const Fn *fn, const Expr *call) {
    for (uint32_t i = 0; i < call->u.call.args.len; i++) {
        Expr *value = call->u.call.args.at[i].value;
        Type *want = i < fn->params.len ? fn->params.at[i]->type : value->type;
        Claim claim = {.span = value->span, .is_handle = want->handle};
        origins_of(f, value, want, &claim.origins);
        flow_expr(f, value);
        claim_for_child(f, start, claim);
    }
}

/* A child written in place: its captures are what it is given. */
static void give_captures(Flow *f, const Expr *start, Fn *fn) {
    Span span = start->u.call.callee->span;
    for (uint32_t i = 0; i < fn->params.len; i++) {
        const Var *capture = fn->params.at[i];
        Var *var = capture->captured;
        Claim claim = {.span = span, .captured = capture->by_reference};
        if (capture->by_reference) {
            use_var(f, var, span);
            origins_borrowed(f, var, span, &claim.origins);
        } else {
            claim.is_handle = var->type->handle;
            if (has_origins(var->type)) origins_held(f, var, span, &claim.origins);
            if (var->type->handle) move_var(f, var, span);
            else use_var(f, var, span);
        }
        claim_for_child(f, start, claim);
    }
    Child child = {fn, f->level + 1};
    vec_push(&f->family, &f->children, child);
}

/* ---- the call ---- */

static void raise_builtin(Flow *f, BuiltinError error) {
    edge_raise(f, f->program->errors.at[error - 1], &f->here);
}

void flow_start(Flow *f, Expr *start) {
    flow_expr(f, start->u.call.self);
    const Stmt *nursery = nursery_stmt(start);
    /* Found before the arguments are evaluated: nothing has moved. */
    if (!nursery || nursery->u.nursery.plan->can_be_full) raise_builtin(f, BUILTIN_ERROR_NURSERY_FULL);
    Fn *fn = started_fn(start);
    const Expr *call = started_call(start);
    if (fn && call) {
        give_args(f, start, fn, call);
        shape_args(f, call, fn, true);
        note_lending(f, started_call(start), fn);
    } else if (fn) {
        give_captures(f, start, fn);
    }
    if (start->u.call.child && start->u.call.child->as) flow_declare(f, start->u.call.child->as_var, true);
    if (!fn || !is_call_of(start, BUILTIN_START)) return;
    edge_await(f);
    shape_wait(f, start->span);
    edge_raises(f, &fn->raises);
    raise_builtin(f, BUILTIN_ERROR_NOT_STARTED);
}
