/* check_evaluate_stmt: statements. */
#include "check_evaluate.h"

static Flow run_stmt(Evaluator *e, const Stmt *stmt);

/* The place of a variable: the same one in each round of a loop. */
Local *new_local(Evaluator *e, const Var *var) {
    Frame *frame = e->frame;
    for (uint32_t i = frame->len; i-- > 0;) {
        if (frame->at[i].var == var) return &frame->at[i];
    }
    Local *local = &frame->at[frame->len++];
    local->var = var;
    return local;
}

static void set_local(Evaluator *e, const Var *var, const Value *value) {
    Value copy = value_copy(e, value);
    if (!e->failed) new_local(e, var)->value = copy;
}

/* ---- blocks ---- */

static Flow run_first(Evaluator *e, const Block *block, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        Flow flow = run_stmt(e, block->stmts.at[i]);
        if (e->failed) return FLOW_RETURN;
        if (flow != FLOW_NEXT) return flow;
    }
    return FLOW_NEXT;
}

Flow run_block(Evaluator *e, const Block *block) { return run_first(e, block, block->stmts.len); }

/* A block that gives a value; one that leaves instead has no place in a constant. */
Value run_block_value(Evaluator *e, const Block *block) {
    Value none = {.type = e->c->error};
    Expr *value = block_value(block);
    if (!e->frame && block->stmts.len > (value != NULL)) {
        stop(e, block->span, "statements run in functions only");
        return none;
    }
    Flow flow = run_first(e, block, block->stmts.len - (value != NULL));
    if (e->failed) return none;
    if (value && flow == FLOW_NEXT) return run_expr(e, value);
    stop(e, block->span, "this leaves in the middle of an expression");
    return none;
}

/* ---- variables ---- */

static Flow run_let(Evaluator *e, const Stmt *stmt) {
    const VarList *vars = &stmt->u.let.vars;
    if (!stmt->u.let.value) {
        const Var *var = vars->at[0];
        Value empty = var->type->kind == TYPE_LIST ? value_parts(e, var->type, 0) : (Value){.type = var->type};
        new_local(e, var)->value = empty;
        return FLOW_NEXT;
    }
    Value value = run_expr(e, stmt->u.let.value);
    if (e->failed) return FLOW_RETURN;
    if (vars->len == 1) {
        value = value_convert(e, value, vars->at[0]->type, stmt->span);
        set_local(e, vars->at[0], &value);
        return FLOW_NEXT;
    }
    for (uint32_t i = 0; i < vars->len; i++) set_local(e, vars->at[i], &value.u.parts.at[i]);
    return FLOW_NEXT;
}

static void assign_computed(Evaluator *e, const Stmt *stmt, Value *place) {
    Op op = (Op)stmt->u.assign.op;
    if (op == OP_LOGIC_AND || op == OP_LOGIC_OR) {
        bool decided = op == OP_LOGIC_AND ? !place->u.integer : place->u.integer != 0;
        if (!decided) place->u.integer = run_condition(e, stmt->u.assign.value);
        return;
    }
    if (op == OP_COALESCE) {
        Value other = {0};
        if (!place->u.parts.len) other = value_convert(e, run_expr(e, stmt->u.assign.value), place->type, stmt->span);
        if (!e->failed && !place->u.parts.len) *place = value_copy(e, &other);
        return;
    }
    Value right = run_expr(e, stmt->u.assign.value);
    bool own_type = op == OP_SHL || op == OP_SHR || place->type->kind == TYPE_DURATION;
    if (!own_type) right = value_convert(e, right, place->type, stmt->span);
    if (e->failed) return;
    Value result = run_operator(e, op, place, &right, place->type, stmt->span);
    if (!e->failed) *place = result;
}

static Flow run_assign(Evaluator *e, const Stmt *stmt) {
    Value *place = run_place(e, stmt->u.assign.to);
    if (!place) return FLOW_RETURN;
    if (stmt->u.assign.op >= 0) {
        assign_computed(e, stmt, place);
        return FLOW_NEXT;
    }
    Value value = value_convert(e, run_expr(e, stmt->u.assign.value), stmt->u.assign.to->type, stmt->span);
    if (!e->failed) *place = value_copy(e, &value);
    return FLOW_NEXT;
}

