/* lower_builtin: built-in functions, methods and fields. */
#include "lower.h"

static Expr *arg(const Expr *call, uint32_t i) {
    return i < call->u.call.args.len ? call->u.call.args.at[i].value : NULL;
}

static IrExpr *bool_op(Lower *l, IrOp op, IrExpr *a, IrExpr *b) { return ir_op(l, op, lower_basic(l, TYPE_BOOL), a, b); }

/* The value of a handle that is lent, not moved: of a variable or through a reference. */
IrExpr *lower_handle(Lower *l, Expr *self) {
    bool moves = self->moves;
    self->moves = false;
    IrExpr *place = lower_place(l, self);
    self->moves = moves;
    return ir_seen(l, place);
}

/* A value made by an operation with effects: it happens here, in its turn. */
static IrExpr *now(Lower *l, IrExpr *value, IrExpr *to) {
    if (!value->type || value->type->kind == TYPE_EMPTY) {
        lower_do(l, value);
        return NULL;
    }
    IrExpr *result = to && to->type == value->type ? to : ir_use(l, lower_temp(l, value->type, "t"));
    lower_set(l, result, value);
    return result;
}

/* ---- waits ------------------------------------------------------------------------------------------------------- */

static IrVarKind wait_kind(IrWaitOp op) {
    switch (op) {
    case IRW_SLEEP: case IRW_SLEEP_UNTIL: return IRV_SLEEP;
    case IRW_SEND: case IRW_RECEIVE: case IRW_SEQUENCER_ENTER: return IRV_CHANNEL_WAIT;
    case IRW_LIMITER_ACQUIRE: return IRV_HOLDER;
    case IRW_CONDITION_WAIT: return IRV_CONDITION_WAITER;
    default: return IRV_WAIT;
    }
}

static IrStmt *wait(Lower *l, IrWaitOp op, IrExpr *a, IrExpr *b) {
    IrStmt *stmt = lower_add(l, IRS_AWAIT);
    stmt->u.await.op = op;
    if (a) vec_push(l->scratch, &stmt->u.await.args, a);
    if (b) vec_push(l->scratch, &stmt->u.await.args, b);
    if (op != IRW_CHECKPOINT) stmt->u.await.wait = lower_record(l, wait_kind(op), "wait");
    lower_unwinds(l);
    return stmt;
}

static IrExpr *lower_send(Lower *l, Expr *expr) {
    IrVar *item = lower_temp(l, type_seen(expr->u.call.self->type)->elem, "item");
    item->fixed = false;
    lower_into(l, ir_use(l, item), arg(expr, 0));
    IrStmt *stmt = wait(l, IRW_SEND, lower_handle(l, expr->u.call.self), ir_use(l, item));
    if (is_static_handle(expr->u.call.self)) return NULL;
    stmt->u.await.site = lower_builtin_site(l, BUILTIN_ERROR_BROKEN_RESOURCE);
    stmt->u.await.errs = lower_errs(l, 1);
    return NULL;
}

static bool is_plain_var(const IrExpr *to) { return to && to->kind == IRX_VAR && to->u.var->kind == IRV_VALUE; }

static IrExpr *lower_receive(Lower *l, Expr *expr, IrExpr *to) {
    IrExpr *item = is_plain_var(to) && to->type == expr->type ? to : NULL;
    if (!item) {
        IrVar *temp = lower_temp(l, expr->type, "item");
        temp->fixed = false;
        item = ir_use(l, temp);
    }
    IrStmt *stmt = wait(l, IRW_RECEIVE, lower_handle(l, expr->u.call.self), NULL);
    stmt->u.await.to = item;
    if (is_static_handle(expr->u.call.self)) return item;
    stmt->u.await.site = lower_builtin_site(l, BUILTIN_ERROR_END_OF_CHANNEL);
    stmt->u.await.errs = lower_errs(l, 1);
    return item;
}

