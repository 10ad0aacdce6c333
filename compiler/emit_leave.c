/* emit_leave: ways out. A jump or an unwinding goes to the innermost construct around it that has something to do on
   the way, and from there on. */
#include "emit_internal.h"

/* ---- unwinding ---- */

static bool errors_only(const Fence *fence) { return fence->kind == FENCE_TRY && fence->stmt->u.attempt.errors_only; }

/* Where what unwinds with `may` goes first; NULL: out of the function. */
static Fence *unwinds_to(const Emitter *e, uint8_t may) {
    Fence *fence = e->fn.fence;
    while (fence && (fence->kind == FENCE_LOOP || (errors_only(fence) && !(may & RAISED)))) fence = fence->outer;
    return fence;
}

static const IrVar *errs_of(const Fence *fence) {
    return fence->kind == FENCE_TRY ? fence->stmt->u.attempt.errs : fence->region->errs;
}

/* Leaves go straight to the frame's union if nothing of the frame is needed any more. */
Home leaves_home(Emitter *e, const IrVar *errs, uint8_t may) {
    return (Home){unwinds_to(e, may) || !e->fn.fn->leaf_max ? errs : NULL};
}

static const char *known_status(Way way) {
    return way.may == RAISED ? "TR_RAISED" : way.may == CANCELLED ? "TR_CANCELLED" : way.status;
}

/* Everything has been said in `why` where there is only one way out, or nobody asks. */
static bool notes_why(const Fence *fence) { return !fence->sole; }

/* why = s; unless that is where the status is. */
static void put_note(Emitter *e, const IrVar *why, const char *status) {
    size_t start = e->out->text.len, len = strlen(status);
    put_var(e, why, false);
    Buf *text = &e->out->text;
    bool is_there = text->len - start == len && memcmp(text->at + start, status, len) == 0;
    if (is_there) text->len = start;
    else put(e, " = $s; ", status);
}

/* Statements on one line: why_2 = s; goto cleanup_2; */
static void put_leave_region(Emitter *e, Fence *fence, Way way) {
    const IrRegion *region = fence->region;
    fence->may |= way.may;
    fence->gotos++;
    if (fence->kind == FENCE_CLEANUP) {
        if (fence->raised) put(e, "if (!($v & TR_RAISED)) ", region->why);
        put(e, "$w = TR_CANCELLED; goto after_$n;", region->why, region->number);
    } else {
        if (notes_why(fence)) put_note(e, region->why, known_status(way));
        put(e, "goto cleanup_$n;", region->number);
    }
}

static void put_leave_try(Emitter *e, Fence *fence, Way way) {
    const IrStmt *stmt = fence->stmt;
    fence->may |= way.may;
    fence->gotos++;
    if (stmt->u.attempt.why->place != IR_NOWHERE) put(e, "$w = $s; ", stmt->u.attempt.why, known_status(way));
    put(e, "goto catch_$n;", stmt->u.attempt.number);
}

/* Leaves from way.errs to where they are wanted next; false: they are there already. */
static bool wants_move(Emitter *e, const Fence *to, Way way) {
    if (!(way.may & RAISED) || !way.errs) return false;
    if (!to) return e->fn.fn->leaf_max > 0;
    return errs_of(to) && errs_of(to) != way.errs;
}

static void put_end(Emitter *e, Fence *to, Way way) {
    if (!to) put(e, "return $s;", way.may == RAISED ? "TR_RAISED" : way.status);
    else if (to->kind == FENCE_TRY) put_leave_try(e, to, way);
    else put_leave_region(e, to, way);
}

static bool is_passed(const Fence *to, uint8_t may) { return to && errors_only(to) && may == RAISED_OR_CANCELLED; }

/* A handler that looks at errors only: where there may be none, a cancellation goes past it. */
static void pass_by(Emitter *e, const Fence *to, Way *way) {
    if (!is_passed(to, way->may)) return;
    out_code(e->out);
    put(e, "if (!($s & TR_RAISED)) { ", way->status);
    put_end(e, unwinds_to(e, CANCELLED), (Way){way->status, CANCELLED, NULL});
    put_text(e, " }");
    out_code_end(e->out);
}

static void emit_way(Emitter *e, Fence *to, Way way) {
    if (wants_move(e, to, way)) {
        Home home = {to ? errs_of(to) : NULL};
        if (way.may == RAISED) {
            emit_move_var(e, home, way.errs);
        } else {
            open_line(e, "if ($s & TR_RAISED) {", way.status);
            emit_move_var(e, home, way.errs);
            close_line(e, "}");
        }
    }
    out_code(e->out);
    put_end(e, to, way);
    out_code_end(e->out);
}

void emit_leave(Emitter *e, Way way) {
    Fence *to = unwinds_to(e, way.may);
    pass_by(e, to, &way);
    emit_way(e, to, way);
}

