/* effects_plan: how many slots a nursery needs.

   Needs  the sites and lendings that collect found, of all functions.
   Gives  NurseryPlan.sites, pool, can_be_full; an edge from each function to what its nurseries have slots for. */
#include "effects.h"

typedef VEC(Pool *) PoolList;

/* ---- who starts children in it ---- */

/* All pools that this one is lent to, directly or not. */
static void find_lent(Effects *e, Pool *pool, PoolList *found) {
    uint32_t mark = ++e->pool_mark;
    pool->mark = mark;
    for (uint32_t i = 0;; i++) {
        for (uint32_t k = 0; k < pool->lent_to.len; k++) {
            Pool *to = pool->lent_to.at[k];
            if (to->mark == mark) continue;
            to->mark = mark;
            vec_push(&e->arena, found, to);
        }
        if (i == found->len) return;
        pool = found->at[i];
    }
}

/* ---- the capacity as written ---- */

enum { CAPACITY_MAX = 65535 };     /* slots are numbered with 16 bits */

static Span capacity_place(const Stmt *nursery) {
    return (Span){nursery->u.nursery.var->span.at + nursery->u.nursery.var->span.len, 0};
}

/* 0 if there is none, or a wrong one. */
static uint32_t written_capacity(Effects *e, const Stmt *nursery) {
    const Expr *capacity = nursery->u.nursery.capacity;
    if (!capacity || capacity->kind != EXPR_INT) return 0;
    if (capacity->u.integer <= CAPACITY_MAX) return (uint32_t)capacity->u.integer;
    diag_add(e->program->diags, CODE_E0504, capacity->span, "a nursery has room for %d children at most", CAPACITY_MAX);
    return 0;
}

/* ---- without a capacity: each site has its own slots ---- */

static void advise_capacity(Effects *e, Diag *diag, const Stmt *nursery) {
    Diags *diags = e->program->diags;
    diag_note(diags, diag, "one child more than the capacity raises `NurseryFull`");
    diag_fix(diags, diag, capacity_place(nursery), STR("[8]"),
             "say how many children may be alive at once, for example 8");
}

static void report_unknown_rounds(Effects *e, const Stmt *nursery, const Site *site) {
    Diags *diags = e->program->diags;
    const char *name = nursery->u.nursery.var->name->text;
    Diag *diag = diag_add(diags, CODE_E0502, site->call->span,
                          "how many children `%s` gets here depends on a loop that is not bounded by a constant", name);
    diag_label(diags, diag, site->loop, "this loop");
    diag_label(diags, diag, nursery->u.nursery.var->span, "`%s` has no capacity", name);
    advise_capacity(e, diag, nursery);
}

static void report_lent(Effects *e, const Pool *pool) {
    Diags *diags = e->program->diags;
    const char *name = pool->var->name->text;
    Diag *diag = diag_add(diags, CODE_E0503, pool->lent_at,
                          "any number of children may be started in `%s` from here", name);
    diag_label(diags, diag, pool->var->span, "`%s` has no capacity", name);
    advise_capacity(e, diag, pool->stmt);
}

static void check_count(Effects *e, const Pool *pool, uint32_t count) {
    if (count <= CAPACITY_MAX) return;
    diag_add(e->program->diags, CODE_E0504, pool->stmt->span, "this nursery gets more than %d children", CAPACITY_MAX);
}

/* Gives how many slots there are; reports the first site whose number is not known. */
static uint32_t own_slots(Effects *e, const Pool *pool, bool *known) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < pool->sites.len; i++) {
        const Site *site = &pool->sites.at[i];
        if (site->copies == 0 && !site->lent && *known) report_unknown_rounds(e, pool->stmt, site);
        if (site->copies == 0 && !site->lent) *known = false;
        count = add_up(count, site->copies);
    }
    return count;
}

/* ---- the plan ---- */

static void add_sites(Effects *e, FnFacts *facts, NurseryPlan *plan, const Pool *pool) {
    for (uint32_t i = 0; i < pool->sites.len; i++) {
        const Site *site = &pool->sites.at[i];
        StartSite slot = {site->call, site->fn, (plan->pool || !pool->stmt) ? 0 : site->copies,
                          start_is_scoped(site->call)};
        vec_push(e->program->arena, &plan->sites, slot);
        Edge edge = {site->fn, site->call, EDGE_SLOT, false};
        vec_push(&e->arena, &facts->edges, edge);
    }
}

/* The starts in the nursery's own function, each as often as it can happen, fit. */
static bool sites_fit(const Pool *pool, uint32_t capacity) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < pool->sites.len; i++) {
        if (pool->sites.at[i].copies == 0) return false;
        count = add_up(count, pool->sites.at[i].copies);
    }
    return count <= capacity;
}

static void plan_nursery(Effects *e, FnFacts *facts, Pool *pool) {
    NurseryPlan *plan = pool->stmt->u.nursery.plan;
    PoolList lent = {0};
    find_lent(e, pool, &lent);
    bool is_started_elsewhere = false;
    for (uint32_t i = 0; i < lent.len; i++) is_started_elsewhere |= lent.at[i]->sites.len > 0;

    plan->pool = written_capacity(e, pool->stmt);
    if (!pool->stmt->u.nursery.capacity && !pool->stmt->u.nursery.dynamic) {
        bool known = true;
        check_count(e, pool, own_slots(e, pool, &known));
        if (pool->lent_at.len && known) report_lent(e, pool);
    }
    plan->can_be_full = plan->pool && (is_started_elsewhere || !sites_fit(pool, plan->pool));
    add_sites(e, facts, plan, pool);
    for (uint32_t i = 0; i < lent.len; i++) add_sites(e, facts, plan, lent.at[i]);
}

void plan_nurseries(Effects *e, FnFacts *facts) {
    for (uint32_t i = 0; i < facts->nurseries.len; i++) plan_nursery(e, facts, facts->nurseries.at[i]);
}
