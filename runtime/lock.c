/* lock: one owner at a time; released, it belongs at once to whoever waited longest. */
#include "tr_internal.h"

void tr_lock_init(tr_rt *rt, tr_lock *lock) {
    tr_ring_init(rt, &lock->waiting);
    lock->owner = 0;
}

bool tr_lock_held(const tr_rt *rt, const tr_lock *lock) { return lock->owner == TR_TO(rt, rt->task); }

bool tr_lock_acquire_nowait(tr_rt *rt, tr_lock *lock) {
    if (lock->owner) return false;
    lock->owner = TR_TO(rt, rt->task);
    TR_WATCH(locks, 1);
    return true;
}

tr_status tr_lock_acquire(tr_rt *rt, tr_lock *lock, tr_wait *wait) {
    if (tr_is_cancelled(rt)) return tr_turn(rt, TR_WAKE_REFUSED);
    if (tr_lock_acquire_nowait(rt, lock)) return tr_turn(rt, TR_WAKE_DONE);
#if TR_DUMP
    rt->task->lock = lock;
#endif
    return tr_queue(rt, &lock->waiting, wait);
}

void tr_lock_release(tr_rt *rt, tr_lock *lock) {
    const tr_wait *next = tr_wake_oldest(rt, &lock->waiting, TR_WAKE_DONE);
    lock->owner = next ? next->task : 0;
    TR_WATCH(locks, next ? 0 : -1);
}
