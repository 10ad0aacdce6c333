/* event: set once, for ever. */
#include "tr_internal.h"

void tr_event_init(tr_rt *rt, tr_event *event) {
    tr_ring_init(rt, &event->waiting);
    event->set = false;
}

void tr_event_set(tr_rt *rt, tr_event *event) {
    event->set = true;
    tr_wake_all(rt, &event->waiting, TR_WAKE_DONE);
}

tr_status tr_event_wait(tr_rt *rt, tr_event *event, tr_wait *wait) {
    if (event->set) return tr_turn(rt, TR_WAKE_CHECK);
    if (tr_is_cancelled(rt)) return tr_turn(rt, TR_WAKE_CANCELLED);
    return tr_queue(rt, &event->waiting, wait);
}
