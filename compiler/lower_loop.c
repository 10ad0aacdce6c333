/* lower_loop: loops and the jumps out of them.

       for i in a..b { body }          i = a; end = b; loop (i < end) { body } step { i = i + 1 }
       for i in a..=b { body }         the same, with a test before the step, as b may be the type's last value
       for x in list { body }          at = 0; loop (at < list.len) { x = list[at]; body } step { at = at + 1 }
       every d as late { body }        beat = now(); late = 0; loop { await sleep_until(beat); body }
                                                                step { late = next_beat(&beat, d) }
       async for x in rx { body }      loop { x = await receive(rx), or at the end: ends = true; if (ends) break; body } */
#include "lower.h"

static void fence_push(Lower *l, Fence *fence, const Stmt *source, IrStmt *loop) {
    *fence = (Fence){.outer = l->fences, .kind = FENCE_LOOP, .source_loop = source, .loop = loop};
    l->fences = fence;
}

static void fence_pop(Lower *l) { l->fences = l->fences->outer; }

static IrStmt *loop_begin(Lower *l, Fence *fence, const Stmt *source) {
    IrStmt *loop = lower_add(l, IRS_LOOP);
    loop->u.loop.number = ++l->fn->loop_count;
    fence_push(l, fence, source, loop);
    return loop;
}

static IrExpr *negated(Lower *l, IrExpr *cond) {
    IrExpr *made = ir_unary(l, IRX_UNARY, cond->type, cond);
    made->op = OP_NOT;
    return made;
}

static void break_if(Lower *l, IrExpr *cond, IrStmt *loop) {
    IrStmt *test = lower_add(l, IRS_IF);
    test->u.branch.cond = cond;
    IrBlock *out = l->out;
    l->out = &test->u.branch.then;
    lower_add(l, IRS_BREAK)->u.jump.target = loop;
    l->out = out;
}

void lower_while(Lower *l, Stmt *stmt) {
    Fence fence;
    IrStmt *loop = loop_begin(l, &fence, stmt);
    IrBlock *out = l->out;
    l->out = &loop->u.loop.body;
    if (stmt->kind == STMT_WHILE) {
        IrExpr *cond = lower_expr(l, stmt->u.loop.cond);
        if (loop->u.loop.body.len) break_if(l, negated(l, cond), loop);
        else loop->u.loop.cond = cond;
    }
    lower_block(l, stmt->u.loop.block);
    l->out = out;
    fence_pop(l);
}

static void add_one(Lower *l, IrVar *var) {
    Type *type = var->type;
    lower_set(l, ir_use(l, var), ir_binary(l, OP_WADD, type, ir_use(l, var), ir_int(l, type, 1)));
}

static bool has_room_above(const IrExpr *end, const Type *type) {
    if (end->kind != IRX_INT) return false;
    uint32_t bits = type_bits(type) - (type_is_signed(type) ? 1 : 0);
    uint64_t most = type->kind == TYPE_USIZE ? 0xffff : bits == 64 ? UINT64_MAX : ((uint64_t)1 << bits) - 1;
    return type_is_signed(type) ? (int64_t)end->u.integer < (int64_t)most : end->u.integer < most;
}

static void lower_range(Lower *l, Stmt *stmt) {
    Expr *range = stmt->u.each.in;
    IrVar *i = lower_var(l, stmt->u.each.var);
    Type *type = i->type;
    i->fixed = false;
    IrExpr *low = lower_as(l, range->u.binary.left, type);
    uint32_t mark = l->out->len;
    IrExpr *end = lower_as(l, range->u.binary.right, type);
    low = lower_before(l, mark, low);
    end = lower_stable(l, end);
    lower_set(l, ir_use(l, i), low);
    bool careful = range->inclusive && !has_room_above(end, type);
    Type *truth = lower_basic(l, TYPE_BOOL);
    Fence fence;
    IrStmt *loop = loop_begin(l, &fence, stmt);
    loop->u.loop.cond = ir_binary(l, range->inclusive ? OP_LE : OP_LT, truth, ir_use(l, i), end);
    IrBlock *out = l->out;
    l->out = &loop->u.loop.body;
    lower_block(l, stmt->u.each.block);
    l->out = &loop->u.loop.step;
    if (careful) break_if(l, ir_binary(l, OP_EQ, truth, ir_use(l, i), end), loop);
    add_one(l, i);
    l->out = out;
    fence_pop(l);
}

