/* emit_await: waits and awaited calls. Where the function goes on is noted before it returns; the next step jumps to
   the label.

       s = tr_sleep(&app->rt, &f->wait, 25000000);
       if (s == TR_PENDING) { f->at = 1; return TR_PENDING; at_1: s = tr_woken(&app->rt); }
       if (s != TR_DONE) return s;

       app_g_begin(&f->g, x);
       f->at = 2;
   at_2:
       s = app_g_step(app, &f->g);
       if (s != TR_DONE) return s; */
#include "emit_internal.h"

void put_seen(Emitter *e, const IrVar *var) {
    e->fn.marks[var->id] |= VAR_SEEN | VAR_READ;
    if (var->place == IR_FRAME) e->fn.uses_frame = true;
}

void emit_point(Emitter *e, uint32_t point) {
    bits_add(e->fn.points, point - 1);
    label(e, "at_$n:", point);
}

static void emit_at(Emitter *e, uint32_t point) {
    e->fn.uses_frame = true;
    line(e, "$s = $n;", e->fn.at, point);
}

/* ---- waits ---- */

static void put_time(Emitter *e, const IrExpr *time) {
    bool is_known = time->kind == IRX_INT && (int64_t)time->u.integer >= 0;
    if (is_known) {
        put_expr(e, time);
    } else {
        need(e, HELPER_WAIT_TIME);
        put(e, "@_wait_time($x, $l)", time, time);
    }
}

/* The operation's call, which gives a status. */
static void put_wait(Emitter *e, const IrStmt *stmt) {
    const IrExpr *a = stmt->u.await.args.len ? stmt->u.await.args.at[0] : NULL;
    const IrVar *wait = stmt->u.await.wait;
    switch (stmt->u.await.op) {
    case IRW_CHECKPOINT: put(e, "tr_checkpoint($r)"); break;
    case IRW_SLEEP:
        put(e, "tr_sleep($r, &$v, ", wait);
        put_time(e, a);
        put_text(e, ")");
        break;
    case IRW_SLEEP_UNTIL: put(e, "tr_sleep_until($r, &$v, $x)", wait, a); break;
    case IRW_SLEEP_FOREVER: put(e, "tr_sleep_forever($r, &$v)", wait); break;
    case IRW_ALL_BLOCKED: put(e, "tr_wait_all_tasks_blocked($r, &$v)", wait); break;
    case IRW_SEQUENCER_ENTER:
        put(e, "tr_sequencer_enter($r, $o, &$v, $x)", a, wait, stmt->u.await.args.at[1]);
        break;
    case IRW_SEND: put(e, "tr_send($r, $x, &$v, &$v)", a, wait, stmt->u.await.args.at[1]->u.var); break;
    case IRW_RECEIVE: put(e, "tr_receive($r, $x, &$v, &$w)", a, wait, stmt->u.await.to->u.var); break;
    case IRW_EVENT_WAIT: put(e, "tr_event_wait($r, $o, &$v)", a, wait); break;
    case IRW_LOCK_ACQUIRE: put(e, "tr_lock_acquire($r, $o, &$v)", a, wait); break;
    case IRW_SEMAPHORE_ACQUIRE: put(e, "tr_semaphore_acquire($r, $o, &$v)", a, wait); break;
    default: put(e, "tr_limiter_acquire($r, $o, &$v)", a, wait); break;
    }
}

/* What only the running program shows to be a mistake: who holds a lock or a token cannot ask for it again, and so on. */
static void emit_misuse(Emitter *e, const char *condition, const IrExpr *object, uint32_t line, const char *message) {
    out_code(e->out);
    put_text(e, "if (TR_CHECKS && ");
    put(e, condition, object);
    put_text(e, ") tr_panic(");
    put_where(e, line);
    put(e, ", \"$s\");", message);
    out_code_end(e->out);
}

