/* sleep: waiting for a moment. */
#include "tr_internal.h"

static void wake(tr_rt *rt, tr_timer *timer) {
    tr_ready(rt, TR_RECORD(timer, tr_sleep_wait, timer)->blocked.task, TR_WAKE_SLEPT);
}

static void disarm(tr_rt *rt, tr_blocked *blocked) {
    tr_timer_disarm(rt, &TR_RECORD(blocked, tr_sleep_wait, blocked)->timer);
}

static tr_status sleep_until(tr_rt *rt, tr_sleep_wait *wait, tr_instant deadline) {
    if (tr_is_cancelled(rt)) return tr_turn(rt, TR_WAKE_CANCELLED);
    wait->timer.fire = wake;
    tr_timer_arm(rt, &wait->timer, deadline);
    return tr_block(rt, &wait->blocked, disarm);
}

static void nothing(tr_rt *rt, tr_blocked *blocked) {
    (void)rt;
    (void)blocked;
}

static tr_status sleep_forever(tr_rt *rt, tr_blocked *blocked) {
    if (tr_is_cancelled(rt)) return tr_turn(rt, TR_WAKE_CANCELLED);
    return tr_block(rt, blocked, nothing);
}

tr_status tr_sleep(tr_rt *rt, tr_sleep_wait *wait, tr_duration duration) {
    if (duration == 0) return tr_turn(rt, TR_WAKE_CHECK);
    return sleep_until(rt, wait, tr_port_now() + (tr_instant)duration);
}

tr_status tr_sleep_until(tr_rt *rt, tr_sleep_wait *wait, tr_instant deadline) {
    if (deadline == TR_NEVER) return sleep_forever(rt, &wait->blocked);
    if (!tr_before(tr_port_now(), deadline)) return tr_turn(rt, TR_WAKE_SLEPT);
    return sleep_until(rt, wait, deadline);
}

tr_status tr_sleep_forever(tr_rt *rt, tr_wait *wait) { return sleep_forever(rt, &wait->blocked); }

uint32_t tr_next_beat(tr_rt *rt, tr_instant *beat, tr_duration period) {
    tr_duration since = (tr_duration)(tr_now(rt) - *beat);
    tr_duration missed = since > period ? (since - 1) / period : 0;
    *beat = tr_later(*beat, period * (missed + 1));
    return missed < INT32_MAX ? (uint32_t)missed : (uint32_t)INT32_MAX;
}
