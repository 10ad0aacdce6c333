/* flow_fence: the ways that control takes out of the middle of things: jumps, errors, cancellation. Each fence
   gathers the states in which it may be reached; what was declared inside, and what defers on the way do, is settled
   there. */
#include "flow.h"

Fence *fence_push(Flow *f, FenceKind kind, const Stmt *stmt) {
    Fence fence = {.kind = kind, .stmt = stmt, .bits = f->tracked.len, .defer_moves = f->defer_moves.len,
                   .defer_releases = f->defer_releases.len};
    vec_push(&f->family, &f->fences, fence);
    return &f->fences.at[f->fences.len - 1];
}

Fence fence_pop(Flow *f) { return f->fences.at[--f->fences.len]; }

/* The state as it arrives at the fence; to be dropped. */
static State arriving(Flow *f, const Fence *fence, const State *state) {
    State copy = state_copy(f, state);
    for (uint32_t i = fence->defer_moves; i < f->defer_moves.len; i++) {
        state_put(f, &copy, FACT_MOVED, f->defer_moves.at[i]->bit, true);
    }
    for (uint32_t i = fence->defer_releases; i < f->defer_releases.len; i++) {
        state_put(f, &copy, FACT_HELD, f->defer_releases.at[i]->bit, false);
    }
    state_forget(f, &copy, fence->bits);
    return copy;
}

/* Not a place that the text shows. */
static const Span SOMEWHERE = {0, 0};

static void join_at(Flow *f, const Fence *fence, State *into, const State *state, Span place) {
    State copy = arriving(f, fence, state);
    state_join(f, into, &copy, place);
    state_drop(f, &copy);
}

/* ---- cancellation ---- */

/* Arrives at the innermost of the first `count` fences that takes it. A fence around that one hears of it when that
   one is left. */
static void cancel_below(Flow *f, uint32_t count, const State *state) {
    for (uint32_t i = count; i-- > 0 && state->reachable;) {
        Fence *fence = &f->fences.at[i];
        if (fence->kind == FENCE_ABSORB) join_at(f, fence, &fence->out, state, SOMEWHERE);
        if (fence->kind == FENCE_ABSORB || fence->kind == FENCE_SHIELD) return;
    }
    if (f->fn->is_async) held_check(f, state, f->stmt->span, "when it is cancelled here, it ends with the lock");
}

void edge_cancelled(Flow *f, const State *state) { cancel_below(f, f->fences.len, state); }

void edge_await(Flow *f) { edge_cancelled(f, &f->here); }

/* ---- errors ---- */

static bool takes(const Clause *clause, const ErrorDecl *error) {
    for (uint32_t i = 0; i < clause->errors.len; i++) {
        if (clause->errors.at[i] == error) return true;
    }
    return clause->any;
}

static bool is_nursery(const Fence *fence) { return fence->kind == FENCE_ABSORB && fence->stmt->kind == STMT_NURSERY; }

static void raise_below(Flow *f, uint32_t count, const ErrorDecl *error, const State *state) {
    for (uint32_t i = count; i-- > 0 && state->reachable;) {
        Fence *fence = &f->fences.at[i];
        if (is_nursery(fence)) join_at(f, fence, &fence->back, state, SOMEWHERE);
        for (uint32_t k = 0; k < fence->clause_count; k++) {
            if (!takes(fence->clauses[k], error)) continue;
            join_at(f, fence, &fence->caught[k], state, SOMEWHERE);
            return;
        }
    }
    held_check(f, state, f->stmt->span, "an error leaves it here, with the lock");
}

void edge_raise(Flow *f, const ErrorDecl *error, const State *state) { raise_below(f, f->fences.len, error, state); }

void edge_raises(Flow *f, const RaiseList *raises) {
    for (uint32_t i = 0; i < raises->len; i++) edge_raise(f, raises->at[i].error, &f->here);
}

static void children_below(Flow *f, uint32_t count, const NurseryPlan *plan, const State *state) {
    for (uint32_t i = 0; i < plan->sites.len; i++) {
        const RaiseList *raises = &plan->sites.at[i].fn->raises;
        for (uint32_t k = 0; k < raises->len; k++) raise_below(f, count, raises->at[k].error, state);
    }
}

void edge_children(Flow *f, const NurseryPlan *plan, const State *state) {
    children_below(f, f->fences.len, plan, state);
}

/* ---- jumps ---- */

/* A jump out of a nursery waits for the children first: their errors, and a cancellation, can come in its place. */
static void leave_nurseries(Flow *f, uint32_t kept) {
    for (uint32_t i = f->fences.len; i-- > kept;) {
        const Fence *fence = &f->fences.at[i];
        if (!is_nursery(fence)) continue;
        cancel_below(f, i, &f->here);
        children_below(f, i, fence->stmt->u.nursery.plan, &f->here);
    }
}

void edge_return(Flow *f) {
    if (f->here.reachable) leave_nurseries(f, 0);
    held_check(f, &f->here, f->stmt->span, "it returns here with the lock");
    state_end(f);
}

void edge_jump(Flow *f, const Stmt *jump) {
    uint32_t i = f->here.reachable ? f->fences.len : 0;
    while (i > 0 && (f->fences.at[i - 1].kind != FENCE_LOOP || f->fences.at[i - 1].stmt != jump->u.jump.target)) i--;
    if (i > 0) {
        leave_nurseries(f, i);
        Fence *fence = &f->fences.at[i - 1];
        State *into = jump->kind == STMT_BREAK ? &fence->out : &fence->back;
        join_at(f, fence, into, &f->here, fence->stmt->span);
    }
    state_end(f);
}