void emit_held_check(Emitter *e, const IrExpr *lock, const IrExpr *guard, uint32_t line) {
    if (guard) open_line(e, "if ($x) {", guard);
    emit_misuse(e, "tr_lock_held($r, $o)", lock, line, "this task holds the lock already");
    if (guard) close_line(e, "}");
}

static void emit_wait_check(Emitter *e, const IrStmt *stmt) {
    IrWaitOp op = stmt->u.await.op;
    const IrExpr *object = stmt->u.await.args.len ? stmt->u.await.args.at[0] : NULL;
    if (op == IRW_LOCK_ACQUIRE) {
        emit_held_check(e, object, NULL, stmt->line);
    } else if (op == IRW_LIMITER_ACQUIRE) {
        emit_misuse(e, "tr_limiter_held($r, $o)", object, stmt->line, "this task holds a token already");
    } else if (op == IRW_SEQUENCER_ENTER) {
        out_code(e->out);
        put(e, "if (tr_sequencer_taken($r, $o, $x)) tr_panic(", object, stmt->u.await.args.at[1]);
        put_where(e, stmt->line);
        put_text(e, ", \"this position of the sequencer was taken before\");");
        out_code_end(e->out);
    } else if (op == IRW_CONDITION_WAIT) {
        emit_misuse(e, "!tr_condition_held($r, $o)", object, stmt->line,
                    "waiting for a condition whose lock this task does not hold");
    }
}

/* It panics if others broke the sequence, and breaks it if this one was cancelled. */
static void emit_sequence_check(Emitter *e, const IrStmt *stmt) {
    out_code(e->out);
    put(e, "if (s != TR_DONE) tr_sequencer_missed($r, $o, s, ", stmt->u.await.args.at[0]);
    put_where(e, stmt->line);
    put_text(e, ");");
    out_code_end(e->out);
}

void emit_pending(Emitter *e, uint32_t point) {
    e->fn.uses_frame = true;
    bits_add(e->fn.points, point - 1);
    line(e, "if (s == TR_PENDING) { $s = $n; return TR_PENDING; at_$n: s = tr_woken($r); }", e->fn.at, point, point);
}

/* Always waits. A waiter that is cancelled comes by here twice: once more when it has the lock. */
static void emit_condition_wait(Emitter *e, const IrStmt *stmt) {
    emit_at(e, stmt->u.await.at);
    line(e, "return tr_condition_wait($r, $o, &$v);", stmt->u.await.args.at[0], stmt->u.await.wait);
    emit_point(e, stmt->u.await.at);
    line(e, "s = tr_condition_woken($r, &$v);", stmt->u.await.wait);
    line(e, "if (s == TR_PENDING) return s;");
    emit_leave_if(e, "s != TR_DONE", (Way){"s", CANCELLED, NULL});
}

void emit_await(Emitter *e, const IrStmt *stmt) {
    e->fn.uses_status = true;
    emit_wait_check(e, stmt);
    if (stmt->u.await.op == IRW_CONDITION_WAIT) {
        emit_condition_wait(e, stmt);
        return;
    }
    out_code(e->out);
    put_text(e, "s = ");
    put_wait(e, stmt);
    put_text(e, ";");
    out_code_end(e->out);
    emit_pending(e, stmt->u.await.at);
    if (stmt->u.await.op == IRW_SEQUENCER_ENTER) emit_sequence_check(e, stmt);
    if (stmt->u.await.op == IRW_SLEEP_FOREVER) {
        emit_leave(e, (Way){"TR_CANCELLED", CANCELLED, NULL});
    } else if (stmt->u.await.ends) {
        emit_leave_if(e, "s == TR_CANCELLED", (Way){"TR_CANCELLED", CANCELLED, NULL});
        if (e->fn.ends != stmt->u.await.ends) line(e, "$w = s == TR_RAISED;", stmt->u.await.ends);
    } else if (stmt->u.await.site) {
        Home home = leaves_home(e, stmt->u.await.errs, RAISED);
        open_line(e, "if (s == TR_RAISED) {");
        emit_site(e, home, site_text(e, stmt->u.await.site));
        emit_leave(e, (Way){"TR_RAISED", RAISED, home.var});
        close_line(e, "}");
        emit_leave_if(e, "s != TR_DONE", (Way){"s", CANCELLED, NULL});
    } else {
        emit_leave_if(e, "s != TR_DONE", (Way){"s", CANCELLED, NULL});
    }
}