IrExpr *lower_wait(Lower *l, IrWaitOp op, Expr *self, IrExpr *argument, IrExpr *to) {
    (void)to;
    wait(l, op, self ? lower_object(l, self) : argument, self ? argument : NULL);
    return NULL;
}

static bool is_semaphore(const Expr *self) { return type_seen(self->type)->kind == TYPE_SEMAPHORE; }

IrExpr *lower_lock_of(Lower *l, IrExpr *condition) {
    Type *lock = type_of_elem(&l->program->types, TYPE_REF, lower_basic(l, TYPE_LOCK), true);
    return ir_op(l, IROP_CONDITION_LOCK, lock, condition, NULL);
}

/* What is acquired and released: of a condition its lock. */
IrExpr *lower_acquired(Lower *l, Expr *self) {
    IrExpr *object = lower_object(l, self);
    return type_seen(self->type)->kind == TYPE_CONDITION ? lower_lock_of(l, object) : object;
}

IrWaitOp lower_acquire_op(const Expr *self) { return is_semaphore(self) ? IRW_SEMAPHORE_ACQUIRE : IRW_LOCK_ACQUIRE; }

static IrExpr *lower_acquire(Lower *l, Expr *self) {
    wait(l, lower_acquire_op(self), lower_acquired(l, self), NULL);
    return NULL;
}

/* ---- what ends at once but may raise ----------------------------------------------------------------------------- */

static IrExpr *lower_attempt(Lower *l, IrTryOp op, IrExpr *a, IrExpr *b, IrExpr *to, BuiltinError second) {
    IrStmt *stmt = lower_add(l, IRS_CALL);
    stmt->u.call.op = op;
    vec_push(l->scratch, &stmt->u.call.args, a);
    if (b) vec_push(l->scratch, &stmt->u.call.args, b);
    stmt->u.call.to = to;
    stmt->u.call.site[0] = lower_builtin_site(l, BUILTIN_ERROR_WOULD_BLOCK);
    if (second) stmt->u.call.site[1] = lower_builtin_site(l, second);
    stmt->u.call.errs = lower_errs(l, 1);
    lower_unwinds(l);
    return to;
}

static IrExpr *lower_send_nowait(Lower *l, Expr *expr) {
    IrVar *item = lower_temp(l, type_seen(expr->u.call.self->type)->elem, "item");
    item->fixed = false;
    lower_into(l, ir_use(l, item), arg(expr, 0));
    lower_attempt(l, IRT_SEND_NOWAIT, lower_handle(l, expr->u.call.self), ir_use(l, item), NULL, builtin_errors(expr).at[1]);
    return NULL;
}

static IrExpr *lower_receive_nowait(Lower *l, Expr *expr, IrExpr *to) {
    IrExpr *item = is_plain_var(to) && to->type == expr->type ? to : ir_use(l, lower_temp(l, expr->type, "item"));
    return lower_attempt(l, IRT_RECEIVE_NOWAIT, lower_handle(l, expr->u.call.self), NULL, item, builtin_errors(expr).at[1]);
}

static IrExpr *lower_acquire_nowait(Lower *l, Expr *expr) {
    Expr *self = expr->u.call.self;
    IrTryOp op = is_semaphore(self) ? IRT_SEMAPHORE_ACQUIRE_NOWAIT : IRT_LOCK_ACQUIRE_NOWAIT;
    return lower_attempt(l, op, lower_acquired(l, self), NULL, NULL, ERROR_NONE_BUILTIN);
}

/* ---- handles ----------------------------------------------------------------------------------------------------- */

static IrExpr *lower_clone(Lower *l, Expr *expr, IrExpr *to) {
    bool sender = type_seen(expr->u.call.self->type)->kind == TYPE_SENDER;
    IrOp op = sender ? IROP_SENDER_CLONE : IROP_RECEIVER_CLONE;
    return now(l, ir_op(l, op, expr->type, lower_handle(l, expr->u.call.self), NULL), to);
}

