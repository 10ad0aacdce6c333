/* flow_state: what is true at a place, and what becomes of it where ways meet. */
#include "flow.h"

static uint64_t *set_of(const Flow *f, const State *state, Fact fact) { return state->facts + (size_t)fact * f->words; }

static size_t facts_size(const Flow *f) { return (size_t)FACT_COUNT * f->words * sizeof(uint64_t); }

void state_drop(Flow *f, State *state) {
    if (state->facts) vec_push(&f->family, &f->spare, state->facts);
    *state = (State){false, NULL};
}

State state_nowhere(Flow *f) {
    State state = {false, NULL};
    if (f->spare.len) state.facts = f->spare.at[--f->spare.len];
    else state.facts = arena_array(&f->family, uint64_t, (size_t)FACT_COUNT * f->words);
    memset(state.facts, 0, facts_size(f));
    return state;
}

void state_resume(Flow *f, State *at) {
    f->here = at->facts ? *at : state_nowhere(f);
    *at = (State){false, NULL};
}

State state_copy(Flow *f, const State *from) {
    State copy = state_nowhere(f);
    copy.reachable = from->reachable;
    memcpy(copy.facts, from->facts, facts_size(f));
    return copy;
}

bool state_has(const Flow *f, const State *state, Fact fact, uint32_t bit) {
    return bit != NO_BIT && bits_has(set_of(f, state, fact), bit);
}

void state_put(const Flow *f, State *state, Fact fact, uint32_t bit, bool value) {
    if (bit == NO_BIT) return;
    if (value) bits_add(set_of(f, state, fact), bit);
    else bits_remove(set_of(f, state, fact), bit);
}

void state_forget(const Flow *f, State *state, uint32_t bits) {
    if (!state->facts) return;
    for (Fact fact = 0; fact < FACT_COUNT; fact++) {
        uint64_t *set = set_of(f, state, fact);
        uint32_t word = bits / 64;
        if (word >= f->words) continue;
        set[word] &= ((uint64_t)1 << (bits % 64)) - 1;
        while (++word < f->words) set[word] = 0;
    }
}

void state_end(Flow *f) {
    f->here.reachable = false;
    memset(f->here.facts, 0, facts_size(f));
}

/* ---- where ways meet ---- */

static void report_mixed(Flow *f, Known *known, Span place) {
    if (known->told) return;
    known->told = true;
    const char *name = known->var->name->text;
    Diag *diag = diag_add(flow_diags(f), CODE_E0402, known->moved_at,
                          "`%s` is %s here, but not on every way that meets this one", name,
                          known->closed ? "closed" : "given away");
    diag_label(flow_diags(f), diag, place, "here the ways meet");
    diag_label(flow_diags(f), diag, known->var->span, "`%s` is declared here", name);
    diag_note(flow_diags(f), diag, "give it up on the other ways too: `%s.close();`", name);
}

static void check_moves(Flow *f, const State *a, const State *b, Span place) {
    const uint64_t *left = set_of(f, a, FACT_MOVED), *right = set_of(f, b, FACT_MOVED);
    for (uint32_t word = 0; word < f->words; word++) {
        uint64_t mixed = left[word] ^ right[word];
        for (uint32_t bit = word * 64; mixed && bit < f->tracked.len; mixed >>= 1, bit++) {
            if (mixed & 1) report_mixed(f, f->tracked.at[bit], place);
        }
    }
}

void state_join(Flow *f, State *into, const State *from, Span place) {
    if (!from->reachable || !from->facts) return;
    if (!into->facts || !into->reachable) {
        state_drop(f, into);
        *into = state_copy(f, from);
        return;
    }
    if (place.len) check_moves(f, into, from, place);
    for (Fact fact = 0; fact < FACT_COUNT; fact++) {
        uint64_t *to = set_of(f, into, fact);
        const uint64_t *other = set_of(f, from, fact);
        for (uint32_t word = 0; word < f->words; word++) to[word] |= other[word];
    }
}
