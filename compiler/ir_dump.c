/* ir_dump: a function of the IR as text (--stage=ir). Resume points stand behind their statements, as @1. */
#include "ir_dump_expr.h"

typedef struct Dump {
    Buf *out;
    Types *types;
    const IrFn *fn;
    uint32_t depth;
} Dump;

static void indent(Dump *d) {
    for (uint32_t i = 0; i < d->depth; i++) buf_text(d->out, "    ");
}

static void text(Dump *d, const char *it) { buf_text(d->out, it); }

static void name(Dump *d, const char *before, const IrVar *var) {
    if (var) buf_format(d->out, "%s%s", before, var->name);
}

static void names(Dump *d, const char *before, const IrVarList *vars) {
    for (uint32_t i = 0; i < vars->len; i++) name(d, i ? ", " : before, vars->at[i]);
}

static void value(Dump *d, const char *before, const IrExpr *expr) {
    if (!expr) return;
    text(d, before);
    dump_expr(d->out, d->types, expr);
}

static void target(Dump *d, const IrExpr *to) {
    value(d, "", to);
    if (to) text(d, " = ");
}

static void arguments(Dump *d, const char *callee, const IrExprList *args) {
    buf_format(d->out, "%s(", callee);
    dump_exprs(d->out, d->types, args);
    text(d, ")");
}

static void point(Dump *d, uint32_t at) {
    if (at) buf_format(d->out, "  @%u", at);
}

static void errors(Dump *d, ErrorDecl *const *list, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) buf_format(d->out, "%s%s", i ? ", " : " ", list[i]->name->text);
}

/* ---- statements that contain no others ---- */

static void dump_await(Dump *d, const IrStmt *stmt) {
    target(d, stmt->u.await.to);
    text(d, "await ");
    arguments(d, dump_wait(stmt->u.await.op), &stmt->u.await.args);
    name(d, " in ", stmt->u.await.wait);
    name(d, " ends ", stmt->u.await.ends);
    name(d, " raises ", stmt->u.await.errs);
    point(d, stmt->u.await.at);
}

static void dump_select(Dump *d, const IrStmt *stmt) {
    name(d, "", stmt->u.select.which);
    name(d, " = select in ", stmt->u.select.wait);
    name(d, " raises ", stmt->u.select.errs);
    point(d, stmt->u.select.at);
    d->depth++;
    for (uint32_t i = 0; i < stmt->u.select.arms.len; i++) {
        const IrArm *arm = &stmt->u.select.arms.at[i];
        text(d, "\n");
        indent(d);
        buf_format(d->out, "%u: ", arm->number);
        if (arm->op == IRW_RECEIVE) target(d, arm->item);
        text(d, arm->op == IRW_CHECKPOINT ? "else" : dump_wait(arm->op));
        value(d, " ", arm->object);
        if (arm->op == IRW_SEND) value(d, ", ", arm->item);
        value(d, " if ", arm->guard);
    }
    d->depth--;
}

static void dump_await_call(Dump *d, const IrStmt *stmt) {
    target(d, stmt->u.await_call.to);
    text(d, "await ");
    arguments(d, stmt->u.await_call.fn->name, &stmt->u.await_call.args);
    name(d, " in ", stmt->u.await_call.callee);
    name(d, " raises ", stmt->u.await_call.errs);
    point(d, stmt->u.await_call.at);
}

static void dump_call(Dump *d, const IrStmt *stmt) {
    static const char *const ops[] = {
        [IRT_NONE] = "", [IRT_SEND_NOWAIT] = "send_nowait", [IRT_RECEIVE_NOWAIT] = "receive_nowait",
        [IRT_LOCK_ACQUIRE_NOWAIT] = "lock_acquire_nowait", [IRT_SEMAPHORE_ACQUIRE_NOWAIT] = "semaphore_acquire_nowait",
    };
    target(d, stmt->u.call.to);
    arguments(d, stmt->u.call.fn ? stmt->u.call.fn->name : ops[stmt->u.call.op], &stmt->u.call.args);
    name(d, " raises ", stmt->u.call.errs);
}

static void dump_start(Dump *d, const IrStmt *stmt) {
    target(d, stmt->u.start.to);
    text(d, stmt->kind == IRS_START ? "await start" : stmt->u.start.service ? "start_service"
            : stmt->u.start.scoped ? "start_scoped" : "start_soon");
    value(d, " in ", stmt->u.start.nursery);
    text(d, " ");
    arguments(d, stmt->u.start.fn->name, &stmt->u.start.args);
    name(d, " slot of ", stmt->u.start.slots);
    name(d, " with ", stmt->u.start.starting);
    name(d, " value ", stmt->u.start.value);
    name(d, " leaves ", stmt->u.start.leaves);
    name(d, " raises ", stmt->u.start.errs);
    names(d, " keeps ", &stmt->u.start.keeps);
    if (stmt->kind == IRS_START) point(d, stmt->u.start.at);
}

