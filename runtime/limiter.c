/* limiter: tokens with borrowers; their number may change, below what is borrowed too. */
#include "tr_internal.h"

void tr_limiter_init(tr_rt *rt, tr_limiter *limiter, int32_t total) {
    tr_ring_init(rt, &limiter->waiting);
    tr_ring_init(rt, &limiter->holders);
    limiter->total = total;
    limiter->borrowed = 0;
}

static void lend(tr_rt *rt, tr_limiter *limiter, tr_holder *holder) {
    tr_ring_push(rt, &limiter->holders, &holder->ring);
    limiter->borrowed++;
    TR_WATCH(tokens, 1);
}

static void lend_to_waiting(tr_rt *rt, tr_limiter *limiter) {
    while (limiter->borrowed < limiter->total) {
        tr_wait *wait = tr_wake_oldest(rt, &limiter->waiting, TR_WAKE_DONE);
        if (!wait) return;
        lend(rt, limiter, TR_RECORD(wait, tr_holder, wait));
    }
}

bool tr_limiter_held(const tr_rt *rt, const tr_limiter *limiter) {
    const tr_ring *node = &limiter->holders;
    while ((node = TR_RING(rt, node->next)) != &limiter->holders) {
        if (TR_RECORD(node, const tr_holder, ring)->wait.task == TR_TO(rt, rt->task)) return true;
    }
    return false;
}

bool tr_limiter_acquire_nowait(tr_rt *rt, tr_limiter *limiter, tr_holder *holder) {
    if (limiter->borrowed >= limiter->total || !tr_ring_empty(rt, &limiter->waiting)) return false;
    holder->wait.task = TR_TO(rt, rt->task);
    lend(rt, limiter, holder);
    return true;
}

tr_status tr_limiter_acquire(tr_rt *rt, tr_limiter *limiter, tr_holder *holder) {
    if (tr_is_cancelled(rt)) return tr_turn(rt, TR_WAKE_REFUSED);
    if (tr_limiter_acquire_nowait(rt, limiter, holder)) return tr_turn(rt, TR_WAKE_DONE);
    return tr_queue(rt, &limiter->waiting, &holder->wait);
}

void tr_limiter_release(tr_rt *rt, tr_limiter *limiter, tr_holder *holder) {
    tr_ring_remove(rt, &holder->ring);
    limiter->borrowed--;
    TR_WATCH(tokens, -1);
    lend_to_waiting(rt, limiter);
}

void tr_limiter_set_total(tr_rt *rt, tr_limiter *limiter, int32_t total) {
    limiter->total = total;
    lend_to_waiting(rt, limiter);
}
