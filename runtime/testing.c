/* testing: what tests need to bring tasks into an order. */
#include "tr_internal.h"

#if TR_TEST

tr_status tr_wait_all_tasks_blocked(tr_rt *rt, tr_wait *wait) {
    if (tr_is_cancelled(rt)) return tr_turn(rt, TR_WAKE_CANCELLED);
    return tr_queue(rt, &rt->idle, wait);
}

void tr_test_settle(tr_rt *rt) {
    if (rt->ready) return;
    bool is_due = rt->timers && !tr_before(tr_port_now(), rt->timers->deadline);
    if (!is_due) tr_wake_all(rt, &rt->idle, TR_WAKE_DONE);
}

/* ---- sequencers -------------------------------------------------------------------------------------------------- */

void tr_sequencer_init(tr_sequencer *sequencer) {
    *sequencer = (tr_sequencer){.turn = 0};
    tr_ring_init(&sequencer->waiting);
}

static uint32_t position_of(const tr_ring *node) {
    return (uint32_t)(uintptr_t)TR_RECORD(node, tr_channel_wait, wait.ring)->item;
}

/* NULL if nobody waits for it. */
static tr_ring *waiting_for(const tr_sequencer *sequencer, uint32_t position) {
    for (tr_ring *node = sequencer->waiting.next; node != &sequencer->waiting; node = node->next) {
        if (position_of(node) == position) return node;
    }
    return NULL;
}

bool tr_sequencer_taken(const tr_sequencer *sequencer, uint32_t position) {
    if (position < sequencer->turn || (position == sequencer->turn && sequencer->inside)) return true;
    return waiting_for(sequencer, position) != NULL;
}

tr_status tr_sequencer_enter(tr_rt *rt, tr_sequencer *sequencer, tr_channel_wait *wait, uint32_t position) {
    if (sequencer->broken) return TR_RAISED;
    bool is_next = position == sequencer->turn;
    if (is_next) sequencer->inside = true;
    if (position == 0) return TR_DONE;
    if (is_next && !tr_is_cancelled(rt)) return tr_turn(rt, TR_WAKE_CHECK);
    if (tr_is_cancelled(rt)) return tr_turn(rt, TR_WAKE_CANCELLED);
    wait->item = (void *)(uintptr_t)position;
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
    tr_ring *next = waiting_for(sequencer, sequencer->turn);
    if (!next) return;
    sequencer->inside = true;
    tr_ring_remove(next);
    tr_ready(rt, TR_RECORD(next, tr_channel_wait, wait.ring)->wait.blocked.task, TR_WAKE_DONE);
}

#endif
