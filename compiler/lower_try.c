/* lower_try: raising and catching.

       try { body } catch* A as g { handler } catch* B { other }

           try { body }
           handler (why, errs) {
               if (any A in errs) { g = take A; drop A; handler }
               if (any B in errs) { drop B; other }
               errs += what handlers raised;
               why = (cancelled before or in a handler) | (errs left ? raised : 0);
               if (why) unwind;
           }

   A clause whose handler says `raise;` drops its leaves only if that was not reached, so they keep their places. */
#include "lower.h"

typedef struct Attempt {
    IrStmt *stmt;
    Fence fence;
    IrBlock *saved;
    IrVar *more;                   /* what handlers raised; NULL if none can */
} Attempt;

static void attempt_begin(Lower *l, Attempt *attempt, bool errors_only) {
    *attempt = (Attempt){.stmt = lower_add(l, IRS_TRY), .saved = l->out};
    attempt->stmt->u.attempt.number = ++l->fn->try_count;
    attempt->stmt->u.attempt.why = lower_record(l, IRV_WHY, "why");
    attempt->stmt->u.attempt.errors_only = errors_only;
    attempt->fence = (Fence){.outer = l->fences, .kind = FENCE_TRY};
    l->fences = &attempt->fence;
    l->out = &attempt->stmt->u.attempt.body;
}

/* The body has been lowered. False if nothing in it unwinds: then there is nothing to handle. */
static bool attempt_handle(Lower *l, Attempt *attempt, IrVar *errs) {
    l->fences = attempt->fence.outer;
    attempt->stmt->u.attempt.errs = errs;
    if (attempt->fence.unwound) {
        l->out = &attempt->stmt->u.attempt.handler;
        return true;
    }
    IrBlock body = attempt->stmt->u.attempt.body;
    l->out = attempt->saved;
    l->out->len--;
    for (uint32_t i = 0; i < body.len; i++) vec_push(l->scratch, l->out, body.at[i]);
    return false;
}

IrStmt *lower_leaves(Lower *l, IrLeavesOp op, IrVar *to, IrVar *from, const Clause *clause) {
    IrStmt *stmt = lower_add(l, IRS_LEAVES);
    stmt->u.leaves.op = op;
    stmt->u.leaves.to = to;
    stmt->u.leaves.from = from;
    if (clause) {
        stmt->u.leaves.errors = clause->errors.at;
        stmt->u.leaves.error_count = clause->errors.len;
    }
    return stmt;
}

static IrExpr *any_of(Lower *l, IrVar *errs, const Clause *clause) {
    IrExpr *test = ir_op(l, IROP_LEAVES_ANY, lower_basic(l, TYPE_BOOL), ir_use(l, errs), NULL);
    if (clause) {
        test->u.built.errors = clause->errors.at;
        test->u.built.error_count = clause->errors.len;
    }
    return test;
}

static void bind_clause(Lower *l, const Clause *clause, IrVar *errs) {
    if (!clause->var) return;
    IrVar *var = lower_var(l, clause->var);
    IrVar *group = var->kind == IRV_LEAVES ? var : lower_record(l, IRV_LEAVES, "caught");
    group->count = errs->count;
    if (group != var) group->type = type_errors(&l->program->types, TYPE_GROUP, clause->errors.at, clause->errors.len);
    lower_leaves(l, IRL_TAKE, group, errs, clause);
    if (group == var) return;
    IrExpr *first = ir_unary(l, IRX_INDEX, var->type, ir_use(l, group));
    first->u.of.b = ir_int(l, lower_basic(l, TYPE_USIZE), 0);
    lower_set(l, ir_use(l, var), first);
}

static void add_status(Lower *l, IrVar *why, IrExpr *more) {
    Type *byte = lower_basic(l, TYPE_U8);
    lower_set(l, ir_use(l, why), ir_binary(l, OP_OR, byte, ir_use(l, why), more));
}

IrExpr *lower_status_in(Lower *l, IrVar *why, uint64_t bits) {
    Type *byte = lower_basic(l, TYPE_U8);
    return ir_binary(l, OP_AND, byte, ir_use(l, why), ir_int(l, byte, bits));
}

/* A mere cancellation has put nothing into the list. */
static void clear_unless_raised(Lower *l, Attempt *attempt, IrVar *errs) {
    Type *byte = lower_basic(l, TYPE_U8);
    IrStmt *test = lower_add(l, IRS_IF);
    IrExpr *raised = lower_status_in(l, attempt->stmt->u.attempt.why, RAISED);
    test->u.branch.cond = ir_binary(l, OP_EQ, lower_basic(l, TYPE_BOOL), raised, ir_int(l, byte, 0));
    IrBlock *out = l->out;
    l->out = &test->u.branch.then;
    lower_leaves(l, IRL_CLEAR, errs, NULL, NULL);
    l->out = out;
}

/* What the handler itself lets out: its errors go behind the others, its cancellation is added. */
static void handler_unwound(Lower *l, Attempt *outer, Attempt *inner, IrVar *raised) {
    if (raised) {
        clear_unless_raised(l, inner, raised);
        if (!outer->more) outer->more = lower_record(l, IRV_LEAVES, "more");
        outer->more->count += raised->count;
        lower_leaves(l, IRL_ADD, outer->more, raised, NULL);
    }
    add_status(l, outer->stmt->u.attempt.why, lower_status_in(l, inner->stmt->u.attempt.why, CANCELLED));
}