/* tx.close(): the variable gives its handle up. */
static IrExpr *lower_close_call(Lower *l, Expr *expr) {
    Expr *self = expr->u.call.self;
    bool sender = type_seen(self->type)->kind == TYPE_SENDER;
    IrExpr *place = lower_handle(l, self);
    lower_do(l, ir_op(l, sender ? IROP_SENDER_CLOSE : IROP_RECEIVER_CLOSE, NULL, place, NULL));
    lower_set(l, place, ir_op(l, IROP_MOVED, place->type, NULL, NULL));
    return NULL;
}

/* ---- lists and text ---------------------------------------------------------------------------------------------- */

static IrExpr *lower_push(Lower *l, Expr *expr, IrExpr *to) {
    Type *object = type_seen(expr->u.call.self->type);
    IrExpr *self = lower_object(l, expr->u.call.self);
    Type *item = object->kind == TYPE_LIST ? object->elem : type_seen(arg(expr, 0)->type);
    uint32_t mark = l->out->len;
    IrExpr *value = lower_as(l, arg(expr, 0), item);
    self = lower_before(l, mark, self);
    IrOp op = object->kind == TYPE_LIST ? IROP_LIST_PUSH : IROP_STR_PUSH;
    return now(l, bool_op(l, op, self, value), to);
}

/* format(&mut s, "...") -> bool */
static IrExpr *lower_format(Lower *l, Expr *expr, bool clear) {
    IrExpr *into = ir_unary(l, IRX_DEREF, type_seen(arg(expr, 0)->type), lower_stable(l, lower_expr(l, arg(expr, 0))));
    if (clear) lower_do(l, ir_op(l, IROP_STR_CLEAR, NULL, ir_address(l, into), NULL));
    IrVar *fits = lower_temp(l, lower_basic(l, TYPE_BOOL), "fits");
    lower_print(l, arg(expr, 1), false, into, fits);
    return ir_use(l, fits);
}

static IrExpr *lower_number_op(Lower *l, Expr *expr, IrOp op) {
    IrExpr *made = ir_op(l, op, expr->type, NULL, NULL);
    for (uint32_t i = 0; i < expr->u.call.args.len; i++) {
        uint32_t mark = l->out->len;
        IrExpr *value = lower_stable(l, lower_as(l, arg(expr, i), expr->type));
        if (i && l->out->len != mark) made->u.built.items.at[0] = lower_before(l, mark, made->u.built.items.at[0]);
        vec_push(l->scratch, &made->u.built.items, value);
    }
    made->line = lower_line(l, expr->span.at);
    return made;
}

/* clamp(x, low, high) = min(max(x, low), high) */
static IrExpr *lower_clamp(Lower *l, Expr *expr) {
    IrExpr *all = lower_number_op(l, expr, IROP_MAX);
    IrExpr *high = all->u.built.items.at[2];
    all->u.built.items.len = 2;
    return ir_op(l, IROP_MIN, expr->type, all, high);
}

/* ---- objects ----------------------------------------------------------------------------------------------------- */

static IrExpr *lower_release(Lower *l, Expr *expr) {
    IrOp op = is_semaphore(expr->u.call.self) ? IROP_SEMAPHORE_RELEASE : IROP_LOCK_RELEASE;
    lower_do(l, ir_op(l, op, NULL, lower_acquired(l, expr->u.call.self), NULL));
    return NULL;
}

/* cond.notify()   cond.notify(n)   cond.notify_all() */
static IrExpr *lower_notify(Lower *l, Expr *expr, int32_t count) {
    Type *type = lower_basic(l, TYPE_I32);
    IrExpr *condition = lower_object(l, expr->u.call.self);
    uint32_t mark = l->out->len;
    IrExpr *many = arg(expr, 0) ? lower_as(l, arg(expr, 0), type) : ir_int(l, type, (uint64_t)count);
    lower_do(l, ir_op(l, IROP_CONDITION_NOTIFY, NULL, lower_before(l, mark, condition), many));
    return NULL;
}

