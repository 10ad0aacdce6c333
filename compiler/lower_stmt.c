/* lower_stmt: statements and blocks. A `defer` and a variable that owns a handle put a region around the rest of their
   block, so that cleanups run last first on every way out. */
#include "lower.h"

static void lower_rest(Lower *l, const Block *block, uint32_t i, IrExpr *to);

/* ---- declarations ------------------------------------------------------------------------------------------------ */

/* channel<T>(N)[K]: K channels beside each other, and their handles in two arrays. */
static void lower_channels(Lower *l, IrVar *channel, IrVar *tx, IrVar *rx) {
    channel->channels = tx->type->count;
    channel->type = tx->type->elem->elem;
    IrVar *handles[] = {tx, rx};
    for (int i = 0; i < 2; i++) lower_begin(l, handles[i]);
    ElementLoop loop;
    element_loop_begin(l, &loop, tx->type->count);
    IrExpr *one = ir_unary(l, IRX_INDEX, lower_basic(l, TYPE_EMPTY), ir_use(l, channel));
    one->u.of.b = ir_use(l, loop.at);
    one->sure = true;
    IrExpr *address = ir_address(l, one);
    lower_do(l, ir_op(l, IROP_CHANNEL_INIT, NULL, address, NULL));
    for (int i = 0; i < 2; i++) {
        IrExpr *handle = element_at(l, ir_use(l, handles[i]), &loop);
        lower_set(l, handle, ir_op(l, i ? IROP_RECEIVER : IROP_SENDER, handle->type, address, NULL));
    }
    element_loop_end(l, &loop);
}

/* let (tx, rx) = channel<T>(N): the channel lies in the block's frame, the handles name it; those of a broadcast's
   receivers one end of it each. */
static void lower_channel(Lower *l, const Stmt *stmt) {
    const Expr *value = stmt->u.let.value;
    const VarList *vars = &stmt->u.let.vars;
    IrVar *tx = lower_var(l, vars->at[0]);
    for (uint32_t i = 1; i < vars->len; i++) lower_var(l, vars->at[i]);
    IrVar *channel = lower_record(l, IRV_CHANNEL, "channel");
    channel->type = tx->type->elem;
    channel->count = (uint32_t)value->u.channel.capacity->u.integer;
    channel->latest = value->op == CHANNEL_LATEST;
    if (value->op == CHANNEL_BROADCAST) channel->ends = vars->len - 1;
    lower_begin(l, channel);
    if (value->u.channel.copies) {
        lower_channels(l, channel, tx, lower_var(l, vars->at[1]));
        return;
    }
    lower_do(l, ir_op(l, IROP_CHANNEL_INIT, NULL, ir_address(l, ir_use(l, channel)), NULL));
    lower_set(l, ir_use(l, tx), ir_op(l, IROP_SENDER, tx->type, ir_address(l, ir_use(l, channel)), NULL));
    for (uint32_t i = 1; i < vars->len; i++) {
        IrVar *rx = lower_var(l, vars->at[i]);
        IrExpr *end = channel->ends ? ir_int(l, lower_basic(l, TYPE_USIZE), i - 1) : NULL;
        lower_set(l, ir_use(l, rx), ir_op(l, IROP_RECEIVER, rx->type, ir_address(l, ir_use(l, channel)), end));
    }
}

static void lower_tuple_let(Lower *l, const Stmt *stmt) {
    IrExpr *value = lower_stable(l, lower_expr(l, stmt->u.let.value));
    for (uint32_t i = 0; i < stmt->u.let.vars.len; i++) {
        IrVar *var = lower_var(l, stmt->u.let.vars.at[i]);
        lower_set(l, ir_use(l, var), ir_part(l, IRX_FIELD, var->type, value, i, NULL));
    }
}

static void lower_let(Lower *l, const Stmt *stmt) {
    Expr *value = stmt->u.let.value;
    if (stmt->u.let.is_static) return;
    if (value && value->kind == EXPR_CHANNEL) {
        lower_channel(l, stmt);
        return;
    }
    if (stmt->u.let.vars.len > 1) {
        lower_tuple_let(l, stmt);
        return;
    }
    IrVar *var = lower_var(l, stmt->u.let.vars.at[0]);
    if (!value) {
        lower_begin(l, var);
        return;
    }
    if (var->type->resource) {
        lower_begin(l, var);
        lower_new_object(l, ir_use(l, var), value);
        return;
    }
    if (var->type->kind == TYPE_STR_N) lower_begin(l, var);
    lower_into(l, ir_use(l, var), value);
}

