/* ir_verify: what lower promises about a function, checked: for the tests, after each change of lower. */
#include "ir_operands.h"

/* What surrounds the place of the walk. */
typedef struct Around {
    const struct Around *outer;
    const IrStmt *loop;
    IrRegion *region;              /* its body, or if `cleanup`, that */
    bool cleanup, attempt;         /* attempt: a try's body */
    const IrVar *errs;             /* where what unwinds to here brings its errors */
} Around;

typedef VEC(bool) Flags;

typedef struct Verify {
    Arena *arena;
    const IrFn *fn;
    Buf text;
    uint32_t line;
    IrOperands operands;
    Flags regions, loops, tries;   /* by number: seen */
} Verify;

static void broken(Verify *v, const char *what) {
    buf_format(&v->text, "%s, line %u: %s\n", v->fn->name, v->line, what);
}

static void expect(Verify *v, bool holds, const char *what) {
    if (!holds) broken(v, what);
}

/* ---- expressions ---- */

static void expr_of(Verify *v, const IrExpr *expr);

static void needed(Verify *v, const IrExpr *expr) {
    if (expr) expr_of(v, expr);
    else broken(v, "an operand is missing");
}

static void exprs(Verify *v, const IrExprList *list) {
    for (uint32_t i = 0; i < list->len; i++) needed(v, list->at[i]);
}

static bool is_ours(const Verify *v, const IrVar *var) {
    return var->id < v->fn->vars.len && v->fn->vars.at[var->id] == var;
}

static void expr_of(Verify *v, const IrExpr *expr) {
    switch ((IrExprKind)expr->kind) {
    case IRX_INT: case IRX_FLOAT: case IRX_STR: case IRX_BYTES: case IRX_NONE: break;
    case IRX_VAR: expect(v, expr->u.var && is_ours(v, expr->u.var), "a variable of another function"); break;
    case IRX_GLOBAL: expect(v, expr->u.global != NULL, "no global"); break;
    case IRX_FIELD: case IRX_PAYLOAD: needed(v, expr->u.part.a); break;
    case IRX_STRUCT: case IRX_CASE: case IRX_ARRAY: exprs(v, &expr->u.make.items); break;
    case IRX_REPEAT:
        if (expr->u.repeat.value) expr_of(v, expr->u.repeat.value);
        break;
    case IRX_CALL:
        expect(v, expr->u.call.fn && !expr->u.call.fn->leaf_max, "a call that can raise stands in an expression");
        expect(v, expr->u.call.fn && !expr->u.call.fn->is_async, "an async function is called in an expression");
        exprs(v, &expr->u.call.items);
        break;
    case IRX_OP: exprs(v, &expr->u.built.items); break;
    case IRX_CHOOSE:
        needed(v, expr->u.of.c);
        needed(v, expr->u.of.b);
        needed(v, expr->u.of.a);
        break;
    case IRX_BINARY: case IRX_INDEX:
        needed(v, expr->u.of.b);
        needed(v, expr->u.of.a);
        break;
    case IRX_SOME: case IRX_TAG: case IRX_HAS: case IRX_UNWRAP: case IRX_SLICE: case IRX_DEREF: case IRX_ADDRESS:
    case IRX_UNARY: case IRX_CONVERT: needed(v, expr->u.of.a); break;
    }
    bool is_channel = expr->kind == IRX_GLOBAL && expr->u.global->is_channel;
    expect(v, expr->type || is_channel || expr->kind == IRX_VAR || expr->kind == IRX_ADDRESS || expr->kind == IRX_OP ||
              expr->kind == IRX_CALL, "an expression has no type");
}

static void place_of(Verify *v, const IrExpr *place) {
    if (!place) return;
    expr_of(v, place);
    bool is_place = place->kind == IRX_VAR || place->kind == IRX_GLOBAL || place->kind == IRX_FIELD ||
                    place->kind == IRX_PAYLOAD || place->kind == IRX_UNWRAP || place->kind == IRX_INDEX ||
                    place->kind == IRX_DEREF;
    expect(v, is_place, "what is written is not a place");
}

static void args_of(Verify *v, const IrFn *callee, const IrExprList *args) {
    exprs(v, args);
    if (callee) expect(v, callee->params.len == args->len, "a call has too many or too few arguments");
}

/* ---- jumps and unwinding ---- */

static bool has_exit(const IrRegion *region, IrExitKind kind, const IrStmt *target) {
    for (uint32_t i = 0; i < region->exits.len; i++) {
        if (region->exits.at[i].kind == kind && region->exits.at[i].target == target) return true;
    }
    return false;
}

/* target NULL: a return. */
static void jump_of(Verify *v, const Around *around, IrExitKind kind, const IrStmt *target) {
    for (; around; around = around->outer) {
        if (around->loop && around->loop == target) return;
        if (around->cleanup) broken(v, "a jump leaves a cleanup");
        if (!around->region) continue;
        expect(v, has_exit(around->region, kind, target), "a jump leaves a region that does not know it");
    }
    expect(v, !target, "a jump to a loop that is not around it");
}