static void lower_handler(Lower *l, Attempt *outer, const Clause *clause, IrVar *errs, IrExpr *to) {
    bind_clause(l, clause, errs);
    IrBlock *out = l->out, aside = {0};
    IrVar *why = outer->stmt->u.attempt.why;
    Handling handling = {.clause = clause, .errs = errs, .why = why, .mixes = outer->fence.mixes};
    Context context = {.outer = l->context, .handling = &handling};
    l->out = &aside;
    Attempt inner;
    attempt_begin(l, &inner, false);
    handling.fence = &inner.fence;
    l->context = &context;
    if (to) lower_block_into(l, clause->block, to);
    else lower_block(l, clause->block);
    l->context = context.outer;
    if (attempt_handle(l, &inner, context.errs)) handler_unwound(l, outer, &inner, context.errs);
    outer->fence.mixes |= inner.fence.unwound;
    l->out = out;
    if (handling.keep) lower_set(l, ir_use(l, handling.keep), ir_bool(l, false));
    else lower_leaves(l, IRL_DROP, NULL, errs, clause);
    for (uint32_t i = 0; i < aside.len; i++) vec_push(l->scratch, l->out, aside.at[i]);
    if (!handling.keep) return;
    IrStmt *test = lower_add(l, IRS_IF);
    test->u.branch.cond = ir_unary(l, IRX_UNARY, lower_basic(l, TYPE_BOOL), ir_use(l, handling.keep));
    test->u.branch.cond->op = OP_NOT;
    l->out = &test->u.branch.then;
    lower_leaves(l, IRL_DROP, NULL, errs, clause);
    l->out = out;
}

/* The errors of `catch* _` are those that no clause before it names: effects has listed them. */
static void lower_clause(Lower *l, Attempt *attempt, const Clause *clause, IrVar *errs, IrExpr *to) {
    if (!clause->errors.len) return;
    l->span = clause->span;
    l->line = lower_line(l, clause->span.at);
    IrStmt *test = lower_add(l, IRS_IF);
    test->u.branch.cond = any_of(l, errs, clause);
    IrBlock *out = l->out;
    l->out = &test->u.branch.then;
    lower_handler(l, attempt, clause, errs, to);
    l->out = out;
}

/* No handler has raised anything yet: said first in the handler, once it is known that one can. */
static void begin_without(Lower *l, IrVar *more) {
    IrStmt *clear = lower_leaves(l, IRL_CLEAR, more, NULL, NULL);
    memmove(l->out->at + 1, l->out->at, (l->out->len - 1) * sizeof *l->out->at);
    l->out->at[0] = clear;
}

/* What was not caught, what handlers raised and a cancellation go on. */
static void go_on(Lower *l, Attempt *attempt, IrVar *errs) {
    IrVar *why = attempt->stmt->u.attempt.why;
    if (attempt->more) {
        lower_leaves(l, IRL_ADD, errs, attempt->more, NULL);
        begin_without(l, attempt->more);
        errs->count += attempt->more->count;
    }
    Type *byte = lower_basic(l, TYPE_U8);
    lower_set(l, ir_use(l, why), lower_status_in(l, why, CANCELLED));
    IrStmt *left = lower_add(l, IRS_IF);
    left->u.branch.cond = any_of(l, errs, NULL);
    IrBlock *out = l->out;
    l->out = &left->u.branch.then;
    add_status(l, why, ir_int(l, byte, RAISED));
    l->out = out;
    IrStmt *test = lower_add(l, IRS_IF);
    test->u.branch.cond = ir_binary(l, OP_NE, lower_basic(l, TYPE_BOOL), ir_use(l, why), ir_int(l, byte, 0));
    l->out = &test->u.branch.then;
    IrStmt *unwind = lower_add(l, IRS_UNWIND);
    unwind->u.unwind.why = why;
    unwind->u.unwind.errs = errs;
    l->out = out;
    lower_unwinds_mixed(l, attempt->fence.mixes);
}

void lower_try(Lower *l, Stmt *stmt) {
    Attempt attempt;
    attempt_begin(l, &attempt, true);
    lower_block(l, stmt->u.attempt.block);
    if (!attempt_handle(l, &attempt, NULL)) return;
    IrVar *errs = lower_errs(l, 1);
    attempt.stmt->u.attempt.errs = errs;
    for (uint32_t i = 0; i < stmt->u.attempt.clauses.len; i++)
        lower_clause(l, &attempt, stmt->u.attempt.clauses.at[i], errs, NULL);
    go_on(l, &attempt, errs);
    l->out = attempt.saved;
}

/* f() catch E { ... }: the block gives the value, or leaves. */
IrExpr *lower_catch(Lower *l, Expr *expr) {
    bool valued = expr->type->kind != TYPE_EMPTY && expr->type->kind != TYPE_NEVER;
    IrExpr *to = NULL;
    if (valued) {
        IrVar *temp = lower_temp(l, expr->type, "t");
        temp->fixed = false;
        to = ir_use(l, temp);
    }
    Attempt attempt;
    attempt_begin(l, &attempt, true);
    if (to) lower_into(l, to, expr->u.caught.of);
    else lower_expr(l, expr->u.caught.of);
    if (!attempt_handle(l, &attempt, NULL)) return to;
    IrVar *errs = lower_errs(l, 1);
    attempt.stmt->u.attempt.errs = errs;
    lower_clause(l, &attempt, expr->u.caught.clause, errs, to);
    go_on(l, &attempt, errs);
    l->out = attempt.saved;
    return to;
}
