#include "syntax.h"

/* Statements that have blocks. Their spans end before the first. */

static Stmt *begin(Syntax *cx, StmtKind kind, Token word, const Block *block) {
    return ast_stmt(cx->arena, kind, head_span(cx, word.span, block->span));
}

static Var *new_var(Syntax *cx, VarKind kind, Token name) {
    return is_token(name) ? ast_var(cx->arena, kind, name.u.name, name.span) : NULL;
}

/* ---- branches ---- */

/* Whether the blocks give values is known when it is known where the `if` stands. */
Stmt *make_if(Syntax *cx, Token word, Expr *cond, Block *then, Block *other) {
    Stmt *stmt = begin(cx, STMT_IF, word, then);
    stmt->u.branch.cond = cond;
    stmt->u.branch.then = then;
    stmt->u.branch.other = other;
    return stmt;
}

Stmt *make_if_const(Syntax *cx, Token word, Expr *cond, Block *then, Block *other) {
    Stmt *stmt = make_if(cx, word, cond, then, other);
    stmt->u.branch.is_const = true;
    return stmt;
}

Stmt *make_if_let(Syntax *cx, Token word, Token name, Expr *value, Block *then, Block *other) {
    Stmt *stmt = make_if(cx, word, value, then, other);
    stmt->u.branch.is_let = true;
    stmt->u.branch.var = new_var(cx, VAR_LET, name);
    return stmt;
}

Mark list_add_arm(Syntax *cx, Mark list, Pattern *pattern, Expr *guard, Block *block) {
    plain_block(cx, block);
    Arm arm = {pattern, guard, block, span_to(pattern->span, guard ? guard->span : pattern->span)};
    list_push(cx, &arm, sizeof arm);
    return list;
}

Stmt *make_match(Syntax *cx, Token word, Expr *of, Token open, Mark arms) {
    Stmt *stmt = ast_stmt(cx->arena, STMT_MATCH, head_span(cx, word.span, open.span));
    stmt->u.match.of = of;
    LIST_TAKE(cx, arms, stmt->u.match.arms);
    return stmt;
}

/* ---- loops ---- */

Stmt *make_while(Syntax *cx, Token word, Expr *cond, Block *block) {
    plain_block(cx, block);
    Stmt *stmt = begin(cx, cond ? STMT_WHILE : STMT_LOOP, word, block);
    stmt->u.loop.cond = cond;
    stmt->u.loop.block = block;
    return stmt;
}

Stmt *make_loop(Syntax *cx, Token word, Block *block) { return make_while(cx, word, NULL, block); }

static Stmt *make_each(Syntax *cx, StmtKind kind, Token word, Token name, Expr *in, Block *block) {
    plain_block(cx, block);
    Stmt *stmt = begin(cx, kind, word, block);
    stmt->u.each.var = new_var(cx, VAR_LOOP, name);
    stmt->u.each.in = in;
    stmt->u.each.block = block;
    return stmt;
}

Stmt *make_for(Syntax *cx, Token word, Token index, Token name, Expr *in, Block *block) {
    Stmt *stmt = make_each(cx, STMT_FOR, word, name, in, block);
    stmt->u.each.index = new_var(cx, VAR_LOOP, index);
    return stmt;
}

Stmt *make_async_for(Syntax *cx, Token word, Token name, Expr *in, Block *block) {
    return make_each(cx, STMT_ASYNC_FOR, word, name, in, block);
}

Stmt *make_shielded_for(Syntax *cx, Token word, Token name, Expr *in, Token shield, Block *block) {
    not_built(cx, shield, "`async for` with a shielded body");
    return make_async_for(cx, word, name, in, block);
}

Stmt *label_loop(Stmt *loop, Token label) {
    bool each = loop->kind == STMT_FOR || loop->kind == STMT_ASYNC_FOR;
    if (each) loop->u.each.label = label.u.name;
    else if (loop->kind == STMT_EVERY) loop->u.every.label = label.u.name;
    else loop->u.loop.label = label.u.name;
    loop->span = span_to(label.span, loop->span);
    return loop;
}

/* ---- errors ---- */

