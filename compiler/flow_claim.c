/* flow_claim: what references and handles are put into must not live longer than what they come from. A variable may
   get its value later in the text than a loop uses it: so claims are written down on the way, and settled when all
   is known that was ever put into the variables of a function and of the children written in it. */
#include "flow.h"

/* ---- making claims ---- */

static bool is_settled(Flow *f, const Origins *origins, uint32_t limit) {
    for (uint32_t i = 0; i < origins->len; i++) {
        const Origin *origin = &origins->at[i];
        /* What a variable holds lives as long as the variable: that is claimed where it is put in. */
        uint32_t level = origin->held ? known_of(f, origin->var)->level : origin->level;
        if (level > limit) return false;
    }
    return true;
}

static void add_claim(Flow *f, Claim claim) {
    if (!is_settled(f, &claim.origins, claim.limit)) vec_push(&f->family, &f->claims, claim);
}

void flow_claim(Flow *f, ClaimKind kind, const Expr *value, const Type *want, uint32_t limit, Var *into) {
    if (!has_origins(want) || !f->here.reachable) return;
    Claim claim = {.kind = kind, .span = value->span, .is_handle = want->handle, .limit = limit, .into = into};
    origins_of(f, value, want, &claim.origins);
    add_claim(f, claim);
}

static bool holds_already(const Known *known, const Origin *origin) {
    for (uint32_t i = 0; i < known->holds.len; i++) {
        const Origin *old = &known->holds.at[i];
        if (old->var == origin->var && old->held == origin->held && old->level == origin->level) return true;
    }
    return false;
}

static void put_origins(Flow *f, Known *known, const Expr *value, const Type *want, const Origins *origins) {
    for (uint32_t i = 0; i < origins->len; i++) {
        const Origin *origin = &origins->at[i];
        bool is_itself = origin->held && origin->var == known->var;
        if (!is_itself && !holds_already(known, origin)) vec_push(&f->family, &known->holds, *origin);
    }
    add_claim(f, (Claim){.kind = CLAIM_STORE, .span = value->span, .is_handle = want->handle, .limit = known->level,
                         .into = known->var, .origins = *origins});
}

void flow_put(Flow *f, Var *var, const Expr *value, const Type *want) {
    if (!has_origins(want)) return;
    while (var->kind == VAR_CAPTURE && var->by_reference) var = var->captured;
    Known *known = known_of(f, var);
    Origins origins = {0};
    origins_of(f, value, want, &origins);
    put_origins(f, known, value, want, &origins);
    shape_note(f, known, &origins);
}

/* Whether a place lies in its variable itself, not behind a reference. */
static bool is_within(const Expr *place) {
    for (;;) {
        TypeKind kind = place->type->kind;
        if (place->kind == EXPR_NAME) return kind != TYPE_REF;
        if (place->kind == EXPR_FIELD) place = place->u.field.of;
        else if (place->kind == EXPR_INDEX) place = place->u.index.of;
        else return false;
        kind = place->type->kind;
        if (kind == TYPE_REF || kind == TYPE_SLICE) return false;
    }
}

/* Behind a reference anything may lie: only what lives as long as the program may be put there. */
void flow_store(Flow *f, const Expr *to, const Expr *value, const Type *want) {
    if (!has_origins(want)) return;
    Var *var = place_var(to);
    if (!var || !is_within(to)) {
        flow_claim(f, CLAIM_STORE, value, want, LEVEL_STATIC, var);
        return;
    }
    while (var->kind == VAR_CAPTURE && var->by_reference) var = var->captured;
    Origins origins = {0};
    origins_of(f, value, want, &origins);
    put_origins(f, known_of(f, var), value, want, &origins);
}

/* ---- what is said ---- */

static const char *origin_name(const Origin *origin) { return origin->var ? origin->var->name->text : NULL; }

static void label_origin(Diags *diags, Diag *diag, const Origin *root) {
    if (root->channel) diag_label(diags, diag, root->span, "the channel is made here, and ends with this block");
    else if (!root->var) diag_label(diags, diag, root->span, "this value has no name, and ends with its statement");
    else if (root->level == LEVEL_CALLER) diag_label(diags, diag, root->var->span, "this is lent by the caller");
    else diag_label(diags, diag, root->var->span, "`%s` is declared here, and ends with this block", origin_name(root));
}

static Span nursery_end(const Var *nursery) {
    Span block = nursery->owner->u.nursery.block->span;
    return (Span){block.at + block.len - 1, 1};
}

