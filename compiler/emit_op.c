/* emit_op: what the runtime and the language have built in, as expressions. */
#include "emit_internal.h"

static const IrExpr *item(const IrExpr *expr, uint32_t i) { return expr->u.built.items.at[i]; }

static void put_field_of(Emitter *e, const IrExpr *pointer, const char *field) {
    put_arrow(e, pointer);
    put_text(e, field);
}

/* ---- numbers ---- */

static bool put_number_op(Emitter *e, const IrExpr *expr) {
    const IrExpr *a = item(expr, 0);
    if (expr->irop == IROP_MIN || expr->irop == IROP_MAX) {
        put(e, "$e $s $e ? $e : $e", a, expr->irop == IROP_MIN ? "<" : ">", item(expr, 1), a, item(expr, 1));
        return false;
    }
    if (type_is_int(expr->type) && !type_is_signed(expr->type)) {
        put_operand(e, a);
        return true;
    }
    put(e, "$e < 0 ? ", a);
    IrExpr negated = {.kind = IRX_UNARY, .op = OP_NEG, .line = expr->line, .type = expr->type, .u.of.a = (IrExpr *)a};
    put_operand(e, &negated);
    put(e, " : $e", a);
    return false;
}

/* E.from(number): none if no case has it. */
static void put_enum_from(Emitter *e, const IrExpr *expr) {
    const char *name;
    Type *type = expr->type->elem;
    const EnumDecl *decl = type->enumeration;
    type_c(e, expr->type);
    if (type_helper(e, type, TYPE_FROM, &name)) {
        Aside aside;
        aside_begin(e, &aside);
        put(e, "static $t $s(int64_t number) {\n    switch (number) {\n", expr->type, name);
        for (uint32_t i = 0; i < decl->cases.len; i++) {
            put_text(e, "    case ");
            put_int(e, type, (uint64_t)decl->cases.at[i].number);
            put_text(e, ":\n");
        }
        put(e, "        return ($t){($t)number, true};\n", expr->type, type);
        put(e, "    default: return ($t){0};\n    }\n}\n\n", expr->type);
        aside_end(e, &aside, SECTION_HELPERS);
    }
    put(e, "$s((int64_t)$e)", name, item(expr, 0));
}

/* ---- channels ---- */

static void put_channel_init(Emitter *e, const IrExpr *pointer) {
    const IrExpr *place = pointer->u.of.a;
    const IrVar *var = place->kind == IRX_INDEX ? place->u.of.a->u.var : place->kind == IRX_VAR ? place->u.var : NULL;
    Type *item = var ? var->type : place->u.global->type;
    uint32_t count = var ? var->count : place->u.global->count;
    if (var && var->ends) {
        put(e, "tr_broadcast_init($r, &$v.channel, $n, $v.items, sizeof($t), $n)", var, var->ends, var, item, count);
        return;
    }
    bool is_latest = var && var->latest;
    put(e, is_latest ? "tr_latest_init($r, $o, " : "tr_channel_init($r, $o, ", pointer);
    if (count) {
        put_place(e, place, true);
        put_text(e, ".items");
    } else {
        put_text(e, "NULL");
    }
    put(e, ", sizeof($t)", item);
    if (!is_latest) put(e, ", $n", count);
    put_text(e, ")");
}

static void put_try_receive(Emitter *e, const IrExpr *expr) {
    const char *name;
    if (type_helper(e, expr->type, TYPE_TRY_RECEIVE, &name)) {
        Aside aside;
        aside_begin(e, &aside);
        put(e, "static $t $s(tr_rt *rt, tr_channel *channel) {\n", expr->type, name);
        plain(e, "    $t item;", expr->type);
        plain(e, "    item.has = tr_receive_nowait(rt, channel, &item.value) == TR_TRY_DONE;");
        plain(e, "    return item;");
        put_text(e, "}\n\n");
        aside_end(e, &aside, SECTION_HELPERS);
    }
    put(e, "$s($r, $x)", name, item(expr, 0));
}

