/* flow_held: locks that are acquired by hand. Whoever acquires one that others can see must release it on every way out
   of the same function, since nobody else can, and those who wait would wait for ever:

     await lock.acquire(); if late { return; } lock.release();      refused: it returns with the lock
     await lock.acquire(); defer { lock.release(); } ...             on every way
     async with lock { ... }                                        likewise

   Locks of the function itself need no such care: they end with it. */
#include "flow.h"

bool is_lent_lock(const Var *var) {
    TypeKind kind = type_behind(var->type)->kind;
    return (kind == TYPE_LOCK || kind == TYPE_CONDITION) && (var->kind == VAR_PARAM || var->kind == VAR_CAPTURE);
}

void held_call(Flow *f, const Expr *call) {
    const Expr *self = call->u.call.self;
    bool acquires = is_call_of(call, BUILTIN_ACQUIRE) || is_call_of(call, BUILTIN_ACQUIRE_NOWAIT);
    if (!acquires && !is_call_of(call, BUILTIN_RELEASE)) return;
    if (self->kind != EXPR_NAME || !self->u.name.var || !is_lent_lock(self->u.name.var)) return;
    Known *known = known_of(f, self->u.name.var);
    state_put(f, &f->here, FACT_HELD, known->bit, acquires && f->here.reachable);
    if (acquires) known->acquired_at = call->span;
}

static void report_kept(Flow *f, Known *known, Span place, const char *how) {
    if (known->kept) return;
    known->kept = true;
    Diags *diags = flow_diags(f);
    const char *name = known->var->name->text;
    Diag *diag = diag_add(diags, CODE_E0411, known->acquired_at,
                          "`%s` is acquired here, and not released on every way", name);
    diag_label(diags, diag, place, "%s", how);
    diag_note(diags, diag,
              "`async with %s { }` releases it on every way; so does `defer { %s.release(); }` behind this", name, name);
}

static bool is_released_later(const Flow *f, const Known *known) {
    for (uint32_t i = 0; i < f->defer_releases.len; i++) {
        if (f->defer_releases.at[i] == known) return true;
    }
    return false;
}

void held_check(Flow *f, const State *state, Span place, const char *how) {
    for (uint32_t bit = 0; bit < f->tracked.len && state->reachable; bit++) {
        Known *known = f->tracked.at[bit];
        if (state_has(f, state, FACT_HELD, bit) && !is_released_later(f, known)) report_kept(f, known, place, how);
    }
}

void held_check_round(Flow *f, const State *first, const State *next, const Stmt *loop) {
    for (uint32_t bit = 0; bit < f->tracked.len && first->reachable && next->reachable; bit++) {
        bool kept = state_has(f, next, FACT_HELD, bit) && !state_has(f, first, FACT_HELD, bit);
        if (kept) report_kept(f, f->tracked.at[bit], loop->span, "the next round finds it held");
    }
}
