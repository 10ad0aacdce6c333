/* effects_program: what waits, what starts, and which errors leave what, in the whole program.

   Needs  check without errors.
   Gives  Fn.raises, leaf_max and reachable; Program.reached; NurseryPlan of every nursery; deadline_written of scopes; the errors of
          `catch* _` clauses, and Clause.jumps.
   Must not touch anything else of the tree, but for Fn.mark and Var.slot, which it uses while it runs. */
#include "effects.h"

static void begin(Effects *e) {
    e->count = e->program->fns.len;
    e->facts = arena_array(&e->arena, FnFacts, e->count);
    for (uint32_t i = 0; i < e->count; i++) {
        e->facts[i].fn = e->program->fns.at[i];
        e->facts[i].fn->mark = i;
    }
}

static void collect_all(Effects *e) {
    for (uint32_t i = 0; i < e->count; i++) collect_fn(e, e->facts[i].fn);
    for (uint32_t i = 0; i < e->count; i++) plan_nurseries(e, &e->facts[i]);
}

static void add_up_errors(Effects *e) {
    find_raises_written(e);
    for (uint32_t i = 0; i < e->count; i = e->circle_ends[i]) errors_circle(e, i, e->circle_ends[i]);
    for (uint32_t i = 0; i < e->count; i++) warn_of_spins(e, &e->facts[i]);
}

/* Other passes may use the numbers for their own ends. */
static void end(Effects *e) {
    for (uint32_t i = 0; i < e->pools.len; i++) e->pools.at[i]->var->slot = 0;
    arena_free(&e->scratch);
    arena_free(&e->arena);
}

/* What programs cannot do is refused where it would become part of one. */
static void refuse_for_tests(Effects *e) {
    for (uint32_t i = 0; i < e->count && !e->program->has_test_runtime; i++) {
        const FnFacts *facts = &e->facts[i];
        if (!facts->for_tests || !facts->fn->reachable) continue;
        const char *name = builtin_name((Builtin)facts->for_tests->u.call.builtin);
        Diag *diag = diag_add(e->program->diags, CODE_E0314, facts->for_tests->span, "`%s` is only for tests", name);
        diag_note(e->program->diags, diag, "it works in `trc test` and `trc run --virtual`");
    }
}

void effects(Program *program) {
    Effects e = {.program = program};
    begin(&e);
    collect_all(&e);
    sort_functions(&e);
    mark_reachable(&e);
    order_reached(&e);
    refuse_for_tests(&e);
    add_up_errors(&e);
    end(&e);
}
