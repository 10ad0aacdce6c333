/* condition: whoever holds a lock waits until somebody else who holds it says so. A notified waiter goes over to the
   queue of the lock and wakes up as its owner. One that is cancelled there hands its notification to the next. */
#include "tr_internal.h"

void tr_condition_init(tr_rt *rt, tr_condition *condition, tr_lock *lock) {
    tr_ring_init(rt, &condition->waiting);
    condition->lock = lock;
}

void tr_condition_pass_on(tr_rt *rt, tr_wait *wait) {
    tr_ring_remove(rt, &wait->ring);
    tr_condition_notify(rt, TR_RECORD(wait, tr_condition_waiter, wait)->condition, 1);
}

void tr_condition_notify(tr_rt *rt, tr_condition *condition, int32_t count) {
    for (; count > 0 && !tr_ring_empty(rt, &condition->waiting); count--) {
        tr_wait *wait = TR_RECORD(tr_ring_pop(rt, &condition->waiting), tr_wait, ring);
        TR_AT(rt, tr_task, wait->task)->wake = TR_WAKE_NOTIFIED;
        tr_ring_push(rt, &condition->lock->waiting, &wait->ring);
    }
}

tr_status tr_condition_wait(tr_rt *rt, tr_condition *condition, tr_condition_waiter *waiter) {
    waiter->condition = condition;
    tr_lock_release(rt, condition->lock);
    if (tr_is_cancelled(rt)) return tr_turn(rt, TR_WAKE_CANCELLED);
    return tr_queue(rt, &condition->waiting, &waiter->wait);
}

tr_status tr_condition_woken(tr_rt *rt, tr_condition_waiter *waiter) {
    if (!waiter->condition) return TR_CANCELLED;
    if (tr_woken(rt) == TR_DONE) return TR_DONE;
    tr_lock *lock = waiter->condition->lock;
    waiter->condition = NULL;
    if (tr_lock_acquire_nowait(rt, lock)) return tr_turn(rt, TR_WAKE_DONE);
    tr_status status = tr_queue(rt, &lock->waiting, &waiter->wait);
    rt->task->wake = TR_WAKE_JOINING;
    return status;
}