static bool put_channel_op(Emitter *e, const IrExpr *expr) {
    const IrExpr *a = expr->u.built.items.len ? item(expr, 0) : NULL;
    switch ((IrOp)expr->irop) {
    case IROP_CHANNEL_INIT: put_channel_init(e, a); break;
    case IROP_SENDER: put_object(e, a); break;
    case IROP_RECEIVER:
        if (expr->u.built.items.len == 1) put_object(e, a);
        else put(e, "&$v.end[$x]", a->u.of.a->u.var, item(expr, 1));
        break;
    case IROP_SENDER_CLONE: uses(e, USES_LARGE_COUNTS); put(e, "tr_sender_clone($x)", a); break;
    case IROP_RECEIVER_CLONE: uses(e, USES_LARGE_COUNTS); put(e, "tr_receiver_clone($x)", a); break;
    case IROP_SENDER_CLOSE: put(e, "tr_sender_close($r, $x)", a); break;
    case IROP_RECEIVER_CLOSE: put(e, "tr_receiver_close($r, $x)", a); break;
    case IROP_MOVED:
        if (is_scalar(expr->type)) put_text(e, "NULL");
        else put(e, "($t){0}", expr->type);
        break;
    case IROP_TRY_SEND:
        put(e, "tr_send_nowait($r, $x, ", a);
        put_address(e, item(expr, 1));
        put_text(e, ") == TR_TRY_DONE");
        return false;
    case IROP_TRY_RECEIVE: put_try_receive(e, expr); break;
    default: put(e, "tr_channel_statistics($r, $x)", a); break;
    }
    return true;
}

/* ---- synchronisation ---- */

/* A misuse that only a running program can show: (condition ? panic : (void)0), before what it would spoil. */
static void put_misuse(Emitter *e, const IrExpr *expr, const char *message) {
    put(e, "tr_panic($l, \"$s\")", expr, message);
}

static void put_lock_release(Emitter *e, const IrExpr *expr) {
    put(e, "if (TR_CHECKS && !tr_lock_held($r, $o)) ", item(expr, 0));
    put_misuse(e, expr, "release of a lock that this task does not hold");
    put_text(e, ";");
    out_code_end(e->out);
    out_code(e->out);
    put(e, "tr_lock_release($r, $o)", item(expr, 0));
}

static void put_notify(Emitter *e, const IrExpr *expr) {
    put(e, "if (TR_CHECKS && !tr_condition_held($r, $o)) ", item(expr, 0));
    put_misuse(e, expr, "notifying for a condition whose lock this task does not hold");
    put_text(e, ";");
    out_code_end(e->out);
    out_code(e->out);
    put(e, "tr_condition_notify($r, $o, $x)", item(expr, 0), item(expr, 1));
}

static void put_semaphore_release(Emitter *e, const IrExpr *expr) {
    put(e, "if (TR_CHECKS && tr_semaphore_full($r, $o)) ", item(expr, 0));
    put_misuse(e, expr, "release of a semaphore above its maximum");
    put_text(e, ";");
    out_code_end(e->out);
    out_code(e->out);
    put(e, "tr_semaphore_release($r, $o)", item(expr, 0));
}

/* Neither above `b` nor, without one, negative. What the compiler knows, it has checked. */
static void put_places_check(Emitter *e, const IrExpr *expr, const IrExpr *a, const IrExpr *b, const char *message) {
    if (a->kind == IRX_INT && (!b || b->kind == IRX_INT)) return;
    if (b) put(e, "if (TR_CHECKS && $e > $e) ", a, b);
    else put(e, "if (TR_CHECKS && $e < 0) ", a);
    put_misuse(e, expr, message);
    put_text(e, ";");
    out_code_end(e->out);
    out_code(e->out);
}

