/* wait: first come, first served queues of blocked tasks; what channels and part 8's objects are built on. */
#include "tr_internal.h"

static void leave_queue(tr_rt *rt, tr_blocked *blocked) {
    (void)rt;
    tr_ring_remove(&TR_RECORD(blocked, tr_wait, blocked)->ring);
}

tr_status tr_queue(tr_rt *rt, tr_ring *queue, tr_wait *wait) {
    tr_ring_push(queue, &wait->ring);
    return tr_block(rt, &wait->blocked, leave_queue);
}

tr_wait *tr_wake_oldest(tr_rt *rt, tr_ring *queue, tr_wake wake) {
    if (tr_ring_empty(queue)) return NULL;
    tr_wait *wait = TR_RECORD(tr_ring_pop(queue), tr_wait, ring);
    tr_task *task = wait->blocked.task;
    tr_blocked *in = task->in.wait;
    if (in != &wait->blocked) {     /* an arm of a select: it has won, and the others go */
        tr_ring_init(&wait->ring);
        in->by.unlink(rt, in);
    }
    tr_ready(rt, task, wake);
    return wait;
}

void tr_wake_all(tr_rt *rt, tr_ring *queue, tr_wake wake) {
    while (tr_wake_oldest(rt, queue, wake)) {}
}
