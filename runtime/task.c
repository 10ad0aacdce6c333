/* task: the ready queue, the pass, and the two ways of giving up one turn. */
#include "tr_internal.h"

void tr_init(tr_rt *rt, tr_task *main, tr_step_id step) {
    *rt = (tr_rt){0};
    *main = (tr_task){.step = step};
    rt->last = &rt->ready;
#if TR_HAS_SCOPES
    rt->root.task = TR_TO(rt, main);
    main->scope = TR_TO(rt, &rt->root);
#endif
#if TR_HAS_UPTIME
    rt->start = tr_port_now();
#endif
#if TR_TEST
    tr_ring_init(rt, &rt->idle);
#endif
    tr_ready(rt, main, TR_WAKE_DONE);
}

/* Makes a result of a wake that depends on the moment; false if that takes one more turn. */
static bool decide(tr_rt *rt, tr_task *task) {
    bool cancelled = tr_task_cancelled(rt, task);
    if (task->wake == TR_WAKE_REFUSED || (task->wake == TR_WAKE_CHECK && cancelled)) {
        tr_ready(rt, task, TR_WAKE_CANCELLED);
        return false;
    }
    task->wake = cancelled ? TR_WAKE_CANCELLED : TR_WAKE_DONE;
    return true;
}

static void step(tr_rt *rt, tr_task *task) {
    if (task->wake > TR_WAKE_JOINING && !decide(rt, task)) return;
    rt->task = task;
#if TR_DUMP
    task->lock = NULL;
#endif
#if TR_TEST
    tr_test_resumed(task);
#endif
#if TR_NUMBERED_STEPS
    tr_status status = tr_step_task(rt, task);
#else
    tr_status status = task->step(rt, task);
#endif
#if TR_DUMP
    if (status == TR_PENDING) task->since = tr_port_now();
#endif
#if TR_TEST
    if (status == TR_PENDING) tr_test_suspended(rt, task);
#endif
    if (status == TR_PENDING) return;
#if TR_HAS_NURSERIES
    if (TR_AT(rt, tr_scope, task->scope) != &rt->root) {
        tr_child_ended(rt, task, status);
        return;
    }
#endif
    rt->done = true;
    rt->status = status;
}

tr_next tr_poll(tr_rt *rt, tr_instant now, tr_instant *at) {
#if TR_HAS_UPTIME
    tr_count_halves(rt, now);
#endif
#if TR_HAS_TIMERS
    if (rt->timers) tr_timers_expire(rt, now);
#endif
    TR_LINK(tr_task) batch = rt->ready;
    rt->ready = 0;
    rt->last = &rt->ready;
#if TR_TEST
    batch = tr_test_order(rt, batch);
#endif
    while (batch) {
        tr_task *task = TR_AT(rt, tr_task, batch);
        batch = task->in.next;
        step(rt, task);
    }
    if (rt->done) return TR_NEXT_DONE;
#if TR_TEST
    tr_test_settle(rt);
#endif
    if (rt->ready) return TR_NEXT_NOW;
#if TR_HAS_TIMERS
    if (rt->timers) {
        *at = TR_AT(rt, tr_timer, rt->timers)->deadline;
        return TR_NEXT_AT;
    }
#endif
    (void)now, (void)at;
    return TR_NEXT_NEVER;
}

tr_status tr_checkpoint(tr_rt *rt) { return tr_turn(rt, TR_WAKE_CHECK); }

tr_status tr_yield(tr_rt *rt) { return tr_turn(rt, TR_WAKE_DONE); }
