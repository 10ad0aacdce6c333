/* emit_region: bodies with a cleanup, nurseries, cancel scopes, and handlers.

       region { body } cleanup { ... }           body
                                                 why_1 = TR_DONE;       -- if other ways lead to the label
                                             cleanup_1:
                                                 ...
                                                 if (why_1 != TR_DONE) return why_1;

   A way out is a number: 0 through the end; a tr_status, of what unwinds; 8, 16 ... of jumps. Nothing is noted where
   there is one way only. */
#include "emit_internal.h"

/* ---- where control goes ---- */

static bool breaks_out(const IrBlock *block, const IrStmt *loop);

static bool breaks_in(const IrStmt *stmt, const IrStmt *loop) {
    switch ((IrStmtKind)stmt->kind) {
    case IRS_BREAK: return stmt->u.jump.target == loop;
    case IRS_IF: return breaks_out(&stmt->u.branch.then, loop) || breaks_out(&stmt->u.branch.other, loop);
    case IRS_LOOP: return breaks_out(&stmt->u.loop.body, loop) || breaks_out(&stmt->u.loop.step, loop);
    case IRS_REGION: return breaks_out(&stmt->u.region->body, loop);
    case IRS_TRY: return breaks_out(&stmt->u.attempt.body, loop) || breaks_out(&stmt->u.attempt.handler, loop);
    default: return false;
    }
}

static bool breaks_out(const IrBlock *block, const IrStmt *loop) {
    for (uint32_t i = 0; i < block->len; i++) if (breaks_in(block->at[i], loop)) return true;
    return false;
}

static bool is_forever(const IrStmt *loop) {
    const IrExpr *cond = loop->u.loop.cond;
    return !cond || (cond->kind == IRX_INT && cond->u.integer);
}

static bool stmt_falls(const IrStmt *stmt) {
    switch ((IrStmtKind)stmt->kind) {
    case IRS_BREAK: case IRS_CONTINUE: case IRS_RETURN: case IRS_RAISE: case IRS_UNWIND: return false;
    case IRS_CHECK: return stmt->u.check.cond != NULL;
    case IRS_IF: return block_falls(&stmt->u.branch.then) || block_falls(&stmt->u.branch.other);
    case IRS_LOOP: return !is_forever(stmt) || breaks_out(&stmt->u.loop.body, stmt);
    case IRS_AWAIT: return stmt->u.await.op != IRW_SLEEP_FOREVER;
    case IRS_TRY: return block_falls(&stmt->u.attempt.body) || block_falls(&stmt->u.attempt.handler);
    case IRS_REGION: {
        const IrRegion *region = stmt->u.region;
        return (region->kind != IR_REGION_CLEANUP && region->unwinds) || block_falls(&region->body);
    }
    default: return true;
    }
}

bool block_falls(const IrBlock *block) { return !block->len || stmt_falls(block->at[block->len - 1]); }

static bool may_unwind(const IrBlock *block) {
    for (uint32_t i = 0; i < block->len; i++) {
        const IrStmt *stmt = block->at[i];
        switch ((IrStmtKind)stmt->kind) {
        case IRS_AWAIT: case IRS_SELECT: case IRS_AWAIT_CALL: case IRS_START: case IRS_UNWIND: case IRS_RAISE: case IRS_CALL:
            return true;
        case IRS_START_SOON: if (stmt->u.start.can_be_full && !stmt->u.start.has_room) return true; break;
        case IRS_IF: if (may_unwind(&stmt->u.branch.then) || may_unwind(&stmt->u.branch.other)) return true; break;
        case IRS_LOOP: if (may_unwind(&stmt->u.loop.body) || may_unwind(&stmt->u.loop.step)) return true; break;
        case IRS_REGION: if (stmt->u.region->unwinds || may_unwind(&stmt->u.region->body)) return true; break;
        case IRS_TRY: if (may_unwind(&stmt->u.attempt.body)) return true; break;
        default: break;
        }
    }
    return false;
}

/* ---- regions ---- */

/* The goto that the text ends with, to the label that comes now, is left out. */
static void drop_goto(Emitter *e, Fence *fence) {
    if (!fence->gotos) return;
    const char *text = str_format(&e->scratch, "goto cleanup_%u;", fence->region->number).at;
    if (out_drop(e->out, text)) fence->gotos--;
}

/* What can go on from a region: through its end, unwinding, or one of its exits. */
typedef struct Ways { bool through, unwinds, noted; uint8_t may; } Ways;

/* A label needs a statement behind it, which may be missing. */
static void emit_label(Emitter *e, const char *name, uint32_t number, bool before_statement) {
    label(e, before_statement ? "$s_$n:" : "$s_$n: ;", name, number);
}

