/* ir_operands: what a statement does with variables.

       x[i] = y              use i, use y, part x
       x = await f(&y, z)    use y, use z, borrow y, hold the callee's frame, def x
       x[i] = await f()      borrow i, hold the callee's frame, part x: the element is looked for after the wait
       select { rx to x }    as await rx.receive() in each arm, def which
       x = await rx.receive() use rx, borrow the channel, hold the wait, written x

   An awaited function that never suspends is as a call. */
#include "ir_operands.h"

static void add(Arena *arena, IrOperands *into, IrVar *var, IrRole role) {
    if (!var) return;
    IrOperand operand = {var, role};
    vec_push(arena, into, operand);
}

static void add_all(Arena *arena, IrOperands *into, const IrVarList *vars, IrRole role) {
    for (uint32_t i = 0; i < vars->len; i++) add(arena, into, vars->at[i], role);
}

/* ---- expressions ---- */

static void list_uses(Arena *arena, IrOperands *into, const IrExprList *list) {
    for (uint32_t i = 0; i < list->len; i++) ir_expr_uses(arena, into, list->at[i]);
}

void ir_expr_uses(Arena *arena, IrOperands *into, const IrExpr *expr) {
    if (!expr) return;
    switch ((IrExprKind)expr->kind) {
    case IRX_INT: case IRX_FLOAT: case IRX_STR: case IRX_BYTES: case IRX_NONE: case IRX_GLOBAL: break;
    case IRX_VAR: add(arena, into, expr->u.var, IR_USE); break;
    case IRX_FIELD: case IRX_PAYLOAD: ir_expr_uses(arena, into, expr->u.part.a); break;
    case IRX_STRUCT: case IRX_CASE: case IRX_ARRAY: list_uses(arena, into, &expr->u.make.items); break;
    case IRX_REPEAT: ir_expr_uses(arena, into, expr->u.repeat.value); break;
    case IRX_CALL: list_uses(arena, into, &expr->u.call.items); break;
    case IRX_OP: list_uses(arena, into, &expr->u.built.items); break;
    case IRX_SOME: case IRX_TAG: case IRX_HAS: case IRX_UNWRAP: case IRX_INDEX: case IRX_SLICE: case IRX_DEREF:
    case IRX_ADDRESS: case IRX_UNARY: case IRX_BINARY: case IRX_CHOOSE: case IRX_CONVERT:
        ir_expr_uses(arena, into, expr->u.of.a);
        ir_expr_uses(arena, into, expr->u.of.b);
        ir_expr_uses(arena, into, expr->u.of.c);
        break;
    }
}

/* What is read to find a place that is written: the indices on the way; behind a reference, the reference too. */
static void place_uses(Arena *arena, IrOperands *into, const IrExpr *place) {
    bool whole;
    if (!ir_place_var(place, &whole)) {
        ir_expr_uses(arena, into, place);
        return;
    }
    while (place->kind != IRX_VAR) {
        if (place->kind == IRX_INDEX) ir_expr_uses(arena, into, place->u.of.b);
        place = place->kind == IRX_FIELD || place->kind == IRX_PAYLOAD ? place->u.part.a : place->u.of.a;
    }
}

/* The same when the place is looked for after a wait. */
static void place_uses_later(Arena *arena, IrOperands *into, const IrExpr *place) {
    uint32_t first = into->len;
    if (place) place_uses(arena, into, place);
    for (uint32_t i = first; i < into->len; i++) into->at[i].role = IR_BORROW;
}

static void place_written(Arena *arena, IrOperands *into, const IrExpr *place, IrRole all, IrRole part) {
    if (!place) return;
    bool whole;
    IrVar *var = ir_place_var(place, &whole);
    add(arena, into, var, whole ? all : part);
}

/* The variables that a place lies in, or that the reference on the way to it may point into. */
static void borrow_place(Arena *arena, IrOperands *into, const IrExpr *place) {
    bool whole;
    IrVar *var = ir_place_var(place, &whole);
    add(arena, into, var, IR_BORROW);
}

