/* check_stmt: statements. */
#include "check.h"

/* ---- leaving ---- */

static void check_result(Checker *c, Expr *value, const Fn *fn) {
    Span because = fn->result_expr ? fn->result_expr->span : fn->span;
    check_wanted(c, value, (Wanted){fn->result, because, "this is what % gives", fn->name});
}

static void check_return(Checker *c, const Stmt *stmt) {
    Expr *value = stmt->u.expr;
    const Fn *fn = c->at.fn;
    if (!fn || !fn->result || is_wrong(fn->result)) {
        if (value) check_value(c, value, NULL);
    } else if (fn->result->kind != TYPE_EMPTY && value) {
        check_result(c, value, fn);
    } else if (fn->result->kind != TYPE_EMPTY) {
        Diag *diag = diag_add(c->diags, CODE_E0219, stmt->span, "`return` needs a value here: `%s` gives `%s`",
                              fn->name->text, type_text(c->types, fn->result));
        diag_label(c->diags, diag, fn->result_expr->span, "the result of `%s` is declared here", fn->name->text);
    } else if (value && !is_wrong(check_expr(c, value, NULL))) {
        settle_default(c, value);
        bool is_test = fn->kind == FN_TEST, is_child = is_test || fn->kind == FN_CHILD || !fn->name;
        Diag *diag = is_child
            ? diag_add(c->diags, CODE_E0219, value->span,
                       "%s gives no result: `return` only ends it", is_test ? "a test" : "a child written in place")
            : diag_add(c->diags, CODE_E0219, value->span, "`%s` gives no result", fn->name->text);
        if (is_child) return;
        diag_label(c->diags, diag, fn->span, "`%s` is declared here, without `->`", fn->name->text);
        if (value->type->kind == TYPE_EMPTY) return;
        diag_note(c->diags, diag, "a function says what it gives: `fn %s(...) -> %s`", fn->name->text,
                  type_text(c->types, value->type));
    }
}

static void check_assert(Checker *c, const Stmt *stmt) {
    check_condition(c, stmt->u.check.cond, "assert");
    if (stmt->u.check.why) check_text(c, stmt->u.check.why);
}

/* ---- errors ---- */

static void check_clause(Checker *c, Clause *clause) {
    check_clause_var(c, clause);
    check_block(c, clause->block);
}

static void check_try(Checker *c, const Stmt *stmt) {
    check_block(c, stmt->u.attempt.block);
    for (uint32_t i = 0; i < stmt->u.attempt.clauses.len; i++) check_clause(c, stmt->u.attempt.clauses.at[i]);
}

/* ---- branches ---- */

/* The dead side of `if const` has been resolved, and is not looked at further. */
static void check_if_const(Checker *c, Stmt *stmt) {
    Expr *cond = stmt->u.branch.cond;
    if (!check_constant(c, cond, wanted(c->boolean), "the condition of `if const`")) return;
    Block **dead = cond->u.integer ? &stmt->u.branch.other : &stmt->u.branch.then;
    const Block *live = cond->u.integer ? stmt->u.branch.then : stmt->u.branch.other;
    if (*dead) {
        Block *nothing = arena_new(c->arena, Block);
        nothing->span = (*dead)->span;
        *dead = nothing;
    }
    if (live) check_block(c, live);
}

static void check_if_let(Checker *c, Stmt *stmt) {
    Expr *cond = stmt->u.branch.cond;
    Type *type = check_value(c, cond, NULL), *maybe = type_behind(type);
    Var *var = stmt->u.branch.var;
    var->type = c->error;
    if (maybe->kind == TYPE_OPTIONAL) {
        var->type = maybe->elem;
        if (type->kind != TYPE_REF) take(c, cond);
    } else if (!is_wrong(type)) {
        Diag *diag = diag_add(c->diags, CODE_E0203, cond->span, "`if let` looks into an optional, and this is %s",
                              type_name_of(c, type));
        diag_note(c->diags, diag, "it always has a value: `let %s = ...;` binds it", var->name->text);
    }
    check_block(c, stmt->u.branch.then);
    if (stmt->u.branch.other) check_block(c, stmt->u.branch.other);
}

static void check_if_stmt(Checker *c, Stmt *stmt) {
    if (stmt->u.branch.is_const) {
        check_if_const(c, stmt);
    } else if (stmt->u.branch.is_let) {
        check_if_let(c, stmt);
    } else {
        check_condition(c, stmt->u.branch.cond, "if");
        check_block(c, stmt->u.branch.then);
        if (stmt->u.branch.other) check_block(c, stmt->u.branch.other);
    }
}

/* ---- tasks and scopes ---- */