Clause *make_clause(Syntax *cx, Token word, Token star, Mark errors, Token as, Block *block) {
    Clause *clause = arena_new(cx->arena, Clause);
    uint32_t len;
    const ErrorName *names = list_take(cx, errors, sizeof *names, &len);
    clause->star = is_token(star);
    clause->as = is_token(as) ? as.u.name : NULL;
    clause->block = block;
    clause->span = head_span(cx, word.span, block->span);
    for (uint32_t i = 0; i < len; i++) {
        if (is_underscore(names[i].name)) {
            clause->any = true;
            continue;
        }
        vec_push(cx->arena, &clause->names, names[i].name);
        vec_push(cx->arena, &clause->modules, names[i].module);
        vec_push(cx->arena, &clause->name_spans, names[i].span);
    }
    if (clause->any && (!clause->star || clause->names.len)) {
        diag_add(cx->diags, CODE_E0102, clause->span,
                 "every error is caught by `catch* _`, with nothing else beside the `_`");
    }
    return clause;
}

Stmt *make_try(Syntax *cx, Token word, Block *block, Mark clauses) {
    plain_block(cx, block);
    Stmt *stmt = begin(cx, STMT_TRY, word, block);
    stmt->u.attempt.block = block;
    LIST_TAKE(cx, clauses, stmt->u.attempt.clauses);
    for (uint32_t i = 0; i < stmt->u.attempt.clauses.len; i++) plain_block(cx, stmt->u.attempt.clauses.at[i]->block);
    bool clause_is_wrong = cx->last_failure > end_of(block->span).at;
    if (stmt->u.attempt.clauses.len == 0 && !clause_is_wrong) {
        Diag *diag = diag_add(cx->diags, CODE_E0118, word.span, "this `try` has no `catch`");
        diag_note(cx->diags, diag,
                  "behind the block: catch SomeError as e { ... }; what must always run goes into `defer { ... }`");
    }
    return stmt;
}

/* defer, critical, soft */
Stmt *make_body(Syntax *cx, Token word, Block *block) {
    plain_block(cx, block);
    Stmt *stmt = begin(cx, (StmtKind)word.u.integer, word, block);
    if (stmt->kind == STMT_SCOPE) {
        stmt->u.scope.kind = SCOPE_SOFT;
        stmt->u.scope.block = block;
    } else {
        stmt->u.block = block;
    }
    return stmt;
}

/* ---- time and scopes ---- */

Stmt *make_every(Syntax *cx, Token word, Expr *time, Token late, Block *block) {
    plain_block(cx, block);
    Stmt *stmt = begin(cx, STMT_EVERY, word, block);
    stmt->u.every.time = time;
    stmt->u.every.late = new_var(cx, VAR_LET, late);
    stmt->u.every.block = block;
    return stmt;
}

Stmt *make_scope(Syntax *cx, Token word, Expr *time, Token shield, Token as, Block *block, Block *other) {
    plain_block(cx, block);
    plain_block(cx, other);
    Stmt *stmt = begin(cx, STMT_SCOPE, word, block);
    bool only_shield = is_token(shield) && shield.span.at == word.span.at;
    stmt->u.scope.kind = time ? (ScopeKind)word.u.integer : only_shield ? SCOPE_SHIELD : SCOPE_CANCEL;
    stmt->u.scope.time = time;
    stmt->u.scope.shield = is_token(shield);
    stmt->u.scope.var = new_var(cx, VAR_SCOPE, as);
    stmt->u.scope.block = block;
    stmt->u.scope.other = other;
    bool fires_quietly = !only_shield && stmt->u.scope.kind != SCOPE_FAIL_AFTER && stmt->u.scope.kind != SCOPE_FAIL_AT;
    if (other && !fires_quietly) {
        Diag *diag = diag_add(cx->diags, CODE_E0121, other->span, "`else` follows `cancel_scope` and `move_on_*` only");
        diag_note(cx->diags, diag,
                  "`fail_*` raises TooSlow, which `catch TooSlow` handles; a `shield` never ends its block");
    }
    return stmt;
}

