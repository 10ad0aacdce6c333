/* flow_lend: borrowing through a lent nursery. What a function gets by one parameter may go into a child of the
   nursery that it gets by another: a passage. Each call is then looked at as if the child were started there. */
#include "flow.h"

static bool gets_nursery(const Fn *fn) {
    bool nursery = false, other = false;
    for (uint32_t i = 0; i < fn->params.len; i++) {
        const Type *type = fn->params.at[i]->type;
        if (is_nursery_reference(type)) nursery = true;
        else other |= has_origins(type);
    }
    return nursery && other;
}

void note_lending(Flow *f, Expr *call, Fn *to) {
    if (!gets_nursery(to) || !f->here.reachable) return;
    Lending lending = {to, call, arena_array(&f->family, Origins, to->params.len)};
    for (uint32_t i = 0; i < to->params.len && i < call->u.call.args.len; i++) {
        origins_of(f, call->u.call.args.at[i].value, to->params.at[i]->type, &lending.args[i]);
    }
    vec_push(&f->passages->arena, &f->passages->lendings, lending);
}

/* Keeps what the family knows: roots, and of nurseries the level of their blocks. */
static Origins keep_roots(Flow *f, const Origins *origins) {
    Origins roots = {0}, kept = {0};
    origins_roots(f, origins, &roots);
    for (uint32_t i = 0; i < roots.len; i++) {
        Origin root = roots.at[i];
        if (root.var && root.var->kind == VAR_NURSERY) root.level = known_of(f, root.var)->inside;
        vec_push(&f->passages->arena, &kept, root);
    }
    return kept;
}

void settle_family_lendings(Flow *f) {
    Passages *passages = f->passages;
    for (; passages->settled < passages->lendings.len; passages->settled++) {
        Lending *lending = &passages->lendings.at[passages->settled];
        Origins *args = arena_array(&passages->arena, Origins, lending->to->params.len);
        for (uint32_t i = 0; i < lending->to->params.len; i++) args[i] = keep_roots(f, &lending->args[i]);
        lending->args = args;
    }
}

/* ---- through several functions ---- */

static uint32_t param_index(const Fn *fn, const Var *var) {
    uint32_t i = 0;
    while (i < fn->params.len && fn->params.at[i] != var) i++;
    return i;
}

static void pass_on(Diags *diags, Passages *passages, const Lending *lending, const Passage *passage) {
    uint32_t from = param_index(lending->to, passage->from), into = param_index(lending->to, passage->into);
    if (from == lending->to->params.len || into == lending->to->params.len) return;
    const Expr *value = lending->call->u.call.args.at[from].value;
    Claim claim = {.kind = CLAIM_CHILD, .span = value->span, .is_handle = passage->from->type->handle};
    for (uint32_t n = 0; n < lending->args[into].len; n++) {
        const Origin *nursery = &lending->args[into].at[n];
        bool is_here = nursery->var && nursery->var->kind == VAR_NURSERY;
        uint32_t limit = is_here ? nursery->level : LEVEL_CALLER;
        for (uint32_t i = 0; nursery->var && i < lending->args[from].len; i++) {
            const Origin *root = &lending->args[from].at[i];
            if (root->level > limit) {
                report_child_outlives(diags, &claim, root, nursery);
                return;
            }
            if (is_here || root->level != LEVEL_CALLER) continue;
            add_passage(passages, (Passage){root->var, nursery->var, value->span});
        }
    }
}

void settle_lendings(Program *program, Passages *passages) {
    /* Those found on the way stand behind those known, and get their turn. */
    for (uint32_t i = 0; i < passages->list.len; i++) {
        for (uint32_t k = 0; k < passages->lendings.len; k++) {
            Passage passage = passages->list.at[i];
            const Lending *lending = &passages->lendings.at[k];
            if (lending->to == passage.into->fn) pass_on(program->diags, passages, lending, &passage);
        }
    }
}
