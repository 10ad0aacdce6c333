/* sleep: waiting for a moment. */
#include "tr_internal.h"

static tr_status sleep_forever(tr_rt *rt) {
    if (tr_is_cancelled(rt)) return tr_turn(rt, TR_WAKE_CANCELLED);
    rt->task->wake = TR_WAKE_FOREVER;
    return TR_PENDING;
}

tr_status tr_sleep_forever(tr_rt *rt, tr_wait *wait) {
    (void)wait;
    return sleep_forever(rt);
}

#if TR_HAS_SLEEP
static tr_status sleep_until(tr_rt *rt, tr_sleep_wait *wait, tr_instant deadline) {
    if (tr_is_cancelled(rt)) return tr_turn(rt, TR_WAKE_CANCELLED);
    tr_task *task = rt->task;
    wait->timer.task = TR_TO(rt, task);
    task->in.timer = TR_TO(rt, &wait->timer);
    task->wake = TR_WAKE_SLEEPING;
    tr_timer_arm(rt, &wait->timer, deadline);
    return TR_PENDING;
}

tr_status tr_sleep(tr_rt *rt, tr_sleep_wait *wait, tr_duration duration) {
    if (duration == 0) return tr_turn(rt, TR_WAKE_CHECK);
    return sleep_until(rt, wait, tr_port_now() + (tr_instant)duration);
}

tr_status tr_sleep_until(tr_rt *rt, tr_sleep_wait *wait, tr_instant deadline) {
    if (deadline == TR_NEVER) return sleep_forever(rt);
    if (!tr_before(tr_port_now(), deadline)) return tr_turn(rt, TR_WAKE_SLEPT);
    return sleep_until(rt, wait, deadline);
}
#endif

uint32_t tr_next_beat(tr_rt *rt, tr_instant *beat, tr_duration period) {
    tr_duration since = (tr_duration)(tr_now(rt) - *beat);
    tr_duration missed = since > period ? (since - 1) / period : 0;
    *beat = tr_later(*beat, period * (missed + 1));
    return missed < INT32_MAX ? (uint32_t)missed : (uint32_t)INT32_MAX;
}