static void dump_print(Dump *d, const IrStmt *stmt) {
    if (stmt->u.print.fits) buf_format(d->out, "%s = ", stmt->u.print.fits->name);
    text(d, stmt->u.print.error ? "print_error" : stmt->u.print.newline ? "print" : "write");
    value(d, " into ", stmt->u.print.into);
    text(d, " ");
    dump_parts(d->out, d->types, stmt->u.print.parts.at, stmt->u.print.parts.len);
}

static void dump_raise(Dump *d, const IrStmt *stmt) {
    buf_format(d->out, "%s = raise ", stmt->u.raise.errs->name);
    arguments(d, stmt->u.raise.error->name->text, &stmt->u.raise.fields);
}

static void dump_scope_enter(Dump *d, const IrStmt *stmt) {
    name(d, "enter ", stmt->u.scope.var);
    value(d, stmt->u.scope.at ? " at " : " after ", stmt->u.scope.time);
    if (stmt->u.scope.shield) text(d, " shield");
    if (stmt->u.scope.soft) text(d, " soft");
}

static void dump_nursery_open(Dump *d, const IrStmt *stmt) {
    name(d, "open ", stmt->u.nursery.var);
    name(d, " leaves ", stmt->u.nursery.leaves);
    names(d, " slots ", &stmt->u.nursery.slots);
}

static void dump_leaves(Dump *d, const IrStmt *stmt) {
    switch (stmt->u.leaves.op) {
    case IRL_TAKE:
        name(d, "", stmt->u.leaves.to);
        name(d, " = those of ", stmt->u.leaves.from);
        text(d, " that are");
        break;
    case IRL_DROP: name(d, "drop from ", stmt->u.leaves.from); break;
    case IRL_ADD:
        name(d, "add to ", stmt->u.leaves.to);
        name(d, " those of ", stmt->u.leaves.from);
        break;
    case IRL_CLEAR: name(d, "clear ", stmt->u.leaves.to); break;
    }
    errors(d, stmt->u.leaves.errors, stmt->u.leaves.error_count);
}

static void dump_check(Dump *d, const IrStmt *stmt) {
    text(d, stmt->u.check.cond ? "check " : "panic");
    value(d, "", stmt->u.check.cond);
    text(d, stmt->u.check.cond ? " else " : " ");
    dump_parts(d->out, d->types, stmt->u.check.parts.at, stmt->u.check.parts.len);
}

/* ---- statements that contain others ---- */

static void stmt_of(Dump *d, const IrStmt *stmt);

static void inside(Dump *d, const IrBlock *stmts) {
    d->depth++;
    for (uint32_t i = 0; i < stmts->len; i++) {
        indent(d);
        stmt_of(d, stmts->at[i]);
        text(d, "\n");
    }
    d->depth--;
    indent(d);
}

/* { ... }, with `between` in front of it. */
static void braces(Dump *d, const char *between, const IrBlock *stmts) {
    buf_format(d->out, "%s{\n", between);
    inside(d, stmts);
    text(d, "}");
}

static void dump_if(Dump *d, const IrStmt *stmt) {
    value(d, "if ", stmt->u.branch.cond);
    braces(d, " ", &stmt->u.branch.then);
    if (stmt->u.branch.other.len) braces(d, " else ", &stmt->u.branch.other);
}

static void dump_loop(Dump *d, const IrStmt *stmt) {
    buf_format(d->out, "loop %u", stmt->u.loop.number);
    value(d, " while ", stmt->u.loop.cond);
    braces(d, " ", &stmt->u.loop.body);
    if (stmt->u.loop.step.len) braces(d, " step ", &stmt->u.loop.step);
}

static void dump_exits(Dump *d, const IrRegion *region) {
    for (uint32_t i = 0; i < region->exits.len; i++) {
        const IrExit *exit = &region->exits.at[i];
        text(d, i ? ", " : " exits ");
        if (exit->kind == IR_EXIT_RETURN) text(d, "return");
        else buf_text(d->out, exit->kind == IR_EXIT_BREAK ? "break " : "continue ");
        if (exit->target) buf_uint(d->out, exit->target->u.loop.number);
    }
}

static void dump_region(Dump *d, const IrRegion *region) {
    static const char *const kinds[] = {
        [IR_REGION_CLEANUP] = "region", [IR_REGION_SCOPE] = "scope ", [IR_REGION_NURSERY] = "nursery ",
    };
    text(d, kinds[region->kind]);
    name(d, "", region->var);
    if (ir_needs_why(region)) name(d, " why ", region->why);
    if (region->unwinds) text(d, " unwinds");
    name(d, " with ", region->errs);
    name(d, " leaves ", region->leaves);
    names(d, " slots ", &region->slots);
    names(d, " keeps ", &region->keeps);
    dump_exits(d, region);
    braces(d, " ", &region->body);
    if (region->kind == IR_REGION_NURSERY) point(d, region->at);
    if (region->cleanup.len) braces(d, " cleanup ", &region->cleanup);
}

static void dump_try(Dump *d, const IrStmt *stmt) {
    name(d, "try why ", stmt->u.attempt.why);
    name(d, " with ", stmt->u.attempt.errs);
    braces(d, " ", &stmt->u.attempt.body);
    braces(d, " handler ", &stmt->u.attempt.handler);
}

