/* effects_spin: loops of async functions that nothing can interrupt. An ordinary computation loops too; so only
   those count that cannot end by themselves: `loop` and `while true` without a way out, and a `while` whose
   condition hangs on variables that its body does not mention: other tasks would have to change them, and none gets
   a turn. */
#include "effects.h"

typedef struct Search {
    const Stmt *loop;
    const Var *const *vars;        /* of the condition */
    uint32_t count;
    bool found;                    /* a way out, or something that may change the condition */
} Search;

static void search_block(void *context, const Block *block);

static void search_expr(void *context, Expr *expr) {
    Search *search = context;
    if (search->found) return;
    if (expr->type->kind == TYPE_NEVER && expr->kind == EXPR_CALL) search->found = true;
    for (uint32_t i = 0; expr->kind == EXPR_NAME && i < search->count; i++) {
        if (expr->u.name.var == search->vars[i]) search->found = true;
    }
    if (expr->kind == EXPR_IF) {
        search_block(search, expr->u.branch.then);
        search_block(search, expr->u.branch.other);
    } else if (expr->kind == EXPR_CATCH) {
        search_block(search, expr->u.caught.clause->block);
    } else if (expr->kind == EXPR_RACE) {
        search_block(search, expr->u.group.nursery->u.nursery.block);
    }
    expr_parts(expr, search_expr, search);
}

static void search_block(void *context, const Block *block) {
    Search *search = context;
    for (uint32_t i = 0; block && i < block->stmts.len && !search->found; i++) {
        const Stmt *stmt = block->stmts.at[i];
        bool leaves = stmt->kind == STMT_RETURN || stmt->kind == STMT_RAISE;
        if (stmt->kind == STMT_BREAK || stmt->kind == STMT_CONTINUE) {
            /* Without a known inner loop as its target it may lead out; `continue` of this one does not. */
            const Stmt *target = stmt->u.jump.target;
            leaves = target == search->loop ? stmt->kind == STMT_BREAK : stmt->u.jump.label != NULL;
        }
        if (leaves) search->found = true;
        else stmt_parts(stmt, search_expr, search_block, search);
    }
}

/* The condition reads only local variables; more than a few are not worth the search. */
enum { CONDITION_VARS_MAX = 4 };
typedef struct Condition {
    const Var *vars[CONDITION_VARS_MAX];
    uint32_t count;
    bool other;                    /* it reads or does something else */
} Condition;

static void note_condition(void *context, Expr *expr) {
    Condition *condition = context;
    switch ((ExprKind)expr->kind) {
    case EXPR_BOOL: case EXPR_INT: case EXPR_UNARY: case EXPR_BINARY: case EXPR_DEREF:
        expr_parts(expr, note_condition, condition);
        return;
    case EXPR_FIELD:
        if (expr->u.field.builtin == BUILTIN_NONE && expr->u.field.index >= 0) {
            expr_parts(expr, note_condition, condition);
            return;
        }
        break;
    case EXPR_NAME:
        if (expr->u.name.var && condition->count < CONDITION_VARS_MAX) {
            condition->vars[condition->count++] = expr->u.name.var;
            return;
        }
        break;
    default:
        break;
    }
    condition->other = true;
}

bool can_spin(const Stmt *loop) {
    Condition condition = {.count = 0};
    if (!is_endless(loop)) note_condition(&condition, loop->u.loop.cond);
    if (condition.other || (!is_endless(loop) && condition.count == 0)) return false;
    Search search = {.loop = loop, .vars = condition.vars, .count = condition.count};
    search_block(&search, loop->u.loop.block);
    return !search.found;
}

/* Something that the body calls waits, or raises and so ends the loop. */
static bool is_interrupted(const Effects *e, const FnFacts *facts, const Spin *spin) {
    for (uint32_t i = spin->first_edge; i < spin->edge_end; i++) {
        const Edge *edge = &facts->edges.at[i];
        if (edge->to->raises.len) return true;
        if (!edge->shielded && edge->to->is_async && facts_of(e, edge->to)->has_checkpoint) return true;
    }
    return false;
}

void warn_of_spins(Effects *e, const FnFacts *facts) {
    Diags *diags = e->program->diags;
    for (uint32_t i = 0; i < facts->spins.len; i++) {
        const Spin *spin = &facts->spins.at[i];
        if (is_interrupted(e, facts, spin)) continue;
        if (spin->shielded) {
            Diag *diag = diag_add(diags, CODE_W0603, spin->stmt->span,
                                  "all that this loop awaits is shielded or no checkpoint: it cannot be cancelled");
            diag_note(diags, diag, "`await checkpoint();` in the loop lets cancellation in");
        } else {
            Diag *diag = diag_add(diags, CODE_W0603, spin->stmt->span,
                                  "this loop awaits nothing: no other task gets a turn while it runs");
            diag_note(diags, diag, "`await checkpoint();` in the loop gives the others a turn");
        }
    }
}
