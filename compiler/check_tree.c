/* check_tree: what expressions and blocks are by their form. */
#include "check.h"

/* ---- expressions ---- */

bool is_maker(const Expr *expr) {
    return expr->kind == EXPR_CALL || expr->kind == EXPR_REPEAT || expr->kind == EXPR_ARRAY;
}

/* radio.BAUD becomes the name of what it names. */
bool become_name(Expr *expr) {
    if (expr->kind != EXPR_FIELD || !expr->u.field.item) return false;
    Item *item = expr->u.field.item;
    expr->kind = EXPR_NAME;
    expr->u.name.name = item->name;
    expr->u.name.var = NULL;
    expr->u.name.item = item;
    return true;
}

Item *item_named(const Expr *expr) { return expr->kind == EXPR_NAME && !expr->u.name.var ? expr->u.name.item : NULL; }

bool is_static_channel(const Expr *expr) {
    const Expr *of = expr->kind == EXPR_FIELD ? expr->u.field.of : NULL;
    return of && of->kind == EXPR_NAME && of->u.name.item && of->u.name.item->kind == ITEM_CHANNEL;
}

/* ---- blocks ---- */

Expr *block_value(const Block *block) {
    if (!block || !block->stmts.len) return NULL;
    Stmt *last = block->stmts.at[block->stmts.len - 1];
    return last->kind == STMT_EXPR && !last->has_semicolon ? last->u.expr : NULL;
}

static bool stmt_leaves(const Stmt *stmt) {
    switch ((StmtKind)stmt->kind) {
    case STMT_RETURN: case STMT_RAISE: case STMT_BREAK: case STMT_CONTINUE: return true;
    case STMT_EXPR: return stmt->u.expr->type && stmt->u.expr->type->kind == TYPE_NEVER;
    case STMT_BLOCK: return block_leaves(stmt->u.block);
    case STMT_IF:
        return stmt->u.branch.other && block_leaves(stmt->u.branch.then) && block_leaves(stmt->u.branch.other);
    case STMT_LOOP: return true;
    case STMT_MATCH:
        for (uint32_t i = 0; i < stmt->u.match.arms.len; i++) {
            if (!block_leaves(stmt->u.match.arms.at[i].block)) return false;
        }
        return stmt->u.match.arms.len > 0;
    case STMT_SELECT:
        for (uint32_t i = 0; i < stmt->u.select.arms.len; i++) {
            if (!block_leaves(stmt->u.select.arms.at[i].block)) return false;
        }
        return true;
    case STMT_WRONG: return true;  /* what it was is not known: no more about it */
    default: return false;
    }
}

bool block_leaves(const Block *block) {
    return block->stmts.len && stmt_leaves(block->stmts.at[block->stmts.len - 1]);
}