static IrExpr *object_op(Lower *l, Expr *expr, IrOp op) {
    return ir_op(l, op, expr->type, lower_object(l, expr->u.call.self), NULL);
}

static IrExpr *lower_started(Lower *l, Expr *expr) {
    Type *type = l->fn->start_type;
    IrExpr *value = type ? lower_stable(l, lower_as(l, arg(expr, 0), type)) : NULL;
    lower_do(l, ir_op(l, IROP_STARTED, NULL, value, NULL));
    return NULL;
}

static IrExpr *lower_wait_call(Lower *l, Expr *expr, IrExpr *to) {
    Expr *self = expr->u.call.self;
    switch ((Builtin)expr->u.call.builtin) {
    case BUILTIN_SLEEP: return lower_wait(l, IRW_SLEEP, NULL, lower_wait_time(l, arg(expr, 0)), to);
    case BUILTIN_SLEEP_UNTIL: return lower_wait(l, IRW_SLEEP_UNTIL, NULL, lower_expr(l, arg(expr, 0)), to);
    case BUILTIN_SLEEP_FOREVER: return lower_wait(l, IRW_SLEEP_FOREVER, NULL, NULL, to);
    case BUILTIN_WAIT_ALL_TASKS_BLOCKED: return lower_wait(l, IRW_ALL_BLOCKED, NULL, NULL, to);
    case BUILTIN_CHECKPOINT: return lower_wait(l, IRW_CHECKPOINT, NULL, NULL, to);
    case BUILTIN_SEND: return lower_send(l, expr);
    case BUILTIN_RECEIVE: return lower_receive(l, expr, to);
    case BUILTIN_EVENT_WAIT: return lower_wait(l, IRW_EVENT_WAIT, self, NULL, to);
    case BUILTIN_CONDITION_WAIT: return lower_wait(l, IRW_CONDITION_WAIT, self, NULL, to);
    case BUILTIN_ACQUIRE: return lower_acquire(l, self);
    case BUILTIN_START: return lower_start(l, expr, to);
    default: return NULL;
    }
}

static IrExpr *lower_effect_call(Lower *l, Expr *expr, IrExpr *to) {
    Expr *self = expr->u.call.self;
    switch ((Builtin)expr->u.call.builtin) {
    case BUILTIN_PRINT: lower_print(l, arg(expr, 0), true, NULL, NULL); return NULL;
    case BUILTIN_WRITE: lower_print(l, arg(expr, 0), false, NULL, NULL); return NULL;
    case BUILTIN_PANIC: lower_check(l, NULL, arg(expr, 0), STR("panic")); return NULL;
    case BUILTIN_FORMAT: return lower_format(l, expr, true);
    case BUILTIN_APPEND: return lower_format(l, expr, false);
    case BUILTIN_BUSY: lower_do(l, ir_op(l, IROP_BUSY, NULL, lower_expr(l, arg(expr, 0)), NULL)); return NULL;
    case BUILTIN_STARTED: return lower_started(l, expr);
    case BUILTIN_SEND_NOWAIT: return lower_send_nowait(l, expr);
    case BUILTIN_RECEIVE_NOWAIT: return lower_receive_nowait(l, expr, to);
    case BUILTIN_ACQUIRE_NOWAIT: return lower_acquire_nowait(l, expr);
    case BUILTIN_TRY_SEND: {
        IrExpr *item = lower_as(l, arg(expr, 0), type_seen(self->type)->elem);
        IrVar *temp = lower_temp(l, item->type, "item");
        lower_set(l, ir_use(l, temp), item);
        return now(l, bool_op(l, IROP_TRY_SEND, lower_handle(l, self), ir_use(l, temp)), to);
    }
    case BUILTIN_TRY_RECEIVE: return now(l, ir_op(l, IROP_TRY_RECEIVE, expr->type, lower_handle(l, self), NULL), to);
    case BUILTIN_CLONE: return lower_clone(l, expr, to);
    case BUILTIN_CLOSE: return lower_close_call(l, expr);
    case BUILTIN_EVENT_SET: lower_do(l, ir_op(l, IROP_EVENT_SET, NULL, lower_object(l, self), NULL)); return NULL;
    case BUILTIN_RELEASE: return lower_release(l, expr);
    case BUILTIN_NOTIFY: return lower_notify(l, expr, 1);
    case BUILTIN_NOTIFY_ALL: return lower_notify(l, expr, INT32_MAX);
    case BUILTIN_START_SOON: case BUILTIN_START_SERVICE: lower_start_soon(l, expr); return NULL;
    case BUILTIN_CANCEL: return lower_cancel(l, expr);
    case BUILTIN_CANCEL_CHILD:
        lower_do(l, ir_op(l, IROP_CANCEL_CHILD, NULL, lower_object(l, self), NULL));
        return NULL;
    case BUILTIN_PUSH: return lower_push(l, expr, to);
    case BUILTIN_POP: return now(l, object_op(l, expr, IROP_LIST_POP), to);
    case BUILTIN_REMOVE: {
        IrExpr *list = lower_object(l, self);
        uint32_t mark = l->out->len;
        IrExpr *index = lower_expr(l, arg(expr, 0));
        return now(l, ir_op(l, IROP_LIST_REMOVE, expr->type, lower_before(l, mark, list), index), to);
    }
    case BUILTIN_CLEAR: {
        IrOp op = type_seen(self->type)->kind == TYPE_LIST ? IROP_LIST_CLEAR : IROP_STR_CLEAR;
        lower_do(l, ir_op(l, op, NULL, lower_object(l, self), NULL));
        return NULL;
    }
    default: return lower_wait_call(l, expr, to);
    }
}

