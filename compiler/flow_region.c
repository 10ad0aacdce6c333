/* flow_region: loops, scopes and nurseries: what control goes round in, and what it may leave from the middle. */
#include "flow.h"

/* ---- loops ---- */

static void report_moved_in_loop(Flow *f, Known *known, const Stmt *loop) {
    if (known->told) return;
    known->told = true;
    const char *name = known->var->name->text;
    Diag *diag = diag_add(flow_diags(f), CODE_E0401, known->moved_at,
                          "`%s` is %s here, and in the next round it is gone", name,
                          known->closed ? "closed" : "given away");
    diag_label(flow_diags(f), diag, loop->span, "this loop may go round again");
    fix_by_clone(f, diag, known);
}

/* A round must find the handles as the one before found them. */
static void check_round(Flow *f, const State *first, const State *next, const Stmt *loop) {
    for (uint32_t bit = 0; bit < f->tracked.len && next->reachable && first->reachable; bit++) {
        bool before = state_has(f, first, FACT_MOVED, bit), after = state_has(f, next, FACT_MOVED, bit);
        if (after && !before) report_moved_in_loop(f, f->tracked.at[bit], loop);
    }
    held_check_round(f, first, next, loop);
}

typedef struct Loop {
    const Stmt *stmt;
    State first;                   /* as the first round begins */
} Loop;

static Loop loop_begin(Flow *f, const Stmt *stmt) {
    shape_enter_loop(f, stmt);
    fence_push(f, FENCE_LOOP, stmt);
    return (Loop){stmt, state_copy(f, &f->here)};
}

/* after: the state in which the loop ends by itself; taken. */
static void loop_end(Flow *f, Loop loop, State after) {
    Fence fence = fence_pop(f);
    state_join(f, &fence.back, &f->here, loop.stmt->span);
    check_round(f, &loop.first, &fence.back, loop.stmt);
    state_drop(f, &fence.back);
    state_drop(f, &loop.first);
    state_drop(f, &f->here);
    state_join(f, &after, &fence.out, loop.stmt->span);
    state_drop(f, &fence.out);
    state_resume(f, &after);
}

void flow_while(Flow *f, const Stmt *stmt) {
    Loop loop = loop_begin(f, stmt);
    flow_maybe(f, stmt->u.loop.cond);
    State after = {false, NULL};
    if (!is_endless(stmt)) after = state_copy(f, &f->here);
    flow_block(f, stmt->u.loop.block);
    loop_end(f, loop, after);
}

void flow_for(Flow *f, const Stmt *stmt) {
    flow_expr(f, stmt->u.each.in);
    Loop loop = loop_begin(f, stmt);
    if (stmt->kind == STMT_ASYNC_FOR) edge_await(f);
    State after = state_copy(f, &f->here);
    Frame frame = frame_begin(f);
    if (stmt->u.each.index) flow_declare(f, stmt->u.each.index, true);
    if (stmt->u.each.var) {
        flow_declare(f, stmt->u.each.var, true);
        if (stmt->kind == STMT_FOR) flow_put(f, stmt->u.each.var, stmt->u.each.in, stmt->u.each.var->type);
    }
    flow_block(f, stmt->u.each.block);
    frame_end(f, frame);
    loop_end(f, loop, after);
}

void flow_every(Flow *f, const Stmt *stmt) {
    flow_expr(f, stmt->u.every.time);
    if (stmt->u.every.late) flow_declare(f, stmt->u.every.late, true);
    Loop loop = loop_begin(f, stmt);
    edge_await(f);
    flow_block(f, stmt->u.every.block);
    loop_end(f, loop, (State){false, NULL});
}

/* ---- scopes and nurseries ---- */

/* Control may come to the end of the statement from any `await` in it. */
static void fall_through(Flow *f, const Stmt *stmt, State *fallen, const Block *other) {
    if (!f->here.reachable && fallen->reachable) f->fell = stmt;
    for (uint32_t bit = 0; bit < f->tracked.len && fallen->reachable && f->here.reachable; bit++) {
        bool skipped = state_has(f, fallen, FACT_UNSET, bit) && !state_has(f, &f->here, FACT_UNSET, bit);
        if (skipped) f->tracked.at[bit]->skipped_by = stmt;
    }
    if (!other) {
        state_join(f, &f->here, fallen, (Span){0, 0});
        return;
    }
    State out = f->here;
    State from = *fallen;
    *fallen = (State){false, NULL};
    state_resume(f, &from);
    flow_block(f, other);
    state_join(f, &out, &f->here, stmt->span);
    state_drop(f, &f->here);
    state_resume(f, &out);
}

void flow_scope(Flow *f, const Stmt *stmt) {
    ScopeKind kind = stmt->u.scope.kind;
    flow_maybe(f, stmt->u.scope.time);
    if (stmt->u.scope.var) flow_declare(f, stmt->u.scope.var, true);
    /* One with a name may be opened again: `s.shield = false`. */
    bool shields = stmt->u.scope.shield && !stmt->u.scope.var;
    if (shields) fence_push(f, FENCE_SHIELD, stmt);
    if (kind != SCOPE_SHIELD) fence_push(f, FENCE_ABSORB, stmt);
    flow_block(f, stmt->u.scope.block);
    State fallen = {false, NULL};
    if (kind != SCOPE_SHIELD) fallen = fence_pop(f).out;
    edge_cancelled(f, &fallen);
    if (shields) fence_pop(f);
    if (kind == SCOPE_FAIL_AFTER || kind == SCOPE_FAIL_AT) {
        edge_raise(f, f->program->errors.at[BUILTIN_ERROR_TOO_SLOW - 1], &fallen);
    } else if (kind != SCOPE_SHIELD) {
        fall_through(f, stmt, &fallen, stmt->u.scope.other);
    }
    state_drop(f, &fallen);
}

/* Its children's errors arrive when the body has run through, has been cancelled at one of its awaits, or has raised
   an error itself. */
void flow_nursery(Flow *f, const Stmt *stmt) {
    const NurseryPlan *plan = stmt->u.nursery.plan;
    uint32_t lent = f->lent.len;
    flow_declare(f, stmt->u.nursery.var, true)->inside = f->level + 1;
    fence_push(f, FENCE_ABSORB, stmt);
    flow_block(f, stmt->u.nursery.block);
    Fence fence = fence_pop(f);
    State fallen = fence.out;
    end_lending(f, lent);
    edge_await(f);
    edge_cancelled(f, &fallen);
    edge_children(f, plan, &f->here);
    edge_children(f, plan, &fallen);
    edge_children(f, plan, &fence.back);
    state_drop(f, &fence.back);
    if (plan->falls_through) fall_through(f, stmt, &fallen, NULL);
    shape_wait(f, stmt->span);
    state_drop(f, &fallen);
}