/* ---- assignment -------------------------------------------------------------------------------------------------- */

/* The place was found before the statements from `mark` on: what it depends on is kept. */
static void keep_place(Lower *l, uint32_t mark, IrExpr *place) {
    switch ((IrExprKind)place->kind) {
    case IRX_FIELD: case IRX_PAYLOAD: keep_place(l, mark, place->u.part.a); break;
    case IRX_INDEX:
        keep_place(l, mark, place->u.of.a);
        place->u.of.b = lower_before(l, mark, place->u.of.b);
        break;
    case IRX_DEREF: place->u.of.a = lower_before(l, mark, place->u.of.a); break;
    default: break;
    }
}

static void assign_field(Lower *l, Stmt *stmt) {
    Expr *to = stmt->u.assign.to;
    IrExpr *value = lower_as(l, stmt->u.assign.value, to->type);
    if (stmt->u.assign.op >= 0) value = ir_binary(l, (Op)stmt->u.assign.op, to->type, lower_expr(l, to), value);
    lower_assign_field(l, to, value);
}

static bool shifts(Op op) { return op == OP_SHL || op == OP_SHR; }

static void lower_assign(Lower *l, Stmt *stmt) {
    Expr *to = stmt->u.assign.to, *value = stmt->u.assign.value;
    if (to->kind == EXPR_FIELD && to->u.field.builtin && to->u.field.builtin != BUILTIN_FIELD_LEN) {
        assign_field(l, stmt);
        return;
    }
    IrExpr *place = lower_place(l, to);
    if (place->type->kind == TYPE_REF && value->type->kind != TYPE_REF) place = ir_unary(l, IRX_DEREF, place->type->elem, place);
    if (place->type->handle) lower_close(l, place);
    if (stmt->u.assign.op < 0 && place->kind == IRX_VAR) {
        lower_into(l, place, value);
        return;
    }
    uint32_t mark = l->out->len;
    if (stmt->u.assign.op < 0) {
        IrExpr *made = place->type->kind == TYPE_STR_N ? NULL : lower_as(l, value, place->type);
        keep_place(l, mark, place);
        if (made) lower_set(l, place, made);
        else lower_into(l, place, value);
        return;
    }
    Op op = (Op)stmt->u.assign.op;
    bool mixed = shifts(op) || (place->type->kind == TYPE_DURATION && value->type->kind != TYPE_DURATION) ||
                 place->type->kind == TYPE_INSTANT;
    IrExpr *right = mixed ? lower_expr(l, value) : lower_as(l, value, place->type);
    keep_place(l, mark, place);
    l->line = lower_line(l, stmt->span.at);
    lower_set(l, place, ir_binary(l, op, place->type, place, right));
}

/* ---- branches ---------------------------------------------------------------------------------------------------- */

static void lower_if_stmt(Lower *l, Stmt *stmt) {
    Expr *cond = stmt->u.branch.cond;
    if (stmt->u.branch.is_const) {
        const Block *taken = cond->u.integer ? stmt->u.branch.then : stmt->u.branch.other;
        if (taken) lower_block(l, taken);
        return;
    }
    IrExpr *value = stmt->u.branch.is_let ? lower_stable(l, lower_place(l, cond)) : lower_expr(l, cond);
    if (value->type->kind == TYPE_REF) value = ir_unary(l, IRX_DEREF, value->type->elem, value);
    IrStmt *test = lower_add(l, IRS_IF);
    test->u.branch.cond = stmt->u.branch.is_let ? ir_unary(l, IRX_HAS, lower_basic(l, TYPE_BOOL), value) : value;
    IrBlock *out = l->out;
    l->out = &test->u.branch.then;
    if (stmt->u.branch.is_let) {
        IrVar *var = lower_var(l, stmt->u.branch.var);
        lower_set(l, ir_use(l, var), ir_unary(l, IRX_UNWRAP, value->type->elem, value));
    }
    lower_block(l, stmt->u.branch.then);
    l->out = &test->u.branch.other;
    if (stmt->u.branch.other) lower_block(l, stmt->u.branch.other);
    l->out = out;
}