/* Only reads, or computes: may stay inside a larger expression. */
static IrExpr *lower_pure_call(Lower *l, Expr *expr) {
    Expr *self = expr->u.call.self;
    switch ((Builtin)expr->u.call.builtin) {
    case BUILTIN_NOW: return ir_op(l, IROP_NOW, expr->type, NULL, NULL);
    case BUILTIN_UPTIME: return ir_op(l, IROP_UPTIME, expr->type, NULL, NULL);
    case BUILTIN_UPTIME64: return ir_op(l, IROP_UPTIME64, expr->type, NULL, NULL);
    case BUILTIN_NEVER: return ir_op(l, IROP_NEVER, expr->type, NULL, NULL);
    case BUILTIN_EFFECTIVE_DEADLINE: return ir_op(l, IROP_EFFECTIVE_DEADLINE, expr->type, NULL, NULL);
    case BUILTIN_MIN: return lower_number_op(l, expr, IROP_MIN);
    case BUILTIN_MAX: return lower_number_op(l, expr, IROP_MAX);
    case BUILTIN_ABS: return lower_number_op(l, expr, IROP_ABS);
    case BUILTIN_CLAMP: return lower_clamp(l, expr);
    case BUILTIN_STR_FROM: return ir_op(l, IROP_STR_FROM, expr->type, lower_expr(l, arg(expr, 0)), NULL);
    case BUILTIN_ENUM_FROM: return ir_op(l, IROP_ENUM_FROM, expr->type, lower_expr(l, arg(expr, 0)), NULL);
    case BUILTIN_STATISTICS: return ir_op(l, IROP_STATISTICS, expr->type, lower_handle(l, self), NULL);
    case BUILTIN_EVENT_IS_SET: return object_op(l, expr, IROP_EVENT_IS_SET);
    case BUILTIN_LOCKED: return ir_op(l, IROP_LOCK_LOCKED, expr->type, lower_acquired(l, self), NULL);
    case BUILTIN_BYTES: return ir_op(l, IROP_STR_BYTES, expr->type, lower_as(l, self, lower_basic(l, TYPE_STR)), NULL);
    default: return NULL;
    }
}

