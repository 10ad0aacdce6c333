/* nursery: children, their end, and the parent that waits for them. */
#include "tr_internal.h"

void tr_nursery_open(tr_rt *rt, tr_nursery *nursery, void *leaves) {
    *nursery = (tr_nursery){.leaves = leaves};
    tr_scope_enter(rt, &nursery->scope, TR_SCOPE_NURSERY);
}

void tr_nursery_append(tr_nursery *nursery, tr_task *task) {
    task->nursery = nursery;
    task->younger = NULL;
    task->older = nursery->last;
    if (task->older) task->older->younger = task;
    else nursery->first = task;
    nursery->last = task;
}

void tr_nursery_remove(tr_nursery *nursery, tr_task *task) {
    if (task->older) task->older->younger = task->younger;
    else nursery->first = task->younger;
    if (task->younger) task->younger->older = task->older;
    else nursery->last = task->older;
}

void tr_start_soon(tr_rt *rt, tr_nursery *nursery, tr_task *task, tr_step step) {
    task->step = step;
    task->scope = &nursery->scope;
    tr_nursery_append(nursery, task);
    tr_task_begun(task);
    tr_ready(rt, task, TR_WAKE_DONE);
}

void tr_nursery_settle(tr_rt *rt, tr_nursery *nursery) {
    if (!nursery->joining || nursery->starting) return;
    if (!nursery->first) tr_ready(rt, nursery->scope.task, TR_WAKE_DONE);
    else if (nursery->scope.flags & TR_SCOPE_SERVED) tr_services_settle(rt, nursery);
}

/* Body or child ended with `status`: what is not DONE cancels the rest. */
static void record(tr_rt *rt, tr_nursery *nursery, tr_status status) {
    if (status == TR_DONE) return;
    nursery->ended |= status;
    tr_cancel_for(rt, &nursery->scope, status & TR_RAISED ? TR_REASON_CHILD_ERROR : TR_REASON_PARENT);
}

void tr_child_ended(tr_rt *rt, tr_task *task, tr_status status) {
    tr_nursery *nursery = task->nursery;
    tr_nursery_remove(nursery, task);
    if (!(status & TR_RAISED) || (nursery->scope.flags & TR_SCOPE_STARTING)) task->step = NULL;
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
    TR_WATCH(outlived, nursery->first || nursery->starting);
    return tr_scope_exit(rt, &nursery->scope, nursery->ended);
}

static void lent_expired(tr_rt *rt, tr_timer *timer) {
    tr_deadline_passed(rt, &TR_RECORD(timer, tr_lent_nursery, timer)->nursery.scope);
}

void tr_lent_nursery_open(tr_rt *rt, tr_lent_nursery *lent, void *leaves, void *slots, size_t size, uint16_t count) {
    lent->timer.armed = false;
    lent->timer.fire = lent_expired;
    lent->slots = slots;
    lent->slot_size = size;
    lent->slot_count = count;
    tr_nursery_open(rt, &lent->nursery, leaves);
}

tr_status tr_lent_nursery_close(tr_rt *rt, tr_lent_nursery *lent) {
    tr_timer_disarm(rt, &lent->timer);
    return tr_nursery_close(rt, &lent->nursery);
}

void *tr_lent_slot_find(tr_nursery *nursery) {
    const tr_lent_nursery *lent = TR_RECORD(nursery, tr_lent_nursery, nursery);
    return tr_slot_find(lent->slots, lent->slot_size, lent->slot_count);
}

tr_status tr_race_step(tr_rt *rt, tr_task *task, tr_status status) {
    tr_scope *scope = &task->nursery->scope;
    if (status != TR_DONE || tr_cancel_called(scope)) return status;
    task->wake = TR_WAKE_WON;
    tr_cancel(rt, scope);
    return status;
}

void tr_slots_init(void *slots, size_t size, uint16_t count) {
    for (char *at = slots; count; count--, at += size) ((tr_task *)(void *)at)->step = NULL;
}

void *tr_slot_find(void *slots, size_t size, uint16_t count) {
    for (char *at = slots; count; count--, at += size) {
        if (!((tr_task *)(void *)at)->step) return at;
    }
    return NULL;
}