/* ---- calls ---- */

static void put_result(Emitter *e, const IrExpr *to, const IrVar *callee) {
    bool whole;
    const IrVar *var = ir_place_var(to, &whole);
    bool is_local = var && var->place == IR_LOCAL;
    bool may_overlap = callee->place == IR_FRAME && !is_local && !is_scalar(to->type);
    if (may_overlap) {
        open_line(e, "{");
        out_code(e->out);
        put_declared(e, type_c(e, to->type), "ret");
        put(e, " = $v.ret;", callee);
        out_code_end(e->out);
        out_code(e->out);
        put_place(e, to, false);
        put_text(e, " = ret;");
        out_code_end(e->out);
        close_line(e, "}");
        return;
    }
    out_code(e->out);
    put_place(e, to, false);
    put(e, " = $v.ret;", callee);
    out_code_end(e->out);
}

/* What callee ended with goes on from here: its errors to where they are wanted next. */
static void emit_callee_left(Emitter *e, const IrStmt *stmt, uint8_t may) {
    const IrFn *fn = stmt->u.await_call.fn;
    if (!(may & RAISED)) {
        if (fn->points && !e->fn.fence) line(e, "if (s != TR_DONE) return s;");
        else {
            line(e, "if (s == TR_PENDING) return s;");
            emit_leave_if(e, "s != TR_DONE", (Way){"s", may, NULL});
        }
        return;
    }
    const char *callee = e->fn.names[stmt->u.await_call.callee->id];
    const char *leaf = str_format(&e->scratch, "%s.errs.leaf", callee).at;
    const char *count = str_format(&e->scratch, "%s.errs.count", callee).at;
    if (fn->points) line(e, "if (s == TR_PENDING) return s;");
    emit_leave_from(e, may, stmt->u.await_call.errs, leaf, count);
}

void emit_await_call(Emitter *e, const IrStmt *stmt) {
    IrFn *fn = stmt->u.await_call.fn;
    const IrVar *callee = stmt->u.await_call.callee;
    uint8_t may = (uint8_t)((fn->leaf_max ? RAISED : 0) | (fn->points ? CANCELLED : 0));
    out_code(e->out);
    put(e, "$f_begin(&$v", fn, callee);
    put_args(e, &stmt->u.await_call.args, false);
    put(e, "$s$s);", fn->starts ? ", NULL" : "", fn->start_type ? ", NULL" : "");
    out_code_end(e->out);
    if (fn->points) {
        emit_at(e, stmt->u.await_call.at);
        emit_point(e, stmt->u.await_call.at);
    }
    if (may) e->fn.uses_status = true;
    line(e, may ? "s = $f_step($a, &$v);" : "(void)$f_step($a, &$v);", fn, callee);
    if (may) emit_callee_left(e, stmt, may);
    if (stmt->u.await_call.to) put_result(e, stmt->u.await_call.to, callee);
}

/* ---- plain functions that may raise ---- */

/* Where the callee puts its errors: here, if there is just as much room, else by way of a record of its own. */
static void put_plain_call(Emitter *e, const IrStmt *stmt, Home home, bool direct) {
    IrFn *fn = stmt->u.call.fn;
    put_call_head(e, fn);
    put_args(e, &stmt->u.call.args, !emit_fn_of(e, fn)->needs_app);
    bool is_first = !emit_fn_of(e, fn)->needs_app && !stmt->u.call.args.len;
    if (fn->result_type) {
        put_text(e, is_first ? "&" : ", &");
        if (stmt->u.call.to) put_place(e, stmt->u.call.to, false);
        else put_text(e, "dropped");
        is_first = false;
    }
    put_text(e, is_first ? "" : ", ");
    if (!direct) put_text(e, "&theirs");
    else if (home.var) put(e, "&$v", home.var);
    else put_text(e, e->fn.fn->is_async ? "&f->errs" : "errs"), e->fn.uses_errs = true;
    put_text(e, ")");
}

