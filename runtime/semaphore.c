/* semaphore: a counter; a release goes directly to whoever waited longest. */
#include "tr_internal.h"

void tr_semaphore_init(tr_rt *rt, tr_semaphore *semaphore, int32_t value, int32_t max) {
    tr_ring_init(rt, &semaphore->waiting);
    semaphore->value = value;
    semaphore->max = max;
}

bool tr_semaphore_acquire_nowait(tr_rt *rt, tr_semaphore *semaphore) {
    (void)rt;
    if (semaphore->value == 0) return false;
    semaphore->value--;
    return true;
}

tr_status tr_semaphore_acquire(tr_rt *rt, tr_semaphore *semaphore, tr_wait *wait) {
    if (tr_is_cancelled(rt)) return tr_turn(rt, TR_WAKE_REFUSED);
    if (tr_semaphore_acquire_nowait(rt, semaphore)) return tr_turn(rt, TR_WAKE_DONE);
    return tr_queue(rt, &semaphore->waiting, wait);
}

void tr_semaphore_release(tr_rt *rt, tr_semaphore *semaphore) {
    if (!tr_wake_oldest(rt, &semaphore->waiting, TR_WAKE_DONE)) semaphore->value++;
}

bool tr_semaphore_full(const tr_rt *rt, const tr_semaphore *semaphore) {
    return semaphore->value >= semaphore->max && tr_ring_empty(rt, &semaphore->waiting);
}
