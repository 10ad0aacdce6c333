/* testing: what tests need to bring tasks into an order, to bring them out of it, and to cancel them anywhere. */
#include "tr_internal.h"

#if TR_TEST

tr_status tr_wait_all_tasks_blocked(tr_rt *rt, tr_wait *wait) {
    if (tr_is_cancelled(rt)) return tr_turn(rt, TR_WAKE_CANCELLED);
    return tr_queue(rt, &rt->idle, wait);
}

void tr_test_settle(tr_rt *rt) {
    if (rt->ready) return;
    bool is_due = rt->timers && !tr_before(tr_port_now(), TR_AT(rt, tr_timer, rt->timers)->deadline);
    if (!is_due) tr_wake_all(rt, &rt->idle, TR_WAKE_DONE);
}

/* ---- schedules --------------------------------------------------------------------------------------------------- */

tr_watch tr_watched;

/* xorshift64* (Vigna: An experimental exploration of Marsaglia's xorshift generators, 2016). */
static uint32_t draw(tr_rt *rt) {
    uint64_t x = rt->shuffle;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    rt->shuffle = x;
    return (uint32_t)(x * UINT64_C(2685821657736338717) >> 32);
}

/* Each task gets a random key, bit by bit from the lowest, and the list is sorted by them as it goes: in each round those
   with a 0 come before those with a 1. */
tr_task *tr_test_order(tr_rt *rt, tr_task *batch) {
    if (!rt->shuffle || !batch) return batch;
    for (int round = 0; round < 24; round++) {
        tr_task *lists[2], **ends[2] = {&lists[0], &lists[1]};
        for (; batch; batch = batch->in.next) {
            uint32_t bit = draw(rt) >> 31;
            *ends[bit] = batch;
            ends[bit] = &batch->in.next;
        }
        *ends[1] = NULL;
        *ends[0] = lists[1];
        batch = lists[0];
    }
    return batch;
}

void tr_test_resumed(tr_task *task) {
    TR_WATCH(half_sent, task->handed && task->wake != TR_WAKE_DONE);
    task->handed = false;
}

void tr_test_suspended(tr_rt *rt, const tr_task *task) {
    if (task->wake == TR_WAKE_JOINING) return;
    if (++rt->points == rt->cancel_at) tr_cancel(rt, &rt->root);
}

/* ---- sequencers -------------------------------------------------------------------------------------------------- */

void tr_sequencer_init(tr_rt *rt, tr_sequencer *sequencer) {
    *sequencer = (tr_sequencer){.turn = 0};
    tr_ring_init(rt, &sequencer->waiting);
}

static uint32_t position_of(const tr_ring *node) {
    return (uint32_t)(uintptr_t)TR_RECORD(node, tr_channel_wait, wait.ring)->item;
}

/* NULL if nobody waits for it. */
static tr_ring *waiting_for(const tr_rt *rt, const tr_sequencer *sequencer, uint32_t position) {
    tr_ring *node = TR_RING(rt, sequencer->waiting.next);
    for (; node != &sequencer->waiting; node = TR_RING(rt, node->next)) {
        if (position_of(node) == position) return node;
    }
    return NULL;
}

bool tr_sequencer_taken(const tr_rt *rt, const tr_sequencer *sequencer, uint32_t position) {
    if (position < sequencer->turn || (position == sequencer->turn && sequencer->inside)) return true;
    return waiting_for(rt, sequencer, position) != NULL;
}

tr_status tr_sequencer_enter(tr_rt *rt, tr_sequencer *sequencer, tr_channel_wait *wait, uint32_t position) {
    if (sequencer->broken) return TR_RAISED;
    bool is_next = position == sequencer->turn;
    if (is_next) sequencer->inside = true;
    if (position == 0) return TR_DONE;
    if (is_next && !tr_is_cancelled(rt)) return tr_turn(rt, TR_WAKE_CHECK);
    if (tr_is_cancelled(rt)) return tr_turn(rt, TR_WAKE_CANCELLED);
    wait->item = (TR_LINK(void))(uintptr_t)position;
    return tr_queue(rt, &sequencer->waiting, &wait->wait);
}

void tr_sequencer_missed(tr_rt *rt, tr_sequencer *sequencer, tr_status status, const char *file, uint32_t line) {
    if (status == TR_RAISED) tr_panic(file, line, "the sequence is broken: a task that waited for its turn was cancelled");
    sequencer->broken = true;
    tr_wake_all(rt, &sequencer->waiting, TR_WAKE_RAISED);
}

void tr_sequencer_leave(tr_rt *rt, tr_sequencer *sequencer) {
    sequencer->turn++;
    sequencer->inside = false;
    tr_ring *next = waiting_for(rt, sequencer, sequencer->turn);
    if (!next) return;
    sequencer->inside = true;
    tr_ring_remove(rt, next);
    tr_ready(rt, TR_AT(rt, tr_task, TR_RECORD(next, tr_channel_wait, wait.ring)->wait.task), TR_WAKE_DONE);
}

#endif
