/* effects_raises: what leaves each function: as it is written, or as the second walk finds it.

   Needs  functions in order, callees and children first.
   Gives  Fn.raises and leaf_max, has_checkpoint through calls. Reports errors that leave unlisted. */
#include "effects_walk.h"

static uint32_t written_index(const Fn *fn, const ErrorDecl *error) {
    uint32_t i = 0;
    while (i < fn->raise_errors.len && fn->raise_errors.at[i] != error) i++;
    return i;
}

static void push_raise(Effects *e, Fn *fn, Raise raise) {
    vec_push(e->program->arena, &fn->raises, raise);
    uint32_t at = fn->raises.len - 1;
    for (; at > 0 && fn->raises.at[at - 1].error->number > raise.error->number; at--) {
        fn->raises.at[at] = fn->raises.at[at - 1];
    }
    fn->raises.at[at] = raise;
}

/* What is written counts for all who call, whether it can happen today or not. */
void find_raises_written(Effects *e) {
    for (uint32_t i = 0; i < e->count; i++) {
        Fn *fn = e->facts[i].fn;
        for (uint32_t k = 0; k < fn->raise_errors.len; k++) {
            ErrorDecl *error = fn->raise_errors.at[k];
            if (!error || written_index(fn, error) < k) continue;
            push_raise(e, fn, (Raise){error, fn->raise_stars.at[k], fn->raise_spans.at[k], NULL});
        }
        fn->leaf_max = fn->raises.len ? 1 : 0;
    }
}

static bool is_inferred(const Fn *fn) { return fn->raises_inferred || fn->kind == FN_CHILD || fn->kind == FN_TEST; }

/* Gives whether there is more than before. In a circle leaves could be added up without end: two stand for many
   there. */
static bool infer(Effects *e, FnFacts *facts, const ErrorSet *set) {
    Fn *fn = facts->fn;
    uint32_t total = facts->recursive && set->total > 2 ? 2 : set->total;
    bool more = total > fn->leaf_max;
    if (more) fn->leaf_max = total;
    for (uint32_t i = 0; i < set->kinds.len; i++) {
        const Kind *kind = &set->kinds.at[i];
        uint32_t at = 0;
        while (at < fn->raises.len && fn->raises.at[at].error != kind->error) at++;
        if (at == fn->raises.len) {
            push_raise(e, fn, (Raise){kind->error, kind->many, kind->span, kind->cause});
            more = true;
        } else if (kind->many && !fn->raises.at[at].many) {
            fn->raises.at[at].many = more = true;
        }
    }
    return more;
}

static void check_written(Effects *e, Fn *fn, const ErrorSet *set) {
    ErrorSet unlisted = {.total = 0};
    for (uint32_t i = 0; i < set->kinds.len; i++) {
        const Kind *kind = &set->kinds.at[i];
        uint32_t at = written_index(fn, kind->error);
        if (at == fn->raise_errors.len) vec_push(&e->scratch, &unlisted.kinds, *kind);
        else if (kind->many && !fn->raise_stars.at[at]) report_unlisted_many(e, fn, kind, at);
    }
    if (unlisted.kinds.len) report_leaving(e, fn, &unlisted);
    if (set->total > fn->leaf_max && fn->raises.len) fn->leaf_max = set->total;
}

/* Without anything that takes errors or brings them together, one comes or another does. */
static void errors_in_line(Effects *e, const FnFacts *facts, ErrorSet *set) {
    for (uint32_t i = 0; i < facts->brings.len; i++) set_add(&e->scratch, set, facts->brings.at[i]);
    for (uint32_t i = 0; i < facts->edges.len; i++) {
        const Edge *edge = &facts->edges.at[i];
        if (edge->to->raises.len == 0) continue;
        ErrorSet of_call = set_of_fn(&e->scratch, edge->to, edge->call);
        set_either(&e->scratch, set, &of_call);
    }
}

static const WalkWays ways = {.block = errors_walk_block, .expr = errors_walk_expr};

/* Gives whether the function raises more than it was known to. */
static bool errors_fn(Effects *e, FnFacts *facts, bool quiet) {
    if (!facts->fn->body) return false;
    ErrorSet set = {.total = 0};
    if (facts->is_structured) {
        Walk w = {.ways = &ways, .e = e, .fn = facts->fn, .quiet = quiet, .set = &set};
        errors_block(&w, facts->fn->body);
    } else {
        errors_in_line(e, facts, &set);
    }
    bool more = false;
    if (is_inferred(facts->fn)) more = infer(e, facts, &set);
    else if (!quiet) check_written(e, facts->fn, &set);
    arena_reset(&e->scratch);
    return more;
}

void errors_circle(Effects *e, uint32_t first, uint32_t end) {
    bool is_circle = e->facts[e->sorted[first]].recursive;
    for (bool more = is_circle; more;) {
        more = false;
        for (uint32_t i = first; i < end; i++) more |= errors_fn(e, &e->facts[e->sorted[i]], true);
    }
    for (uint32_t i = first; i < end; i++) {
        FnFacts *facts = &e->facts[e->sorted[i]];
        errors_fn(e, facts, false);
        for (uint32_t k = 0; k < facts->edges.len; k++) {
            const Edge *edge = &facts->edges.at[k];
            if (edge->shielded || edge->kind == EDGE_SPAWN) continue;
            facts->has_checkpoint |= facts_of(e, edge->to)->has_checkpoint;
        }
    }
}
