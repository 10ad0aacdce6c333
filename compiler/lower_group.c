/* lower_group: race and together. Both are nurseries whose children have a slot each; a child that has ended leaves its
   result there, so nothing is handed over before all have ended.

       together { let x = a(); b(); }            nursery { start_soon a(); start_soon b(); }   x = result(slots of a)

       let v = race { a(); b(); };               nursery { start_soon a(), b(), which race }
                                                 if (won(slots of a)) { v = result(slots of a) } else { v = result(... b) } */
#include "lower.h"

/* Runs the nursery; gives its region. */
static IrRegion *run(Lower *l, const Group *group) {
    lower_nursery(l, group->nursery);
    return l->out->at[l->out->len - 1]->u.region;
}

/* The slots of an arm's child. */
static IrVar *slots_of(const Group *group, const IrRegion *region, uint32_t arm) {
    const Expr *start = group->nursery->u.nursery.block->stmts.at[arm]->u.expr;
    const struct NurseryPlan *plan = group->nursery->u.nursery.plan;
    uint32_t i = 0;
    while (plan->sites.at[i].call != start) i++;
    return region->slots.at[i];
}

/* A value that is no single number might be copied onto itself: the slots are free when it has been read. */
static IrExpr *result_of(Lower *l, IrVar *slots, Type *type) {
    IrExpr *result = ir_op(l, IROP_RESULT, type, ir_use(l, slots), NULL);
    bool is_number = type->kind >= TYPE_BOOL && type->kind <= TYPE_INSTANT;
    return is_number ? result : lower_stable(l, result);
}

/* ---- together ---- */

static void bind(Lower *l, const Stmt *let, IrVar *slots) {
    const VarList *vars = &let->u.let.vars;
    IrExpr *value = result_of(l, slots, let->u.let.value->type);
    for (uint32_t i = 0; i < vars->len; i++) {
        IrVar *var = lower_var(l, vars->at[i]);
        IrExpr *part = vars->len == 1 ? value : ir_part(l, IRX_FIELD, var->type, value, i, NULL);
        lower_set(l, ir_use(l, var), vars->len == 1 ? lower_convert(l, part, var->type) : part);
    }
}

void lower_together(Lower *l, Stmt *stmt) {
    const Group *group = &stmt->u.group;
    const IrRegion *region = run(l, group);
    for (uint32_t i = 0; i < group->block->stmts.len; i++) {
        const Stmt *arm = group->block->stmts.at[i];
        if (arm->kind != STMT_LET) continue;
        l->span = arm->span;
        l->head = true;
        l->line = lower_line(l, arm->span.at);
        bind(l, arm, slots_of(group, region, i));
    }
}

/* ---- race ---- */

static bool can_win(const Stmt *arm) { return arm->kind != STMT_EXPR || arm->u.expr->type->kind != TYPE_NEVER; }

/* One of the arms has won: if it is none of those before the last, that. */
static void set_winner(Lower *l, const Group *race, const IrRegion *region, IrExpr *to) {
    Type *value = race_value(race);
    uint32_t last = race->block->stmts.len - 1;
    while (last && !can_win(race->block->stmts.at[last])) last--;
    IrBlock *out = l->out;
    for (uint32_t i = 0; i <= last; i++) {
        if (!can_win(race->block->stmts.at[i])) continue;
        IrVar *slots = slots_of(race, region, i);
        IrStmt *test = NULL;
        if (i < last) {
            test = lower_add(l, IRS_IF);
            test->u.branch.cond = ir_op(l, IROP_WON, lower_basic(l, TYPE_BOOL), ir_use(l, slots), NULL);
            l->out = &test->u.branch.then;
        }
        lower_set(l, to, value ? result_of(l, slots, value) : ir_int(l, to->type, i));
        if (test) l->out = &test->u.branch.other;
    }
    l->out = out;
}

IrExpr *lower_race(Lower *l, const Group *race, Type *type, IrExpr *to) {
    IrRegion *region = run(l, race);
    for (uint32_t i = 0; i < region->body.len; i++) {
        if (region->body.at[i]->kind == IRS_START_SOON) region->body.at[i]->u.start.races = true;
    }
    if (!type) return NULL;
    if (!to || to->type != type) {
        IrVar *winner = lower_temp(l, type, "winner");
        winner->fixed = false;
        to = ir_use(l, winner);
    }
    set_winner(l, race, region, to);
    return to;
}
