/* lower_order: which functions are reached from main, callees and children before those that await or start them, since
   a frame contains the frames of both. Two steps: who calls whom, read off the bodies; then a walk without recursion, as
   chains of calls may be long. Plain functions may call each other in circles; they then come in any order. */
#include "lower.h"

typedef struct Calls { Fn **at; uint32_t len, capacity; } Calls;

typedef struct Walk {
    Arena *arena;
    Calls *calls;                  /* of the function that is being read */
} Walk;

static void in_expr(Walk *w, const Expr *expr);
static void in_block(Walk *w, const Block *block);

static void in_call(Walk *w, const Expr *expr) {
    if (expr->u.call.what == CALL_FN) vec_push(w->arena, w->calls, expr->u.call.to.fn);
    if (expr->u.call.callee && expr->u.call.callee->kind == EXPR_FIELD) in_expr(w, expr->u.call.callee->u.field.of);
    for (uint32_t i = 0; i < expr->u.call.args.len; i++) in_expr(w, expr->u.call.args.at[i].value);
    const ChildStart *child = expr->u.call.child;
    if (child && child->fn) vec_push(w->arena, w->calls, child->fn);
}

static void in_expr(Walk *w, const Expr *expr) {
    if (!expr) return;
    switch ((ExprKind)expr->kind) {
    case EXPR_INTERPOLATION:
        for (uint32_t i = 0; i < expr->u.parts.len; i++) in_expr(w, expr->u.parts.at[i].expr);
        break;
    case EXPR_FIELD: in_expr(w, expr->u.field.of); break;
    case EXPR_INDEX: in_expr(w, expr->u.index.of); in_expr(w, expr->u.index.at); break;
    case EXPR_SLICE:
        in_expr(w, expr->u.slice.of);
        in_expr(w, expr->u.slice.low);
        in_expr(w, expr->u.slice.high);
        break;
    case EXPR_CALL: in_call(w, expr); break;
    case EXPR_UNARY: case EXPR_DEREF: case EXPR_REF: case EXPR_AWAIT: in_expr(w, expr->u.operand); break;
    case EXPR_BINARY: case EXPR_RANGE: in_expr(w, expr->u.binary.left); in_expr(w, expr->u.binary.right); break;
    case EXPR_CAST: in_expr(w, expr->u.cast.of); break;
    case EXPR_IF:
        in_expr(w, expr->u.branch.cond);
        in_block(w, expr->u.branch.then);
        in_block(w, expr->u.branch.other);
        break;
    case EXPR_ARRAY: case EXPR_TUPLE:
        for (uint32_t i = 0; i < expr->u.items.len; i++) in_expr(w, expr->u.items.at[i]);
        break;
    case EXPR_REPEAT: in_expr(w, expr->u.repeat.value); break;
    case EXPR_CATCH: in_expr(w, expr->u.caught.of); in_block(w, expr->u.caught.clause->block); break;
    default: break;
    }
}

static void in_stmt(Walk *w, const Stmt *stmt) {
    switch ((StmtKind)stmt->kind) {
    case STMT_LET: in_expr(w, stmt->u.let.value); break;
    case STMT_ASSIGN: in_expr(w, stmt->u.assign.to); in_expr(w, stmt->u.assign.value); break;
    case STMT_EXPR: case STMT_DROP: case STMT_RETURN: in_expr(w, stmt->u.expr); break;
    case STMT_BLOCK: case STMT_DEFER: case STMT_CRITICAL: case STMT_SOFT: in_block(w, stmt->u.block); break;
    case STMT_IF:
        in_expr(w, stmt->u.branch.cond);
        in_block(w, stmt->u.branch.then);
        in_block(w, stmt->u.branch.other);
        break;
    case STMT_WHILE: case STMT_LOOP: in_expr(w, stmt->u.loop.cond); in_block(w, stmt->u.loop.block); break;
    case STMT_EVERY: in_expr(w, stmt->u.every.time); in_block(w, stmt->u.every.block); break;
    case STMT_FOR: case STMT_ASYNC_FOR: in_expr(w, stmt->u.each.in); in_block(w, stmt->u.each.block); break;
    case STMT_MATCH:
        in_expr(w, stmt->u.match.of);
        for (uint32_t i = 0; i < stmt->u.match.arms.len; i++) {
            in_expr(w, stmt->u.match.arms.at[i].guard);
            in_block(w, stmt->u.match.arms.at[i].block);
        }
        break;
    case STMT_RAISE: in_expr(w, stmt->u.raise.error); break;
    case STMT_ASSERT: in_expr(w, stmt->u.check.cond); in_expr(w, stmt->u.check.why); break;
    case STMT_TRY:
        in_block(w, stmt->u.attempt.block);
        for (uint32_t i = 0; i < stmt->u.attempt.clauses.len; i++) in_block(w, stmt->u.attempt.clauses.at[i]->block);
        break;
    case STMT_NURSERY: in_block(w, stmt->u.nursery.block); break;
    case STMT_SCOPE:
        in_expr(w, stmt->u.scope.time);
        in_block(w, stmt->u.scope.block);
        in_block(w, stmt->u.scope.other);
        break;
    case STMT_SELECT:
        for (uint32_t i = 0; i < stmt->u.select.arms.len; i++) {
            const SelectArm *arm = &stmt->u.select.arms.at[i];
            in_expr(w, arm->guard);
            in_expr(w, arm->expr);
            in_block(w, arm->block);
        }
        break;
    case STMT_WITH: in_expr(w, stmt->u.with.resource); in_expr(w, stmt->u.with.position); in_block(w, stmt->u.with.block); break;
    default: break;
    }
}

static void in_block(Walk *w, const Block *block) {
    for (uint32_t i = 0; block && i < block->stmts.len; i++) in_stmt(w, block->stmts.at[i]);
}

typedef struct Visit {
    Fn *fn;
    uint32_t next;                 /* of its calls, the one to follow next */
} Visit;

void lower_order(Program *program, Fn ***fns, uint32_t *count, Arena *arena) {
    uint32_t total = program->fns.len;
    Calls *calls = arena_array(arena, Calls, total + 1);
    for (uint32_t i = 0; i < total; i++) {
        Fn *fn = program->fns.at[i];
        fn->mark = i + 1;          /* its number, as long as it is not placed */
        Walk walk = {arena, &calls[i + 1]};
        if (fn->reachable) in_block(&walk, fn->body);
    }
    bool *seen = arena_array(arena, bool, total + 1);
    Visit *stack = arena_array(arena, Visit, total + 1);
    *fns = arena_array(arena, Fn *, total + 1);
    *count = 0;
    for (uint32_t i = 0; i < total; i++) {
        Fn *root = program->fns.at[i];
        if (!root->reachable || !root->body || seen[root->mark]) continue;
        uint32_t depth = 0;
        stack[depth++] = (Visit){root, 0};
        seen[root->mark] = true;
        while (depth) {
            Visit *top = &stack[depth - 1];
            Calls *mine = &calls[top->fn->mark];
            if (top->next == mine->len) {
                (*fns)[(*count)++] = top->fn;
                depth--;
                continue;
            }
            Fn *callee = mine->at[top->next++];
            if (seen[callee->mark] || !callee->body) continue;
            seen[callee->mark] = true;
            stack[depth++] = (Visit){callee, 0};
        }
    }
}