/* The variables that a value points into. A call may give back what it got. */
static void borrow(Arena *arena, IrOperands *into, const IrExpr *expr) {
    if (!expr) return;
    switch ((IrExprKind)expr->kind) {
    case IRX_INT: case IRX_FLOAT: case IRX_STR: case IRX_BYTES: case IRX_NONE: case IRX_GLOBAL: break;
    case IRX_VAR: add_all(arena, into, &expr->u.var->roots, IR_BORROW); break;
    case IRX_FIELD: case IRX_PAYLOAD: borrow(arena, into, expr->u.part.a); break;
    case IRX_STRUCT: case IRX_CASE: case IRX_ARRAY:
        for (uint32_t i = 0; i < expr->u.make.items.len; i++) borrow(arena, into, expr->u.make.items.at[i]);
        break;
    case IRX_REPEAT: borrow(arena, into, expr->u.repeat.value); break;
    case IRX_CALL:
        for (uint32_t i = 0; i < expr->u.call.items.len; i++) borrow(arena, into, expr->u.call.items.at[i]);
        break;
    case IRX_OP:
        for (uint32_t i = 0; i < expr->u.built.items.len; i++) borrow(arena, into, expr->u.built.items.at[i]);
        break;
    case IRX_ADDRESS: case IRX_SLICE:
        borrow_place(arena, into, expr->u.of.a);
        borrow(arena, into, expr->u.of.a);
        break;
    case IRX_SOME: case IRX_TAG: case IRX_HAS: case IRX_UNWRAP: case IRX_INDEX: case IRX_DEREF: case IRX_UNARY:
    case IRX_BINARY: case IRX_CHOOSE: case IRX_CONVERT:
        borrow(arena, into, expr->u.of.a);
        borrow(arena, into, expr->u.of.b);
        borrow(arena, into, expr->u.of.c);
        break;
    }
}

static void lend(Arena *arena, IrOperands *into, const IrExprList *args) {
    list_uses(arena, into, args);
    for (uint32_t i = 0; i < args->len; i++) borrow(arena, into, args->at[i]);
}

/* ---- statements ---- */

static void part_uses(Arena *arena, IrOperands *into, const IrPart *parts, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) ir_expr_uses(arena, into, parts[i].value);
}

static bool is_init(const IrExpr *value) {
    if (value->kind != IRX_OP) return false;
    switch ((IrOp)value->irop) {
    case IROP_CHANNEL_INIT: case IROP_EVENT_INIT: case IROP_LOCK_INIT: case IROP_SEMAPHORE_INIT: case IROP_LIMITER_INIT:
    case IROP_CONDITION_INIT: case IROP_SEQUENCER_INIT:
        return value->u.built.items.at[0]->kind == IRX_ADDRESS;
    default: return false;
    }
}

/* event_init(&e) writes e as `e = ...` would. */
static void do_operands(Arena *arena, IrOperands *into, const IrExpr *value) {
    if (!is_init(value)) {
        ir_expr_uses(arena, into, value);
        return;
    }
    const IrExprList *items = &value->u.built.items;
    for (uint32_t i = 1; i < items->len; i++) ir_expr_uses(arena, into, items->at[i]);
    place_uses(arena, into, items->at[0]->u.of.a);
    place_written(arena, into, items->at[0]->u.of.a, IR_DEF, IR_PART);
}

static void await_operands(Arena *arena, IrOperands *into, const IrStmt *stmt) {
    lend(arena, into, &stmt->u.await.args);
    place_uses_later(arena, into, stmt->u.await.to);
    if (stmt->u.await.op == IRW_SEND) borrow_place(arena, into, stmt->u.await.args.at[1]);
    add(arena, into, stmt->u.await.wait, IR_HOLD);
    place_written(arena, into, stmt->u.await.to, IR_WRITTEN, IR_WRITTEN_PART);
    add(arena, into, stmt->u.await.ends, IR_DEF);
}