/* ---- branches ---- */

static Flow run_if(Evaluator *e, const Stmt *stmt) {
    Value cond = run_expr(e, stmt->u.branch.cond);
    if (e->failed) return FLOW_RETURN;
    if (cond.type->kind == TYPE_REF) cond = *cond.u.place;
    bool holds = stmt->u.branch.is_let ? cond.u.parts.len != 0 : cond.u.integer != 0;
    if (holds && stmt->u.branch.is_let) set_local(e, stmt->u.branch.var, &cond.u.parts.at[0]);
    const Block *taken = holds ? stmt->u.branch.then : stmt->u.branch.other;
    return taken ? run_block(e, taken) : FLOW_NEXT;
}

static bool fits(Evaluator *e, const Pattern *pattern, const Value *value);

static bool fits_range(Evaluator *e, const Expr *range, const Value *value) {
    Integer number = integer_of_value(value);
    const Expr *low = range->u.binary.left, *high = range->u.binary.right;
    if (low && integer_compare(number, constant_of(e->c, low)) < 0) return false;
    return !high || integer_compare(number, constant_of(e->c, high)) < range->inclusive;
}

static bool fits_case(Evaluator *e, const Pattern *pattern, const Value *value) {
    if (value->enum_case != pattern->enum_case) return false;
    for (uint32_t i = 0; i < pattern->items.len; i++) {
        if (!fits(e, pattern->items.at[i], &value->u.parts.at[i])) return false;
    }
    return true;
}

/* Also binds the names of what fits. */
static bool fits(Evaluator *e, const Pattern *pattern, const Value *value) {
    if (pattern->kind == PATTERN_ANY) return true;
    if (pattern->kind == PATTERN_OR) {
        for (uint32_t i = 0; i < pattern->items.len; i++) {
            if (fits(e, pattern->items.at[i], value)) return true;
        }
        return false;
    }
    if (value->type->kind == TYPE_OPTIONAL) {
        bool wants_none = pattern->kind == PATTERN_VALUE && pattern->value->kind == EXPR_NONE;
        if (value->u.parts.len == 0 || wants_none) return wants_none && value->u.parts.len == 0;
        value = &value->u.parts.at[0];
    }
    switch (pattern->kind) {
    case PATTERN_BIND: set_local(e, pattern->var, value); return true;
    case PATTERN_VALUE: {
        Value wanted_value = run_expr(e, pattern->value);
        return !e->failed && value_equal(value, &wanted_value);
    }
    case PATTERN_RANGE: return fits_range(e, pattern->value, value);
    case PATTERN_CASE: return fits_case(e, pattern, value);
    default: return false;
    }
}

static Flow run_match(Evaluator *e, const Stmt *stmt) {
    Value of = run_expr(e, stmt->u.match.of);
    if (e->failed) return FLOW_RETURN;
    if (of.type->kind == TYPE_REF) of = *of.u.place;
    for (uint32_t i = 0; i < stmt->u.match.arms.len; i++) {
        const Arm *arm = &stmt->u.match.arms.at[i];
        if (!fits(e, arm->pattern, &of) || (arm->guard && !run_condition(e, arm->guard))) continue;
        return run_block(e, arm->block);
    }
    return FLOW_NEXT;
}

/* ---- loops ---- */

/* One round. True: the loop ends, with *flow for what is around it. */
static bool run_round(Evaluator *e, const Stmt *loop, const Block *block, Flow *flow) {
    *flow = run_block(e, block);
    if (e->failed || *flow == FLOW_RETURN) return true;
    if (*flow == FLOW_NEXT) return false;
    if (e->target != loop) return true;
    bool ends = *flow == FLOW_BREAK;
    *flow = FLOW_NEXT;
    return ends;
}

