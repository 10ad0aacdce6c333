/* lower_region: what has an end that must be kept: cancel scopes, nurseries, locks, handles.

       move_on_after 5s as s { body } else { other }
           enter s; region scope s { body }          -- absorbs its own cancellation
           if (s caught) { other }

       fail_after 5s { body }     enter s; region scope s { body }  if (s caught) raise TooSlow;

       nursery n { body }         open n; region nursery n { body }  -- joins, closes

       async with lock { body }   acquire lock; region { body } cleanup { release lock } */
#include "lower.h"

void region_begin(Lower *l, RegionScope *scope, IrRegionKind kind) {
    IrStmt *stmt = lower_add(l, IRS_REGION);
    IrRegion *region = arena_new(l->scratch, IrRegion);
    region->kind = kind;
    region->number = ++l->fn->region_count;
    region->why = lower_record(l, IRV_WHY, "why");
    stmt->u.region = region;
    *scope = (RegionScope){.region = region, .stmt = stmt, .saved = l->out};
    scope->fence = (Fence){.outer = l->fences, .kind = FENCE_REGION, .region = region};
    l->fences = &scope->fence;
    l->out = &region->body;
}

void region_end(Lower *l, RegionScope *scope) {
    l->fences = scope->fence.outer;
    l->out = scope->saved;
    scope->region->errs = l->context->errs;
    if (scope->region->unwinds) lower_unwinds_mixed(l, scope->fence.mixes);
}

void cleanup_begin(Lower *l, RegionScope *scope, Context *context, Fence *fence) {
    *context = (Context){.outer = l->context};
    *fence = (Fence){.outer = l->fences, .kind = FENCE_CLEANUP, .region = scope->region};
    l->context = context;
    l->fences = fence;
    l->out = &scope->region->cleanup;
    l->head = false;
}

void cleanup_end(Lower *l, RegionScope *scope, Context *context, Fence *fence) {
    l->context = context->outer;
    l->fences = fence->outer;
    l->out = scope->saved;
    if (!fence->unwound) return;
    scope->region->unwinds = true; /* a wait in the cleanup can be cancelled */
    lower_unwinds(l);
}

void lower_close(Lower *l, IrExpr *place) {
    Type *type = place->type;
    if (type->kind == TYPE_SENDER || type->kind == TYPE_RECEIVER) {
        lower_do(l, ir_op(l, type->kind == TYPE_SENDER ? IROP_SENDER_CLOSE : IROP_RECEIVER_CLOSE, NULL, place, NULL));
    } else if (type->kind == TYPE_STRUCT) {
        for (uint32_t i = type->structure->fields.len; i-- > 0;) {
            Type *field = type->structure->fields.at[i].type;
            if (field->handle) lower_close(l, ir_part(l, IRX_FIELD, field, place, i, NULL));
        }
    } else if (type->kind == TYPE_ARRAY) {
        ElementLoop loop;
        element_loop_begin(l, &loop, type->count);
        lower_close(l, element_at(l, place, &loop));
        element_loop_end(l, &loop);
    } else if (type->kind == TYPE_TUPLE) {
        for (uint32_t i = type->items.len; i-- > 0;) {
            Type *item = type->items.at[i];
            if (item->handle) lower_close(l, ir_part(l, IRX_FIELD, item, place, i, NULL));
        }
    }
}

/* ---- cancel scopes ----------------------------------------------------------------------------------------------- */

static bool is_timed(const Stmt *stmt) {
    return stmt->u.scope.deadline_written || stmt->u.scope.time;
}

static IrStmt *enter(Lower *l, const Stmt *stmt, IrVar *var) {
    bool at = stmt->u.scope.kind == SCOPE_MOVE_ON_AT || stmt->u.scope.kind == SCOPE_FAIL_AT;
    IrExpr *time = NULL;
    if (stmt->u.scope.time && at) time = lower_as(l, stmt->u.scope.time, lower_basic(l, TYPE_INSTANT));
    else if (stmt->u.scope.time) time = lower_wait_time(l, stmt->u.scope.time);
    IrStmt *entering = lower_add(l, IRS_SCOPE_ENTER);
    entering->u.scope.var = var;
    entering->u.scope.time = time;
    entering->u.scope.at = at;
    entering->u.scope.soft = stmt->u.scope.kind == SCOPE_SOFT;
    entering->u.scope.shield = stmt->u.scope.shield || stmt->u.scope.kind == SCOPE_SHIELD;
    return entering;
}

/* It notes from here on why it is cancelled. */
static void tell(Lower *l, const IrVar *var, IrExpr *scope) {
    if (var->told) lower_do(l, ir_op(l, IROP_TELL, NULL, scope, NULL));
}

void lower_scope(Lower *l, Stmt *stmt) {
    IrVar *var = stmt->u.scope.var ? lower_var(l, stmt->u.scope.var) : lower_record(l, IRV_SCOPE, "scope");
    var->timed = is_timed(stmt);
    var->told = stmt->u.scope.told || (stmt->u.scope.lent && l->program->reads_lent_reasons);
    uint32_t line = l->line;
    enter(l, stmt, var);
    RegionScope scope;
    region_begin(l, &scope, IR_REGION_SCOPE);
    scope.region->var = var;
    tell(l, var, ir_address(l, ir_use(l, var)));
    lower_block(l, stmt->u.scope.block);
    region_end(l, &scope);
    bool fails = stmt->u.scope.kind == SCOPE_FAIL_AFTER || stmt->u.scope.kind == SCOPE_FAIL_AT;
    if (!fails && !stmt->u.scope.other) return;
    l->line = line;
    IrStmt *test = lower_add(l, IRS_IF);
    test->u.branch.cond = ir_op(l, IROP_CANCELLED_CAUGHT, lower_basic(l, TYPE_BOOL), ir_address(l, ir_use(l, var)), NULL);
    IrBlock *out = l->out;
    l->out = &test->u.branch.then;
    if (fails) lower_raise_builtin(l, BUILTIN_ERROR_TOO_SLOW);
    else lower_block(l, stmt->u.scope.other);
    l->out = out;
}