static void check_nursery(Checker *c, const Stmt *stmt) {
    Expr *capacity = stmt->u.nursery.capacity;
    uint32_t count;
    if (stmt->u.nursery.dynamic) not_supported(c, stmt->span, "a `dynamic` nursery");
    if (capacity) check_count(c, capacity, 1, "the capacity of a nursery", &count);
    Var *var = stmt->u.nursery.var;
    OpenNursery open = {c->at.nurseries, var};
    if (var) var->type = type_basic(c->types, TYPE_NURSERY);
    c->at.nurseries = &open;
    check_block(c, stmt->u.nursery.block);
    c->at.nurseries = open.outer;
}

static void check_scope(Checker *c, const Stmt *stmt) {
    ScopeKind kind = stmt->u.scope.kind;
    bool is_after = kind == SCOPE_MOVE_ON_AFTER || kind == SCOPE_FAIL_AFTER;
    if (stmt->u.scope.time) {
        check_wanted(c, stmt->u.scope.time, wanted(is_after ? c->duration : c->instant));
        refuse_negative_time(c, stmt->u.scope.time);
    }
    if (stmt->u.scope.var) stmt->u.scope.var->type = type_basic(c->types, TYPE_SCOPE);
    check_block(c, stmt->u.scope.block);
    if (stmt->u.scope.other) check_block(c, stmt->u.scope.other);
}

/* async with seq(n)   calls a variable */
static void take_position(Checker *c, Stmt *stmt) {
    const Expr *call = stmt->u.with.resource;
    if (call->kind != EXPR_CALL || call->u.call.callee->kind != EXPR_NAME || call->u.call.args.len != 1) return;
    Expr *callee = call->u.call.callee;
    const Var *var = callee->u.name.var;
    if (!var || !var->type || type_behind(var->type)->kind != TYPE_SEQUENCER || call->u.call.args.at[0].name) return;
    stmt->u.with.resource = callee;
    stmt->u.with.position = call->u.call.args.at[0].value;
    check_wanted(c, stmt->u.with.position, wanted(type_basic(c->types, TYPE_U32)));
}

static void check_with(Checker *c, Stmt *stmt) {
    take_position(c, stmt);
    Expr *resource = stmt->u.with.resource;
    Type *type = check_value(c, resource, NULL), *object = type_behind(type);
    bool good = object->kind == TYPE_LOCK || object->kind == TYPE_CONDITION || object->kind == TYPE_SEMAPHORE ||
                object->kind == TYPE_LIMITER || (object->kind == TYPE_SEQUENCER && stmt->u.with.position);
    if (!good && object->kind == TYPE_SEQUENCER) {
        diag_add(c->diags, CODE_E0203, resource->span, "a `Sequencer` is entered at a position: `async with seq(0) { }`");
    } else if (!good && !is_wrong(type)) {
        diag_add(c->diags, CODE_E0203, resource->span,
                 "`async with` takes a `Lock`, a `Condition`, a `Semaphore` or a `CapacityLimiter`, not %s",
                 type_name_of(c, type));
    }
    check_block(c, stmt->u.with.block);
}

/* ---- all ---- */

static void check_stmt(Checker *c, Stmt *stmt) {
    switch ((StmtKind)stmt->kind) {
    case STMT_LET: check_let(c, stmt); break;
    case STMT_ASSIGN: check_assign(c, stmt); break;
    case STMT_EXPR: check_expr_stmt(c, stmt); break;
    case STMT_DROP: check_drop(c, stmt->u.expr); break;
    case STMT_BLOCK: case STMT_DEFER: check_block(c, stmt->u.block); break;
    case STMT_IF: check_if_stmt(c, stmt); break;
    case STMT_WHILE: case STMT_LOOP:
        if (stmt->u.loop.cond) check_condition(c, stmt->u.loop.cond, "while");
        check_block(c, stmt->u.loop.block);
        break;
    case STMT_FOR: check_for(c, stmt); break;
    case STMT_ASYNC_FOR: check_async_for(c, stmt); break;
    case STMT_MATCH: check_match(c, stmt); break;
    case STMT_RETURN: check_return(c, stmt); break;
    case STMT_RAISE:
        if (stmt->u.raise.error) check_raised(c, stmt->u.raise.error);
        break;
    case STMT_ASSERT: check_assert(c, stmt); break;
    case STMT_TRY: check_try(c, stmt); break;
    case STMT_NURSERY: check_nursery(c, stmt); break;
    case STMT_SCOPE: check_scope(c, stmt); break;
    case STMT_WITH: check_with(c, stmt); break;
    case STMT_SELECT: check_select(c, stmt); break;
    case STMT_RACE: check_group(c, &stmt->u.group, stmt->span, false); break;
    case STMT_TOGETHER: check_group(c, &stmt->u.group, stmt->span, true); break;
    case STMT_EVERY: check_every(c, stmt); break;
    case STMT_CRITICAL: not_supported(c, stmt->span, "`critical`"); break;
    case STMT_BREAK: case STMT_CONTINUE: case STMT_WRONG: break;
    }
}

void check_stmts(Checker *c, const Block *block) {
    for (uint32_t i = 0; i < block->stmts.len; i++) check_stmt(c, block->stmts.at[i]);
}