static void emit_plain_call(Emitter *e, const IrStmt *stmt) {
    const IrFn *fn = stmt->u.call.fn;
    Home home = leaves_home(e, stmt->u.call.errs, RAISED);
    uint32_t room = home.var ? home.var->count : e->fn.fn->leaf_max;
    bool overlaps = !home.var && e->fn.fn->is_async; /* with what the callee reads in the frame */
    bool direct = room == fn->leaf_max && !overlaps;
    bool has_block = !direct || (fn->result_type && !stmt->u.call.to);
    if (has_block) open_line(e, "{");
    if (!direct) line(e, "$s theirs;", leaves_type(e, fn->leaf_max));
    if (fn->result_type && !stmt->u.call.to) {
        out_code(e->out);
        put_declared(e, type_c(e, fn->result_type), "dropped;");
        out_code_end(e->out);
    }
    out_code(e->out);
    put_text(e, "if (");
    put_plain_call(e, stmt, home, direct);
    put_text(e, " != TR_DONE) {");
    out_end(e->out);
    out_open(e->out);
    if (!direct) emit_move(e, home, "theirs.leaf", "theirs.count");
    emit_leave(e, (Way){"TR_RAISED", RAISED, home.var});
    close_line(e, "}");
    if (has_block) close_line(e, "}");
}

/* ---- operations that end at once but may raise ---- */

static void put_attempt(Emitter *e, const IrStmt *stmt) {
    const IrExprList *args = &stmt->u.call.args;
    const IrExpr *a = args->at[0];
    switch (stmt->u.call.op) {
    case IRT_SEND_NOWAIT: put(e, "tr_send_nowait($r, $x, &$v)", a, args->at[1]->u.var); break;
    case IRT_RECEIVE_NOWAIT:
        put(e, "tr_receive_nowait($r, $x, &", a);
        put_place(e, stmt->u.call.to, false);
        put_text(e, ")");
        break;
    case IRT_LOCK_ACQUIRE_NOWAIT: put(e, "tr_lock_acquire_nowait($r, $o)", a); break;
    default: put(e, "tr_semaphore_acquire_nowait($r, $o)", a); break;
    }
}

static void emit_attempt(Emitter *e, const IrStmt *stmt) {
    bool has_two = stmt->u.call.op == IRT_SEND_NOWAIT || stmt->u.call.op == IRT_RECEIVE_NOWAIT;
    const char *site = site_text(e, stmt->u.call.site[0]);
    if (stmt->u.call.op == IRT_LOCK_ACQUIRE_NOWAIT) emit_held_check(e, stmt->u.call.args.at[0], NULL, stmt->line);
    out_code(e->out);
    if (has_two) {
        e->fn.uses_tried = true;
        const char *second = stmt->u.call.site[1] ? site_text(e, stmt->u.call.site[1]) : NULL;
        if (second) site = str_format(&e->scratch, "tried == TR_TRY_WOULD_BLOCK ? %s : %s", site, second).at;
    }
    put_text(e, has_two ? "tried = " : "if (!");
    put_attempt(e, stmt);
    put_text(e, has_two ? ";" : ") {");
    out_end(e->out);
    if (has_two) out_code(e->out), put_text(e, "if (tried != TR_TRY_DONE) {"), out_end(e->out);
    out_open(e->out);
    Home home = leaves_home(e, stmt->u.call.errs, RAISED);
    emit_site(e, home, site);
    emit_leave(e, (Way){"TR_RAISED", RAISED, home.var});
    close_line(e, "}");
}

void emit_call(Emitter *e, const IrStmt *stmt) {
    if (stmt->u.call.fn) emit_plain_call(e, stmt);
    else emit_attempt(e, stmt);
}