/* From here on where each way was going. `status`: of what unwinds, as C text; with `noted`, by what is in why. */
static void emit_onward(Emitter *e, const IrRegion *region, const Ways *ways, const char *status,
                        const char *condition) {
    uint32_t left = ways->through + ways->unwinds + region->exits.len;
    if (ways->unwinds) {
        Way way = {status, ways->may, ways->may & RAISED ? region->errs : NULL};
        if (--left) emit_leave_if(e, condition, way);
        else emit_leave(e, way);
    }
    for (uint32_t i = 0; i < region->exits.len; i++) {
        const IrExit *exit = &region->exits.at[i];
        bool is_last = !--left;
        if (!is_last) open_line(e, "if ($v == $n) {", region->why, 8 * (i + 1));
        emit_jump(e, exit->kind, exit->target);
        if (!is_last) close_line(e, "}");
    }
}

static const char *why_text(Emitter *e, const IrRegion *region) {
    size_t start = e->out->text.len;
    put_var(e, region->why, true);
    Str text = {e->out->text.at + start, e->out->text.len - start};
    const char *copy = str_format(&e->scratch, "%.*s", (int)text.len, text.at).at;
    e->out->text.len = start;
    return copy;
}

/* A region at the end of another's body, with the same leaves: what is in its why goes on as it is. */
static bool hands_on(const Emitter *e, const IrRegion *region) {
    const Fence *outer = e->fn.fence;
    if (!outer || outer->kind != FENCE_BODY || outer->sole || region->exits.len) return false;
    const IrBlock *body = &outer->region->body;
    const IrStmt *last = body->at[body->len - 1];
    return last->kind == IRS_REGION && last->u.region == region && outer->region->errs == region->errs;
}

/* So both can be one variable. */
static void share_why(Emitter *e, const IrRegion *region) {
    const IrVar *outer = hands_on(e, region) ? e->fn.fence->region->why : NULL;
    if (!outer || outer->place != IR_LOCAL || region->why->place != IR_LOCAL) return;
    const IrVar *first = e->fn.same[outer->id];
    e->fn.same[region->why->id] = first ? first : outer;
}

static bool hand_on(Emitter *e, const IrRegion *region) {
    if (!hands_on(e, region)) return false;
    if (!e->fn.same[region->why->id]) line(e, "$w = $v;", e->fn.fence->region->why, region->why);
    e->fn.fence->handed_on = true;
    return true;
}

/* Nothing comes behind the region, and what is in its why is what the function returns: DONE, too. */
static bool ends_function(const Emitter *e, const IrRegion *region) {
    const IrFn *fn = e->fn.fn;
    const IrStmt *last = fn->body.len ? fn->body.at[fn->body.len - 1] : NULL;
    bool is_last = last && last->kind == IRS_REGION && last->u.region == region;
    return is_last && !e->fn.fence && !region->exits.len && !fn->result_type && (fn->is_async || fn->leaf_max);
}

/* After body and cleanup, by what is in why. */
static void emit_by_why(Emitter *e, const IrRegion *region, const Ways *ways) {
    if (!ways->noted) {
        if (region->exits.len && !ways->through) emit_jump(e, region->exits.at[0].kind, region->exits.at[0].target);
        return;
    }
    if (ways->through && hand_on(e, region)) {
        e->fn.fence->may |= ways->may;
        return;
    }
    if (ways->through && ends_function(e, region)) {
        bool raises = ways->may & RAISED;   /* or not: then why is DONE, and has to be looked at */
        Way way = {why_text(e, region), raises ? RAISED_OR_CANCELLED : ways->may, raises ? region->errs : NULL};
        emit_leave(e, way);
        e->fn.returned = true;
        return;
    }
    bool is_known = !ways->through && !region->exits.len && ways->may != RAISED_OR_CANCELLED;
    const char *why = is_known ? "TR_CANCELLED" : why_text(e, region);
    if (region->exits.len) {
        emit_onward(e, region, ways, why, str_format(&e->scratch, "(%s & 7u) != TR_DONE", why).at);
    } else {
        emit_onward(e, region, ways, why, str_format(&e->scratch, "%s != TR_DONE", why).at);
    }
}

static void emit_cleanup(Emitter *e, const IrRegion *region, Ways *ways) {
    Fence fence = {.outer = e->fn.fence, .kind = FENCE_CLEANUP, .region = region, .raised = ways->may & RAISED};
    e->fn.fence = &fence;
    emit_block(e, &region->cleanup);
    e->fn.fence = fence.outer;
    if (fence.gotos) emit_label(e, "after", region->number, false);
    ways->may |= fence.may;
    ways->unwinds = ways->may != 0;
}

static void put_scope_exit(Emitter *e, const IrRegion *region, const Ways *ways) {
    put(e, "tr_$sscope_exit($r, &$v, ", region->var->timed ? "timed_" : "", region->var);
    if (!ways->unwinds) put_text(e, "TR_DONE");
    else if (region->exits.len) put(e, "$v & 7u", region->why);
    else put(e, "$v", region->why);
    put_text(e, ")");
}

