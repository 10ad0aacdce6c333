/* flow_stmt: statements, in the order in which control reaches them. */
#include "flow.h"

static void flow_stmt(Flow *f, Stmt *stmt);

/* ---- blocks ---- */

static void report_unreachable(Flow *f, const StmtList *stmts, uint32_t first) {
    Diag *diag = diag_add(flow_diags(f), CODE_W0605, stmts->at[first]->span, "this is never reached");
    diag_label(flow_diags(f), diag, stmts->at[first - 1]->span, "nothing comes out behind this");
}

void flow_walk_block(void *flow, const Block *block) {
    Flow *f = flow;
    if (!block) return;
    Frame frame = frame_begin(f);
    bool entered = f->here.reachable;
    for (uint32_t i = 0; i < block->stmts.len; i++) {
        Stmt *stmt = block->stmts.at[i];
        stmt->unreachable = !f->here.reachable;
        if (stmt->unreachable && entered) {
            if (i) report_unreachable(f, &block->stmts, i);
            entered = false;
        }
        flow_stmt(f, stmt);
    }
    frame_end(f, frame);
}

/* ---- let, assign ---- */

static void flow_let(Flow *f, const Stmt *let) {
    flow_maybe(f, let->u.let.value);
    for (uint32_t i = 0; i < let->u.let.vars.len; i++) {
        Var *var = let->u.let.vars.at[i];
        Known *known = flow_declare(f, var, let->u.let.value || let->u.let.is_static);
        if (let->u.let.is_static) known->level = LEVEL_STATIC;
        if (!let->u.let.value || !has_origins(var->type)) continue;
        flow_put(f, var, let->u.let.value, let->u.let.vars.len == 1 ? var->type : let->u.let.value->type);
    }
}

static void flow_assign(Flow *f, const Stmt *assign) {
    Expr *to = assign->u.assign.to, *value = assign->u.assign.value;
    flow_expr(f, value);
    bool is_var = to->kind == EXPR_NAME && to->u.name.var;
    if (assign->u.assign.op >= 0 || !is_var) flow_expr(f, to);
    if (is_var) {
        assign_var(f, to->u.name.var, assign->span);
        flow_put(f, to->u.name.var, value, to->type);
    } else {
        flow_store(f, to, value, to->type);
    }
    shape_change(f, to, assign->span);
}

/* ---- branches ---- */

static void flow_if_stmt(Flow *f, const Stmt *stmt) {
    Expr *cond = stmt->u.branch.cond;
    if (stmt->u.branch.is_const && cond->kind == EXPR_BOOL) {
        flow_block(f, cond->u.integer ? stmt->u.branch.then : stmt->u.branch.other);
        return;
    }
    flow_expr(f, cond);
    State otherwise = state_copy(f, &f->here);
    Frame frame = frame_begin(f);
    if (stmt->u.branch.var) {
        flow_declare(f, stmt->u.branch.var, true);
        flow_put(f, stmt->u.branch.var, cond, stmt->u.branch.var->type);
    }
    flow_block(f, stmt->u.branch.then);
    frame_end(f, frame);
    State then = f->here;
    f->here = otherwise;
    flow_block(f, stmt->u.branch.other);
    state_join(f, &f->here, &then, stmt->span);
    state_drop(f, &then);
}

static void declare_pattern(Flow *f, const Pattern *pattern, const Expr *of) {
    Var *var = pattern->kind == PATTERN_BIND ? pattern->var : NULL;
    if (var && known_of(f, var)->bit == NO_BIT) {
        flow_declare(f, var, true);
        flow_put(f, var, of, var->type);
    }
    for (uint32_t i = 0; i < pattern->items.len; i++) declare_pattern(f, pattern->items.at[i], of);
}

/* The ways out of several blocks, of which one runs. */
static void join_out(Flow *f, State *out, const Stmt *stmt) {
    state_join(f, out, &f->here, stmt->span);
    state_drop(f, &f->here);
}

static void flow_match(Flow *f, const Stmt *match) {
    flow_expr(f, match->u.match.of);
    State out = {false, NULL};
    State before = f->here;
    for (uint32_t i = 0; i < match->u.match.arms.len; i++) {
        const Arm *arm = &match->u.match.arms.at[i];
        f->here = state_copy(f, &before);
        Frame frame = frame_begin(f);
        declare_pattern(f, arm->pattern, match->u.match.of);
        flow_maybe(f, arm->guard);
        flow_block(f, arm->block);
        frame_end(f, frame);
        join_out(f, &out, match);
    }
    state_drop(f, &before);
    state_resume(f, &out);
}

/* What the arms need is evaluated before any of them is tried, if their guards hold. */
static void flow_arm_needs(Flow *f, const SelectArm *arm) {
    flow_maybe(f, arm->guard);
    if (!arm->expr) return;
    State without = state_copy(f, &f->here);
    if (arm->kind == SELECT_AWAIT) expr_parts(arm->expr, flow_expr, f);
    else flow_expr(f, arm->expr);
    if (arm->guard) state_join(f, &f->here, &without, arm->span);
    state_drop(f, &without);
}

/* What it waits for must be there when all of that has been done. */
static void flow_arm_waits(Flow *f, const SelectArm *arm) {
    if (arm->kind != SELECT_AWAIT) return;
    const Expr *self = arm->expr->u.call.self;
    Var *var = place_var(self);
    if (var) use_var(f, var, self->span);
    flow_builtin(f, arm->expr);
}