/* `errs` is where what unwinds to the outside brings its errors. From a cleanup none come, whatever the types say. */
static void unwinding(Verify *v, const Around *around, const IrVar *errs) {
    while (around && !around->region && !around->attempt) around = around->outer;
    if (around && around->region) expect(v, around->region->unwinds, "a region does not know that it unwinds");
    bool home = !around ? errs == v->fn->errs : around->cleanup || errs == around->errs;
    expect(v, !errs || home, "errors are not put where they are looked for");
}

/* ---- statements ---- */

static void block(Verify *v, const Around *around, const IrBlock *stmts);

static void await_of(Verify *v, const IrStmt *stmt) {
    static const IrVarKind kinds[] = {
        [IRW_SLEEP] = IRV_SLEEP, [IRW_SLEEP_UNTIL] = IRV_SLEEP, [IRW_SLEEP_FOREVER] = IRV_WAIT,
        [IRW_SEND] = IRV_CHANNEL_WAIT, [IRW_RECEIVE] = IRV_CHANNEL_WAIT, [IRW_EVENT_WAIT] = IRV_WAIT,
        [IRW_LOCK_ACQUIRE] = IRV_WAIT, [IRW_CONDITION_WAIT] = IRV_CONDITION_WAITER,
        [IRW_SEMAPHORE_ACQUIRE] = IRV_WAIT, [IRW_LIMITER_ACQUIRE] = IRV_HOLDER,
        [IRW_ALL_BLOCKED] = IRV_WAIT, [IRW_SEQUENCER_ENTER] = IRV_CHANNEL_WAIT,
    };
    const IrVar *wait = stmt->u.await.wait;
    if (stmt->u.await.op == IRW_CHECKPOINT) expect(v, !wait, "a checkpoint has a wait record");
    else expect(v, wait && wait->kind == kinds[stmt->u.await.op], "a wait has the wrong record");
    exprs(v, &stmt->u.await.args);
    place_of(v, stmt->u.await.to);
    const IrExpr *to = stmt->u.await.to;
    if (stmt->u.await.op == IRW_RECEIVE) expect(v, to && to->kind == IRX_VAR, "receive needs a variable");
}

static void select_of(Verify *v, const IrStmt *stmt) {
    const IrVar *wait = stmt->u.select.wait;
    expect(v, wait && wait->kind == IRV_SELECT && wait->select == stmt, "a select has the wrong record");
    expect(v, stmt->u.select.which != NULL, "a select does not tell which arm has won");
    for (uint32_t i = 0; i < stmt->u.select.arms.len; i++) {
        const IrArm *arm = &stmt->u.select.arms.at[i];
        expect(v, !ir_arm_has_item(arm) || (arm->item && arm->item->kind == IRX_VAR), "an arm needs a variable");
        expect(v, !arm->guard || arm->guard->kind == IRX_VAR, "a guard is not a variable");
        if (arm->op != IRW_CHECKPOINT) needed(v, arm->object);
    }
}

static void numbered(Verify *v, Flags *seen, uint32_t number, uint32_t count) {
    while (seen->len <= number) vec_push(v->arena, seen, false);
    expect(v, number <= count && !seen->at[number], "a number for labels is used twice or too large");
    seen->at[number] = true;
}

static void region_of(Verify *v, const Around *around, IrRegion *region) {
    expect(v, region->why && region->why->kind == IRV_WHY, "a region has no why");
    expect(v, region->kind == IR_REGION_CLEANUP || region->var, "a region has no record");
    expect(v, region->kind != IR_REGION_NURSERY || region->unwinds, "a nursery does not know that it unwinds");
    if (region->unwinds) unwinding(v, around, region->errs);
    numbered(v, &v->regions, region->number, v->fn->region_count);
    Around body = {.outer = around, .region = region, .errs = region->errs};
    Around cleanup = {.outer = around, .region = region, .cleanup = true};
    block(v, &body, &region->body);
    block(v, &cleanup, &region->cleanup);
}

static void try_of(Verify *v, const Around *around, const IrStmt *stmt) {
    expect(v, stmt->u.attempt.why != NULL, "a try has no why");
    numbered(v, &v->tries, stmt->u.attempt.number, v->fn->try_count);
    Around body = {.outer = around, .attempt = true, .errs = stmt->u.attempt.errs};
    block(v, &body, &stmt->u.attempt.body);
    block(v, around, &stmt->u.attempt.handler);
}

static void loop_of(Verify *v, const Around *around, const IrStmt *stmt) {
    if (stmt->u.loop.cond) expr_of(v, stmt->u.loop.cond);
    numbered(v, &v->loops, stmt->u.loop.number, v->fn->loop_count);
    Around inside = {.outer = around, .loop = stmt};
    block(v, &inside, &stmt->u.loop.body);
    block(v, &inside, &stmt->u.loop.step);
}

