/* timer: a pairing heap of deadlines (Fredman, Sedgewick, Sleator, Tarjan: The pairing heap, 1986), intrusive, with
   parent links so that any timer can be taken out. Arming takes constant time, the rest O(log n) amortised. Deadlines
   must lie within half the clock's range of each other. */
#include "tr_internal.h"

/* a fires before b: earlier, or armed earlier for the same moment. */
static bool before(const tr_timer *a, const tr_timer *b) {
    if (a->deadline != b->deadline) return tr_before(a->deadline, b->deadline);
    return b->order - a->order < UINT32_MAX / 2;
}

/* One heap of two; its root's `next` and `prev` are left to the caller. */
static tr_timer *meld(tr_timer *a, tr_timer *b) {
    if (before(b, a)) {
        tr_timer *first = b;
        b = a;
        a = first;
    }
    b->prev = a;
    b->next = a->child;
    if (b->next) b->next->prev = b;
    a->child = b;
    return a;
}

/* One heap of a list of siblings: melded in pairs from the left, then the pairs from the right. */
static tr_timer *meld_siblings(tr_timer *first) {
    tr_timer *pairs = NULL;
    while (first) {
        tr_timer *pair = first;
        first = pair->next;
        if (first) {
            tr_timer *second = first;
            first = second->next;
            pair = meld(pair, second);
        }
        pair->next = pairs;
        pairs = pair;
    }
    if (!pairs) return NULL;
    tr_timer *root = pairs;
    for (pairs = root->next; pairs;) {
        tr_timer *pair = pairs;
        pairs = pair->next;
        root = meld(root, pair);
    }
    return root;
}

static void set_root(tr_rt *rt, tr_timer *root) {
    rt->timers = root;
    if (root) root->next = root->prev = NULL;
}

void tr_timer_arm(tr_rt *rt, tr_timer *timer, tr_instant deadline) {
    timer->child = NULL;
    timer->deadline = deadline;
    timer->order = rt->order++;
    timer->armed = true;
    set_root(rt, rt->timers ? meld(rt->timers, timer) : timer);
}

void tr_timer_disarm(tr_rt *rt, tr_timer *timer) {
    if (!timer->armed) return;
    timer->armed = false;
    tr_timer *below = meld_siblings(timer->child);
    if (timer == rt->timers) {
        set_root(rt, below);
        return;
    }
    if (timer->prev->child == timer) timer->prev->child = timer->next;
    else timer->prev->next = timer->next;
    if (timer->next) timer->next->prev = timer->prev;
    if (below) set_root(rt, meld(rt->timers, below));
}

void tr_timers_expire(tr_rt *rt, tr_instant now) {
    while (rt->timers && !tr_before(now, rt->timers->deadline)) {
        tr_timer *timer = rt->timers;
        tr_timer_disarm(rt, timer);
        timer->fire(rt, timer);
    }
}
