/* effects_collect: the first walk. Sees each function by itself.

   Needs  the tree as check leaves it.
   Gives  facts: edges to the functions that are called and started, the nurseries with their sites, loops that may
          spin; NurseryPlan.falls_through and deadline_written, deadline_written of scopes. Reports what waits where
          it may not. */
#include "effects.h"

/* A loop or a nursery around the place where the walk is. */
typedef struct Ring {
    const Stmt *stmt;
    uint32_t rounds;               /* of a loop; 0: not known. 1 for a nursery. */
} Ring;

typedef struct Walk {
    Effects *e;
    FnFacts *facts;
    Surroundings around;
    VEC(Ring) rings;
    const Expr *before_postfix;    /* the value before a dot or bracket that is being entered */
    uint32_t waits, checkpoints;   /* how many so far; those not shielded */
} Walk;

static void collect_block(Walk *w, const Block *block);
static void collect_expr(void *context, Expr *expr);

/* ---- calls ---- */

static void add_edge(Walk *w, Fn *to, Expr *call, EdgeKind kind) {
    Edge edge = {to, call, kind, w->around.shield != NULL};
    vec_push(&w->e->arena, &w->facts->edges, edge);
}

static void bring(Walk *w, ErrorDecl *error, Span span, Expr *cause) {
    Kind kind = {.error = error, .span = span, .cause = cause};
    vec_push(&w->e->arena, &w->facts->brings, kind);
}

static void bring_builtin(Walk *w, BuiltinError error, Span span, Expr *cause) {
    if (error != ERROR_NONE_BUILTIN) bring(w, w->e->program->errors.at[error - 1], span, cause);
}

static void note_wait(Walk *w, bool is_checkpoint) {
    w->waits++;
    if (!is_checkpoint || w->around.shield) return;
    w->checkpoints++;
    w->facts->has_checkpoint = true;
}

/* The product of the loops between a nursery and this place; 0, and which loop it is, if one has no known end. */
static uint32_t rounds_within(const Walk *w, const Stmt *nursery, Span *loop) {
    uint32_t rounds = 1;
    for (uint32_t i = w->rings.len; i-- > 0 && w->rings.at[i].stmt != nursery;) {
        rounds = multiply(rounds, w->rings.at[i].rounds);
        if (rounds == 0) {
            *loop = w->rings.at[i].stmt->span;
            return 0;
        }
    }
    return rounds;
}

static void collect_site(Walk *w, Expr *start, Pool *pool, Fn *fn) {
    Site site = {.call = start, .fn = fn, .lent = pool->stmt && pool->fn != w->facts->fn};
    if (site.lent) {
        if (pool->lent_at.len == 0) pool->lent_at = start->span;
        pool->stmt->u.nursery.plan->falls_through = true;
    } else if (pool->stmt) {
        site.copies = rounds_within(w, pool->stmt, &site.loop);
    }
    vec_push(&w->e->arena, &pool->sites, site);
}

static void collect_start(Walk *w, Expr *start) {
    collect_expr(w, start->u.call.self);
    Expr *call = started_call(start);
    Fn *fn = started_fn(start);
    if (fn && call) {
        expr_parts(call, collect_expr, w);
        pool_lend_args(w->e, fn, &call->u.call.args);
    } else if (call) {
        collect_expr(w, call);
    }
    Pool *pool = pool_at(w->e, start->u.call.self);
    if (!pool) wait_refuse_nameless(w->e, start->u.call.self);
    if (!fn || !pool) return;
    collect_site(w, start, pool, fn);
    add_edge(w, fn, start, is_call_of(start, BUILTIN_START) ? EDGE_WAIT : EDGE_SPAWN);
    w->facts->is_structured = true;
}

bool waits_itself(const Expr *call) {
    if (call->u.call.what == CALL_BUILTIN) return builtin_is_async((Builtin)call->u.call.builtin);
    return call->u.call.what == CALL_FN && call->u.call.to.fn->kind == FN_EXTERN_ASYNC;
}

