/* task: the ready queue, the pass, and the two ways of giving up one turn. */
#include "tr_internal.h"

void tr_init(tr_rt *rt, tr_task *main, tr_step step) {
    *rt = (tr_rt){0};
    rt->last = &rt->ready;
    rt->root.task = main;
    rt->start = tr_port_now();
#if TR_TEST
    tr_ring_init(&rt->idle);
#endif
    *main = (tr_task){.step = step, .scope = &rt->root};
    tr_ready(rt, main, TR_WAKE_DONE);
}

/* Makes a result of a wake that depends on the moment; false if that takes one more turn. */
static bool decide(tr_rt *rt, tr_task *task) {
    bool cancelled = tr_scope_cancelled(task->scope);
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
    tr_status status = task->step(rt, task);
#if TR_DUMP
    if (status == TR_PENDING) task->since = tr_port_now();
#endif
#if TR_TEST
    if (status == TR_PENDING) tr_test_suspended(rt, task);
#endif
    if (status == TR_PENDING) return;
    if (task->nursery) {
        tr_child_ended(rt, task, status);
    } else {
        rt->done = true;
        rt->status = status;
    }
}

tr_next tr_poll(tr_rt *rt, tr_instant now, tr_instant *at) {
    tr_count_halves(rt, now);
    if (rt->timers) tr_timers_expire(rt, now);
    tr_task *batch = rt->ready;
    rt->ready = NULL;
    rt->last = &rt->ready;
#if TR_TEST
    batch = tr_test_order(rt, batch);
#endif
    while (batch) {
        tr_task *task = batch;
        batch = task->in.next;
        step(rt, task);
    }
    if (rt->done) return TR_NEXT_DONE;
#if TR_TEST
    tr_test_settle(rt);
#endif
    if (rt->ready) return TR_NEXT_NOW;
    if (!rt->timers) return TR_NEXT_NEVER;
    *at = rt->timers->deadline;
    return TR_NEXT_AT;
}

tr_status tr_checkpoint(tr_rt *rt) { return tr_turn(rt, TR_WAKE_CHECK); }

tr_status tr_yield(tr_rt *rt) { return tr_turn(rt, TR_WAKE_DONE); }