static void start_of(Verify *v, const IrStmt *stmt) {
    args_of(v, stmt->u.start.fn, &stmt->u.start.args);
    needed(v, stmt->u.start.nursery);
    place_of(v, stmt->u.start.to);
    if (stmt->kind == IRS_START) expect(v, stmt->u.start.starting != NULL, "a start has no record");
    if (stmt->u.start.service) expect(v, stmt->u.start.scoped, "a service has no scope");
    if (!stmt->u.start.to) return;
    if (stmt->kind == IRS_START) expect(v, stmt->u.start.value != NULL, "a start has no place for the value");
    else expect(v, stmt->u.start.scoped, "a child without a scope has a handle");
}

static void stmt_of(Verify *v, const Around *around, const IrStmt *stmt) {
    switch ((IrStmtKind)stmt->kind) {
    case IRS_SET:
        needed(v, stmt->u.set.to);
        needed(v, stmt->u.set.value);
        place_of(v, stmt->u.set.to);
        break;
    case IRS_DO: needed(v, stmt->u.set.value); break;
    case IRS_CALL:
        args_of(v, stmt->u.call.fn, &stmt->u.call.args);
        place_of(v, stmt->u.call.to);
        break;
    case IRS_AWAIT: await_of(v, stmt); break;
    case IRS_AWAIT_CALL:
        args_of(v, stmt->u.await_call.fn, &stmt->u.await_call.args);
        place_of(v, stmt->u.await_call.to);
        expect(v, stmt->u.await_call.callee != NULL, "an awaited call has no frame");
        break;
    case IRS_SELECT: select_of(v, stmt); break;
    case IRS_START_SOON: case IRS_START: start_of(v, stmt); break;
    case IRS_IF:
        needed(v, stmt->u.branch.cond);
        block(v, around, &stmt->u.branch.then);
        block(v, around, &stmt->u.branch.other);
        break;
    case IRS_LOOP: loop_of(v, around, stmt); break;
    case IRS_BREAK: jump_of(v, around, IR_EXIT_BREAK, stmt->u.jump.target); break;
    case IRS_CONTINUE: jump_of(v, around, IR_EXIT_CONTINUE, stmt->u.jump.target); break;
    case IRS_RETURN: jump_of(v, around, IR_EXIT_RETURN, NULL); break;
    case IRS_RAISE:
        exprs(v, &stmt->u.raise.fields);
        expect(v, stmt->u.raise.errs && stmt->u.raise.error, "a raise without error or place");
        expect(v, stmt->u.raise.site > 0, "a raise without site");
        break;
    case IRS_UNWIND: expect(v, stmt->u.unwind.why != NULL, "an unwind without why"); break;
    case IRS_REGION: region_of(v, around, stmt->u.region); break;
    case IRS_TRY: try_of(v, around, stmt); break;
    case IRS_PRINT: case IRS_SCOPE_ENTER: case IRS_NURSERY_OPEN: case IRS_LEAVES: case IRS_CHECK: case IRS_BEGIN:
    case IRS_KEEP: break;
    }
}

static void operands_of(Verify *v, const IrStmt *stmt) {
    ir_operands(v->arena, &v->operands, stmt);
    for (uint32_t i = 0; i < v->operands.len; i++) {
        expect(v, is_ours(v, v->operands.at[i].var), "a variable of another function");
    }
    if (ir_errs(stmt)) expect(v, is_ours(v, ir_errs(stmt)), "errors of another function");
}

static void block(Verify *v, const Around *around, const IrBlock *stmts) {
    for (uint32_t i = 0; i < stmts->len; i++) {
        IrStmt *stmt = stmts->at[i];
        v->line = stmt->line;
        stmt_of(v, around, stmt);
        v->line = stmt->line;
        operands_of(v, stmt);
        if (ir_unwinds(stmt)) unwinding(v, around, ir_errs(stmt));
        if (ir_point(stmt)) expect(v, v->fn->is_async, "a plain function suspends");
    }
}

/* ---- variables ---- */

static void var_of(Verify *v, const IrVar *var) {
    expect(v, is_ours(v, var), "a variable has the wrong number");
    switch (var->kind) {
    case IRV_VALUE: case IRV_CHANNEL: expect(v, var->type != NULL, "a variable has no type"); break;
    case IRV_CALLEE: expect(v, var->fn && var->fn->is_async, "the frame of no function"); break;
    case IRV_SLOTS: expect(v, var->children.len && var->count, "slots for nobody"); break;
    case IRV_LEAVES: expect(v, var->count, "no room for errors"); break;
    default: break;
    }
    for (uint32_t i = 0; i < var->roots.len; i++) expect(v, is_ours(v, var->roots.at[i]), "a root in another function");
}

Str ir_verify(Arena *arena, const IrFn *fn) {
    Verify v = {.arena = arena, .fn = fn};
    for (uint32_t i = 0; i < fn->vars.len; i++) var_of(&v, fn->vars.at[i]);
    block(&v, NULL, &fn->body);
    Str text = str_copy(arena, buf_view(&v.text));
    buf_free(&v.text);
    return text;
}
