/* nursery: children, their end, and the parent that waits for them. */
#include "tr_internal.h"

#if TR_HAS_NURSERIES

void tr_nursery_open(tr_rt *rt, tr_nursery *nursery, void *leaves) {
    *nursery = (tr_nursery){0};
#if TR_HAS_ERRORS
    nursery->leaves = leaves;
#else
    (void)leaves;
#endif
#if TR_HAS_CANCEL
    tr_scope_enter(rt, &nursery->scope, TR_SCOPE_NURSERY);
#else
    nursery->scope.task = TR_TO(rt, rt->task);
#endif
}

/* A child that is being started keeps it open. */
static bool is_started_in(const tr_nursery *nursery) {
#if TR_HAS_START
    return nursery->starting;
#else
    return (void)nursery, false;
#endif
}

/* No child lives. */
static bool is_empty(const tr_nursery *nursery) {
#if TR_HAS_CANCEL
    return !nursery->first;
#else
    return !nursery->children;
#endif
}

#if !TR_HAS_CANCEL

void tr_nursery_append(tr_rt *rt, tr_nursery *nursery, tr_task *task) {
    (void)rt, (void)task;
    nursery->children++;
}

void tr_nursery_remove(tr_rt *rt, tr_nursery *nursery, tr_task *task) {
    (void)rt, (void)task;
    nursery->children--;
}

#elif TR_FEW_TASKS

void tr_nursery_append(tr_rt *rt, tr_nursery *nursery, tr_task *task) {
    TR_LINK(tr_task) *at = &nursery->first;
    while (*at) at = &TR_AT(rt, tr_task, *at)->younger;
    task->younger = 0;
    *at = TR_TO(rt, task);
}

void tr_nursery_remove(tr_rt *rt, tr_nursery *nursery, tr_task *task) {
    TR_LINK(tr_task) *at = &nursery->first;
    while (TR_AT(rt, tr_task, *at) != task) at = &TR_AT(rt, tr_task, *at)->younger;
    *at = task->younger;
}

#else

void tr_nursery_append(tr_rt *rt, tr_nursery *nursery, tr_task *task) {
    task->younger = 0;
    task->older = nursery->last;
    if (task->older) TR_AT(rt, tr_task, task->older)->younger = TR_TO(rt, task);
    else nursery->first = TR_TO(rt, task);
    nursery->last = TR_TO(rt, task);
}

void tr_nursery_remove(tr_rt *rt, tr_nursery *nursery, tr_task *task) {
    if (task->older) TR_AT(rt, tr_task, task->older)->younger = task->younger;
    else nursery->first = task->younger;
    if (task->younger) TR_AT(rt, tr_task, task->younger)->older = task->older;
    else nursery->last = task->older;
}

#endif

void tr_start_soon(tr_rt *rt, tr_nursery *nursery, tr_task *task, tr_step_id step) {
    task->step = step;
    task->scope = TR_TO(rt, &nursery->scope);
    tr_nursery_append(rt, nursery, task);
    tr_task_begun(task);
    tr_ready(rt, task, TR_WAKE_DONE);
}

void tr_nursery_settle(tr_rt *rt, tr_nursery *nursery) {
    if (!nursery->joining || is_started_in(nursery)) return;
    if (is_empty(nursery)) tr_ready(rt, TR_AT(rt, tr_task, nursery->scope.task), TR_WAKE_DONE);
#if TR_HAS_SERVICES
    else if (nursery->scope.flags & TR_SCOPE_SERVED) tr_services_settle(rt, nursery);
#endif
}

/* Body or child ended with `status`: what is not DONE cancels the rest. */
static void record(tr_rt *rt, tr_nursery *nursery, tr_status status) {
#if TR_HAS_CANCEL
    if (status == TR_DONE) return;
    nursery->ended |= status;
    tr_cancel_for(rt, &nursery->scope, status & TR_RAISED ? TR_REASON_CHILD_ERROR : TR_REASON_PARENT);
#else
    (void)rt, (void)nursery, (void)status;
#endif
}

/* The child's slot is free now. */
static bool leaves_its_slot(const tr_nursery *nursery, tr_status status) {
#if TR_HAS_START
    if (nursery->scope.flags & TR_SCOPE_STARTING) return true;
#endif
    (void)nursery;
    return !TR_HAS_ERRORS || !(status & TR_RAISED);
}

void tr_child_ended(tr_rt *rt, tr_task *task, tr_status status) {
    tr_nursery *nursery = tr_nursery_of(rt, task);
    tr_nursery_remove(rt, nursery, task);
    if (leaves_its_slot(nursery, status)) task->step = 0;
    record(rt, nursery, status);
    tr_nursery_settle(rt, nursery);
}

tr_status tr_nursery_join(tr_rt *rt, tr_nursery *nursery, tr_status status) {
    record(rt, nursery, status);
    nursery->joining = true;
    rt->task->wake = TR_WAKE_JOINING;
    tr_nursery_settle(rt, nursery);
    return TR_PENDING;
}

tr_status tr_nursery_close(tr_rt *rt, tr_nursery *nursery) {
    TR_WATCH(outlived, !is_empty(nursery) || is_started_in(nursery));
#if TR_HAS_CANCEL
    return tr_scope_exit(rt, &nursery->scope, nursery->ended);
#else
    (void)rt, (void)nursery;
    return TR_DONE;
#endif
}

#if TR_HAS_DEADLINES

void tr_lent_nursery_open(tr_rt *rt, tr_lent_nursery *lent, void *leaves, void *slots, size_t size, uint16_t count) {
    lent->timer.task = 0;
    lent->slots = slots;
    lent->slot_size = size;
    lent->slot_count = count;
    tr_nursery_open(rt, &lent->nursery, leaves);
    lent->nursery.scope.flags |= TR_SCOPE_TIMER;
}

tr_status tr_lent_nursery_close(tr_rt *rt, tr_lent_nursery *lent) {
    tr_clear_deadline(rt, TR_TIMED(&lent->nursery.scope));
    return tr_nursery_close(rt, &lent->nursery);
}

void *tr_lent_slot_find(tr_nursery *nursery) {
    const tr_lent_nursery *lent = TR_RECORD(nursery, tr_lent_nursery, nursery);
    return tr_slot_find(lent->slots, lent->slot_size, lent->slot_count);
}

#endif

#if TR_HAS_CANCEL

tr_status tr_race_step(tr_rt *rt, tr_task *task, tr_status status) {
    tr_scope *scope = &tr_nursery_of(rt, task)->scope;
    if (status != TR_DONE || tr_cancel_called(scope)) return status;
    task->wake = TR_WAKE_WON;
    tr_cancel(rt, scope);
    return status;
}

#endif

void tr_slots_init(void *slots, size_t size, uint16_t count) {
    for (char *at = slots; count; count--, at += size) ((tr_task *)(void *)at)->step = 0;
}

void *tr_slot_find(void *slots, size_t size, uint16_t count) {
    for (char *at = slots; count; count--, at += size) {
        if (!((tr_task *)(void *)at)->step) return at;
    }
    return NULL;
}

#endif
