/* emit_start: nurseries open, children begin. A child's slot is a task and the frame of its function. */
#include "emit_internal.h"

static const char *slot_frame_name(Emitter *e, const IrVar *slots) { return e->fn.names[slots->id]; }

/* Where borrowers of a nursery find its slots. */
static void put_pool(Emitter *e, const IrVarList *slots) {
    const IrVar *pool = slots->len == 1 && slots->at[0]->place != IR_NOWHERE ? slots->at[0] : NULL;
    if (!pool) put_text(e, ", NULL, 0, 0");
    else if (is_single(pool)) put(e, ", &$v, sizeof $v, 1", pool, pool);
    else put(e, ", $v, sizeof *$v, $n", pool, pool, pool->count);
}

/* Some start in the block asks whether these slots are full. */
static bool is_searched(const IrBlock *block, const IrVar *slots) {
    for (uint32_t i = 0; i < block->len; i++) {
        const IrStmt *stmt = block->at[i];
        bool found = false;
        switch ((IrStmtKind)stmt->kind) {
        case IRS_START_SOON: case IRS_START: found = stmt->u.start.slots == slots && stmt->u.start.can_be_full; break;
        case IRS_IF:
            found = is_searched(&stmt->u.branch.then, slots) || is_searched(&stmt->u.branch.other, slots);
            break;
        case IRS_LOOP: found = is_searched(&stmt->u.loop.body, slots); break;
        case IRS_REGION: found = is_searched(&stmt->u.region->body, slots); break;
        case IRS_TRY:
            found = is_searched(&stmt->u.attempt.body, slots) || is_searched(&stmt->u.attempt.handler, slots);
            break;
        default: break;
        }
        if (found) return true;
    }
    return false;
}

/* `body`: the nursery's, where its slots are used. */
void emit_nursery_open(Emitter *e, const IrStmt *stmt, const IrBlock *body) {
    const IrVar *leaves = stmt->u.nursery.leaves;
    const IrVar *var = stmt->u.nursery.var;
    out_code(e->out);
    put(e, "tr_$snursery_open($r, &$v, ", var->lent ? "lent_" : "", var);
    if (leaves) uses(e, USES_ERRORS), uses(e, USES_CANCEL), put(e, "$v.leaf", leaves);
    else put_text(e, "NULL");
    if (var->lent) put_pool(e, &stmt->u.nursery.slots);
    put_text(e, ");");
    out_code_end(e->out);
    for (uint32_t i = 0; i < stmt->u.nursery.slots.len; i++) {
        const IrVar *slots = stmt->u.nursery.slots.at[i];
        if (slots->place == IR_NOWHERE) continue;
        bool is_pool = var->lent || is_searched(body, slots);
        if (is_single(slots) && is_pool) line(e, "$v.$s.step = 0;", slots, slot_task(slots->children.at[0]));
        else if (is_counted(slots)) line(e, "$v.used = 0;", slots);
        else if (!is_single(slots)) line(e, "tr_slots_init($v, sizeof *$v, $n);", slots, slots, slots->count);
    }
}

/* The nursery is full: nothing has been begun. */
static void emit_full(Emitter *e, const IrStmt *stmt, const char *condition) {
    if (!stmt->u.start.can_be_full || stmt->u.start.has_room) return;
    open_line(e, "if ($s) {", condition);
    Home home = leaves_home(e, stmt->u.start.errs, RAISED);
    emit_site(e, home, site_text(e, stmt->u.start.site_full));
    emit_leave(e, (Way){"TR_RAISED", RAISED, home.var});
    close_line(e, "}");
}

/* `slot` is C text before a member's name: f->slots. or slot-> */
static void emit_begin_child(Emitter *e, const IrStmt *stmt, const char *slot) {
    IrFn *fn = stmt->u.start.fn;
    out_code(e->out);
    put(e, "$f_begin(&$sframe", fn, slot);
    put_args(e, &stmt->u.start.args, false);
    if (stmt->kind == IRS_START) {
        if (fn->starts) put(e, ", &$v", stmt->u.start.starting);
        if (fn->start_type && stmt->u.start.value) put(e, ", &$v", stmt->u.start.value);
        else if (fn->start_type) put_text(e, ", NULL");
    } else {
        put(e, "$s$s", fn->starts ? ", NULL" : "", fn->start_type ? ", NULL" : "");
    }
    put_text(e, ");");
    out_code_end(e->out);
}

static IrChild child_of(const IrStmt *stmt) { return (IrChild){stmt->u.start.fn, stmt->u.start.scoped}; }

