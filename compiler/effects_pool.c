/* effects_pool: nurseries, and the references that stand for them: who gets them, and what may be done with their
   scopes. */
#include "effects.h"

static NurseryPlan *plan_of(Effects *e, Stmt *nursery) {
    if (!nursery->u.nursery.plan) nursery->u.nursery.plan = arena_new(e->program->arena, NurseryPlan);
    return nursery->u.nursery.plan;
}

Pool *pool_of(Effects *e, Var *var) {
    var = var_original(var);
    if (var->slot) return e->pools.at[var->slot - 1];
    Pool *pool = arena_new(&e->arena, Pool);
    pool->var = var;
    pool->fn = var->fn;
    if (var->kind == VAR_NURSERY) {
        pool->stmt = var->owner;
        plan_of(e, pool->stmt);
        vec_push(&e->arena, &facts_of(e, pool->fn)->nurseries, pool);
    }
    vec_push(&e->arena, &e->pools, pool);
    var->slot = e->pools.len;
    return pool;
}

Pool *pool_at(Effects *e, const Expr *self) {
    const Expr *named = self;
    while (named->kind == EXPR_REF || named->kind == EXPR_DEREF) named = named->u.operand;
    bool is_nursery = named->type->kind == TYPE_NURSERY || is_nursery_reference(named->type);
    if (named->kind != EXPR_NAME || !named->u.name.var || !is_nursery) return NULL;
    return pool_of(e, named->u.name.var);
}

/* `value` becomes the reference `to`: what is started through that belongs to the nursery. */
void pool_lend(Effects *e, Var *to, const Expr *value) {
    if (!value || !is_nursery_reference(to->type)) return;
    if (value->kind == EXPR_IF) {
        pool_lend(e, to, value_of_block(value->u.branch.then));
        pool_lend(e, to, value_of_block(value->u.branch.other));
        return;
    }
    Pool *pool = pool_at(e, value);
    if (pool) vec_push(&e->arena, &pool->lent_to, pool_of(e, to));
    else wait_refuse_nameless(e, value);
}

void pool_lend_args(Effects *e, const Fn *fn, const ArgList *args) {
    for (uint32_t i = 0; i < args->len && i < fn->params.len; i++) pool_lend(e, fn->params.at[i], args->at[i].value);
}

/* &n  &n.cancel_scope  &s: from here on anything may be done with it. */
void pool_reference(Effects *e, const Expr *ref) {
    const Expr *of = ref->u.operand;
    if (of->type->kind == TYPE_NURSERY) {
        Pool *pool = pool_at(e, of);
        if (!pool || !pool->stmt) return;
        if (pool->lent_at.len == 0) pool->lent_at = ref->span;
        plan_of(e, pool->stmt)->falls_through = true;
        plan_of(e, pool->stmt)->deadline_written = true;
        plan_of(e, pool->stmt)->lent = true;
    } else if (of->type->kind == TYPE_SCOPE) {
        const Var *var = var_original(place_var(of));
        pool_timed(e, of);
        if (var && var->kind == VAR_SCOPE) var->owner->u.scope.lent = true;
        if (var && var->kind == VAR_NURSERY) plan_of(e, var->owner)->lent = true;
    }
}

void pool_deadline(Effects *e, const Expr *to) {
    if (to->kind == EXPR_FIELD && to->u.field.builtin == BUILTIN_FIELD_DEADLINE) pool_timed(e, to->u.field.of);
}

void pool_timed(Effects *e, const Expr *scope) {
    const Var *var = var_original(place_var(scope));
    if (var && var->kind == VAR_SCOPE) var->owner->u.scope.deadline_written = true;
    if (var && var->kind == VAR_NURSERY) plan_of(e, var->owner)->deadline_written = true;
}

void pool_told(Effects *e, const Expr *scope) {
    const Var *var = var_original(place_var(scope));
    e->program->reads_reasons = true;
    if (var && var->kind == VAR_SCOPE) var->owner->u.scope.told = true;
    else if (var && var->kind == VAR_NURSERY) plan_of(e, var->owner)->told = true;
    else e->program->reads_lent_reasons = true;
}