static void collect_call(Walk *w, Expr *call, CallUse use) {
    w->before_postfix = call->u.call.self;
    if (is_start(call)) collect_start(w, call);
    else expr_parts(call, collect_expr, w);
    wait_check_call_use(w->e, &w->around, call, use);
    if (use == CALL_USE_AWAITED || use == CALL_USE_ARM) {
        note_wait(w, waits_itself(call));
        wait_check_shielded_wait(w->e, &w->around, call);
    }
    if (is_call_of(call, BUILTIN_CANCEL) && cancel_grace(call)) pool_timed(w->e, call->u.call.self);
    if (is_call_of(call, BUILTIN_STARTED)) wait_check_started(w->e, &w->around, call);
    if (is_call_of(call, BUILTIN_WAIT_ALL_TASKS_BLOCKED) || is_call_of(call, BUILTIN_NEW_SEQUENCER)) {
        w->facts->for_tests = call;
    }
    if (call->u.call.what == CALL_BUILTIN) {
        BuiltinErrors errors = builtin_errors(call);
        for (uint32_t i = 0; i < 2; i++) bring_builtin(w, errors.at[i], call->span, call);
    }
    if (call->u.call.what == CALL_FN) {
        pool_lend_args(w->e, call->u.call.to.fn, &call->u.call.args);
        add_edge(w, call->u.call.to.fn, call, EDGE_CALL);
    }
}

/* ---- expressions ---- */

static void collect_await(Walk *w, const Expr *await) {
    wait_check_place(w->e, &w->around, await->span, "`await`", true);
    if (await->u.operand->kind == EXPR_CALL) {
        collect_call(w, await->u.operand, CALL_USE_AWAITED);
    } else {
        wait_check_awaited(w->e, await);
        collect_expr(w, await->u.operand);
    }
}

/* A missing `await` would need parentheses there. */
static const Expr *value_before_postfix(const Expr *expr) {
    switch ((ExprKind)expr->kind) {
    case EXPR_FIELD: return expr->u.field.of;
    case EXPR_INDEX: return expr->u.index.of;
    case EXPR_SLICE: return expr->u.slice.of;
    default: return NULL;
    }
}

static bool asks_why(const Expr *field) {
    return field->u.field.builtin == BUILTIN_FIELD_CANCEL_REASON || field->u.field.builtin == BUILTIN_FIELD_CANCELLED_AT;
}

static void collect_group(Walk *w, const Group *group, Span span, const char *what);

static void collect_expr(void *context, Expr *expr) {
    Walk *w = context;
    switch ((ExprKind)expr->kind) {
    case EXPR_CALL:
        collect_call(w, expr, expr == w->before_postfix ? CALL_USE_POSTFIX : CALL_USE_PLAIN);
        return;
    case EXPR_AWAIT:
        collect_await(w, expr);
        return;
    case EXPR_REF:
        pool_reference(w->e, expr);
        break;
    case EXPR_FIELD:
        if (expr->u.field.builtin == BUILTIN_FIELD_CANCEL_SCOPE) {
            const Pool *pool = pool_at(w->e, expr->u.field.of);
            if (pool && pool->stmt) pool->stmt->u.nursery.plan->falls_through = true;
        }
        if (asks_why(expr)) pool_told(w->e, expr->u.field.of);
        break;
    case EXPR_IF:
        collect_expr(w, expr->u.branch.cond);
        collect_block(w, expr->u.branch.then);
        collect_block(w, expr->u.branch.other);
        return;
    case EXPR_CATCH:
        w->facts->is_structured = true;
        collect_expr(w, expr->u.caught.of);
        collect_block(w, expr->u.caught.clause->block);
        return;
    case EXPR_RACE:
        collect_group(w, &expr->u.group, (Span){expr->span.at, 4}, "`race`");
        return;
    default:
        break;
    }
    w->before_postfix = value_before_postfix(expr);
    expr_parts(expr, collect_expr, w);
}

/* ---- statements ---- */

static void collect_maybe(Walk *w, Expr *expr) {
    if (expr) collect_expr(w, expr);
}