static void put_semaphore_init(Emitter *e, const IrExpr *expr) {
    const IrExpr *value = item(expr, 1), *max = expr->u.built.items.len > 2 ? item(expr, 2) : NULL;
    put_places_check(e, expr, value, NULL, "the value of a semaphore is negative");
    if (max) put_places_check(e, expr, value, max, "the semaphore begins above its maximum");
    put(e, "tr_semaphore_init($r, $o, $x, ", item(expr, 0), value);
    if (max) put(e, "$x)", max);
    else put_text(e, "INT32_MAX)");
}

static void put_limiter_op(Emitter *e, const IrExpr *expr, const char *function) {
    put_places_check(e, expr, item(expr, 1), NULL, "the number of tokens is negative");
    put(e, function, item(expr, 0), item(expr, 1));
}

static bool put_sync_op(Emitter *e, const IrExpr *expr) {
    const IrExpr *a = item(expr, 0);
    switch ((IrOp)expr->irop) {
    case IROP_EVENT_INIT: put(e, "tr_event_init($r, $o)", a); break;
    case IROP_EVENT_SET: put(e, "tr_event_set($r, $o)", a); break;
    case IROP_EVENT_IS_SET: put_field_of(e, a, "set != 0"); return false;
    case IROP_LOCK_INIT: put(e, "tr_lock_init($r, $o)", a); break;
    case IROP_LOCK_RELEASE: put_lock_release(e, expr); break;
    case IROP_LOCK_LOCKED: put_field_of(e, a, "owner != 0"); return false;
    case IROP_CONDITION_INIT: put(e, "tr_condition_init($r, $o, $o)", a, item(expr, 1)); break;
    case IROP_CONDITION_LOCK: put_field_of(e, a, "lock"); break;
    case IROP_CONDITION_NOTIFY: put_notify(e, expr); break;
    case IROP_SEMAPHORE_INIT: put_semaphore_init(e, expr); break;
    case IROP_SEMAPHORE_RELEASE: put_semaphore_release(e, expr); break;
    case IROP_SEMAPHORE_VALUE: put_field_of(e, a, "value"); break;
    case IROP_SEQUENCER_INIT: put(e, "tr_sequencer_init($r, $o)", a); break;
    case IROP_SEQUENCER_LEAVE: put(e, "tr_sequencer_leave($r, $o)", a); break;
    case IROP_LIMITER_INIT: put_limiter_op(e, expr, "tr_limiter_init($r, $o, $x)"); break;
    case IROP_LIMITER_RELEASE: put(e, "tr_limiter_release($r, $o, $o)", a, item(expr, 1)); break;
    case IROP_LIMITER_TOTAL: put_field_of(e, a, "total"); break;
    case IROP_LIMITER_BORROWED: put_field_of(e, a, "borrowed"); break;
    case IROP_LIMITER_AVAILABLE:
        put_field_of(e, a, "total - ");
        put_field_of(e, a, "borrowed");
        return false;
    default: put_limiter_op(e, expr, "tr_limiter_set_total($r, $o, $x)"); break;
    }
    return true;
}

/* ---- children ---- */

static void put_nursery_full(Emitter *e, const IrExpr *expr) {
    const IrExprList *items = &expr->u.built.items;
    const IrVar *slots = items->len > 1 ? items->at[1]->u.var : NULL;
    if (!slots) put(e, "!tr_lent_slot_find($o)", items->at[0]);
    else if (is_single(slots)) put(e, "!tr_slot_find(&$v, sizeof $v, 1)", slots, slots);
    else put(e, "!tr_slot_find($v, sizeof *$v, $n)", slots, slots, slots->count);
}

/* Who was begun by `start` tells, once; the record is the starter's from then on. The frame's own address says that it
   is done. */
static void put_started(Emitter *e, const IrExpr *expr) {
    const IrFn *fn = e->fn.fn;
    const char *starting = frame_field(e, fn, IR_SLOT_STARTING);
    e->fn.uses_frame = true;
    put(e, "if (TR_CHECKS && $s == (void *)f) ", starting);
    put_misuse(e, expr, "started for the second time");
    put_text(e, ";");
    out_code_end(e->out);
    open_line(e, "if ($s) {", starting);
    if (expr->u.built.items.len) line(e, "*$s = $x;", frame_field(e, fn, IR_SLOT_STARTED_VALUE), item(expr, 0));
    line(e, "tr_started($r, $s);", starting);
    line(e, "$s = (void *)f;", starting);
    e->out->indent--;
    out_plain(e->out, 0);
    put_text(e, "}");
}

