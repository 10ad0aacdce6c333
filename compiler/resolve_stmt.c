/* resolve_stmt: the names in statements, and where jumps go. */
#include "resolve.h"

static void resolve_stmt(Resolver *r, Stmt *stmt);

static void resolve_stmts(Resolver *r, Block *block) {
    for (uint32_t i = 0; i < block->stmts.len; i++) resolve_stmt(r, block->stmts.at[i]);
}

void resolve_walk_block(Resolver *r, Block *block) {
    if (!block) return;
    LocalScope scope;
    scope_push(r, &scope, block, r->scope ? r->scope->depth + 1 : 1);
    resolve_stmts(r, block);
    scope_pop(r);
}

/* A variable of the block's head, and the block: `for x in xs { }`. The block may use the name again. */
static void head_begin(Resolver *r, LocalScope *head, Block *block) {
    scope_push(r, head, block, r->scope ? r->scope->depth + 1 : 1);
}

static void head_end(Resolver *r, Block *block) {
    LocalScope body;
    scope_push(r, &body, block, r->scope->depth);
    resolve_stmts(r, block);
    scope_pop(r);
    scope_pop(r);
}

/* ---- jumps ---- */

static void resolve_loop(Resolver *r, Stmt *stmt, Name label, Block *block) {
    LoopScope loop = {r->loops, stmt, label};
    r->loops = &loop;
    resolve_block(r, block);
    r->loops = loop.outer;
}

static const char *jump_word(const Stmt *stmt) { return stmt->kind == STMT_BREAK ? "break" : "continue"; }

static void no_such_loop(Resolver *r, const Stmt *stmt) {
    const char *word = jump_word(stmt);
    Name label = stmt->u.jump.label;
    bool in_child = r->fn && r->fn->kind == FN_CHILD;
    Diag *diag = label
        ? diag_add(r->diags, CODE_E0206, stmt->span, "no loop around this `%s` is called `%s`", word, label->text)
        : diag_add(r->diags, CODE_E0206, stmt->span, "there is no loop around this `%s`", word);
    if (in_child) diag_note(r->diags, diag,
                            "a child is a task of its own: it cannot jump out of its block; `return` ends it");
    if (!label) return;
    Near near = near_to(label);
    for (const LoopScope *loop = r->loops; loop; loop = loop->outer) {
        if (loop->label) near_try(&near, loop->label);
    }
    near_fix(&near, r->diags, diag, last_word(r, stmt->span, label));
}

static void resolve_jump(Resolver *r, Stmt *stmt) {
    Name label = stmt->u.jump.label;
    const LoopScope *loop = r->loops;
    while (loop && label && loop->label != label) loop = loop->outer;
    if (loop) stmt->u.jump.target = loop->stmt;
    else no_such_loop(r, stmt);
}

/* ---- statements that declare ---- */

/* A `static var` inside of a function lies where those at the top level lie; only its name is local. */
static void resolve_static(Resolver *r, Stmt *stmt) {
    Var *var = stmt->u.let.vars.at[0];
    Item *item = stmt->u.let.item = arena_new(r->arena, Item);
    *item = (Item){.kind = ITEM_STATIC, .name = var->name, .span = var->span, .home = r->module};
    item->u.global.var = var;
    item->u.global.type = stmt->u.let.type;
    item->u.global.value = stmt->u.let.value;
    stmt->u.let.value = NULL;
    vec_push(r->arena, &r->program->local_statics, item);
    declare(r, var);
}

void resolve_let_value(Resolver *r, const Stmt *let) {
    resolve_type(r, let->u.let.type);
    resolve_expr(r, let->u.let.value);
    for (uint32_t i = 0; i < let->u.let.vars.len; i++) {
        const Var *var = let->u.let.vars.at[i];
        if (var->written != let->u.let.type) resolve_type(r, var->written);
    }
}

void declare_let(Resolver *r, const Stmt *let) {
    for (uint32_t i = 0; i < let->u.let.vars.len; i++) declare(r, let->u.let.vars.at[i]);
}

static void resolve_let(Resolver *r, Stmt *stmt) {
    resolve_let_value(r, stmt);
    if (stmt->u.let.is_static) resolve_static(r, stmt);
    else declare_let(r, stmt);
}

/* Being written to is no use. */
static void resolve_assign(Resolver *r, Stmt *stmt) {
    Expr *to = stmt->u.assign.to;
    bool is_name = to->kind == EXPR_NAME && stmt->u.assign.op < 0;
    const Var *before = is_name ? find_var(r, to->u.name.name) : NULL;
    bool used = before && before->used;
    resolve_expr(r, to);
    if (is_name && to->u.name.var && !used) to->u.name.var->used = false;
    resolve_expr(r, stmt->u.assign.value);
}

static void resolve_if(Resolver *r, Stmt *stmt) {
    resolve_expr(r, stmt->u.branch.cond);
    if (stmt->u.branch.is_let) {
        LocalScope head;
        head_begin(r, &head, stmt->u.branch.then);
        declare(r, stmt->u.branch.var);
        head_end(r, stmt->u.branch.then);
    } else {
        resolve_block(r, stmt->u.branch.then);
    }
    resolve_block(r, stmt->u.branch.other);
}

