/* emit_stmt: statements. Above what a statement of the source became stands that statement. */
#include "emit_internal.h"

/* ---- the source, as a comment: #line 12 of x.tr: await jobs.send(i); ---- */

static void put_source(Emitter *e, const IrStmt *stmt) {
    enum { SHOWN_MAX = 80 };
    const Source *source = e->fn.fn->source;
    Str text = {source->text.at + (stmt->span.at - source->base), stmt->span.len};
    bool is_long = text.len > SHOWN_MAX;
    if (is_long) text.len = SHOWN_MAX;
    out_comment(&e->out->text, text);
    if (is_long) put_text(e, " ...");
}

static void emit_source(Emitter *e, const IrStmt *stmt) {
    if (!stmt->span.len) return;
    put(e, "#line $n /* ", stmt->line);
    put_source(e, stmt);
    put_text(e, " */\n");
    e->out->believed = stmt->line;
}

/* ---- assignments ---- */

static void emit_fill(Emitter *e, const IrExpr *to, const IrExpr *value) {
    bool is_list = to->type->kind == TYPE_LIST;
    out_code(e->out);
    put(e, "for (size_t each = 0; each < $nu; each++) ", value->u.repeat.count);
    put_place(e, to, false);
    put(e, ".at[each] = $x;", value->u.repeat.value);
    out_code_end(e->out);
    if (!is_list) return;
    out_code(e->out);
    put_place(e, to, false);
    put(e, ".len = $nu;", value->u.repeat.count);
    out_code_end(e->out);
}

static void emit_set(Emitter *e, const IrStmt *stmt) {
    const IrExpr *to = stmt->u.set.to, *value = stmt->u.set.value;
    bool is_unused = to->kind == IRX_VAR && to->u.var->place == IR_NOWHERE;
    if (same_expr(to, value)) return;
    if (!is_unused && fills_by_loop(value)) {
        emit_fill(e, to, value);
        return;
    }
    out_code(e->out);
    if (is_unused) {
        put_text(e, "(void)");
        put_operand(e, value);
    } else {
        bool is_empty_list = value->kind == IRX_REPEAT && !value->u.repeat.value;
        put_place(e, to, false);
        put_text(e, is_empty_list ? ".len = 0" : " = ");
        if (!is_empty_list) put_expr(e, value);
    }
    put_text(e, ";");
    out_code_end(e->out);
}

static void emit_do(Emitter *e, const IrExpr *value) {
    bool is_value = value->type && value->type->kind != TYPE_EMPTY && value->type->kind != TYPE_NEVER;
    out_code(e->out);
    if (is_value) put_text(e, "(void)");
    if (is_value) put_operand(e, value);
    else put_expr(e, value);
    bool is_block = value->kind == IRX_OP && value->irop == IROP_STARTED;
    if (!is_block) put_text(e, ";");
    out_code_end(e->out);
}

/* ---- branches and loops ---- */

/* else if: the other side is nothing but another branch. */
static const IrStmt *chained(const IrBlock *other) {
    return other->len == 1 && other->at[0]->kind == IRS_IF && !other->at[0]->head ? other->at[0] : NULL;
}

static void emit_if(Emitter *e, const IrStmt *stmt) {
    open_line(e, "if ($x) {", stmt->u.branch.cond);
    for (;;) {
        emit_block(e, &stmt->u.branch.then);
        const IrBlock *other = &stmt->u.branch.other;
        if (!other->len) break;
        e->out->indent--;
        const IrStmt *next = chained(other);
        if (next) {
            e->out->line = next->line;
            open_line(e, "} else if ($x) {", next->u.branch.cond);
            stmt = next;
        } else {
            out_else(e->out);
            emit_block(e, other);
            break;
        }
    }
    close_line(e, "}");
}

/* i = i + 1, where the loop's condition has seen that there is room: i++ */
static bool counts_up(const IrStmt *stmt) {
    if (stmt->kind != IRS_SET || stmt->u.set.to->kind != IRX_VAR) return false;
    const IrExpr *value = stmt->u.set.value;
    return value->kind == IRX_BINARY && value->op == OP_WADD && same_expr(stmt->u.set.to, value->u.of.a) &&
           value->u.of.b->kind == IRX_INT && value->u.of.b->u.integer == 1;
}

