/* service: children that serve the others of their nursery, and end behind them. They stand in front of the others in
   the list of children, the newest first: so whether only services are left is known from the last child, and which one
   ends next from the first. */
#include "tr_internal.h"

#if TR_HAS_SERVICES

tr_handle tr_start_service(tr_rt *rt, tr_nursery *nursery, tr_scoped_task *child, tr_step_id step) {
    tr_task *task = &child->task;
    task->step = step;
    task->older = 0;
    task->younger = nursery->first;
    if (task->younger) TR_AT(rt, tr_task, task->younger)->older = TR_TO(rt, task);
    else nursery->last = TR_TO(rt, task);
    nursery->first = TR_TO(rt, task);
    nursery->scope.flags |= TR_SCOPE_SERVED;
    tr_task_begun(task);
    tr_ready(rt, task, TR_WAKE_DONE);
    return tr_enter_child(rt, nursery, child, TR_SCOPE_SHIELD | TR_SCOPE_SERVICE);
}

/* The own scope of a child of the nursery if it is a service, else NULL. */
static tr_scope *service_scope(const tr_rt *rt, const tr_nursery *nursery, TR_LINK(tr_task) child) {
    tr_scope *scope = tr_innermost(rt, TR_AT(rt, tr_task, child));
    if (scope == &nursery->scope) return NULL;
    while (TR_AT(rt, tr_scope, scope->parent) != &nursery->scope) scope = TR_AT(rt, tr_scope, scope->parent);
    return scope->flags & TR_SCOPE_SERVICE ? scope : NULL;
}

void tr_services_settle(tr_rt *rt, tr_nursery *nursery) {
    if (service_scope(rt, nursery, nursery->last)) tr_cancel(rt, service_scope(rt, nursery, nursery->first));
}

#endif
