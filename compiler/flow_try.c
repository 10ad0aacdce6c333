/* flow_try: handlers, and the errors that lead to them. */
#include "flow.h"

/* After the body: each handler runs in the states in which its errors arrive; all ends meet. */
static void flow_clauses(Flow *f, Clause *const *clauses, uint32_t count, State *caught, Span end) {
    State out = f->here;
    for (uint32_t i = 0; i < count; i++) {
        Clause *clause = clauses[i];
        state_resume(f, &caught[i]);
        Frame frame = frame_begin(f);
        if (clause->var) flow_declare(f, clause->var, true);
        vec_push(&f->family, &f->handlers, clause);
        flow_block(f, clause->block);
        f->handlers.len--;
        frame_end(f, frame);
        state_join(f, &out, &f->here, end);
        state_drop(f, &f->here);
    }
    state_resume(f, &out);
}

void flow_try(Flow *f, const Stmt *stmt) {
    uint32_t count = stmt->u.attempt.clauses.len;
    State *caught = arena_array(&f->family, State, count);
    Fence *fence = fence_push(f, FENCE_TRY, stmt);
    fence->clauses = stmt->u.attempt.clauses.at;
    fence->clause_count = count;
    fence->caught = caught;
    flow_block(f, stmt->u.attempt.block);
    fence_pop(f);
    flow_clauses(f, stmt->u.attempt.clauses.at, count, caught, stmt->span);
}

void flow_catch(Flow *f, const Expr *expr) {
    Clause *clause = expr->u.caught.clause;
    State caught = {false, NULL};
    Fence *fence = fence_push(f, FENCE_TRY, NULL);
    fence->clauses = &expr->u.caught.clause;
    fence->clause_count = 1;
    fence->caught = &caught;
    flow_expr(f, expr->u.caught.of);
    fence_pop(f);
    flow_clauses(f, &clause, 1, &caught, expr->span);
}

void flow_raise(Flow *f, const Stmt *raise) {
    Expr *error = raise->u.raise.error;
    if (error) {
        expr_parts(error, flow_expr, f);
        const ErrorDecl *decl = raised_error(error);
        for (uint32_t i = 0; error->kind == EXPR_CALL && i < error->u.call.args.len; i++) {
            const Expr *value = error->u.call.args.at[i].value;
            const Type *want = i < decl->fields.len ? decl->fields.at[i].type : value->type;
            flow_claim(f, CLAIM_RAISE, value, want, LEVEL_STATIC, NULL);
        }
        if (decl) edge_raise(f, decl, &f->here);
    } else if (f->handlers.len) {
        const Clause *clause = f->handlers.at[f->handlers.len - 1];
        for (uint32_t i = 0; i < clause->errors.len; i++) edge_raise(f, clause->errors.at[i], &f->here);
    }
    state_end(f);
}