/* How often a `for` goes round; 0: not known. One that never does counts once. */
static uint32_t rounds_of(const Stmt *loop) {
    const Expr *in = loop->u.each.in;
    uint64_t rounds = 0;
    if (in->kind == EXPR_RANGE) {
        const Expr *low = in->u.binary.left, *high = in->u.binary.right;
        if (!low || !high || low->kind != EXPR_INT || high->kind != EXPR_INT) return 0;
        int64_t first = (int64_t)low->u.integer, last = (int64_t)high->u.integer;
        if (!in->inclusive) last--;
        rounds = last < first ? 1 : (uint64_t)last - (uint64_t)first + 1;
    } else if (type_behind(in->type)->kind == TYPE_ARRAY) {
        rounds = type_behind(in->type)->count;
        if (rounds == 0) rounds = 1;
    }
    return rounds < MANY ? (uint32_t)rounds : MANY;
}

static void collect_rounds(Walk *w, const Stmt *loop, const Block *block, uint32_t rounds) {
    Ring ring = {loop, rounds};
    vec_push(&w->e->scratch, &w->rings, ring);
    collect_block(w, block);
    w->rings.len--;
}

static void collect_while(Walk *w, const Stmt *loop) {
    uint32_t waits = w->waits, checkpoints = w->checkpoints;
    Spin spin = {.stmt = loop, .first_edge = w->facts->edges.len};
    collect_maybe(w, loop->u.loop.cond);
    collect_rounds(w, loop, loop->u.loop.block, 0);
    if (!w->around.fn->is_async || w->checkpoints > checkpoints || !can_spin(loop)) return;
    spin.edge_end = w->facts->edges.len;
    spin.shielded = w->waits > waits;
    vec_push(&w->e->arena, &w->facts->spins, spin);
}

static void collect_scope(Walk *w, const Stmt *scope) {
    collect_maybe(w, scope->u.scope.time);
    wait_check_place(w->e, &w->around, scope->span, "a cancel scope", false);
    wait_check_scope(w->e, &w->around, scope);
    bool fails = scope->u.scope.kind == SCOPE_FAIL_AFTER || scope->u.scope.kind == SCOPE_FAIL_AT;
    if (fails) bring_builtin(w, BUILTIN_ERROR_TOO_SLOW, scope->span, NULL);
    Surroundings outside = w->around;
    if (scope->u.scope.shield) w->around.shield = scope;
    if (scope_has_limit(scope)) w->around.limit = scope;
    else if (scope->u.scope.shield) w->around.limit = NULL;
    collect_block(w, scope->u.scope.block);
    w->around = outside;
    collect_block(w, scope->u.scope.other);
}

static void collect_nursery(Walk *w, Stmt *nursery) {
    wait_check_place(w->e, &w->around, nursery->span, "a nursery", false);
    collect_maybe(w, nursery->u.nursery.capacity);
    pool_of(w->e, nursery->u.nursery.var);
    w->facts->is_structured = true;
    collect_rounds(w, nursery, nursery->u.nursery.block, 1);
    w->waits++;
}

/* race, together: a checkpoint, since whoever cancels them cancels their arms. */
static void collect_group(Walk *w, const Group *group, Span span, const char *what) {
    wait_check_place(w->e, &w->around, span, what, true);
    pool_of(w->e, group->nursery->u.nursery.var);
    w->facts->is_structured = true;
    collect_rounds(w, group->nursery, group->nursery->u.nursery.block, 1);
    note_wait(w, true);
}

/* An arm for a time, or `else`, ends the wait by itself. */
static bool has_limit(const Stmt *select) {
    for (uint32_t i = 0; i < select->u.select.arms.len; i++) {
        if (select->u.select.arms.at[i].kind != SELECT_AWAIT) return true;
    }
    return false;
}

static void collect_operation(Walk *w, const SelectArm *arm, const Stmt *limit) {
    w->around.limit = limit;
    if (arm->kind == SELECT_AWAIT && arm->expr->kind == EXPR_CALL) collect_call(w, arm->expr, CALL_USE_ARM);
    else collect_maybe(w, arm->expr);
}

static void collect_select(Walk *w, const Stmt *stmt) {
    wait_check_place(w->e, &w->around, (Span){stmt->span.at, 6}, "`select`", true);
    Surroundings outside = w->around;
    const Stmt *limit = has_limit(stmt) ? stmt : NULL;
    for (uint32_t i = 0; i < stmt->u.select.arms.len; i++) {
        const SelectArm *arm = &stmt->u.select.arms.at[i];
        collect_maybe(w, arm->guard);
        collect_operation(w, arm, limit ? limit : outside.limit);
        w->around = outside;
        collect_block(w, arm->block);
    }
    note_wait(w, true);
}