/* ---- all ---- */

bool put_op(Emitter *e, const IrExpr *expr) {
    IrOp op = (IrOp)expr->irop;
    switch (op) {
    case IROP_NOW: put(e, "tr_now($r)"); return true;
    case IROP_UPTIME: uses(e, USES_UPTIME); put(e, "tr_uptime($r)"); return true;
    case IROP_NEXT_BEAT: put(e, "tr_next_beat($r, $o, $x)", item(expr, 0), item(expr, 1)); return true;
    case IROP_UPTIME64: uses(e, USES_UPTIME); put(e, "tr_uptime64($r)"); return true;
    case IROP_BUSY: put(e, "tr_busy($r, $x)", item(expr, 0)); return true;
    case IROP_LEN: put_len(e, item(expr, 0)); return true;
    case IROP_MIN: case IROP_MAX: case IROP_ABS: return put_number_op(e, expr);
    case IROP_LIST_PUSH: case IROP_LIST_POP: case IROP_LIST_REMOVE: case IROP_LIST_CLEAR:
        put_list_op(e, expr);
        return true;
    case IROP_STR_PUSH: case IROP_STR_CLEAR: case IROP_STR_BYTES: case IROP_STR_FROM: case IROP_STR_STORE:
        put_str_op(e, expr);
        return true;
    case IROP_CLZ: case IROP_CTZ: case IROP_POPCOUNT: case IROP_ROTATE: case IROP_BITS: case IROP_MUL_SHIFT: case IROP_LOAD:
    case IROP_STORE:
        return put_bit_op(e, expr);
    case IROP_ENUM_FROM: put_enum_from(e, expr); return true;
    case IROP_CANCEL: case IROP_CANCEL_CALLED: case IROP_CANCELLED_CAUGHT: case IROP_SCOPE_DEADLINE:
    case IROP_SET_DEADLINE: case IROP_SCOPE_SHIELD: case IROP_SET_SHIELD: case IROP_EFFECTIVE_DEADLINE:
    case IROP_NURSERY_SCOPE: case IROP_CANCEL_CHILD: case IROP_IS_DONE: case IROP_STOP:
    case IROP_STOPPING: case IROP_TELL: case IROP_REASON: case IROP_CANCELLED_AT: case IROP_SAID_TEXT:
    case IROP_SAID_WHERE:
        return put_scope_op(e, expr);
    case IROP_NEVER:
        put_text(e, "TR_NEVER");
        return true;
    case IROP_CHANNEL_INIT: case IROP_SENDER: case IROP_RECEIVER: case IROP_SENDER_CLONE: case IROP_RECEIVER_CLONE:
    case IROP_SENDER_CLOSE: case IROP_RECEIVER_CLOSE: case IROP_MOVED: case IROP_TRY_SEND: case IROP_TRY_RECEIVE:
    case IROP_STATISTICS:
        return put_channel_op(e, expr);
    case IROP_DEFERRED: put_text(e, "TR_WATCH(defers, 1)"); return true;
    case IROP_UNDEFERRED: put_text(e, "TR_WATCH(defers, -1)"); return true;
    case IROP_NURSERY_FULL: put_nursery_full(e, expr); return true;
    case IROP_STARTED: put_started(e, expr); return true;
    case IROP_WON: put(e, "tr_has_won(&$v.task)", item(expr, 0)->u.var); return true;
    case IROP_RESULT: put(e, "$v.frame.ret", item(expr, 0)->u.var); return true;
    case IROP_ERROR_IS: case IROP_ERROR_NAME: case IROP_ERROR_WHERE: case IROP_LEAVES_ANY: return put_error_op(e, expr);
    default: return put_sync_op(e, expr);
    }
}