IrExpr *lower_builtin(Lower *l, Expr *expr, IrExpr *to) {
    IrExpr *value = lower_pure_call(l, expr);
    if (!value) value = lower_bit_function(l, expr);
    if (value) return value;
    return lower_store(l, expr) ? NULL : lower_effect_call(l, expr, to);
}

/* ---- fields ------------------------------------------------------------------------------------------------------ */

IrExpr *lower_field_builtin(Lower *l, Expr *expr) {
    Expr *of = expr->u.field.of;
    switch ((Builtin)expr->u.field.builtin) {
    case BUILTIN_FIELD_LEN: return ir_op(l, IROP_LEN, expr->type, lower_through(l, of), NULL);
    case BUILTIN_FIELD_CANCEL_CALLED: return ir_op(l, IROP_CANCEL_CALLED, expr->type, lower_object(l, of), NULL);
    case BUILTIN_FIELD_CANCELLED_CAUGHT: return ir_op(l, IROP_CANCELLED_CAUGHT, expr->type, lower_object(l, of), NULL);
    case BUILTIN_FIELD_DEADLINE: return ir_op(l, IROP_SCOPE_DEADLINE, expr->type, lower_object(l, of), NULL);
    case BUILTIN_FIELD_CANCEL_REASON: return lower_reason(l, expr);
    case BUILTIN_FIELD_CANCELLED_AT: return ir_op(l, IROP_CANCELLED_AT, expr->type, lower_object(l, of), NULL);
    case BUILTIN_FIELD_STOPPING: return ir_op(l, IROP_STOPPING, expr->type, lower_object(l, of), NULL);
    case BUILTIN_FIELD_IS_DONE: return ir_op(l, IROP_IS_DONE, expr->type, lower_object(l, of), NULL);
    case BUILTIN_FIELD_SHIELD: return ir_op(l, IROP_SCOPE_SHIELD, expr->type, lower_object(l, of), NULL);
    case BUILTIN_FIELD_CANCEL_SCOPE: {
        Type *scope = type_of_elem(&l->program->types, TYPE_REF, lower_basic(l, TYPE_SCOPE), true);
        return ir_op(l, IROP_NURSERY_SCOPE, scope, lower_object(l, of), NULL);
    }
    case BUILTIN_FIELD_VALUE: return ir_op(l, IROP_SEMAPHORE_VALUE, expr->type, lower_object(l, of), NULL);
    case BUILTIN_FIELD_TOTAL_TOKENS: return ir_op(l, IROP_LIMITER_TOTAL, expr->type, lower_object(l, of), NULL);
    case BUILTIN_FIELD_BORROWED_TOKENS: return ir_op(l, IROP_LIMITER_BORROWED, expr->type, lower_object(l, of), NULL);
    case BUILTIN_FIELD_AVAILABLE_TOKENS: return ir_op(l, IROP_LIMITER_AVAILABLE, expr->type, lower_object(l, of), NULL);
    case BUILTIN_FIELD_ERROR_NAME: return ir_op(l, IROP_ERROR_NAME, expr->type, lower_through(l, of), NULL);
    case BUILTIN_FIELD_ERROR_WHERE: return ir_op(l, IROP_ERROR_WHERE, expr->type, lower_through(l, of), NULL);
    default: return ir_int(l, expr->type, 0);
    }
}

/* s.deadline = t;  s.shield = b;  lim.total_tokens = n; */
void lower_assign_field(Lower *l, Expr *field, IrExpr *value) {
    IrOp op = IROP_SET_DEADLINE;
    if (field->u.field.builtin == BUILTIN_FIELD_SHIELD) op = IROP_SET_SHIELD;
    if (field->u.field.builtin == BUILTIN_FIELD_TOTAL_TOKENS) {
        op = IROP_LIMITER_SET_TOTAL;
        value = lower_stable(l, value);
    }
    lower_do(l, ir_op(l, op, NULL, lower_object(l, field->u.field.of), value));
}