static void collect_raise(Walk *w, const Stmt *raise) {
    ErrorDecl *error = raise->u.raise.error ? raised_error(raise->u.raise.error) : NULL;
    if (error) bring(w, error, raise->span, NULL);
    else w->facts->is_structured = true;
}

static void collect_defer(Walk *w, const Stmt *defer) {
    Surroundings outside = w->around;
    w->around.defer = defer;
    w->facts->is_structured = true;
    collect_block(w, defer->u.block);
    w->around = outside;
}

static void collect_critical(Walk *w, const Stmt *critical) {
    Surroundings outside = w->around;
    w->around.critical = critical;
    collect_block(w, critical->u.block);
    w->around = outside;
}

static void collect_let(Walk *w, const Stmt *let) {
    collect_maybe(w, let->u.let.value);
    if (let->u.let.vars.len == 1) pool_lend(w->e, let->u.let.vars.at[0], let->u.let.value);
}

static void collect_assign(Walk *w, const Stmt *assign) {
    collect_expr(w, assign->u.assign.to);
    collect_expr(w, assign->u.assign.value);
    pool_deadline(w->e, assign->u.assign.to);
    if (assign->u.assign.to->kind == EXPR_NAME && assign->u.assign.to->u.name.var) {
        pool_lend(w->e, assign->u.assign.to->u.name.var, assign->u.assign.value);
    }
}

static void collect_part(void *context, const Block *block) { collect_block(context, block); }

static void collect_stmt(Walk *w, Stmt *stmt) {
    switch ((StmtKind)stmt->kind) {
    case STMT_LET: collect_let(w, stmt); return;
    case STMT_ASSIGN: collect_assign(w, stmt); return;
    case STMT_WHILE: case STMT_LOOP: collect_while(w, stmt); return;
    case STMT_FOR:
        collect_expr(w, stmt->u.each.in);
        collect_rounds(w, stmt, stmt->u.each.block, rounds_of(stmt));
        return;
    case STMT_ASYNC_FOR:
        wait_check_place(w->e, &w->around, (Span){stmt->span.at, 5}, "`async for`", true);
        collect_expr(w, stmt->u.each.in);
        note_wait(w, true);
        collect_rounds(w, stmt, stmt->u.each.block, 0);
        return;
    case STMT_EVERY:
        wait_check_place(w->e, &w->around, (Span){stmt->span.at, 5}, "`every`", true);
        collect_expr(w, stmt->u.every.time);
        note_wait(w, true);
        collect_rounds(w, stmt, stmt->u.every.block, 0);
        return;
    case STMT_WITH:
        wait_check_place(w->e, &w->around, (Span){stmt->span.at, 5}, "`async with`", true);
        note_wait(w, true);
        break;
    case STMT_NURSERY: collect_nursery(w, stmt); return;
    case STMT_SCOPE: collect_scope(w, stmt); return;
    case STMT_SELECT: collect_select(w, stmt); return;
    case STMT_RACE: case STMT_TOGETHER:
        collect_group(w, &stmt->u.group, stmt->span, stmt->kind == STMT_RACE ? "`race`" : "`together`");
        return;
    case STMT_DEFER: collect_defer(w, stmt); return;
    case STMT_CRITICAL: collect_critical(w, stmt); return;
    case STMT_RAISE: collect_raise(w, stmt); break;
    case STMT_TRY: w->facts->is_structured = true; break;
    default: break;
    }
    stmt_parts(stmt, collect_expr, collect_part, w);
}

static void collect_block(Walk *w, const Block *block) {
    if (!block) return;
    for (uint32_t i = 0; i < block->stmts.len; i++) collect_stmt(w, block->stmts.at[i]);
}

/* ---- entries ---- */

void collect_fn(Effects *e, Fn *fn) {
    Walk w = {.e = e, .facts = facts_of(e, fn), .around.fn = fn};
    collect_block(&w, fn->body);
    arena_reset(&e->scratch);
}