static void flow_select(Flow *f, const Stmt *select) {
    for (uint32_t i = 0; i < select->u.select.arms.len; i++) flow_arm_needs(f, &select->u.select.arms.at[i]);
    for (uint32_t i = 0; i < select->u.select.arms.len; i++) flow_arm_waits(f, &select->u.select.arms.at[i]);
    edge_await(f);
    shape_wait(f, select->span);
    State out = {false, NULL};
    State before = f->here;
    for (uint32_t i = 0; i < select->u.select.arms.len; i++) {
        const SelectArm *arm = &select->u.select.arms.at[i];
        f->here = state_copy(f, &before);
        Frame frame = frame_begin(f);
        if (arm->kind == SELECT_AWAIT) held_call(f, arm->expr);
        if (arm->var) flow_declare(f, arm->var, true);
        flow_block(f, arm->block);
        frame_end(f, frame);
        join_out(f, &out, select);
    }
    state_drop(f, &before);
    state_resume(f, &out);
}

/* ---- the rest ---- */

/* race, together: nurseries. What a `together` binds is there when it has ended. */
void flow_walk_group(Flow *f, const Group *group) {
    flow_nursery(f, group->nursery);
    for (uint32_t i = 0; i < group->block->stmts.len; i++) {
        const Stmt *arm = group->block->stmts.at[i];
        if (arm->kind != STMT_LET) continue;
        for (uint32_t k = 0; k < arm->u.let.vars.len; k++) flow_declare(f, arm->u.let.vars.at[k], true);
    }
}

/* Looked at where it stands; it runs when its block is left. What it assigns counts for nobody, what it uses must
   stay. */
static void flow_defer(Flow *f, const Stmt *defer) {
    const Stmt *outer = f->defer;
    uint32_t outer_bits = f->defer_bits, uses = f->defer_uses.len;
    State before = state_copy(f, &f->here);
    f->defer = defer;
    f->defer_bits = f->tracked.len;
    flow_block(f, defer->u.block);
    for (uint32_t bit = 0; bit < f->defer_bits; bit++) {
        bool moved = state_has(f, &f->here, FACT_MOVED, bit) && !state_has(f, &before, FACT_MOVED, bit);
        if (moved) vec_push(&f->family, &f->defer_moves, f->tracked.at[bit]);
        bool released = !state_has(f, &f->here, FACT_HELD, bit) && state_has(f, &before, FACT_HELD, bit);
        if (released) vec_push(&f->family, &f->defer_releases, f->tracked.at[bit]);
    }
    for (uint32_t i = uses; i < f->defer_uses.len; i++) {
        Known *known = f->defer_uses.at[i];
        if (known->defer || known->bit >= f->defer_bits) continue;
        known->defer = defer;
        vec_push(&f->family, &f->deferred, known);
    }
    f->defer = outer;
    f->defer_bits = outer_bits;
    if (!outer) f->defer_uses.len = 0;
    state_drop(f, &f->here);
    f->here = before;
}

static void flow_return(Flow *f, const Stmt *stmt) {
    if (stmt->u.expr) {
        flow_expr(f, stmt->u.expr);
        if (f->fn->kind != FN_CHILD && f->fn->kind != FN_TEST) {
            flow_claim(f, CLAIM_RETURN, stmt->u.expr, f->fn->result, LEVEL_STATIC, NULL);
        }
    }
    edge_return(f);
}

static void flow_with(Flow *f, const Stmt *with) {
    flow_expr(f, with->u.with.resource);
    if (with->u.with.position) flow_expr(f, with->u.with.position);
    edge_await(f);
    shape_wait(f, with->span);
    flow_block(f, with->u.with.block);
}

static void flow_stmt(Flow *f, Stmt *stmt) {
    const Stmt *outer = f->stmt;
    f->stmt = stmt;
    switch ((StmtKind)stmt->kind) {
    case STMT_LET: flow_let(f, stmt); break;
    case STMT_ASSIGN: flow_assign(f, stmt); break;
    case STMT_IF: flow_if_stmt(f, stmt); break;
    case STMT_WHILE: case STMT_LOOP: flow_while(f, stmt); break;
    case STMT_FOR: case STMT_ASYNC_FOR: flow_for(f, stmt); break;
    case STMT_EVERY: flow_every(f, stmt); break;
    case STMT_MATCH: flow_match(f, stmt); break;
    case STMT_BREAK: case STMT_CONTINUE: edge_jump(f, stmt); break;
    case STMT_RETURN: flow_return(f, stmt); break;
    case STMT_RAISE: flow_raise(f, stmt); break;
    case STMT_DEFER: flow_defer(f, stmt); break;
    case STMT_TRY: flow_try(f, stmt); break;
    case STMT_NURSERY: flow_nursery(f, stmt); break;
    case STMT_SCOPE: flow_scope(f, stmt); break;
    case STMT_SELECT: flow_select(f, stmt); break;
    case STMT_RACE: case STMT_TOGETHER: flow_group(f, &stmt->u.group); break;
    case STMT_WITH: flow_with(f, stmt); break;
    case STMT_EXPR: case STMT_DROP: case STMT_ASSERT: case STMT_BLOCK: case STMT_CRITICAL:
    case STMT_WRONG:
        stmt_parts(stmt, flow_expr, flow_block, f);
        break;
    }
    f->stmt = outer;
}