static void emit_stmt(Emitter *e, const IrStmt *stmt);

static void emit_step(Emitter *e, const IrBlock *step) {
    for (uint32_t i = 0; i < step->len; i++) {
        if (counts_up(step->at[i])) line(e, "$v++;", step->at[i]->u.set.to->u.var);
        else emit_stmt(e, step->at[i]);
    }
}

static void emit_loop_head(Emitter *e, const IrStmt *stmt, const IrExpr *first, bool is_for) {
    const IrExpr *cond = stmt->u.loop.cond;
    bool is_forever = !cond || (cond->kind == IRX_INT && cond->u.integer);
    const IrVar *counter = is_for ? stmt->u.loop.step.at[0]->u.set.to->u.var : NULL;
    if (is_for && first) open_line(e, "for ($w = $x; $x; $v++) {", counter, first, cond, counter);
    else if (is_for) open_line(e, "for (; $x; $v++) {", cond, counter);
    else if (is_forever) open_line(e, "for (;;) {");
    else open_line(e, "while ($x) {", cond);
}

static bool is_counting(const IrStmt *loop) {
    return loop->u.loop.cond && loop->u.loop.step.len == 1 && counts_up(loop->u.loop.step.at[0]);
}

/* `first`: the value that its counter begins with, or NULL. */
static void emit_loop(Emitter *e, const IrStmt *stmt, const IrExpr *first) {
    const IrBlock *step = &stmt->u.loop.step;
    bool is_for = is_counting(stmt);
    Fence fence = {.outer = e->fn.fence, .kind = FENCE_LOOP, .stmt = stmt, .plain_step = is_for};
    emit_loop_head(e, stmt, first, is_for);
    e->fn.fence = &fence;
    emit_block(e, &stmt->u.loop.body);
    if (fence.continued) label(e, "continue_$n: ;", stmt->u.loop.number);
    if (!is_for) emit_step(e, step);
    e->fn.fence = fence.outer;
    close_line(e, "}");
    if (fence.broken) label(e, "break_$n: ;", stmt->u.loop.number);
}

/* ---- scopes ---- */

static void emit_scope_enter(Emitter *e, const IrStmt *stmt) {
    const IrVar *var = stmt->u.scope.var;
    const IrExpr *time = stmt->u.scope.time;
    const char *flags = stmt->u.scope.shield ? "TR_SCOPE_SHIELD" : stmt->u.scope.soft ? "TR_SCOPE_SOFT" : "0";
    if (!var->timed) {
        line(e, "tr_scope_enter($r, &$v, $s);", var, flags);
    } else if (!time) {
        line(e, "tr_scope_enter_timed($r, &$v, $s);", var, flags);
    } else if (stmt->u.scope.at) {
        line(e, "tr_scope_enter_at($r, &$v, $s, $x);", var, flags, time);
    } else {
        bool is_known = time->kind == IRX_INT && (int64_t)time->u.integer >= 0;
        if (!is_known) need(e, HELPER_WAIT_TIME);
        if (is_known) line(e, "tr_scope_enter_after($r, &$v, $s, $x);", var, flags, time);
        else line(e, "tr_scope_enter_after($r, &$v, $s, @_wait_time($x, $l));", var, flags, time, time);
    }
}

/* ---- all ---- */

