/* effects_set: sets of errors. They are short: kept in order of the errors' numbers, looked through from the front. */
#include "effects.h"

uint32_t set_find(const ErrorSet *set, const ErrorDecl *error) {
    uint32_t i = 0;
    while (i < set->kinds.len && set->kinds.at[i].error != error) i++;
    return i;
}

static void insert(Arena *arena, ErrorSet *set, Kind kind) {
    vec_push(arena, &set->kinds, kind);
    uint32_t at = set->kinds.len - 1;
    for (; at > 0 && set->kinds.at[at - 1].error->number > kind.error->number; at--) {
        set->kinds.at[at] = set->kinds.at[at - 1];
    }
    set->kinds.at[at] = kind;
}

/* `together`: both may come at once, so one that is in both may come more than once. */
static void add(Arena *arena, ErrorSet *set, Kind kind, bool together) {
    uint32_t at = set_find(set, kind.error);
    if (at == set->kinds.len) {
        insert(arena, set, kind);
        return;
    }
    Kind *old = &set->kinds.at[at];
    old->many |= kind.many || together;
    if (old->second.len == 0) old->second = kind.span.at == old->span.at ? kind.second : kind.span;
}

void set_add(Arena *arena, ErrorSet *set, Kind kind) {
    add(arena, set, kind, false);
    if (set->total == 0) set->total = 1;
}

void set_either(Arena *arena, ErrorSet *set, const ErrorSet *other) {
    for (uint32_t i = 0; i < other->kinds.len; i++) add(arena, set, other->kinds.at[i], false);
    if (other->total > set->total) set->total = other->total;
}

void set_both(Arena *arena, ErrorSet *set, const ErrorSet *other) {
    for (uint32_t i = 0; i < other->kinds.len; i++) add(arena, set, other->kinds.at[i], true);
    set->total = add_up(set->total, other->total);
}

void set_times(ErrorSet *set, uint32_t times) {
    for (uint32_t i = 0; i < set->kinds.len && times > 1; i++) set->kinds.at[i].many = true;
    set->total = multiply(set->total, times);
}

ErrorSet set_of_fn(Arena *arena, const Fn *fn, Expr *cause) {
    ErrorSet set = {.total = fn->leaf_max};
    for (uint32_t i = 0; i < fn->raises.len; i++) {
        const Raise *raise = &fn->raises.at[i];
        Kind kind = {.error = raise->error, .many = raise->many, .span = cause->span, .cause = cause};
        vec_push(arena, &set.kinds, kind);
    }
    return set;
}
