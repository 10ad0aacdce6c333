/* flow_fence: the ways that control takes out of the middle of things: jumps, errors, cancellation. Each fence
   gathers the states in which it may be reached; what was declared inside, and what defers on the way do, is settled
   there. */
#include "flow.h"

Fence *fence_push(Flow *f, FenceKind kind, const Stmt *stmt) {
    Fence fence = {.kind = kind, .stmt = stmt, .bits = f->tracked.len, .defer_moves = f->defer_moves.len};
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

static Fence *absorbing(Flow *f) {
    for (uint32_t i = f->fences.len; i-- > 0;) {
        Fence *fence = &f->fences.at[i];
        if (fence->kind == FENCE_ABSORB) return fence;
        if (fence->kind == FENCE_SHIELD) return NULL;
    }
    return NULL;
}

/* A fence around this one hears of it when this one is left. */
void edge_cancelled(Flow *f, const State *state) {
    Fence *fence = state->reachable ? absorbing(f) : NULL;
    if (fence) join_at(f, fence, &fence->out, state, SOMEWHERE);
}

void edge_await(Flow *f) {
    f->waits++;
    edge_cancelled(f, &f->here);
}

/* ---- errors ---- */

static bool takes(const Clause *clause, const ErrorDecl *error) {
    for (uint32_t i = 0; i < clause->errors.len; i++) {
        if (clause->errors.at[i] == error) return true;
    }
    return clause->any;
}

void edge_raise(Flow *f, const ErrorDecl *error, const State *state) {
    if (!state->reachable) return;
    for (uint32_t i = f->fences.len; i-- > 0;) {
        Fence *fence = &f->fences.at[i];
        for (uint32_t k = 0; k < fence->clause_count; k++) {
            if (!takes(fence->clauses[k], error)) continue;
            join_at(f, fence, &fence->caught[k], state, SOMEWHERE);
            return;
        }
    }
}

void edge_raises(Flow *f, const RaiseList *raises) {
    for (uint32_t i = 0; i < raises->len; i++) edge_raise(f, raises->at[i].error, &f->here);
}

/* ---- jumps ---- */

void edge_jump(Flow *f, const Stmt *jump) {
    for (uint32_t i = f->fences.len; i-- > 0 && f->here.reachable;) {
        Fence *fence = &f->fences.at[i];
        if (fence->kind != FENCE_LOOP || fence->stmt != jump->u.jump.target) continue;
        State *into = jump->kind == STMT_BREAK ? &fence->out : &fence->back;
        join_at(f, fence, into, &f->here, fence->stmt->span);
        break;
    }
    state_end(f);
}