/* The scope may absorb the cancellation: then control goes on behind it. */
static void leave_scope(Emitter *e, const IrRegion *region, Ways *ways) {
    out_code(e->out);
    if (ways->unwinds) {
        e->fn.uses_status = true;
        put_text(e, "s = ");
    }
    put_scope_exit(e, region, ways);
    put_text(e, ";");
    out_code_end(e->out);
    if (!ways->unwinds) {
        emit_by_why(e, region, ways);
        return;
    }
    ways->through = true;
    emit_onward(e, region, ways, "s", "s != TR_DONE");
}

/* The region's tr_nursery, as C text. */
static const char *nursery_text(Emitter *e, const IrRegion *region) {
    put_seen(e, region->var);
    const char *name = e->fn.names[region->var->id];
    return region->var->lent ? str_format(&e->scratch, "%s.nursery", name).at : name;
}

static void join(Emitter *e, const IrRegion *region, const Ways *ways) {
    const char *nursery = nursery_text(e, region);
    const IrVar *errs = region->errs;
    if (ways->unwinds && region->leaves && errs && (ways->may & RAISED)) {
        need(e, HELPER_PUT_DOWN);
        line(e, "if ($v & TR_RAISED) @_put_down(&$s, $v.leaf, $v.count);", region->why, nursery, errs, errs);
    }
    line(e, "$s = $n;", e->fn.at, region->at);
    out_code(e->out);
    put(e, "return tr_nursery_join($r, &$s, ", nursery);
    if (!ways->unwinds) put_text(e, "TR_DONE");
    else if (region->exits.len) put(e, "$v & 7u", region->why);
    else put(e, "$v", region->why);
    put_text(e, ");");
    out_code_end(e->out);
    emit_point(e, region->at);
}

/* Waits for the children; what they raised goes on instead of a jump. */
static void leave_nursery(Emitter *e, const IrRegion *region, Ways *ways) {
    join(e, region, ways);
    e->fn.uses_status = true;
    line(e, "s = tr_$snursery_close($r, &$v);", region->var->lent ? "lent_" : "", region->var);
    ways->through = true;
    ways->unwinds = true;
    ways->may = region->leaves ? RAISED_OR_CANCELLED : CANCELLED;
    if (region->leaves) {
        const char *leaf = str_format(&e->scratch, "%s.leaf", e->fn.names[region->leaves->id]).at;
        const char *count = str_format(&e->scratch, "%s.leaf_count", nursery_text(e, region)).at;
        put_seen(e, region->leaves);
        emit_leave_from(e, ways->may, region->errs, leaf, count);
        Ways rest = {.through = true, .noted = ways->noted};
        emit_onward(e, region, &rest, "s", NULL);
    } else {
        emit_onward(e, region, ways, "s", "s != TR_DONE");
    }
}

void emit_region(Emitter *e, const IrStmt *stmt) {
    const IrRegion *region = stmt->u.region;
    bool cleanup_unwinds = may_unwind(&region->cleanup);
    Ways ways = {.through = block_falls(&region->body)};
    bool body_unwinds = region->kind == IR_REGION_NURSERY ? may_unwind(&region->body) : region->unwinds;
    Fence fence = {.outer = e->fn.fence, .kind = FENCE_BODY, .region = region};
    bool is_nursery = region->kind == IR_REGION_NURSERY;
    fence.sole = !ways.through && !body_unwinds && !cleanup_unwinds && region->exits.len == 1 && !is_nursery;
    share_why(e, region);
    e->fn.fence = &fence;
    emit_block(e, &region->body);
    e->fn.fence = fence.outer;
    bits_add(e->fn.closed, region->number);
    drop_goto(e, &fence);
    ways.may = fence.may;
    ways.unwinds = fence.may != 0;
    ways.noted = !fence.sole && (ways.unwinds || region->exits.len || cleanup_unwinds);
    if (ways.noted && ways.through && !fence.handed_on) line(e, "$w = TR_DONE;", region->why);
    if (fence.gotos) emit_label(e, "cleanup", region->number, region->kind != IR_REGION_CLEANUP || region->cleanup.len);
    e->out->line = stmt->line;
    if (stmt->u.region->kind == IR_REGION_SCOPE) {
        leave_scope(e, region, &ways);
    } else if (region->kind == IR_REGION_NURSERY) {
        leave_nursery(e, region, &ways);
    } else {
        emit_cleanup(e, region, &ways);
        emit_by_why(e, region, &ways);
    }
}

/* ---- handlers ---- */

void emit_try(Emitter *e, const IrStmt *stmt) {
    uint32_t number = stmt->u.attempt.number;
    Fence fence = {.outer = e->fn.fence, .kind = FENCE_TRY, .stmt = stmt};
    e->fn.fence = &fence;
    emit_block(e, &stmt->u.attempt.body);
    e->fn.fence = fence.outer;
    if (!fence.gotos) return;
    bool falls = block_falls(&stmt->u.attempt.body);
    if (falls) line(e, "goto tried_$n;", number);
    emit_label(e, "catch", number, true);
    emit_block(e, &stmt->u.attempt.handler);
    if (falls) emit_label(e, "tried", number, false);
}