static void emit_stmt(Emitter *e, const IrStmt *stmt) {
    e->out->line = stmt->line;
    if (stmt->head) emit_source(e, stmt);
    switch ((IrStmtKind)stmt->kind) {
    case IRS_SET: emit_set(e, stmt); break;
    case IRS_DO: emit_do(e, stmt->u.set.value); break;
    case IRS_PRINT: emit_print(e, stmt); break;
    case IRS_CALL: emit_call(e, stmt); break;
    case IRS_AWAIT: emit_await(e, stmt); break;
    case IRS_AWAIT_CALL: emit_await_call(e, stmt); break;
    case IRS_SELECT: emit_select(e, stmt); break;
    case IRS_START_SOON: case IRS_START: emit_start(e, stmt); break;
    case IRS_IF: emit_if(e, stmt); break;
    case IRS_LOOP: emit_loop(e, stmt, NULL); break;
    case IRS_BREAK: emit_jump(e, IR_EXIT_BREAK, stmt->u.jump.target); break;
    case IRS_CONTINUE: emit_jump(e, IR_EXIT_CONTINUE, stmt->u.jump.target); break;
    case IRS_RETURN: emit_jump(e, IR_EXIT_RETURN, NULL); break;
    case IRS_RAISE: emit_raise(e, stmt); break;
    case IRS_UNWIND:
        put_seen(e, stmt->u.unwind.why);
        emit_unwind(e, stmt, e->fn.names[stmt->u.unwind.why->id], RAISED_OR_CANCELLED);
        break;
    case IRS_REGION: emit_region(e, stmt); break;
    case IRS_TRY: emit_try(e, stmt); break;
    case IRS_SCOPE_ENTER: emit_scope_enter(e, stmt); break;
    case IRS_NURSERY_OPEN: break; /* with the region behind it: emit_pair */
    case IRS_LEAVES: emit_leaves(e, stmt); break;
    case IRS_CHECK: emit_check(e, stmt); break;
    case IRS_BEGIN: case IRS_KEEP: break;
    }
}

/* async for: whether the channel has ended is asked at once, where the status still tells. */
static bool asks_end(const IrStmt *wait, const IrStmt *next) {
    if (wait->kind != IRS_AWAIT || !wait->u.await.ends || wait->u.await.ends->place == IR_FRAME) return false;
    if (next->kind != IRS_IF || next->head) return false;
    const IrExpr *cond = next->u.branch.cond;
    return cond->kind == IRX_VAR && cond->u.var == wait->u.await.ends;
}

/* i = 0; loop (i < n) ... step i++: for (i = 0; i < n; i++) */
static bool begins_loop(const IrStmt *set, const IrStmt *loop) {
    return set->kind == IRS_SET && loop->kind == IRS_LOOP && !loop->head && is_counting(loop) &&
           same_expr(set->u.set.to, loop->u.loop.step.at[0]->u.set.to);
}

/* result = x; return: return x; */
static bool is_returned(const Emitter *e, const IrStmt *set, const IrStmt *next) {
    const IrVar *result = e->fn.fn->result;
    return set->kind == IRS_SET && next->kind == IRS_RETURN && result && set->u.set.to->kind == IRX_VAR &&
           set->u.set.to->u.var == result && result->place != IR_FRAME && leaves_at_once(e);
}

/* why = RAISED; unwind why */
static bool is_known_unwinding(const IrStmt *set, const IrStmt *next) {
    return set->kind == IRS_SET && next->kind == IRS_UNWIND && set->u.set.to->kind == IRX_VAR &&
           set->u.set.to->u.var == next->u.unwind.why && set->u.set.value->kind == IRX_INT &&
           set->u.set.value->u.integer == RAISED;
}

/* What two statements say together is said in one; false: they are no such pair. */
static bool emit_pair(Emitter *e, const IrStmt *stmt, const IrStmt *next) {
    bool is_wait = asks_end(stmt, next), is_loop = begins_loop(stmt, next), is_return = is_returned(e, stmt, next);
    bool is_nursery = stmt->kind == IRS_NURSERY_OPEN, is_unwinding = is_known_unwinding(stmt, next);
    if (!is_wait && !is_loop && !is_return && !is_nursery && !is_unwinding) return false;
    e->out->line = stmt->line;
    if (is_wait) {
        e->fn.ends = stmt->u.await.ends;
        emit_stmt(e, stmt);
        emit_stmt(e, next);
        e->fn.ends = NULL;
        return true;
    }
    if (stmt->head) emit_source(e, stmt);
    if (is_unwinding) {
        emit_unwind(e, next, "TR_RAISED", RAISED);
        return true;
    }
    if (is_nursery) {
        emit_nursery_open(e, stmt, &next->u.region->body);
        emit_stmt(e, next);
        return true;
    }
    if (is_loop) emit_loop(e, next, stmt->u.set.value);
    else emit_return(e, stmt->u.set.value);
    return true;
}

void emit_stmts(Emitter *e, const IrBlock *block) {
    for (uint32_t i = 0; i < block->len; i++) {
        if (i + 1 < block->len && emit_pair(e, block->at[i], block->at[i + 1])) i++;
        else emit_stmt(e, block->at[i]);
    }
}
