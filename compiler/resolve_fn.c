/* resolve_fn: functions, and children written in place, which become functions of their own. */
#include "resolve.h"

static bool is_async(FnKind kind) {
    return kind == FN_ASYNC || kind == FN_CHILD || kind == FN_EXTERN_ASYNC || kind == FN_TEST;
}

static void resolve_signature(Resolver *r, Fn *fn) {
    resolve_type(r, fn->result_expr);
    resolve_type(r, fn->starts_expr);
    for (uint32_t i = 0; i < fn->raise_names.len; i++) {
        ErrorDecl *error = find_error(r, fn->raise_modules.at[i], fn->raise_names.at[i], fn->raise_spans.at[i]);
        vec_push(r->arena, &fn->raise_errors, error);
    }
}

/* Statements, with the parameters around them. */
static void resolve_body(Resolver *r, Fn *fn) {
    Fn *outer = r->fn;
    LoopScope *loops = r->loops;
    LocalScope root;
    r->fn = fn;
    r->loops = NULL;
    scope_push(r, &root, fn->body, 0);
    for (uint32_t i = 0; i < fn->params.len; i++) declare(r, fn->params.at[i]);
    resolve_block(r, fn->body);
    scope_pop(r);
    r->loops = loops;
    r->fn = outer;
}

void resolve_fn(Resolver *r, Fn *fn) {
    fn->module = r->module;
    fn->is_async = is_async(fn->kind);
    vec_push(r->arena, &r->program->fns, fn);
    resolve_signature(r, fn);
    for (uint32_t i = 0; i < fn->params.len; i++) resolve_type(r, fn->params.at[i]->written);
    resolve_body(r, fn);
}

/* The captures were found while the body was resolved: put them in front. */
static void put_captures_first(Resolver *r, Fn *fn) {
    VarList all = {0};
    for (uint32_t i = 0; i < fn->params.len; i++) vec_push(r->arena, &all, fn->params.at[i]);
    for (uint32_t i = 0; i < fn->locals.len; i++) vec_push(r->arena, &all, fn->locals.at[i]);
    fn->locals = all;
}

void resolve_walk_child(Resolver *r, Expr *call) {
    ChildStart *child = call->u.call.child;
    if (child->block) {
        Fn *fn = child->fn = arena_new(r->arena, Fn);
        fn->kind = FN_CHILD;
        fn->span = fn->head = call->u.call.callee->span;
        fn->body = child->block;
        fn->module = r->module;
        fn->parent = r->fn;
        fn->is_async = fn->raises_inferred = true;
        vec_push(r->arena, &r->program->fns, fn);
        resolve_body(r, fn);
        put_captures_first(r, fn);
    }
    if (child->as) {
        child->as_var = ast_var(r->arena, VAR_TASK, child->as, last_word(r, call->span, child->as));
        if (r->scope) declare(r, child->as_var);
    }
}
