/* start: a child that first runs below its caller, in a hidden nursery, and moves to its nursery when it says started.
   */
#include "tr_internal.h"

#if TR_HAS_START

static void link_to_target(tr_starting *starting) {
    tr_nursery *target = starting->target;
    starting->next = target->starting;
    if (starting->next) starting->next->link = &starting->next;
    starting->link = &target->starting;
    target->starting = starting;
}

static void unlink_from_target(tr_starting *starting) {
    *starting->link = starting->next;
    if (starting->next) starting->next->link = starting->link;
}

tr_status tr_start(tr_rt *rt, tr_starting *starting, tr_nursery *target, tr_task *task, tr_step_id step,
                   void *leaves) {
    tr_nursery *hidden = &starting->hidden;
    tr_nursery_open(rt, hidden, leaves);
    hidden->scope.flags |= TR_SCOPE_STARTING;
    starting->target = target;
    starting->started = false;
    link_to_target(starting);
    if (tr_scope_cancelled(&target->scope)) tr_cancel(rt, &hidden->scope);
    tr_start_soon(rt, hidden, task, step);
    return tr_nursery_join(rt, hidden, TR_DONE);
}

tr_status tr_start_close(tr_rt *rt, tr_starting *starting) {
    tr_status status = tr_nursery_close(rt, &starting->hidden);
    unlink_from_target(starting);
    tr_nursery_settle(rt, starting->target);
    return status;
}

/* Puts the task's outermost scope, or the task itself if it has none, under `to` instead of `from`. */
static void hang_under(const tr_rt *rt, tr_task *task, const tr_scope *from, tr_scope *to) {
    TR_LINK(tr_scope) *link = &task->scope;
    while (TR_AT(rt, tr_scope, *link) != from) link = &TR_AT(rt, tr_scope, *link)->parent;
    *link = TR_TO(rt, to);
}

void tr_started(tr_rt *rt, tr_starting *starting) {
    if (!starting) return;
    starting->started = true;
    tr_nursery *hidden = &starting->hidden;
    if (tr_scope_cancelled(TR_AT(rt, tr_scope, hidden->scope.parent))) return;
    tr_task *child = TR_AT(rt, tr_task, hidden->first);
    tr_nursery_remove(rt, hidden, child);
    tr_nursery_append(rt, starting->target, child);
    hang_under(rt, child, &hidden->scope, &starting->target->scope);
    tr_recalculate(rt, child, &starting->target->scope);
    tr_nursery_settle(rt, hidden);
}

#endif