static Flow run_while(Evaluator *e, const Stmt *stmt) {
    Flow flow = FLOW_NEXT;
    while (step(e, stmt->span) && (!stmt->u.loop.cond || run_condition(e, stmt->u.loop.cond))) {
        if (run_round(e, stmt, stmt->u.loop.block, &flow)) break;
    }
    return flow;
}

static Flow run_range(Evaluator *e, const Stmt *stmt) {
    const Expr *range = stmt->u.each.in;
    Type *type = stmt->u.each.var->type;
    Value low = value_convert(e, run_expr(e, range->u.binary.left), type, range->span);
    Value high = value_convert(e, run_expr(e, range->u.binary.right), type, range->span);
    Flow flow = FLOW_NEXT;
    Integer one = {false, 1};
    while (step(e, stmt->span)) {
        Integer i = integer_of_value(&low);
        if (integer_compare(i, integer_of_value(&high)) >= range->inclusive) break;
        set_local(e, stmt->u.each.var, &low);
        if (run_round(e, stmt, stmt->u.each.block, &flow) || !integer_add(i, one, &i)) break;
        if (!integer_fits(i, type)) break;
        low = value_integer(i, type);
    }
    return flow;
}

static Flow run_each(Evaluator *e, const Stmt *stmt) {
    Value in = run_expr(e, stmt->u.each.in);
    if (e->failed) return FLOW_RETURN;
    const Value *of = in.type->kind == TYPE_REF ? in.u.place : &in;
    Flow flow = FLOW_NEXT;
    for (uint32_t i = 0; i < of->u.parts.len && step(e, stmt->span); i++) {
        Value index = {.type = e->c->usize, .u.integer = i};
        if (stmt->u.each.index) set_local(e, stmt->u.each.index, &index);
        set_local(e, stmt->u.each.var, &of->u.parts.at[i]);
        if (run_round(e, stmt, stmt->u.each.block, &flow)) break;
    }
    return flow;
}

/* ---- all ---- */

static Flow run_return(Evaluator *e, const Stmt *stmt) {
    if (!stmt->u.expr) return FLOW_RETURN;
    Value value = run_expr(e, stmt->u.expr);
    if (e->failed || value.type->kind == TYPE_EMPTY) return FLOW_RETURN;
    value = value_convert(e, value, e->frame->result.type, stmt->span);
    e->frame->result = value_copy(e, &value);
    return FLOW_RETURN;
}

static Flow run_assert(Evaluator *e, const Stmt *stmt) {
    if (!run_condition(e, stmt->u.check.cond)) stop(e, stmt->span, "this assertion does not hold");
    return FLOW_NEXT;
}

static Flow run_kind(Evaluator *e, const Stmt *stmt) {
    switch ((StmtKind)stmt->kind) {
    case STMT_LET: return run_let(e, stmt);
    case STMT_ASSIGN: return run_assign(e, stmt);
    case STMT_EXPR: case STMT_DROP: run_expr(e, stmt->u.expr); return FLOW_NEXT;
    case STMT_BLOCK: return run_block(e, stmt->u.block);
    case STMT_IF: return run_if(e, stmt);
    case STMT_WHILE: case STMT_LOOP: return run_while(e, stmt);
    case STMT_FOR: return stmt->u.each.in->kind == EXPR_RANGE ? run_range(e, stmt) : run_each(e, stmt);
    case STMT_MATCH: return run_match(e, stmt);
    case STMT_BREAK: e->target = stmt->u.jump.target; return FLOW_BREAK;
    case STMT_CONTINUE: e->target = stmt->u.jump.target; return FLOW_CONTINUE;
    case STMT_RETURN: return run_return(e, stmt);
    case STMT_ASSERT: return run_assert(e, stmt);
    case STMT_RAISE: stop(e, stmt->span, "an error is raised here"); break;
    default: stop(e, stmt->span, "this statement works only in the running program"); break;
    }
    return FLOW_RETURN;
}

static Flow run_stmt(Evaluator *e, const Stmt *stmt) {
    if (!step(e, stmt->span)) return FLOW_RETURN;
    e->nesting++;
    Flow flow = run_kind(e, stmt);
    e->nesting--;
    return flow;
}
