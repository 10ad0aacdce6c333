/* flow: what is known of variables. */
#include "flow.h"

Known *known_of(Flow *f, Var *var) {
    if (var->slot) return f->known.at[var->slot - 1];
    Known *known = arena_new(&f->family, Known);
    known->var = var;
    known->level = f->level;
    known->bit = NO_BIT;
    vec_push(&f->family, &f->known, known);
    var->slot = f->known.len;
    return known;
}
