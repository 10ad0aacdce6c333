/* wait: first come, first served queues of waiting tasks; what channels and part 8's objects are built on. */
#include "tr_internal.h"

tr_status tr_queue(tr_rt *rt, tr_ring *queue, tr_wait *wait) {
    tr_task *task = rt->task;
    tr_ring_push(rt, queue, &wait->ring);
    wait->task = TR_TO(rt, task);
    task->in.wait = TR_TO(rt, wait);
    task->wake = TR_WAKE_QUEUED;
    return TR_PENDING;
}

tr_wait *tr_wake_oldest(tr_rt *rt, tr_ring *queue, tr_wake wake) {
    if (tr_ring_empty(rt, queue)) return NULL;
    tr_wait *wait = TR_RECORD(tr_ring_pop(rt, queue), tr_wait, ring);
    tr_task *task = TR_AT(rt, tr_task, wait->task);
#if TR_HAS_SELECT
    if (task->wake == TR_WAKE_SELECTING) {      /* an arm has won, and the others go */
        tr_ring_init(rt, &wait->ring);
        tr_select_take_back(rt, TR_AT(rt, tr_select, task->in.select));
    }
#endif
    tr_ready(rt, task, wake);
    return wait;
}

void tr_wake_all(tr_rt *rt, tr_ring *queue, tr_wake wake) {
    while (tr_wake_oldest(rt, queue, wake)) {}
}