Stmt *make_with(Syntax *cx, Token word, Expr *resource, Block *block) {
    plain_block(cx, block);
    Stmt *stmt = begin(cx, STMT_WITH, word, block);
    stmt->u.with.resource = resource;
    stmt->u.with.block = block;
    return stmt;
}

/* ---- tasks ---- */

Stmt *make_nursery(Syntax *cx, Token word, Token name, Expr *capacity, Block *block) {
    plain_block(cx, block);
    Stmt *stmt = begin(cx, STMT_NURSERY, word, block);
    stmt->u.nursery.var = new_var(cx, VAR_NURSERY, name);
    stmt->u.nursery.capacity = capacity;
    stmt->u.nursery.block = block;
    return stmt;
}

Stmt *make_dynamic_nursery(Syntax *cx, Token word, Token name, Block *block) {
    Stmt *stmt = make_nursery(cx, word, name, NULL, block);
    stmt->u.nursery.dynamic = true;
    return stmt;
}

Stmt *make_nursery_with(Syntax *cx, Token word, Token name, Token open, List options, Block *block) {
    list_cut(cx, options.mark);
    not_built(cx, open, "a nursery with options");
    return make_nursery(cx, word, name, NULL, block);
}

static bool is_start(const Expr *call) {
    if (call->kind != EXPR_CALL || call->u.call.callee->kind != EXPR_FIELD) return false;
    Str method = name_text(call->u.call.callee->u.field.name);
    return str_is(method, "start_soon") || str_is(method, "start_service");
}

/* n.start_soon(f(x)) as t; */
Stmt *make_task(Syntax *cx, Expr *call, Token name, Token end) {
    Stmt *stmt = make_expr_stmt(cx, call, end);
    if (is_start(call)) {
        call->u.call.child = arena_new(cx->arena, ChildStart);
        call->u.call.child->as = name.u.name;
    } else if (call->kind != EXPR_WRONG) {
        Diag *diag = diag_add(cx->diags, CODE_E0122, name.span, "`as %s` names a task, and none is started here",
                              name.u.name->text);
        diag_note(cx->diags, diag, "it follows n.start_soon(f()); a cast names a number type: `x as u8`");
    }
    return stmt;
}

/* n.start_soon { ... } */
Stmt *make_child(Syntax *cx, Expr *nursery, Token method, Block *block, Token name) {
    plain_block(cx, block);
    Expr *callee = make_field(cx, nursery, method);
    Expr *call = make_node(cx, EXPR_CALL, span_to(nursery->span, block->span), &callee, NULL);
    call->u.call.callee = callee;
    call->u.call.child = arena_new(cx->arena, ChildStart);
    call->u.call.child->block = block;
    call->u.call.child->as = is_token(name) ? name.u.name : NULL;
    return make_expr_stmt(cx, call, (Token){.span = end_of(block->span)});
}

/* race, together */
Stmt *make_group(Syntax *cx, Token word, Block *block) {
    plain_block(cx, block);
    Stmt *stmt = begin(cx, (StmtKind)word.u.integer, word, block);
    stmt->u.group.block = block;
    return stmt;
}

/* ---- select ---- */

SelectArm *make_select_arm(Syntax *cx, SelectKind kind, Token word, Expr *expr, Token as, Expr *guard, Block *block) {
    plain_block(cx, block);
    SelectArm *arm = arena_new(cx->arena, SelectArm);
    *arm = (SelectArm){.kind = kind, .expr = expr, .guard = guard, .block = block};
    arm->as = is_token(as) ? as.u.name : NULL;
    arm->as_span = as.span;
    arm->span = head_span(cx, word.span, block->span);
    return arm;
}

Mark list_add_select_arm(Syntax *cx, Mark list, const SelectArm *arm) {
    list_push(cx, arm, sizeof *arm);
    return list;
}

Stmt *make_select(Syntax *cx, Token word, Token open, Mark arms) {
    Stmt *stmt = ast_stmt(cx->arena, STMT_SELECT, head_span(cx, word.span, open.span));
    LIST_TAKE(cx, arms, stmt->u.select.arms);
    return stmt;
}