void emit_leave_if(Emitter *e, const char *condition, Way way) {
    Fence *to = unwinds_to(e, way.may);
    if (is_passed(to, way.may) || wants_move(e, to, way)) {
        open_line(e, "if ($s) {", condition);
        emit_leave(e, way);
        close_line(e, "}");
        return;
    }
    out_code(e->out);
    put(e, to ? "if ($s) { " : "if ($s) ", condition);
    put_end(e, to, way);
    if (to) put_text(e, " }");
    out_code_end(e->out);
}

/* Unless `s` is DONE, what ended with it unwinds; its leaves are at `leaf`, `count` of them, in C text. */
void emit_leave_from(Emitter *e, uint8_t may, const IrVar *errs, const char *leaf, const char *count) {
    Fence *to = unwinds_to(e, may);
    Home home = leaves_home(e, errs, may);
    Way way = {"s", may, home.var};
    bool is_raised = may == RAISED || (to && to->kind == FENCE_TRY);
    if (is_raised) {
        open_line(e, "if (s != TR_DONE) {");
        pass_by(e, to, &way);
        emit_move(e, home, leaf, count);
        emit_way(e, to, way);
        close_line(e, "}");
    } else {
        open_line(e, "if (s & TR_RAISED) {");
        emit_move(e, home, leaf, count);
        close_line(e, "}");
        emit_leave_if(e, "s != TR_DONE", way);
    }
}

/* `status` of what is unwound: with its errors, or with none of its own but those that others keep. */
void emit_unwind(Emitter *e, const IrStmt *stmt, const char *status, uint8_t may) {
    Fence *to = unwinds_to(e, may);
    const IrVar *wanted = to && (may & RAISED) ? errs_of(to) : NULL;
    if (!stmt->u.unwind.errs && wanted) line(e, "$w.count = 0;", wanted);
    emit_leave(e, (Way){status, may, stmt->u.unwind.errs});
}

/* ---- jumps ---- */

static uint32_t exit_number(const IrRegion *region, IrExitKind kind, const IrStmt *target) {
    for (uint32_t i = 0; i < region->exits.len; i++)
        if (region->exits.at[i].kind == kind && region->exits.at[i].target == target) return i + 1;
    return 0;
}

static void jump_to_loop(Emitter *e, Fence *loop, IrExitKind kind, bool crossed) {
    bool is_break = kind == IR_EXIT_BREAK;
    bool has_step = loop->stmt->u.loop.step.len > 0 && !loop->plain_step;
    if (!crossed && (is_break || !has_step)) {
        line(e, is_break ? "break;" : "continue;");
        return;
    }
    if (is_break) loop->broken = true;
    else loop->continued = true;
    line(e, is_break ? "goto break_$n;" : "goto continue_$n;", loop->stmt->u.loop.number);
}

static void jump_to_region(Emitter *e, Fence *fence, IrExitKind kind, const IrStmt *target) {
    fence->gotos++;
    if (notes_why(fence)) line(e, "$w = $n;", fence->region->why, 8 * exit_number(fence->region, kind, target));
    line(e, "goto cleanup_$n;", fence->region->number);
}

void emit_jump(Emitter *e, IrExitKind kind, const IrStmt *target) {
    bool crossed = false;          /* another loop lies in between: C's break would end that */
    for (Fence *fence = e->fn.fence; fence; fence = fence->outer) {
        if (fence->kind == FENCE_BODY) {
            jump_to_region(e, fence, kind, target);
            return;
        }
        if (fence->kind != FENCE_LOOP) continue;
        if (fence->stmt == target) {
            jump_to_loop(e, fence, kind, crossed);
            return;
        }
        crossed = true;
    }
    emit_return(e, NULL);
}

bool leaves_at_once(const Emitter *e) {
    for (const Fence *fence = e->fn.fence; fence; fence = fence->outer) if (fence->kind == FENCE_BODY) return false;
    return true;
}

/* Reading it may look into the frame, where the result goes: unless it is read in one piece, by way of a copy. */
static bool needs_copy(const IrExpr *value) { return !is_scalar(value->type) && is_place(value); }

static void put_return_value(Emitter *e, const char *to, const IrExpr *value) {
    if (e->fn.fn->is_async && needs_copy(value)) {
        open_line(e, "{");
        out_code(e->out);
        put_declared(e, type_c(e, value->type), "ret");
        put(e, " = $x;", value);
        out_code_end(e->out);
        line(e, "$s = ret;", to);
        close_line(e, "}");
    } else {
        line(e, "$s = $x;", to, value);
    }
}

/* A result goes to where the caller finds it. */
void emit_return(Emitter *e, const IrExpr *value) {
    const IrFn *fn = e->fn.fn;
    IrExpr kept = {.kind = IRX_VAR, .type = fn->result_type, .u.var = fn->result};
    if (!value && fn->result) value = &kept;
    if (!fn->is_async && !fn->leaf_max) {
        if (value) line(e, "return $x;", value);
        else line(e, "return;");
        return;
    }
    if (value && fn->is_async) e->fn.uses_frame = true;
    if (value) e->fn.uses_ret = true;
    if (value) put_return_value(e, fn->is_async ? "f->ret" : "*ret", value);
    line(e, "return TR_DONE;");
}