static void resolve_for(Resolver *r, Stmt *stmt) {
    resolve_expr(r, stmt->u.each.in);
    LocalScope head;
    LoopScope loop = {r->loops, stmt, stmt->u.each.label};
    r->loops = &loop;
    head_begin(r, &head, stmt->u.each.block);
    if (stmt->u.each.index) declare(r, stmt->u.each.index);
    if (stmt->u.each.var) declare(r, stmt->u.each.var);
    head_end(r, stmt->u.each.block);
    r->loops = loop.outer;
}

static void resolve_match(Resolver *r, Stmt *stmt) {
    resolve_expr(r, stmt->u.match.of);
    for (uint32_t i = 0; i < stmt->u.match.arms.len; i++) {
        Arm *arm = &stmt->u.match.arms.at[i];
        LocalScope head;
        head_begin(r, &head, arm->block);
        resolve_pattern(r, arm->pattern);
        resolve_expr(r, arm->guard);
        head_end(r, arm->block);
    }
}

void resolve_walk_clause(Resolver *r, Clause *clause) {
    for (uint32_t i = 0; i < clause->names.len; i++) {
        ErrorDecl *error = find_error(r, clause->modules.at[i], clause->names.at[i], clause->name_spans.at[i]);
        vec_push(r->arena, &clause->errors, error);
    }
    LocalScope head;
    head_begin(r, &head, clause->block);
    if (clause->as) {
        clause->var = ast_var(r->arena, VAR_CATCH, clause->as, last_word(r, clause->span, clause->as));
        declare(r, clause->var);
    }
    head_end(r, clause->block);
}

static void resolve_try(Resolver *r, Stmt *stmt) {
    resolve_block(r, stmt->u.attempt.block);
    for (uint32_t i = 0; i < stmt->u.attempt.clauses.len; i++) resolve_clause(r, stmt->u.attempt.clauses.at[i]);
}

/* The names of nurseries and scopes are known up to the end of the block that holds the statement. */
static void declare_owned(Resolver *r, Var *var, Stmt *owner) {
    if (!var) return;
    var->owner = owner;
    declare(r, var);
}

static void resolve_nursery(Resolver *r, Stmt *stmt) {
    resolve_expr(r, stmt->u.nursery.capacity);
    declare_owned(r, stmt->u.nursery.var, stmt);
    resolve_block(r, stmt->u.nursery.block);
}

static void resolve_scope(Resolver *r, Stmt *stmt) {
    resolve_expr(r, stmt->u.scope.time);
    declare_owned(r, stmt->u.scope.var, stmt);
    resolve_block(r, stmt->u.scope.block);
    resolve_block(r, stmt->u.scope.other);
}

static void resolve_select(Resolver *r, Stmt *stmt) {
    for (uint32_t i = 0; i < stmt->u.select.arms.len; i++) {
        SelectArm *arm = &stmt->u.select.arms.at[i];
        resolve_expr(r, arm->expr);
        resolve_expr(r, arm->guard);
        LocalScope head;
        head_begin(r, &head, arm->block);
        if (arm->as) {
            arm->var = ast_var(r->arena, VAR_LET, arm->as, arm->as_span);
            declare(r, arm->var);
        }
        head_end(r, arm->block);
    }
}

static void resolve_every(Resolver *r, Stmt *stmt) {
    resolve_expr(r, stmt->u.every.time);
    declare_owned(r, stmt->u.every.late, stmt);
    resolve_loop(r, stmt, stmt->u.every.label, stmt->u.every.block);
}

static void resolve_stmt(Resolver *r, Stmt *stmt) {
    switch ((StmtKind)stmt->kind) {
    case STMT_LET: resolve_let(r, stmt); break;
    case STMT_ASSIGN: resolve_assign(r, stmt); break;
    case STMT_EXPR: case STMT_DROP: case STMT_RETURN: resolve_expr(r, stmt->u.expr); break;
    case STMT_BLOCK: case STMT_DEFER: case STMT_CRITICAL: resolve_block(r, stmt->u.block); break;
    case STMT_IF: resolve_if(r, stmt); break;
    case STMT_WHILE: case STMT_LOOP:
        resolve_expr(r, stmt->u.loop.cond);
        resolve_loop(r, stmt, stmt->u.loop.label, stmt->u.loop.block);
        break;
    case STMT_FOR: case STMT_ASYNC_FOR: resolve_for(r, stmt); break;
    case STMT_MATCH: resolve_match(r, stmt); break;
    case STMT_BREAK: case STMT_CONTINUE: resolve_jump(r, stmt); break;
    case STMT_RAISE: resolve_expr(r, stmt->u.raise.error); break;
    case STMT_ASSERT:
        resolve_expr(r, stmt->u.check.cond);
        resolve_expr(r, stmt->u.check.why);
        break;
    case STMT_TRY: resolve_try(r, stmt); break;
    case STMT_NURSERY: resolve_nursery(r, stmt); break;
    case STMT_SCOPE: resolve_scope(r, stmt); break;
    case STMT_SELECT: resolve_select(r, stmt); break;
    case STMT_RACE: case STMT_TOGETHER:
        resolve_group(r, &stmt->u.group, stmt->span, stmt->kind == STMT_TOGETHER);
        break;
    case STMT_EVERY: resolve_every(r, stmt); break;
    case STMT_WITH:
        resolve_expr(r, stmt->u.with.resource);
        resolve_block(r, stmt->u.with.block);
        break;
    case STMT_WRONG: break;
    }
}
