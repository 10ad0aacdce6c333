/* service: children that serve the others of their nursery, and end behind them. They stand in front of the others in
   the list of children, the newest first: so whether only services are left is known from the last child, and which one
   ends next from the first. */
#include "tr_internal.h"

tr_handle tr_start_service(tr_rt *rt, tr_nursery *nursery, tr_scoped_task *child, tr_step step) {
    tr_task *task = &child->task;
    task->step = step;
    task->nursery = nursery;
    task->older = NULL;
    task->younger = nursery->first;
    if (task->younger) task->younger->older = task;
    else nursery->last = task;
    nursery->first = task;
    nursery->scope.flags |= TR_SCOPE_SERVED;
    tr_task_begun(task);
    tr_ready(rt, task, TR_WAKE_DONE);
    return tr_enter_child(rt, nursery, child, TR_SCOPE_SHIELD | TR_SCOPE_SERVICE);
}

/* The child's own scope if it is a service, else NULL. */
static tr_scope *service_scope(const tr_task *task) {
    const tr_scope *border = &task->nursery->scope;
    tr_scope *scope = task->scope;
    if (scope == border) return NULL;
    while (scope->parent != border) scope = scope->parent;
    return scope->flags & TR_SCOPE_SERVICE ? scope : NULL;
}

void tr_services_settle(tr_rt *rt, tr_nursery *nursery) {
    if (service_scope(nursery->last)) tr_cancel(rt, service_scope(nursery->first));
}
