/* effects_starts: does a function say `started` on every way to each of its normal ends? If so, whoever waits in
   `start` never gets NotStarted from it. Ends by an error do not count: there the error arrives. */
#include "effects.h"

/* What is sure at a place. Where ways meet, the least of them is. */
typedef enum Said { SAID_PERHAPS_NOT, SAID, SAID_NEVER_HERE } Said;

typedef struct LoopEnd {
    const Stmt *loop;
    Said at_breaks;
} LoopEnd;

typedef struct Walk {
    Arena *arena;
    VEC(LoopEnd) loops;
    Said here;
    bool ends_without;             /* a normal end was found before which it may not have been said */
} Walk;

static void walk_block(void *context, const Block *block);

static Said least(Said a, Said b) { return a < b ? a : b; }

static void end_normally(Walk *w) {
    if (w->here == SAID_PERHAPS_NOT) w->ends_without = true;
    w->here = SAID_NEVER_HERE;
}

/* A block that is entered on some ways only. */
static void walk_branch(Walk *w, const Block *block, Said before) {
    Said other = w->here;
    w->here = before;
    walk_block(w, block);
    w->here = least(w->here, other);
}

static void walk_expr(void *context, Expr *expr) {
    Walk *w = context;
    expr_parts(expr, walk_expr, w);
    if (is_call_of(expr, BUILTIN_STARTED) && w->here == SAID_PERHAPS_NOT) w->here = SAID;
    if (expr->kind == EXPR_CATCH) walk_branch(w, expr->u.caught.clause->block, w->here);
    if (expr->kind == EXPR_IF) {
        Said before = w->here;
        walk_block(w, expr->u.branch.then);
        if (expr->u.branch.other) walk_branch(w, expr->u.branch.other, before);
        else w->here = least(w->here, before);
    }
    if (expr->kind == EXPR_CALL && expr->type->kind == TYPE_NEVER) w->here = SAID_NEVER_HERE;
}

static void walk_loop(Walk *w, const Stmt *loop) {
    LoopEnd end = {loop, is_endless(loop) ? SAID_NEVER_HERE : w->here};
    vec_push(w->arena, &w->loops, end);
    stmt_parts(loop, walk_expr, walk_block, w);
    w->here = w->loops.at[--w->loops.len].at_breaks;
}

static void walk_break(Walk *w, const Stmt *jump) {
    for (uint32_t i = w->loops.len; i-- > 0;) {
        LoopEnd *end = &w->loops.at[i];
        if (end->loop == jump->u.jump.target) {
            end->at_breaks = least(end->at_breaks, w->here);
            break;
        }
    }
    w->here = SAID_NEVER_HERE;
}

static void walk_try(Walk *w, const Stmt *stmt) {
    Said before = w->here;
    walk_block(w, stmt->u.attempt.block);
    for (uint32_t i = 0; i < stmt->u.attempt.clauses.len; i++) {
        walk_branch(w, stmt->u.attempt.clauses.at[i]->block, before);
    }
}

static void walk_if(Walk *w, const Stmt *stmt) {
    walk_expr(w, stmt->u.branch.cond);
    Said before = w->here;
    walk_block(w, stmt->u.branch.then);
    if (stmt->u.branch.other) walk_branch(w, stmt->u.branch.other, before);
    else w->here = least(w->here, before);
}

static void walk_match(Walk *w, const Stmt *stmt) {
    walk_expr(w, stmt->u.match.of);
    Said before = w->here;
    w->here = SAID_NEVER_HERE;
    for (uint32_t i = 0; i < stmt->u.match.arms.len; i++) walk_branch(w, stmt->u.match.arms.at[i].block, before);
}

static void walk_select(Walk *w, const Stmt *stmt) {
    for (uint32_t i = 0; i < stmt->u.select.arms.len; i++) {
        const SelectArm *arm = &stmt->u.select.arms.at[i];
        if (arm->guard) walk_expr(w, arm->guard);
        if (arm->expr) walk_expr(w, arm->expr);
    }
    Said before = w->here;
    w->here = SAID_NEVER_HERE;
    for (uint32_t i = 0; i < stmt->u.select.arms.len; i++) walk_branch(w, stmt->u.select.arms.at[i].block, before);
}

/* Control may come to the end of some statements from any `await` in them. */
static bool falls_through(const Stmt *stmt) {
    if (stmt->kind == STMT_NURSERY) return stmt->u.nursery.plan->falls_through;
    if (stmt->kind != STMT_SCOPE) return false;
    ScopeKind kind = stmt->u.scope.kind;
    return kind == SCOPE_CANCEL || kind == SCOPE_SOFT || kind == SCOPE_MOVE_ON_AFTER || kind == SCOPE_MOVE_ON_AT;
}

static void walk_stmt(Walk *w, const Stmt *stmt) {
    Said before = w->here;
    switch ((StmtKind)stmt->kind) {
    case STMT_RETURN:
        if (stmt->u.expr) walk_expr(w, stmt->u.expr);
        end_normally(w);
        return;
    case STMT_RAISE: w->here = SAID_NEVER_HERE; return;
    case STMT_BREAK: walk_break(w, stmt); return;
    case STMT_CONTINUE: w->here = SAID_NEVER_HERE; return;
    case STMT_WHILE: case STMT_LOOP: case STMT_FOR: case STMT_ASYNC_FOR: case STMT_EVERY: walk_loop(w, stmt); return;
    case STMT_TRY: walk_try(w, stmt); return;
    case STMT_IF: walk_if(w, stmt); return;
    case STMT_MATCH: walk_match(w, stmt); return;
    case STMT_SELECT: walk_select(w, stmt); return;
    case STMT_DEFER: return;
    default: break;
    }
    stmt_parts(stmt, walk_expr, walk_block, w);
    bool sure = stmt->kind != STMT_RACE && stmt->kind != STMT_TOGETHER;
    if (!sure || falls_through(stmt)) w->here = least(w->here, before);
}

static void walk_block(void *context, const Block *block) {
    Walk *w = context;
    for (uint32_t i = 0; i < block->stmts.len; i++) walk_stmt(w, block->stmts.at[i]);
}

bool always_starts(Effects *e, Fn *fn) {
    FnFacts *facts = facts_of(e, fn);
    if (facts->starts_always == STARTS_UNKNOWN) {
        Walk w = {.arena = &e->arena};
        if (fn->body) walk_block(&w, fn->body);
        end_normally(&w);
        facts->starts_always = w.ends_without ? STARTS_SOMETIMES : STARTS_ALWAYS;
    }
    return facts->starts_always == STARTS_ALWAYS;
}
