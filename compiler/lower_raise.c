/* lower_raise: what leaves a handler, and raising.

       return;   in a handler whose errors may have come with a cancellation:    if (why & CANCELLED) unwind; return;
       raise;    keep = true; unwind RAISED          -- its leaves have stayed where they are; the handler's end asks `keep`
       raise E;  errs = one leaf; unwind RAISED */
#include "lower.h"

/* Unwinds with a status that is known here. */
static void unwind_with(Lower *l, uint64_t status, IrVar *errs) {
    IrVar *why = lower_record(l, IRV_WHY, "why");
    lower_set(l, ir_use(l, why), ir_int(l, lower_basic(l, TYPE_U8), status));
    IrStmt *unwind = lower_add(l, IRS_UNWIND);
    unwind->u.unwind.why = why;
    unwind->u.unwind.errs = errs;
    lower_unwinds(l);
}

static void leave_handler(Lower *l, const Handling *handling) {
    if (!handling->mixes) return;
    IrStmt *test = lower_add(l, IRS_IF);
    IrExpr *cancelled = lower_status_in(l, handling->why, CANCELLED);
    test->u.branch.cond = ir_binary(l, OP_NE, lower_basic(l, TYPE_BOOL), cancelled, ir_int(l, cancelled->type, 0));
    IrBlock *out = l->out;
    l->out = &test->u.branch.then;
    unwind_with(l, CANCELLED, NULL);
    l->out = out;
}

void lower_leave_handlers(Lower *l, const Fence *end) {
    const Context *context = l->context;
    for (const Fence *fence = l->fences; fence != end; fence = fence->outer) {
        while (context && !context->handling) context = context->outer;
        if (!context) return;
        if (fence != context->handling->fence) continue;
        leave_handler(l, context->handling);
        context = context->outer;
    }
}

/* ---- raise ------------------------------------------------------------------------------------------------------- */

static ErrorDecl *error_of(const Expr *expr) {
    if (expr->kind == EXPR_CALL) return expr->u.call.to.error;
    return expr->kind == EXPR_NAME ? expr->u.name.item->u.error : expr->u.field.item->u.error;
}

/* Between here and the end of the handler stands another try: its clauses may take the leaves. */
static bool is_inside_another_try(const Lower *l, const Handling *handling) {
    const Fence *fence = l->fences;
    while (fence != handling->fence && fence->kind != FENCE_TRY) fence = fence->outer;
    return fence != handling->fence;
}

/* raise;  in a handler: its leaves stay where they are in the collection; inside another try they are raised there. */
static void raise_again(Lower *l) {
    Context *context = l->context;
    while (context && !context->handling) context = context->outer;
    if (!context) return;
    Handling *handling = context->handling;
    if (!handling->keep) {
        handling->keep = lower_temp(l, lower_basic(l, TYPE_BOOL), "keep");
        handling->keep->fixed = false;
    }
    IrVar *errs = context->errs;
    if (is_inside_another_try(l, handling)) {
        errs = lower_errs(l, handling->errs->count);
        lower_leaves(l, IRL_TAKE, errs, handling->errs, handling->clause);
    } else {
        lower_set(l, ir_use(l, handling->keep), ir_bool(l, true));
        if (errs) lower_leaves(l, IRL_CLEAR, errs, NULL, NULL);
    }
    unwind_with(l, RAISED, errs);
}

void lower_raise(Lower *l, Stmt *stmt) {
    Expr *expr = stmt->u.raise.error;
    if (!expr) {
        raise_again(l);
        return;
    }
    ErrorDecl *error = error_of(expr);
    IrExprList fields = {0};
    if (expr->kind == EXPR_CALL) {
        VarList params = {0};
        for (uint32_t i = 0; i < error->fields.len; i++) {
            Var *param = ast_var(l->scratch, VAR_PARAM, error->fields.at[i].name, error->fields.at[i].span);
            param->type = error->fields.at[i].type;
            vec_push(l->scratch, &params, param);
        }
        lower_args(l, &fields, &expr->u.call.args, &params);
    }
    l->line = lower_line(l, stmt->span.at);
    IrStmt *raise = lower_add(l, IRS_RAISE);
    raise->u.raise.error = error;
    raise->u.raise.fields = fields;
    raise->u.raise.site = lower_site(l, error);
    raise->u.raise.errs = lower_errs(l, 1);
    lower_unwinds(l);
}