static void lower_stmt(Lower *l, Stmt *stmt) {
    l->span = stmt->span;
    l->head = true;
    l->line = lower_line(l, stmt->span.at);
    switch ((StmtKind)stmt->kind) {
    case STMT_LET: lower_let(l, stmt); break;
    case STMT_ASSIGN: lower_assign(l, stmt); break;
    case STMT_EXPR: case STMT_DROP: lower_expr(l, stmt->u.expr); break;
    case STMT_BLOCK: lower_block(l, stmt->u.block); break;
    case STMT_IF: lower_if_stmt(l, stmt); break;
    case STMT_WHILE: case STMT_LOOP: lower_while(l, stmt); break;
    case STMT_FOR: lower_for(l, stmt); break;
    case STMT_ASYNC_FOR: lower_async_for(l, stmt); break;
    case STMT_EVERY: lower_every(l, stmt); break;
    case STMT_MATCH: lower_match(l, stmt); break;
    case STMT_BREAK: case STMT_CONTINUE: lower_jump(l, stmt); break;
    case STMT_RETURN: lower_return(l, stmt); break;
    case STMT_RAISE: lower_raise(l, stmt); break;
    case STMT_ASSERT: lower_assert(l, stmt); break;
    case STMT_TRY: lower_try(l, stmt); break;
    case STMT_NURSERY: lower_nursery(l, stmt); break;
    case STMT_SCOPE: lower_scope(l, stmt); break;
    case STMT_SELECT: lower_select(l, stmt); break;
    case STMT_RACE: lower_race(l, &stmt->u.group, NULL, NULL); break;
    case STMT_TOGETHER: lower_together(l, stmt); break;
    case STMT_WITH: lower_with(l, stmt); break;
    default: break;
    }
}

/* ---- blocks ------------------------------------------------------------------------------------------------------ */

/* In a program of tests it is counted how many there are and how many ran. */
static void watch(Lower *l, IrOp op) {
    bool is_tests = l->program->takes_tests && !l->program->takes_main;
    if (is_tests) lower_do(l, ir_op(l, op, NULL, NULL, NULL));
}

static void rest_with_defer(Lower *l, const Block *block, uint32_t i, IrExpr *to) {
    const Stmt *stmt = block->stmts.at[i];
    RegionScope scope;
    watch(l, IROP_DEFERRED);
    region_begin(l, &scope, IR_REGION_CLEANUP);
    lower_rest(l, block, i + 1, to);
    region_end(l, &scope);
    Context context;
    Fence fence;
    cleanup_begin(l, &scope, &context, &fence);
    watch(l, IROP_UNDEFERRED);
    lower_block(l, stmt->u.block);
    cleanup_end(l, &scope, &context, &fence);
}

/* The handles that `stmt` declares, from number `k` on, close behind the rest of the block: the last one first. */
static void rest_with_handles(Lower *l, const Block *block, uint32_t i, uint32_t k, IrExpr *to) {
    const Stmt *stmt = block->stmts.at[i];
    while (k < stmt->u.let.vars.len && !stmt->u.let.vars.at[k]->type->handle) k++;
    if (k == stmt->u.let.vars.len) {
        lower_rest(l, block, i + 1, to);
        return;
    }
    RegionScope scope;
    region_begin(l, &scope, IR_REGION_CLEANUP);
    rest_with_handles(l, block, i, k + 1, to);
    region_end(l, &scope);
    Context context;
    Fence fence;
    cleanup_begin(l, &scope, &context, &fence);
    lower_close(l, ir_use(l, lower_var(l, stmt->u.let.vars.at[k])));
    cleanup_end(l, &scope, &context, &fence);
}

static bool declares_handle(const Stmt *stmt) {
    if (stmt->kind != STMT_LET || stmt->u.let.is_static) return false;
    for (uint32_t i = 0; i < stmt->u.let.vars.len; i++) if (stmt->u.let.vars.at[i]->type->handle) return true;
    return false;
}

static void lower_rest(Lower *l, const Block *block, uint32_t i, IrExpr *to) {
    for (; i < block->stmts.len; i++) {
        Stmt *stmt = block->stmts.at[i];
        if (stmt->kind == STMT_DEFER) {
            rest_with_defer(l, block, i, to);
            return;
        }
        if (to && i + 1 == block->stmts.len && stmt->kind == STMT_EXPR && !stmt->has_semicolon) {
            l->span = stmt->span;
            lower_into(l, to, stmt->u.expr);
            return;
        }
        lower_stmt(l, stmt);
        if (declares_handle(stmt)) {
            rest_with_handles(l, block, i, 0, to);
            return;
        }
    }
}

void lower_walk_block(Lower *l, const Block *block) { lower_rest(l, block, 0, NULL); }
void lower_walk_block_into(Lower *l, const Block *block, IrExpr *to) { lower_rest(l, block, 0, to); }