static IrExpr *sequence(Lower *l, Expr *in) {
    IrExpr *place = lower_place(l, in);
    if (place->type && place->type->kind == TYPE_REF) return ir_unary(l, IRX_DEREF, place->type->elem, lower_stable(l, place));
    bool simple = place->kind == IRX_VAR || place->kind == IRX_GLOBAL || place->kind == IRX_DEREF || place->kind == IRX_FIELD;
    return simple ? place : lower_stable(l, place);
}

static void lower_each(Lower *l, Stmt *stmt) {
    IrExpr *in = sequence(l, stmt->u.each.in);
    Type *index_type = lower_basic(l, TYPE_USIZE), *truth = lower_basic(l, TYPE_BOOL);
    IrVar *at = lower_temp(l, index_type, "at");
    at->fixed = false;
    lower_set(l, ir_use(l, at), ir_int(l, index_type, 0));
    Fence fence;
    IrStmt *loop = loop_begin(l, &fence, stmt);
    loop->u.loop.cond = ir_binary(l, OP_LT, truth, ir_use(l, at), ir_op(l, IROP_LEN, index_type, in, NULL));
    IrBlock *out = l->out;
    l->out = &loop->u.loop.body;
    IrVar *item = lower_var(l, stmt->u.each.var);
    IrExpr *element = ir_unary(l, IRX_INDEX, item->type, in);
    element->u.of.b = ir_use(l, at);
    element->sure = true;
    lower_set(l, ir_use(l, item), element);
    if (stmt->u.each.index) {
        IrVar *index = lower_var(l, stmt->u.each.index);
        IrExpr *count = ir_use(l, at);
        if (index->type != index_type) {
            count = ir_unary(l, IRX_CONVERT, index->type, count);
            count->convert = IR_CHECK;
        }
        lower_set(l, ir_use(l, index), count);
    }
    lower_block(l, stmt->u.each.block);
    l->out = &loop->u.loop.step;
    add_one(l, at);
    l->out = out;
    fence_pop(l);
}

void lower_for(Lower *l, Stmt *stmt) {
    if (stmt->u.each.in->kind == EXPR_RANGE) lower_range(l, stmt);
    else lower_each(l, stmt);
}

/* The period, found once. */
static IrExpr *period_of(Lower *l, Expr *time) {
    IrExpr *period = lower_stable(l, lower_wait_time(l, time));
    if (period->kind == IRX_INT) return period;
    Type *duration = lower_basic(l, TYPE_DURATION), *boolean = lower_basic(l, TYPE_BOOL);
    IrExpr *positive = ir_binary(l, OP_GT, boolean, period, ir_int(l, duration, 0));
    lower_check(l, positive, NULL, STR("a period is longer than nothing"));
    if (l->ir->ticks.bits == 64) return period;
    IrExpr *near = ir_binary(l, OP_LE, boolean, period, ir_int(l, duration, (uint64_t)ticks_far(l->ir->ticks)));
    lower_check(l, near, NULL, STR("a period is shorter than half the clock's range"));
    return period;
}

void lower_every(Lower *l, Stmt *stmt) {
    IrExpr *period = period_of(l, stmt->u.every.time);
    Type *instant = lower_basic(l, TYPE_INSTANT), *count = lower_basic(l, TYPE_U32);
    IrVar *beat = lower_temp(l, instant, "beat"), *late = stmt->u.every.late ? lower_var(l, stmt->u.every.late) : NULL;
    beat->fixed = false;
    lower_set(l, ir_use(l, beat), ir_op(l, IROP_NOW, instant, NULL, NULL));
    if (late) late->fixed = false;
    if (late) lower_set(l, ir_use(l, late), ir_int(l, count, 0));
    Fence fence;
    IrStmt *loop = loop_begin(l, &fence, stmt);
    IrBlock *out = l->out;
    l->out = &loop->u.loop.body;
    lower_wait(l, IRW_SLEEP_UNTIL, NULL, ir_use(l, beat), NULL);
    lower_block(l, stmt->u.every.block);
    l->out = &loop->u.loop.step;
    IrExpr *missed = ir_op(l, IROP_NEXT_BEAT, count, ir_address(l, ir_use(l, beat)), period);
    if (late) lower_set(l, ir_use(l, late), missed);
    else lower_do(l, missed);
    l->out = out;
    fence_pop(l);
}