static void select_operands(Arena *arena, IrOperands *into, const IrStmt *stmt) {
    for (uint32_t i = 0; i < stmt->u.select.arms.len; i++) {
        const IrArm *arm = &stmt->u.select.arms.at[i];
        ir_expr_uses(arena, into, arm->guard);
        ir_expr_uses(arena, into, arm->object);
        borrow(arena, into, arm->object);
        if (arm->op != IRW_SEND) continue;
        ir_expr_uses(arena, into, arm->item);
        borrow_place(arena, into, arm->item);
    }
    add(arena, into, stmt->u.select.wait, IR_HOLD);
    for (uint32_t i = 0; i < stmt->u.select.arms.len; i++) {
        const IrArm *arm = &stmt->u.select.arms.at[i];
        if (arm->op == IRW_RECEIVE) place_written(arena, into, arm->item, IR_WRITTEN, IR_WRITTEN_PART);
    }
    add(arena, into, stmt->u.select.which, IR_DEF);
}

static void call_operands(Arena *arena, IrOperands *into, const IrStmt *stmt) {
    list_uses(arena, into, &stmt->u.call.args);
    if (stmt->u.call.to) place_uses(arena, into, stmt->u.call.to);
    place_written(arena, into, stmt->u.call.to, IR_DEF, IR_PART);
}

static void await_call_operands(Arena *arena, IrOperands *into, const IrStmt *stmt) {
    const IrExpr *to = stmt->u.await_call.to;
    if (ir_suspends(stmt)) {
        lend(arena, into, &stmt->u.await_call.args);
        place_uses_later(arena, into, to);
    } else {
        list_uses(arena, into, &stmt->u.await_call.args);
        if (to) place_uses(arena, into, to);
    }
    add(arena, into, stmt->u.await_call.callee, IR_HOLD);
    place_written(arena, into, to, IR_DEF, IR_PART);
}

static void start_operands(Arena *arena, IrOperands *into, const IrStmt *stmt) {
    bool waits = stmt->kind == IRS_START;
    if (waits) lend(arena, into, &stmt->u.start.args);
    else list_uses(arena, into, &stmt->u.start.args);
    ir_expr_uses(arena, into, stmt->u.start.nursery);
    add(arena, into, stmt->u.start.slots, IR_USE);
    if (!waits) return;
    place_uses_later(arena, into, stmt->u.start.to);
    borrow(arena, into, stmt->u.start.nursery);
    add(arena, into, stmt->u.start.slots, IR_BORROW);
    add_all(arena, into, &stmt->u.start.keeps, IR_BORROW);
    add(arena, into, stmt->u.start.starting, IR_HOLD);
    add(arena, into, stmt->u.start.leaves, IR_WRITTEN);
    add(arena, into, stmt->u.start.value, IR_WRITTEN);
    place_written(arena, into, stmt->u.start.to, IR_DEF, IR_PART);
}

static void leaves_operands(Arena *arena, IrOperands *into, const IrStmt *stmt) {
    IrLeavesOp op = stmt->u.leaves.op;
    if (op != IRL_CLEAR) add(arena, into, stmt->u.leaves.from, IR_USE);
    if (op == IRL_ADD) add(arena, into, stmt->u.leaves.to, IR_USE);
    if (op == IRL_DROP) add(arena, into, stmt->u.leaves.from, IR_PART);
    else add(arena, into, stmt->u.leaves.to, op == IRL_ADD ? IR_PART : IR_DEF);
}

static void print_operands(Arena *arena, IrOperands *into, const IrStmt *stmt) {
    part_uses(arena, into, stmt->u.print.parts.at, stmt->u.print.parts.len);
    ir_expr_uses(arena, into, stmt->u.print.into);
    place_written(arena, into, stmt->u.print.into, IR_PART, IR_PART);
    add(arena, into, stmt->u.print.fits, IR_DEF);
}

