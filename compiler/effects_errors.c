/* effects_errors: the second walk over one function: which calls and statements bring errors, and how nurseries gather
   them.

   Needs  plans, and the errors of all callees.
   Gives  NurseryPlan.leaf_max; through effects_try the errors of `catch* _` clauses and Clause.jumps. */
#include "effects_walk.h"

/* ---- sources ---- */

static void add_builtin(Walk *w, BuiltinError error, Span span, Expr *cause) {
    if (error == ERROR_NONE_BUILTIN) return;
    Kind kind = {.error = w->e->program->errors.at[error - 1], .span = span, .cause = cause};
    set_add(walk_scratch(w), w->set, kind);
}

static void add_fn(Walk *w, const Fn *fn, Expr *cause) {
    if (fn->raises.len == 0) return;
    ErrorSet set = set_of_fn(walk_scratch(w), fn, cause);
    set_either(walk_scratch(w), w->set, &set);
}

/* The nursery's own cancellation ends a child that has not said `started`; then `start` raises NotStarted unless its
   caller is cancelled too. It is, unless a scope between the nursery and the call is a shield. */
static bool is_shielded_from(const Walk *w, const Stmt *nursery) {
    for (uint32_t i = w->rings.len; i-- > 0 && w->rings.at[i] != nursery;) {
        if (w->rings.at[i]->kind == STMT_SCOPE) return true;
    }
    return false;
}

static bool may_end_unstarted(Walk *w, const Expr *start, Fn *fn) {
    const Pool *pool = pool_at(w->e, start->u.call.self);
    bool is_own = pool && pool->stmt && pool->fn == w->fn;
    return !is_own || is_shielded_from(w, pool->stmt) || !always_starts(w->e, fn);
}

static bool can_be_full(Walk *w, const Expr *start) {
    const Pool *pool = pool_at(w->e, start->u.call.self);
    return pool && (!pool->stmt || pool->stmt->u.nursery.plan->can_be_full);
}

static void errors_start(Walk *w, Expr *start) {
    errors_expr(w, start->u.call.self);
    Expr *call = started_call(start);
    Fn *fn = started_fn(start);
    if (fn && call) expr_parts(call, errors_expr, w);
    if (can_be_full(w, start)) add_builtin(w, BUILTIN_ERROR_NURSERY_FULL, start->span, start);
    if (!fn || !is_call_of(start, BUILTIN_START)) return;
    add_fn(w, fn, start);
    if (may_end_unstarted(w, start, fn)) add_builtin(w, BUILTIN_ERROR_NOT_STARTED, start->span, start);
}

static void errors_call(Walk *w, Expr *call) {
    if (is_start(call)) {
        errors_start(w, call);
        return;
    }
    expr_parts(call, errors_expr, w);
    if (call->u.call.what == CALL_FN) add_fn(w, call->u.call.to.fn, call);
    if (call->u.call.what != CALL_BUILTIN) return;
    BuiltinErrors errors = builtin_errors(call);
    add_builtin(w, errors.at[0], call->span, call);
    add_builtin(w, errors.at[1], call->span, call);
}

/* ---- nurseries and their kin ---- */

static ErrorSet set_of_site(Walk *w, const StartSite *site) {
    ErrorSet set = set_of_fn(walk_scratch(w), site->fn, site->call);
    for (uint32_t i = 0; i < set.kinds.len; i++) set.kinds.at[i].span = started_span(site->call);
    return set;
}

/* The slots are shared: in the worst case all hold what raises most. */
static void add_pool(Walk *w, const NurseryPlan *plan, ErrorSet *all) {
    ErrorSet worst = {.total = 0};
    for (uint32_t i = 0; i < plan->sites.len; i++) {
        ErrorSet one = set_of_site(w, &plan->sites.at[i]);
        set_either(walk_scratch(w), &worst, &one);
    }
    set_times(&worst, plan->pool);
    set_both(walk_scratch(w), all, &worst);
}

static void add_slots(Walk *w, const Pool *pool, ErrorSet *all) {
    for (uint32_t i = 0; i < pool->sites.len; i++) {
        const Site *site = &pool->sites.at[i];
        StartSite slot = {.call = site->call, .fn = site->fn, .copies = site->copies};
        ErrorSet one = set_of_site(w, &slot);
        set_times(&one, site->copies ? site->copies : 1);
        set_both(walk_scratch(w), all, &one);
    }
}

static void errors_nursery(Walk *w, const Stmt *nursery) {
    if (nursery->u.nursery.capacity) errors_expr(w, nursery->u.nursery.capacity);
    vec_push(walk_scratch(w), &w->rings, nursery);
    ErrorSet all = errors_of_block(w, nursery->u.nursery.block);
    w->rings.len--;
    NurseryPlan *plan = nursery->u.nursery.plan;
    if (plan->can_be_full) add_pool(w, plan, &all);
    else add_slots(w, pool_of(w->e, nursery->u.nursery.var), &all);
    plan->leaf_max = all.total;
    set_either(walk_scratch(w), w->set, &all);
}

static void errors_scope(Walk *w, const Stmt *scope) {
    bool may_shield = scope->u.scope.shield || scope->u.scope.var;
    if (may_shield) vec_push(walk_scratch(w), &w->rings, scope);
    stmt_parts(scope, errors_expr, errors_block, w);
    if (may_shield) w->rings.len--;
    ScopeKind kind = scope->u.scope.kind;
    if (kind == SCOPE_FAIL_AFTER || kind == SCOPE_FAIL_AT) add_builtin(w, BUILTIN_ERROR_TOO_SLOW, scope->span, NULL);
}

/* ---- the walk ---- */

void errors_walk_expr(void *context, Expr *expr) {
    Walk *w = context;
    switch ((ExprKind)expr->kind) {
    case EXPR_CALL: errors_call(w, expr); return;
    case EXPR_CATCH: errors_catch(w, expr); return;
    case EXPR_RACE: errors_nursery(w, expr->u.group.nursery); return;
    default: expr_parts(expr, errors_expr, w); break;
    }
    if (expr->kind != EXPR_IF) return;
    errors_block(w, expr->u.branch.then);
    errors_block(w, expr->u.branch.other);
}

static void errors_stmt(Walk *w, Stmt *stmt) {
    switch ((StmtKind)stmt->kind) {
    case STMT_BREAK: case STMT_CONTINUE: errors_jump(w, stmt); return;
    case STMT_WHILE: case STMT_LOOP: case STMT_FOR: case STMT_ASYNC_FOR: case STMT_EVERY: errors_loop(w, stmt); return;
    case STMT_RAISE: errors_raise(w, stmt); return;
    case STMT_TRY: errors_try(w, stmt); return;
    case STMT_NURSERY: errors_nursery(w, stmt); return;
    case STMT_SCOPE: errors_scope(w, stmt); return;
    case STMT_RACE: case STMT_TOGETHER: errors_nursery(w, stmt->u.group.nursery); return;
    case STMT_DEFER: errors_defer(w, stmt); return;
    default: break;
    }
    stmt_parts(stmt, errors_expr, errors_block, w);
    if (stmt->kind == STMT_RETURN) errors_return(w, stmt);
}

void errors_walk_block(void *context, const Block *block) {
    for (uint32_t i = 0; block && i < block->stmts.len; i++) errors_stmt(context, block->stmts.at[i]);
}