static void receive_loop(Lower *l, Stmt *stmt, IrExpr *handle) {
    Fence fence;
    IrStmt *loop = loop_begin(l, &fence, stmt);
    IrBlock *out = l->out;
    l->out = &loop->u.loop.body;
    IrVar *item = lower_var(l, stmt->u.each.var);
    item->fixed = false;
    IrVar *ends = lower_temp(l, lower_basic(l, TYPE_BOOL), "ends");
    IrStmt *wait = lower_add(l, IRS_AWAIT);
    wait->u.await.op = IRW_RECEIVE;
    vec_push(l->scratch, &wait->u.await.args, handle);
    wait->u.await.to = ir_use(l, item);
    wait->u.await.wait = lower_record(l, IRV_CHANNEL_WAIT, "wait");
    wait->u.await.ends = ends;
    lower_unwinds(l);
    break_if(l, ir_use(l, ends), loop);
    lower_block(l, stmt->u.each.block);
    l->out = out;
    fence_pop(l);
}

/* The handle is lent by a variable, or made here and closed after the loop. */
void lower_async_for(Lower *l, Stmt *stmt) {
    Expr *in = stmt->u.each.in;
    if (in->kind != EXPR_CALL) {
        in->moves = false;
        IrExpr *place = lower_place(l, in);
        if (place->type->kind == TYPE_REF) place = ir_unary(l, IRX_DEREF, place->type->elem, place);
        if (place->kind == IRX_INDEX) place->u.of.b = lower_stable(l, place->u.of.b);
        receive_loop(l, stmt, place);
        return;
    }
    IrVar *handle = lower_temp(l, in->type, "receiver");
    lower_into(l, ir_use(l, handle), in);
    RegionScope scope;
    region_begin(l, &scope, IR_REGION_CLEANUP);
    receive_loop(l, stmt, ir_use(l, handle));
    region_end(l, &scope);
    Context context;
    Fence fence;
    cleanup_begin(l, &scope, &context, &fence);
    lower_close(l, ir_use(l, handle));
    cleanup_end(l, &scope, &context, &fence);
}

/* ---- jumps ------------------------------------------------------------------------------------------------------- */

static void add_exit(Lower *l, IrRegion *region, IrExitKind kind, IrStmt *target) {
    for (uint32_t i = 0; i < region->exits.len; i++)
        if (region->exits.at[i].kind == kind && region->exits.at[i].target == target) return;
    vec_push(l->scratch, &region->exits, ((IrExit){kind, target}));
}

void lower_jump(Lower *l, Stmt *stmt) {
    IrExitKind kind = stmt->kind == STMT_BREAK ? IR_EXIT_BREAK : IR_EXIT_CONTINUE;
    Fence *end = l->fences;
    while (end && !(end->kind == FENCE_LOOP && end->source_loop == stmt->u.jump.target)) end = end->outer;
    if (!end) return;
    lower_leave_handlers(l, end);
    for (Fence *fence = l->fences; fence != end; fence = fence->outer)
        if (fence->kind == FENCE_REGION) add_exit(l, fence->region, kind, end->loop);
    lower_add(l, kind == IR_EXIT_BREAK ? IRS_BREAK : IRS_CONTINUE)->u.jump.target = end->loop;
}

void lower_return(Lower *l, Stmt *stmt) {
    if (stmt->u.expr) {
        if (l->fn->result) lower_into(l, ir_use(l, l->fn->result), stmt->u.expr);
        else lower_expr(l, stmt->u.expr);
    }
    lower_leave_handlers(l, NULL);
    for (Fence *fence = l->fences; fence; fence = fence->outer)
        if (fence->kind == FENCE_REGION) add_exit(l, fence->region, IR_EXIT_RETURN, NULL);
    lower_add(l, IRS_RETURN);
}
