/* emit_select: waiting for the first of several operations. What the runtime has to know of the arms is needed only until
   it has tried them and put their waits into queues.

       {
           const tr_arm arms[] = {
               {TR_ARM_RECEIVE, 0, f->jobs, &f->job, &f->wait.wait_0.wait},
               {TR_ARM_AFTER, 1, more ? &time : NULL, NULL, NULL},
           };
           s = tr_select_begin(&app->rt, &f->wait.select.select, arms, 2);
       }
       if (s == TR_PENDING) { f->at = 1; return TR_PENDING; at_1: s = tr_woken(&app->rt); }
       if (s == TR_CANCELLED) return s;
       which = tr_select_won(&app->rt, &f->wait.select.select);
       if (s == TR_RAISED) { ... } */
#include "emit_internal.h"

static const char *arm_kind(const IrArm *arm) {
    switch (arm->op) {
    case IRW_RECEIVE: return "TR_ARM_RECEIVE";
    case IRW_SEND: return "TR_ARM_SEND";
    case IRW_EVENT_WAIT: return "TR_ARM_EVENT";
    case IRW_LOCK_ACQUIRE: return "TR_ARM_LOCK";
    case IRW_SEMAPHORE_ACQUIRE: return "TR_ARM_SEMAPHORE";
    case IRW_SLEEP: return "TR_ARM_AFTER";
    case IRW_SLEEP_UNTIL: return "TR_ARM_AT";
    default: return "TR_ARM_ELSE";
    }
}

/* The record's tr_select, as C text. */
static const char *select_text(Emitter *e, const IrStmt *stmt) {
    const IrVar *wait = stmt->u.select.wait;
    put_seen(e, wait);
    const char *timed = ir_is_timed(stmt) ? ".select" : "";
    return str_format(&e->scratch, "%s.select%s", e->fn.names[wait->id], timed).at;
}

static void put_arm_object(Emitter *e, const IrStmt *stmt, const IrArm *arm) {
    if (arm->op == IRW_CHECKPOINT) put(e, "&$s", select_text(e, stmt));
    else if (arm->op == IRW_SLEEP || arm->op == IRW_SLEEP_UNTIL) put(e, "&$v", arm->object->u.var);
    else if (ir_arm_has_item(arm)) put(e, "$x", arm->object);
    else put(e, "$o", arm->object);
}

static void emit_arm(Emitter *e, const IrStmt *stmt, const IrArm *arm) {
    out_code(e->out);
    put(e, "{$s, $n, ", arm_kind(arm), arm->number);
    if (arm->guard) put(e, "$e ? ", arm->guard);
    /* It was set if the guard holds. */
    if (arm->guard && arm->object && arm->object->kind == IRX_VAR) e->fn.marks[arm->object->u.var->id] |= VAR_DOUBTED;
    put_arm_object(e, stmt, arm);
    if (arm->guard) put_text(e, " : NULL");
    if (arm->op == IRW_SEND) put(e, ", &$v", arm->item->u.var);
    else if (arm->op == IRW_RECEIVE) put(e, ", &$w", arm->item->u.var);
    else put_text(e, ", NULL");
    if (!ir_arm_has_wait(stmt, arm)) put_text(e, ", NULL},");
    else put(e, ", &$v.wait_$n$s},", stmt->u.select.wait, arm->number, ir_arm_has_item(arm) ? ".wait" : "");
    out_code_end(e->out);
}

/* The site of the arm that has won, among those that can raise. */
static const char *raised_site(Emitter *e, const IrStmt *stmt) {
    const char *which = e->fn.names[stmt->u.select.which->id];
    const char *text = NULL;
    for (uint32_t i = stmt->u.select.arms.len; i-- > 0;) {
        const IrArm *arm = &stmt->u.select.arms.at[i];
        if (!arm->site) continue;
        const char *site = site_text(e, arm->site);
        text = text ? str_format(&e->scratch, "%s == %u ? %s : %s", which, arm->number, site, text).at : site;
    }
    return text;
}

void emit_select(Emitter *e, const IrStmt *stmt) {
    const IrArm *arms = stmt->u.select.arms.at;
    uint32_t count = stmt->u.select.arms.len;
    const char *select = select_text(e, stmt);
    e->fn.uses_status = true;
    for (uint32_t i = 0; i < count; i++) {
        if (arms[i].op != IRW_LOCK_ACQUIRE) continue;
        emit_held_check(e, arms[i].object, arms[i].guard, stmt->line);
    }
    open_line(e, "{");
    open_line(e, "const tr_arm arms[] = {");
    for (uint32_t i = 0; i < count; i++) emit_arm(e, stmt, &arms[i]);
    close_line(e, "};");
    line(e, "s = tr_select_begin($r, &$s, arms, $n);", select, count);
    close_line(e, "}");
    emit_pending(e, stmt->u.select.at);
    if (stmt->u.select.which->place != IR_NOWHERE) line(e, "$w = tr_select_won($r, &$s);", stmt->u.select.which, select);
    const char *site = stmt->u.select.errs ? raised_site(e, stmt) : NULL;
    if (site) {
        Home home = leaves_home(e, stmt->u.select.errs, RAISED);
        open_line(e, "if (s == TR_RAISED) {");
        emit_site(e, home, site);
        emit_leave(e, (Way){"TR_RAISED", RAISED, home.var});
        close_line(e, "}");
    }
    emit_leave_if(e, "s != TR_DONE", (Way){"s", CANCELLED, NULL});
}