static void dump_set(Dump *d, const IrStmt *stmt) {
    target(d, stmt->u.set.to);
    value(d, "", stmt->u.set.value);
}

static void stmt_of(Dump *d, const IrStmt *stmt) {
    switch ((IrStmtKind)stmt->kind) {
    case IRS_SET: case IRS_DO: dump_set(d, stmt); break;
    case IRS_PRINT: dump_print(d, stmt); break;
    case IRS_CALL: dump_call(d, stmt); break;
    case IRS_AWAIT: dump_await(d, stmt); break;
    case IRS_AWAIT_CALL: dump_await_call(d, stmt); break;
    case IRS_SELECT: dump_select(d, stmt); break;
    case IRS_START_SOON: case IRS_START: dump_start(d, stmt); break;
    case IRS_IF: dump_if(d, stmt); break;
    case IRS_LOOP: dump_loop(d, stmt); break;
    case IRS_BREAK: buf_format(d->out, "break %u", stmt->u.jump.target->u.loop.number); break;
    case IRS_CONTINUE: buf_format(d->out, "continue %u", stmt->u.jump.target->u.loop.number); break;
    case IRS_RETURN: text(d, "return"); break;
    case IRS_RAISE: dump_raise(d, stmt); break;
    case IRS_UNWIND: name(d, "unwind ", stmt->u.unwind.why), name(d, " with ", stmt->u.unwind.errs); break;
    case IRS_REGION: dump_region(d, stmt->u.region); break;
    case IRS_TRY: dump_try(d, stmt); break;
    case IRS_SCOPE_ENTER: dump_scope_enter(d, stmt); break;
    case IRS_NURSERY_OPEN: dump_nursery_open(d, stmt); break;
    case IRS_LEAVES: dump_leaves(d, stmt); break;
    case IRS_CHECK: dump_check(d, stmt); break;
    case IRS_BEGIN: name(d, "begin ", stmt->u.var); break;
    case IRS_KEEP: names(d, "keep ", &stmt->u.vars); break;
    }
}

/* ---- the function ---- */

static void var_kind(Dump *d, const IrVar *var) {
    switch (var->kind) {
    case IRV_VALUE: dump_type(d->out, d->types, var->type); break;
    case IRV_LEAVES: buf_format(d->out, "leaves[%u]", var->count); break;
    case IRV_WHY: text(d, "why"); break;
    case IRV_SCOPE: text(d, var->timed ? "timed scope" : "scope"); break;
    case IRV_NURSERY: text(d, "nursery"); break;
    case IRV_STARTING: text(d, "starting"); break;
    case IRV_WAIT: text(d, "wait"); break;
    case IRV_SLEEP: text(d, "sleep"); break;
    case IRV_CHANNEL_WAIT: text(d, "channel wait"); break;
    case IRV_HOLDER: text(d, "holder"); break;
    case IRV_CONDITION_WAITER: text(d, "condition_waiter"); break;
    case IRV_SELECT: text(d, ir_is_timed(var->select) ? "timed select" : "select"); break;
    case IRV_CHANNEL:
        if (var->channels) buf_format(d->out, "%u times ", var->channels);
        text(d, var->latest ? "latest " : var->ends ? "broadcast " : "");
        if (var->ends) buf_format(d->out, "to %u ", var->ends);
        buf_format(d->out, "channel[%u] of ", var->count);
        dump_type(d->out, d->types, var->type);
        break;
    case IRV_CALLEE: buf_format(d->out, "frame of %s", var->fn->name); break;
    case IRV_SLOTS:
        buf_format(d->out, "slots[%u] of", var->count);
        for (uint32_t i = 0; i < var->children.len; i++) {
            const IrChild *child = &var->children.at[i];
            buf_format(d->out, "%s %s%s", i ? " or" : "", child->scoped ? "scoped " : "", child->fn->name);
        }
        break;
    }
}

static void dump_var(Dump *d, const IrVar *var) {
    indent(d);
    buf_format(d->out, "%s %s: ", var->param ? "param" : "var", var->name);
    var_kind(d, var);
    names(d, " into ", &var->roots);
    text(d, "\n");
}

void ir_dump(Buf *out, Types *types, const IrFn *fn) {
    Dump d = {.out = out, .types = types, .fn = fn};
    buf_format(out, "%sfn %s", fn->is_async ? "async " : "", fn->name);
    if (fn->result_type) buf_format(out, " -> %s", type_text(types, fn->result_type));
    if (fn->starts) buf_format(out, " starts %s", fn->start_type ? type_text(types, fn->start_type) : "");
    if (fn->leaf_max) buf_format(out, " raises %u in %s", fn->leaf_max, fn->errs ? fn->errs->name : "nothing");
    text(&d, " {\n");
    d.depth = 1;
    for (uint32_t i = 0; i < fn->vars.len; i++) dump_var(&d, fn->vars.at[i]);
    d.depth = 0;
    inside(&d, &fn->body);
    text(&d, "}\n");
}