static void emit_go_soon(Emitter *e, const IrStmt *stmt, const char *slot) {
    if (stmt->u.start.races) {
        need_racer(e, stmt->u.start.fn);
        uses(e, USES_CANCEL);
        line(e, "tr_start_soon($r, $o, &$stask, $s);", stmt->u.start.nursery, slot, racer_text(e, stmt->u.start.fn));
        return;
    }
    IrChild child = child_of(stmt);
    const char *how = stmt->u.start.service ? "service" : child.scoped ? "scoped" : "soon";
    const char *task = child.scoped ? "own" : "task";
    if (stmt->u.start.service) uses(e, USES_SERVICES);
    out_code(e->out);
    if (stmt->u.start.to) {
        put_place(e, stmt->u.start.to, false);
        put_text(e, " = ");
    }
    put(e, "tr_start_$s($r, $o, &$s$s, $s);", how, stmt->u.start.nursery, slot, task, step_text(e, child));
    out_code_end(e->out);
}

static void emit_go(Emitter *e, const IrStmt *stmt, const char *slot) {
    need_task(e, child_of(stmt));
    if (stmt->kind == IRS_START_SOON) {
        emit_go_soon(e, stmt, slot);
        return;
    }
    e->fn.uses_frame = true;
    line(e, "$s = $n;", e->fn.at, stmt->u.start.at);
    out_code(e->out);
    put(e, "return tr_start($r, &$v, $o, &$stask, $s, ", stmt->u.start.starting, stmt->u.start.nursery, slot,
        step_text(e, child_of(stmt)));
    if (stmt->u.start.leaves) put(e, "$v.leaf);", stmt->u.start.leaves);
    else put_text(e, "NULL);");
    out_code_end(e->out);
}

static void emit_in_slot(Emitter *e, const IrStmt *stmt) {
    const IrVar *slots = stmt->u.start.slots;
    IrChild child = child_of(stmt);
    if (slots) put_seen(e, slots);
    if (slots && is_single(slots)) {
        const char *slot = str_format(&e->scratch, "%s.", slot_frame_name(e, slots)).at;
        emit_full(e, stmt, str_format(&e->scratch, "%s%s.step", slot, slot_task(child)).at);
        emit_begin_child(e, stmt, slot);
        emit_go(e, stmt, slot);
        return;
    }
    open_line(e, "{");
    need_slot(e, child);
    if (slots && is_counted(slots)) {
        line(e, "struct $k_slot *slot = &$v.slot[$v.used++];", &child, slots, slots);
    } else if (slots) {
        line(e, "struct $k_slot *slot = tr_slot_find($v, sizeof *$v, $n);", &child, slots, slots, slots->count);
    } else {
        line(e, "struct $k_slot *slot = tr_lent_slot_find($o);", &child, stmt->u.start.nursery);
    }
    emit_full(e, stmt, "!slot");
    emit_begin_child(e, stmt, "slot->");
    emit_go(e, stmt, "slot->");
    close_line(e, "}");
}

/* The child has said started, or has ended. */
static void emit_started(Emitter *e, const IrStmt *stmt) {
    const IrVar *starting = stmt->u.start.starting, *early = stmt->u.start.leaves;
    uint8_t may = early ? RAISED_OR_CANCELLED : CANCELLED;
    emit_point(e, stmt->u.start.at);
    e->fn.uses_status = true;
    line(e, "s = tr_start_close($r, &$v);", starting);
    if (early) {
        put_seen(e, early);
        emit_leave_from(e, may, stmt->u.start.errs, str_format(&e->scratch, "%s.leaf", e->fn.names[early->id]).at,
                        str_format(&e->scratch, "%s.hidden.leaf_count", e->fn.names[starting->id]).at);
    } else {
        emit_leave_if(e, "s != TR_DONE", (Way){"s", may, NULL});
    }
    open_line(e, "if (!$v.started) {", starting);
    Home home = leaves_home(e, stmt->u.start.errs, RAISED);
    emit_site(e, home, site_text(e, stmt->u.start.site_not_started));
    emit_leave(e, (Way){"TR_RAISED", RAISED, home.var});
    close_line(e, "}");
    if (!stmt->u.start.to || !stmt->u.start.value) return;
    out_code(e->out);
    put_place(e, stmt->u.start.to, false);
    put(e, " = $v;", stmt->u.start.value);
    out_code_end(e->out);
}

void emit_start(Emitter *e, const IrStmt *stmt) {
    emit_in_slot(e, stmt);
    if (stmt->kind == IRS_START) emit_started(e, stmt);
}