void ir_operands(Arena *arena, IrOperands *into, const IrStmt *stmt) {
    into->len = 0;
    switch ((IrStmtKind)stmt->kind) {
    case IRS_SET:
        ir_expr_uses(arena, into, stmt->u.set.value);
        place_uses(arena, into, stmt->u.set.to);
        place_written(arena, into, stmt->u.set.to, IR_DEF, IR_PART);
        break;
    case IRS_DO: do_operands(arena, into, stmt->u.set.value); break;
    case IRS_PRINT: print_operands(arena, into, stmt); break;
    case IRS_AWAIT: await_operands(arena, into, stmt); break;
    case IRS_SELECT: select_operands(arena, into, stmt); break;
    case IRS_CALL: call_operands(arena, into, stmt); break;
    case IRS_AWAIT_CALL: await_call_operands(arena, into, stmt); break;
    case IRS_START_SOON: case IRS_START: start_operands(arena, into, stmt); break;
    case IRS_IF: ir_expr_uses(arena, into, stmt->u.branch.cond); break;
    case IRS_LOOP: ir_expr_uses(arena, into, stmt->u.loop.cond); break;
    case IRS_BREAK: case IRS_CONTINUE: case IRS_RETURN: case IRS_REGION: case IRS_TRY: break;
    case IRS_RAISE: list_uses(arena, into, &stmt->u.raise.fields); break;
    case IRS_UNWIND:
        add(arena, into, stmt->u.unwind.why, IR_USE);
        add(arena, into, stmt->u.unwind.errs, IR_USE);
        break;
    case IRS_SCOPE_ENTER:
        ir_expr_uses(arena, into, stmt->u.scope.time);
        add(arena, into, stmt->u.scope.var, IR_DEF);
        break;
    case IRS_NURSERY_OPEN:
        add(arena, into, stmt->u.nursery.var, IR_DEF);
        add(arena, into, stmt->u.nursery.leaves, IR_DEF);
        add_all(arena, into, &stmt->u.nursery.slots, IR_DEF);
        break;
    case IRS_LEAVES: leaves_operands(arena, into, stmt); break;
    case IRS_CHECK:
        ir_expr_uses(arena, into, stmt->u.check.cond);
        part_uses(arena, into, stmt->u.check.parts.at, stmt->u.check.parts.len);
        break;
    case IRS_BEGIN: add(arena, into, stmt->u.var, IR_BEGIN); break;
    case IRS_KEEP: add_all(arena, into, &stmt->u.vars, IR_USE); break;
    }
}

/* ---- questions ---- */

bool ir_unwinds(const IrStmt *stmt) {
    switch ((IrStmtKind)stmt->kind) {
    case IRS_AWAIT: case IRS_SELECT: case IRS_START: case IRS_RAISE: case IRS_UNWIND: return true;
    case IRS_AWAIT_CALL: return ir_suspends(stmt) || stmt->u.await_call.errs;
    case IRS_CALL: return stmt->u.call.errs != NULL;
    case IRS_START_SOON: return stmt->u.start.can_be_full && !stmt->u.start.has_room;
    default: return false;
    }
}

bool ir_suspends(const IrStmt *stmt) {
    switch ((IrStmtKind)stmt->kind) {
    case IRS_AWAIT: case IRS_SELECT: case IRS_START: return true;
    case IRS_AWAIT_CALL: return stmt->u.await_call.fn->points > 0;
    case IRS_REGION: return stmt->u.region->kind == IR_REGION_NURSERY;
    default: return false;
    }
}

uint32_t *ir_point(IrStmt *stmt) {
    if (!ir_suspends(stmt)) return NULL;
    switch ((IrStmtKind)stmt->kind) {
    case IRS_AWAIT: return &stmt->u.await.at;
    case IRS_SELECT: return &stmt->u.select.at;
    case IRS_AWAIT_CALL: return &stmt->u.await_call.at;
    case IRS_START: return &stmt->u.start.at;
    case IRS_REGION: return &stmt->u.region->at;
    default: return NULL;
    }
}

IrVar *ir_errs(const IrStmt *stmt) {
    switch ((IrStmtKind)stmt->kind) {
    case IRS_AWAIT: return stmt->u.await.errs;
    case IRS_SELECT: return stmt->u.select.errs;
    case IRS_AWAIT_CALL: return stmt->u.await_call.errs;
    case IRS_CALL: return stmt->u.call.errs;
    case IRS_START_SOON: case IRS_START: return stmt->u.start.errs;
    case IRS_RAISE: return stmt->u.raise.errs;
    case IRS_UNWIND: return stmt->u.unwind.errs;
    case IRS_REGION: return stmt->u.region->errs;
    default: return NULL;
    }
}
