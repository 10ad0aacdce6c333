/* lower_select: waiting for the first of several operations.

       select {                                          g = more; if (g) { item = f(); }
           await out.send(f()) if more => { a(); }       time = d;
           await in.receive() as x => { b(x); }          which = select { 0: send out, item if g   1: x = receive in
           after d => { c(); }                                            2: after time }
       }                                                 if (which == 0) { a(); } else if (which == 1) { b(x); } else { c(); }

   What the arms need is evaluated first, in their order; of an arm whose guard does not hold, nothing. */
#include "lower.h"

static IrVar *begin_temp(Lower *l, Type *type, const char *name) {
    IrVar *var = lower_temp(l, type, name);
    var->fixed = false;
    lower_begin(l, var);
    return var;
}

/* ---- what an arm needs ---- */

static IrWaitOp op_of(const SelectArm *arm) {
    switch (arm->kind) {
    case SELECT_AFTER: return IRW_SLEEP;
    case SELECT_AT: return IRW_SLEEP_UNTIL;
    case SELECT_ELSE: return IRW_CHECKPOINT;
    case SELECT_AWAIT: break;
    }
    switch ((Builtin)arm->expr->u.call.builtin) {
    case BUILTIN_SEND: return IRW_SEND;
    case BUILTIN_RECEIVE: return IRW_RECEIVE;
    case BUILTIN_EVENT_WAIT: return IRW_EVENT_WAIT;
    default: return lower_acquire_op(arm->expr->u.call.self);
    }
}

static BuiltinError error_of(const SelectArm *arm) {
    return arm->kind == SELECT_AWAIT ? builtin_errors(arm->expr).at[0] : ERROR_NONE_BUILTIN;
}

/* Where what the arm needs is put; NULL where nothing is. */
typedef struct Needs {
    IrVar *time, *item;
} Needs;

static Needs begin_needs(Lower *l, const SelectArm *arm, IrWaitOp op) {
    Needs needs = {NULL, NULL};
    if (op == IRW_SLEEP) needs.time = begin_temp(l, lower_basic(l, TYPE_DURATION), "time");
    if (op == IRW_SLEEP_UNTIL) needs.time = begin_temp(l, lower_basic(l, TYPE_INSTANT), "time");
    if (op == IRW_SEND) needs.item = begin_temp(l, type_seen(arm->expr->u.call.self->type)->elem, "item");
    if (op != IRW_RECEIVE) return needs;
    needs.item = arm->var ? lower_var(l, arm->var) : lower_temp(l, arm->expr->type, "item");
    needs.item->fixed = false;
    return needs;
}

/* A handle is looked at when all is evaluated: flow has seen to it that it is still there. */
static IrExpr *object_of(Lower *l, Expr *self, IrWaitOp op) {
    if (op == IRW_EVENT_WAIT) return lower_stable(l, lower_object(l, self));
    if (op != IRW_SEND && op != IRW_RECEIVE) return lower_stable(l, lower_acquired(l, self));
    IrExpr *handle = lower_handle(l, self);
    return ir_is_stable(ir_address(l, handle)) ? handle : lower_stable(l, handle);
}

/* A narrow clock cannot look far ahead. */
static void lower_after(Lower *l, IrVar *time, Expr *expr) {
    IrExpr *value = lower_wait_time(l, expr);
    lower_set(l, ir_use(l, time), value);
    if (value->kind == IRX_INT || l->ir->ticks.bits > 32) return;
    IrExpr *far = ir_int(l, time->type, (uint64_t)ticks_far(l->ir->ticks));
    IrExpr *is_near = ir_binary(l, OP_LE, lower_basic(l, TYPE_BOOL), ir_use(l, time), far);
    lower_check(l, is_near, NULL, STR("a wait for more than half the clock's range"));
}

static void lower_needs(Lower *l, const SelectArm *arm, IrArm *made, const Needs *needs) {
    if (made->op == IRW_SLEEP) lower_after(l, needs->time, arm->expr);
    if (made->op == IRW_SLEEP_UNTIL) lower_set(l, ir_use(l, needs->time), lower_as(l, arm->expr, needs->time->type));
    if (needs->time) made->object = ir_use(l, needs->time);
    if (needs->item) made->item = ir_use(l, needs->item);
    if (arm->kind != SELECT_AWAIT) return;
    made->object = object_of(l, arm->expr->u.call.self, made->op);
    if (made->op == IRW_SEND) lower_into(l, made->item, arm->expr->u.call.args.at[0].value);
}

static IrArm lower_arm(Lower *l, const SelectArm *arm) {
    l->line = lower_line(l, arm->span.at);
    IrArm made = {.op = op_of(arm)};
    if (error_of(arm)) made.site = lower_builtin_site(l, error_of(arm));
    Needs needs = begin_needs(l, arm, made.op);
    if (!arm->guard) {
        lower_needs(l, arm, &made, &needs);
        return made;
    }
    IrExpr *guard = lower_expr(l, arm->guard);
    made.guard = ir_use(l, lower_temp(l, lower_basic(l, TYPE_BOOL), "guard"));
    lower_set(l, made.guard, guard);
    IrBlock *out = l->out, needed = {0};
    l->out = &needed;
    lower_needs(l, arm, &made, &needs);
    l->out = out;
    if (!needed.len) return made;
    IrStmt *test = lower_add(l, IRS_IF);
    test->u.branch.cond = made.guard;
    test->u.branch.then = needed;
    return made;
}

/* ---- the arm that has won ---- */

static void number_arms(IrStmt *select) {
    uint32_t number = 0;
    for (int waits = 1; waits >= 0; waits--) {
        for (uint32_t i = 0; i < select->u.select.arms.len; i++) {
            IrArm *arm = &select->u.select.arms.at[i];
            if (ir_arm_has_wait(select, arm) == (waits == 1)) arm->number = number++;
        }
    }
}

static void lower_winner(Lower *l, const Stmt *stmt, const IrStmt *select) {
    IrBlock *out = l->out;
    uint32_t last = stmt->u.select.arms.len - 1;
    for (uint32_t i = 0; i < last; i++) {
        IrStmt *test = lower_add(l, IRS_IF);
        IrExpr *number = ir_int(l, lower_basic(l, TYPE_U8), select->u.select.arms.at[i].number);
        IrExpr *which = ir_use(l, select->u.select.which);
        test->u.branch.cond = ir_binary(l, OP_EQ, lower_basic(l, TYPE_BOOL), which, number);
        l->out = &test->u.branch.then;
        lower_block(l, stmt->u.select.arms.at[i].block);
        l->out = &test->u.branch.other;
    }
    lower_block(l, stmt->u.select.arms.at[last].block);
    l->out = out;
}

void lower_select(Lower *l, Stmt *stmt) {
    uint32_t line = l->line;
    bool raises = false;
    IrStmt *select = ir_stmt(l->scratch, IRS_SELECT, stmt->span, line);
    for (uint32_t i = 0; i < stmt->u.select.arms.len; i++) {
        IrArm arm = lower_arm(l, &stmt->u.select.arms.at[i]);
        raises |= arm.site != 0;
        vec_push(l->scratch, &select->u.select.arms, arm);
    }
    l->line = line;
    number_arms(select);
    select->head = l->head;
    l->head = false;
    vec_push(l->scratch, l->out, select);
    select->u.select.wait = lower_record(l, IRV_SELECT, "wait");
    select->u.select.wait->select = select;
    select->u.select.which = lower_temp(l, lower_basic(l, TYPE_U8), "which");
    if (raises) select->u.select.errs = lower_errs(l, 1);
    lower_unwinds(l);
    lower_winner(l, stmt, select);
}
