/* flow_var: what happens to single variables, from where they are declared to the end of their block. */
#include "flow.h"

/* ---- declaring ---- */

Known *flow_declare(Flow *f, Var *var, bool has_value) {
    Known *known = known_of(f, var);
    known->level = f->level;
    bool is_tracked = !has_value || var->type->handle || var->type->has_ref || is_lent_lock(var);
    if (is_tracked && f->tracked.len < f->words * 64) {
        known->bit = f->tracked.len;
        vec_push(&f->family, &f->tracked, known);
        state_put(f, &f->here, FACT_UNSET, known->bit, !has_value && f->here.reachable);
    }
    return known;
}

/* ---- using ---- */

static void report_unset(Flow *f, Known *known, Span span) {
    const char *name = known->var->name->text;
    Diag *diag = diag_add(flow_diags(f), CODE_E0406, span, "`%s` may have no value here", name);
    diag_label(flow_diags(f), diag, known->var->span, "it is declared without one");
    Span assigned = known->assigned_at;
    if (assigned.len) diag_label(flow_diags(f), diag, assigned, "not every way to its use passes this");
    else diag_note(flow_diags(f), diag, "give it a value where it is declared, or before this on every way");
    if (known->skipped_by) {
        diag_label(flow_diags(f), diag, known->skipped_by->span, "when this is cancelled, control comes out behind it");
    }
    state_put(f, &f->here, FACT_UNSET, known->bit, false);
}

void fix_by_clone(Flow *f, Diag *diag, const Known *known) {
    const Name name = known->var->name;
    Span behind = {known->moved_at.at + known->moved_at.len, 0};
    bool is_name = known->moved_at.len == name->len;
    bool has_clone = known->var->type->kind == TYPE_SENDER || known->var->type->kind == TYPE_RECEIVER;
    if (known->closed || !has_clone) return;
    if (is_name) diag_fix(flow_diags(f), diag, behind, STR(".clone()"), "give a clone away, and keep this one");
    else diag_note(flow_diags(f), diag, "give the child a clone of its own: `let mine = %s.clone();`", name->text);
}

static void report_moved(Flow *f, Known *known, Span span) {
    if (known->told) return;
    known->told = true;
    const char *name = known->var->name->text, *what = known->closed ? "closed" : "given away";
    Diag *diag = diag_add(flow_diags(f), CODE_E0401, span, "`%s` is used here, but it has been %s", name, what);
    diag_label(flow_diags(f), diag, known->moved_at, "`%s` was %s here", name, what);
    fix_by_clone(f, diag, known);
}

/* A defer runs last: what it uses must still be there then. */
static void note_deferred(Flow *f, Known *known) {
    if (!f->defer || known->bit >= f->defer_bits || !known->var->type->handle) return;
    vec_push(&f->family, &f->defer_uses, known);
}

void use_var(Flow *f, Var *var, Span span) {
    Known *known = known_of(f, var);
    if (!f->here.reachable || known->bit == NO_BIT) return;
    if (state_has(f, &f->here, FACT_UNSET, known->bit)) report_unset(f, known, span);
    if (state_has(f, &f->here, FACT_MOVED, known->bit)) report_moved(f, known, span);
    if (state_has(f, &f->here, FACT_STALE, known->bit)) shape_use(f, known, span);
    note_deferred(f, known);
}

/* ---- moving ---- */

/* `doing`: what is about to happen to a handle that somebody else still needs. */
static void check_free(Flow *f, Known *known, Span span, const char *doing) {
    Diags *diags = flow_diags(f);
    const char *name = known->var->name->text;
    if (!f->here.reachable || known->told) return;
    if (known->lent_to) {
        const Stmt *nursery = known->lent_to;
        Diag *diag = diag_add(diags, CODE_E0403, span, "`%s` cannot be %s here: a child still uses it", name, doing);
        diag_label(diags, diag, known->lent_at, "lent to a child here");
        uint32_t end = nursery->u.nursery.block->span.at + nursery->u.nursery.block->span.len - 1;
        diag_label(diags, diag, (Span){end, 1}, "the children end here, and not before");
        known->told = true;
    } else if (known->defer) {
        Diag *diag = diag_add(diags, CODE_E0403, span, "`%s` cannot be %s here: a `defer` still uses it", name, doing);
        diag_label(diags, diag, known->defer->span, "this runs when the block is left");
        known->told = true;
    }
}

static void give_up(Flow *f, Var *var, Span span, bool closes) {
    use_var(f, var, span);
    Known *known = known_of(f, var);
    if (known->bit == NO_BIT || !f->here.reachable) return;
    check_free(f, known, span, closes ? "closed" : "given away");
    state_put(f, &f->here, FACT_MOVED, known->bit, true);
    known->moved_at = span;
    known->closed = closes;
}

void move_var(Flow *f, Var *var, Span span) { give_up(f, var, span, false); }

void close_var(Flow *f, Var *var, Span span) { give_up(f, var, span, true); }

void assign_var(Flow *f, Var *var, Span span) {
    Known *known = known_of(f, var);
    if (known->bit == NO_BIT) return;
    bool owned = !state_has(f, &f->here, FACT_MOVED, known->bit) && !state_has(f, &f->here, FACT_UNSET, known->bit);
    if (owned && var->type->handle) check_free(f, known, span, "replaced");
    for (Fact fact = 0; fact < FACT_COUNT; fact++) state_put(f, &f->here, fact, known->bit, false);
    known->assigned_at = span;
}

/* ---- the end of a block ---- */

Frame frame_begin(Flow *f) {
    f->level++;
    return (Frame){f->tracked.len, f->shaped.len, f->deferred.len, f->defer_moves.len,
                   f->defer_releases.len};
}

static void forget_shaped(Flow *f, const Frame *frame) {
    uint32_t kept = frame->shaped;
    for (uint32_t i = kept; i < f->shaped.len; i++) {
        Known *known = f->shaped.at[i];
        if (known->bit < frame->tracked) f->shaped.at[kept++] = known;
        else known->is_shaped = false;
    }
    f->shaped.len = kept;
}

void frame_end(Flow *f, Frame frame) {
    for (uint32_t i = frame.defer_moves; i < f->defer_moves.len && f->here.reachable; i++) {
        state_put(f, &f->here, FACT_MOVED, f->defer_moves.at[i]->bit, true);
    }
    f->defer_moves.len = frame.defer_moves;
    for (uint32_t i = frame.defer_releases; i < f->defer_releases.len; i++) {
        state_put(f, &f->here, FACT_HELD, f->defer_releases.at[i]->bit, false);
    }
    f->defer_releases.len = frame.defer_releases;
    while (f->deferred.len > frame.deferred) f->deferred.at[--f->deferred.len]->defer = NULL;
    forget_shaped(f, &frame);
    state_forget(f, &f->here, frame.tracked);
    while (f->tracked.len > frame.tracked) f->tracked.at[--f->tracked.len]->bit = NO_BIT;
    f->level--;
}
