/* check_group: the arms of race and together: calls of async functions, without `await`, and blocks. An arm that waits for
   something built in becomes a call of a function made here, which lends what it waits on:

       race { rx.receive(); ... }        async fn child(self: &Receiver<T>) -> T { return await self.receive(); }
                                         race { child(&rx); ... } */
#include "check.h"
#include "tree.h"

/* ---- what is built in ---- */

static Expr *use_param(Checker *c, Fn *fn, const char *name, Type *type, Span span) {
    Var *param = ast_var(c->arena, VAR_PARAM, name_str(c->program->names, name), span);
    param->type = type;
    param->fn = fn;
    param->block = fn->body;
    param->used = true;
    vec_push(c->arena, &fn->params, param);
    vec_push(c->arena, &fn->locals, param);
    Expr *use = ast_expr(c->arena, EXPR_NAME, span);
    use->u.name.name = param->name;
    use->u.name.var = param;
    use->type = type;
    return use;
}

/* What the child gets of the object that it waits on: a reference. */
static Expr *lend(Checker *c, Expr *self) {
    if (self->type->kind == TYPE_REF) return self;
    Expr *ref = ast_expr(c->arena, EXPR_REF, self->span);
    ref->mut = true;
    ref->u.operand = self;
    ref->type = type_of_elem(c->types, TYPE_REF, self->type, true);
    mark_borrowed(storage_of(self).root);
    return ref;
}

static Fn *make_child(Checker *c, const Expr *call) {
    Fn *fn = arena_new(c->arena, Fn);
    fn->kind = FN_CHILD;
    fn->name = name_str(c->program->names, builtin_name((Builtin)call->u.call.builtin));
    fn->span = fn->head = call->span;
    fn->module = c->at.module;
    fn->parent = c->at.fn;
    fn->is_async = fn->raises_inferred = true;
    fn->state = FN_RIGHT;
    fn->body = arena_new(c->arena, Block);
    fn->body->span = call->span;
    fn->result = call->type->kind == TYPE_NEVER ? c->empty : call->type;
    vec_push(c->arena, &c->program->fns, fn);
    return fn;
}

static void fill_child(Checker *c, Fn *fn, Expr *inner) {
    Expr *await = ast_expr(c->arena, EXPR_AWAIT, inner->span);
    await->u.operand = inner;
    await->type = inner->type;
    Stmt *stmt = ast_stmt(c->arena, fn->result == c->empty ? STMT_EXPR : STMT_RETURN, inner->span);
    stmt->has_semicolon = true;
    stmt->u.expr = await;
    vec_push(c->arena, &fn->body->stmts, stmt);
}

static Expr *wrap(Checker *c, const Expr *call) {
    Fn *fn = make_child(c, call);
    Expr *inner = ast_expr(c->arena, EXPR_CALL, call->span), *outer = ast_expr(c->arena, EXPR_CALL, call->span);
    inner->u.call = call->u.call;
    inner->u.call.args.at = NULL;
    inner->u.call.args.len = inner->u.call.args.capacity = 0;
    inner->type = call->type;
    inner->awaited = true;
    outer->u.call.callee = call->u.call.callee;
    outer->u.call.what = CALL_FN;
    outer->u.call.to.fn = fn;
    outer->type = fn->result;
    if (call->u.call.self) {
        Arg arg = {.value = lend(c, call->u.call.self)};
        vec_push(c->arena, &outer->u.call.args, arg);
        inner->u.call.self = use_param(c, fn, "object", arg.value->type, call->span);
    }
    for (uint32_t i = 0; i < call->u.call.args.len; i++) {
        Arg arg = call->u.call.args.at[i];
        bool is_sent = call->u.call.builtin == BUILTIN_SEND;
        Type *type = is_sent ? type_behind(call->u.call.self->type)->elem : arg.value->type;
        vec_push(c->arena, &outer->u.call.args, arg);
        Arg passed = {.value = use_param(c, fn, "value", type, call->span)};
        vec_push(c->arena, &inner->u.call.args, passed);
    }
    fill_child(c, fn, inner);
    return outer;
}

/* ---- what can be an arm ---- */

