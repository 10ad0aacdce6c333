/* why: scopes that can say why they were cancelled. */
#include "tr_internal.h"

#if TR_HAS_CANCEL

void tr_tell(tr_rt *rt, tr_scope *scope) {
    *tr_why_of(scope) = (tr_why){.at = TR_NEVER};
    scope->flags |= TR_SCOPE_TOLD;
    if (!tr_scope_cancelled(scope)) return;
    tr_note_reason(rt, scope, tr_cancel_called(scope) ? TR_REASON_DEADLINE : TR_REASON_PARENT);
}

/* Who is the first to say something is believed. */
static void note_said(tr_scope *scope, const tr_said *said) {
    if (!scope->task || !(scope->flags & TR_SCOPE_TOLD)) return;
    tr_why *why = tr_why_of(scope);
    if (why->at == TR_NEVER && !why->said) why->said = said;
}

void tr_cancel_saying(tr_rt *rt, tr_scope *scope, const tr_said *said) {
    note_said(scope, said);
    tr_cancel(rt, scope);
}

#if TR_HAS_DEADLINES
void tr_stop_saying(tr_rt *rt, tr_timed_scope *scope, tr_duration grace, const tr_said *said) {
    note_said(&scope->scope, said);
    tr_stop(rt, scope, grace);
}
#endif

tr_said tr_said_of(const tr_scope *scope) {
    const tr_said *said = tr_why_of(scope)->said;
    return said ? *said : (tr_said){TR_STR(""), TR_STR("")};
}

#endif