/* ---- nurseries --------------------------------------------------------------------------------------------------- */

static IrVar *slots(Lower *l, uint32_t count) {
    IrVar *var = lower_record(l, IRV_SLOTS, "slots");
    var->count = count;
    return var;
}

static void add_kind(Lower *l, IrVar *var, IrChild child) {
    for (uint32_t i = 0; i < var->children.len; i++) {
        if (var->children.at[i].fn == child.fn && var->children.at[i].scoped == child.scoped) return;
    }
    vec_push(l->scratch, &var->children, child);
}

static void make_slots(Lower *l, const struct NurseryPlan *plan, IrVarList *into) {
    if (!plan->sites.len) return;
    if (plan->pool) vec_push(l->scratch, into, slots(l, plan->pool));
    if (plan->pool) into->at[0]->pool = true;
    for (uint32_t i = 0; i < plan->sites.len; i++) {
        if (!plan->pool) vec_push(l->scratch, into, slots(l, plan->sites.at[i].copies));
        const StartSite *site = &plan->sites.at[i];
        add_kind(l, into->at[into->len - 1], (IrChild){lower_fn_of(l, site->fn), site->scoped});
    }
}

void lower_nursery(Lower *l, Stmt *stmt) {
    const struct NurseryPlan *plan = stmt->u.nursery.plan;
    IrVar *var = lower_var(l, stmt->u.nursery.var);
    var->lent = plan->deadline_written || (plan->pool && stmt->u.nursery.var->address_taken);
    var->told = plan->told || (plan->lent && l->program->reads_lent_reasons);
    IrVar *leaves = NULL;
    if (plan->leaf_max) {
        leaves = lower_record(l, IRV_LEAVES, "leaves");
        leaves->count = plan->leaf_max;
    }
    NurseryHome home = {.outer = l->nurseries, .stmt = stmt};
    make_slots(l, plan, &home.slots);
    IrStmt *open = lower_add(l, IRS_NURSERY_OPEN);
    open->u.nursery.var = var;
    open->u.nursery.leaves = leaves;
    open->u.nursery.slots = home.slots;
    RegionScope scope;
    region_begin(l, &scope, IR_REGION_NURSERY);
    scope.region->var = var;
    scope.region->leaves = leaves;
    scope.region->slots = home.slots;
    home.region = scope.region;
    l->nurseries = &home;
    tell(l, var, ir_op(l, IROP_NURSERY_SCOPE, NULL, ir_address(l, ir_use(l, var)), NULL));
    lower_block(l, stmt->u.nursery.block);
    l->nurseries = home.outer;
    lower_errs(l, plan->leaf_max);
    scope.region->unwinds = true;
    scope.fence.mixes |= plan->leaf_max > 0;
    region_end(l, &scope);
}

/* ---- async with -------------------------------------------------------------------------------------------------- */

typedef struct Acquiring { IrWaitOp acquire; IrOp release; } Acquiring;

static Acquiring acquiring(const Type *type) {
    switch (type->kind) {
    case TYPE_SEMAPHORE: return (Acquiring){IRW_SEMAPHORE_ACQUIRE, IROP_SEMAPHORE_RELEASE};
    case TYPE_SEQUENCER: return (Acquiring){IRW_SEQUENCER_ENTER, IROP_SEQUENCER_LEAVE};
    case TYPE_LIMITER: return (Acquiring){IRW_LIMITER_ACQUIRE, IROP_LIMITER_RELEASE};
    default: return (Acquiring){IRW_LOCK_ACQUIRE, IROP_LOCK_RELEASE};
    }
}

void lower_with(Lower *l, Stmt *stmt) {
    IrExpr *object = lower_stable(l, lower_object(l, stmt->u.with.resource));
    Type *type = type_seen(stmt->u.with.resource->type);
    if (type->kind == TYPE_CONDITION) object = lower_lock_of(l, object);
    Acquiring how = acquiring(type);
    Expr *position = stmt->u.with.position;
    IrExpr *number = position ? lower_stable(l, lower_as(l, position, lower_basic(l, TYPE_U32))) : NULL;
    lower_wait(l, how.acquire, NULL, object, NULL);
    IrStmt *entered = l->out->at[l->out->len - 1];
    if (number) vec_push(l->scratch, &entered->u.await.args, number);
    IrVar *holder = entered->u.await.wait;
    RegionScope scope;
    region_begin(l, &scope, IR_REGION_CLEANUP);
    lower_block(l, stmt->u.with.block);
    region_end(l, &scope);
    Context context;
    Fence fence;
    cleanup_begin(l, &scope, &context, &fence);
    IrExpr *held = how.acquire == IRW_LIMITER_ACQUIRE ? ir_unary(l, IRX_ADDRESS, NULL, ir_use(l, holder)) : NULL;
    lower_do(l, ir_op(l, how.release, NULL, object, held));
    cleanup_end(l, &scope, &context, &fence);
}