/* nursery: a root too: the nursery itself, or a parameter that stands for one. */
void report_child_outlives(Diags *diags, const Claim *claim, const Origin *root, const Origin *nursery) {
    Code code = claim->is_handle ? CODE_E0408 : CODE_E0404;
    const char *name = nursery->var->name->text;
    const char *what = root->var ? root->var->name->text : "this value";
    Diag *diag = claim->is_handle
        ? diag_add(diags, code, claim->span, "the child may use this handle when its channel is gone")
        : diag_add(diags, code, claim->span, "the child may use `%s` when it is gone", what);
    label_origin(diags, diag, root);
    bool is_here = nursery->var->kind == VAR_NURSERY;
    if (is_here) diag_label(diags, diag, nursery_end(nursery->var), "children of `%s` may run until here", name);
    else diag_label(diags, diag, nursery->var->span, "children of `%s` outlive this function", name);
    if (!is_here) diag_note(diags, diag, "only what the caller lends can be lent to them");
    else diag_note(diags, diag, "%s in the block of `nursery %s`, or before it",
                   claim->is_handle ? "make the channel" : "declare it", name);
    bool can_copy = claim->captured && root->var && !root->var->type->resource && !root->var->written_to;
    if (can_copy) diag_note(diags, diag, "or let the child take a copy along: `let mine = %s;`", root->var->name->text);
}

static void report_claim(Flow *f, const Claim *claim, const Origin *root) {
    Diags *diags = flow_diags(f);
    Diag *diag = NULL;
    switch (claim->kind) {
    case CLAIM_RETURN:
        diag = diag_add(diags, CODE_E0405, claim->span, "a function cannot return a reference");
        break;
    case CLAIM_RAISE:
        diag = diag_add(diags, CODE_E0405, claim->span, "an error cannot carry a reference");
        break;
    case CLAIM_SEND:
        diag = diag_add(diags, CODE_E0405, claim->span, "a reference cannot be sent to another task");
        break;
    case CLAIM_STORE: case CLAIM_CHILD:
        diag = claim->is_handle
            ? diag_add(diags, CODE_E0408, claim->span, "this handle would be kept longer than its channel lives")
            : diag_add(diags, CODE_E0405, claim->span, "this reference would be kept longer than what it refers to");
        if (claim->into) diag_label(diags, diag, claim->into->span, "`%s` is declared here", claim->into->name->text);
        break;
    }
    label_origin(diags, diag, root);
    if (claim->is_handle) {
        diag_note(diags, diag, "a handle stays in the block where its channel is made, unless that is `static`");
    } else if (claim->kind == CLAIM_RETURN) {
        diag_note(diags, diag, "return a value, such as `str[N]`, or write into a `&mut` parameter");
    } else if (claim->kind != CLAIM_STORE) {
        diag_note(diags, diag, "literals can be kept, and values, such as `str[N]`");
    }
}

/* ---- settling ---- */

void add_passage(Passages *passages, Passage passage) {
    for (uint32_t i = 0; i < passages->list.len; i++) {
        const Passage *old = &passages->list.at[i];
        if (old->from == passage.from && old->into == passage.into) return;
    }
    vec_push(&passages->arena, &passages->list, passage);
}

static void settle_child(Flow *f, const Claim *claim, const Origins *roots, const Origins *nurseries) {
    for (uint32_t n = 0; n < nurseries->len; n++) {
        const Origin *nursery = &nurseries->at[n];
        if (!nursery->var) continue;
        bool is_here = nursery->var->kind == VAR_NURSERY;
        uint32_t limit = is_here ? known_of(f, nursery->var)->inside : LEVEL_CALLER;
        for (uint32_t i = 0; i < roots->len; i++) {
            const Origin *root = &roots->at[i];
            if (root->level > limit) {
                report_child_outlives(flow_diags(f), claim, root, nursery);
                return;
            }
            if (is_here || root->level != LEVEL_CALLER) continue;
            add_passage(f->passages, (Passage){root->var, nursery->var, claim->span});
        }
    }
}

static void settle_claim(Flow *f, const Claim *claim) {
    Origins roots = {0};
    origins_roots(f, &claim->origins, &roots);
    if (claim->kind == CLAIM_CHILD) {
        Origins self = {0}, nurseries = {0};
        if (claim->into->kind == VAR_NURSERY) origins_borrowed(f, claim->into, claim->span, &self);
        else origins_held(f, claim->into, claim->span, &self);
        origins_roots(f, &self, &nurseries);
        settle_child(f, claim, &roots, &nurseries);
        return;
    }
    for (uint32_t i = 0; i < roots.len; i++) {
        if (roots.at[i].level <= claim->limit) continue;
        report_claim(f, claim, &roots.at[i]);
        return;
    }
}

void settle_claims(Flow *f) {
    for (uint32_t i = 0; i < f->claims.len; i++) settle_claim(f, &f->claims.at[i]);
    f->claims.len = 0;
}
