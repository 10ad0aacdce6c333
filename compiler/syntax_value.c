/* syntax_value: blocks, and the expressions that take their values from blocks. */
#include "syntax.h"

/* ---- blocks and their values ---- */

static Stmt *last_of(const Block *block) { return block->stmts.len ? block->stmts.at[block->stmts.len - 1] : NULL; }

static bool is_value(const Stmt *stmt) { return stmt->kind == STMT_EXPR && !stmt->has_semicolon; }

/* One message is enough for an `if` that was meant as a value. */
static Diag *plain_if(Syntax *cx, Stmt *branch) {
    Diag *diag = plain_block(cx, branch->u.branch.then);
    return diag ? diag : plain_block(cx, branch->u.branch.other);
}

Diag *plain_block(Syntax *cx, Block *block) {
    Stmt *last = block ? last_of(block) : NULL;
    if (!last) return NULL;
    if (last->kind == STMT_IF) return plain_if(cx, last);
    return is_value(last) ? missing_semicolon(cx, last->u.expr->span) : NULL;
}

static bool ends_in_value(const Block *block) {
    const Stmt *last = last_of(block);
    if (!last || last->kind != STMT_IF) return last && is_value(last);
    return last->u.branch.other && (ends_in_value(last->u.branch.then) || ends_in_value(last->u.branch.other));
}

/* What stood where a statement stands has turned out to be a value. */
static Stmt *if_as_value(Syntax *cx, const Stmt *branch) {
    Block *other = branch->u.branch.other;
    Token word = {.span = {branch->span.at, 2}};
    Stmt *stmt = ast_stmt(cx->arena, STMT_EXPR, span_to(branch->span, other->span));
    stmt->u.expr = make_if_value(cx, word, branch->u.branch.cond, branch->u.branch.then, other);
    return stmt;
}

/* The block gives a value, or leaves: an `if` at its end is one, too. */
static void value_block(Syntax *cx, Block *block) {
    Stmt *last = last_of(block);
    if (!last || last->kind != STMT_IF) return;
    bool plain = last->u.branch.is_let || last->u.branch.is_const || !ends_in_value(block);
    if (plain) plain_if(cx, last);
    else block->stmts.at[block->stmts.len - 1] = if_as_value(cx, last);
}

/* ---- expressions with blocks ---- */

Expr *make_if_value(Syntax *cx, Token word, Expr *cond, Block *then, Block *other) {
    value_block(cx, then);
    value_block(cx, other);
    Expr *expr = make_node(cx, EXPR_IF, span_to(word.span, other->span), &cond, NULL);
    expr->u.branch.cond = cond;
    expr->u.branch.then = then;
    expr->u.branch.other = other;
    return expr;
}

Expr *make_race(Syntax *cx, Token word, Block *block) {
    Span span = span_to(word.span, block->span);
    if (word.u.integer != STMT_RACE) {
        Diag *diag = diag_add(cx->diags, CODE_E0102, word.span, "`together` is a statement and has no value");
        diag_note(cx->diags, diag,
                  "what its block declares by `let` is known behind it: together { let x = a(); let y = b(); }");
        return make_wrong(cx, span);
    }
    Expr *expr = ast_expr(cx->arena, EXPR_RACE, span);
    expr->u.group.block = block;
    return expr;
}

Expr *make_catch(Syntax *cx, Expr *of, Clause *clause) {
    value_block(cx, clause->block);
    Expr *expr = make_node(cx, EXPR_CATCH, span_to(of->span, clause->block->span), &of, NULL);
    expr->u.caught.of = of;
    expr->u.caught.clause = clause;
    return expr;
}

/* ---- making blocks ---- */

Block *make_block(Syntax *cx, Token open, Mark stmts, Expr *value, Token close) {
    if (value) {
        Stmt *last = ast_stmt(cx->arena, STMT_EXPR, value->span);
        last->u.expr = value;
        list_add_pointer(cx, stmts, last);
    }
    Block *block = arena_new(cx->arena, Block);
    LIST_TAKE(cx, stmts, block->stmts);
    block->span = span_to(open.span, close.span);
    for (uint32_t i = 0; i + 1 < block->stmts.len; i++) {
        if (block->stmts.at[i]->kind == STMT_IF) plain_if(cx, block->stmts.at[i]);
    }
    return block;
}

static Block *block_of(Syntax *cx, Stmt *stmt, Span span) {
    Block *block = arena_new(cx->arena, Block);
    block->stmts.at = arena_new(cx->arena, Stmt *);
    block->stmts.at[0] = stmt;
    block->stmts.len = block->stmts.capacity = 1;
    block->span = span;
    return block;
}

/* To the end of its last block, as the braces would be. */
Block *block_of_if(Syntax *cx, Stmt *branch) {
    const Block *last = branch->u.branch.other ? branch->u.branch.other : branch->u.branch.then;
    return block_of(cx, branch, span_to(branch->span, last->span));
}

Block *block_of_value(Syntax *cx, Expr *value) {
    Stmt *stmt = ast_stmt(cx->arena, STMT_EXPR, value->span);
    stmt->u.expr = value;
    return block_of(cx, stmt, value->span);
}