static bool can_run(const Expr *call) {
    if (call->u.call.what == CALL_FN) return call->u.call.to.fn->is_async;
    if (call->u.call.what != CALL_BUILTIN) return false;
    switch ((Builtin)call->u.call.builtin) {
    case BUILTIN_SLEEP: case BUILTIN_SLEEP_UNTIL: case BUILTIN_SLEEP_FOREVER: case BUILTIN_CHECKPOINT:
    case BUILTIN_SEND: case BUILTIN_RECEIVE: case BUILTIN_EVENT_WAIT: return true;
    case BUILTIN_ACQUIRE: return type_behind(call->u.call.self->type)->kind == TYPE_SEMAPHORE;
    default: return false;
    }
}

static void refuse(Checker *c, Span span, const char *word) {
    Diag *diag = diag_add(c->diags, CODE_E0235, span, "an arm of `%s` is a call of an async function, or a block", word);
    if (str_is(str_of(word), "race")) return;
    diag_note(c->diags, diag, "`let x = f();` binds what the call gives, when all have ended");
}

static void find_await(void *found, Expr *expr) {
    Span *span = found;
    if (expr->kind == EXPR_AWAIT && !span->len) *span = expr->span;
    expr_parts(expr, find_await, found);
}

/* Whose call may be started; all has a type. */
static void check_call_arm(Checker *c, Expr *start, const char *word) {
    Expr *call = start->u.call.args.at[0].value;
    if (is_wrong(call->type)) return;
    if (call->kind != EXPR_CALL || !can_run(call)) {
        refuse(c, call->span, word);
        return;
    }
    Span await = {0};
    expr_parts(call, find_await, &await);
    if (await.len) {
        Diag *diag = diag_add(c->diags, CODE_E0235, await, "what an arm of `%s` is given cannot be waited for", word);
        diag_note(c->diags, diag, "the arms before it would be running already: bind it by `let` before the `%s`", word);
    }
    if (call->u.call.what == CALL_BUILTIN) start->u.call.args.at[0].value = wrap(c, call);
}

static bool has_await(Checker *c, Expr *call, const char *word) {
    if (call->kind != EXPR_AWAIT) return false;
    Diag *diag = diag_add(c->diags, CODE_E0235, call->span, "calls in `%s` are written without `await`", word);
    Span await = {call->span.at, call->u.operand->span.at - call->span.at};
    diag_fix(c->diags, diag, await, STR(""), "leave `await` out: they all run at once");
    return true;
}

static void check_arm(Checker *c, Stmt *arm, Expr *start, bool together) {
    const char *word = together ? "together" : "race";
    bool is_let = arm->kind == STMT_LET && !arm->u.let.is_static && arm->u.let.value;
    bool is_call = arm->kind == STMT_EXPR || (together && (is_let || arm->kind == STMT_DROP));
    start->type = c->empty;
    start->u.call.self->type = start->u.call.self->u.name.var->type;
    if (arm->kind == STMT_BLOCK) {
        check_child(c, start);
        return;
    }
    if (!is_call) {
        refuse(c, arm->span, word);
        for (uint32_t i = 0; is_let && i < arm->u.let.vars.len; i++) arm->u.let.vars.at[i]->type = c->error;
        return;
    }
    Expr *call = start->u.call.args.at[0].value;
    bool awaits = has_await(c, call, word);
    if (call->kind == EXPR_CALL) call->awaited = true;
    if (is_let) check_let(c, arm);
    else if (arm->kind == STMT_EXPR && together) check_expr_stmt(c, arm);
    else check_expr(c, call, NULL);
    if (!awaits) check_call_arm(c, start, word);
}

Type *check_group(Checker *c, const Group *group, Span span, bool together) {
    Stmt *nursery = group->nursery;
    nursery->u.nursery.var->type = type_basic(c->types, TYPE_NURSERY);
    const Block *arms = group->block;
    for (uint32_t i = 0; i < arms->stmts.len; i++) {
        check_arm(c, arms->stmts.at[i], nursery->u.nursery.block->stmts.at[i]->u.expr, together);
    }
    if (arms->stmts.len == 0) {
        diag_add(c->diags, CODE_E0235, span, "this `%s` has no arms: it runs nothing", together ? "together" : "race");
    }
    Type *value = race_value(group);
    return value ? value : c->i32;
}
