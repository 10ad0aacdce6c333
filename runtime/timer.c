/* timer: a pairing heap of deadlines (Fredman, Sedgewick, Sleator, Tarjan: The pairing heap, 1986), intrusive, with
   parent links so that any timer can be taken out. Arming takes constant time, the rest O(log n) amortised. Where
   timers are few, a sorted list does the same with less. Deadlines must lie within half the clock's range of each
   other. */
#include "tr_internal.h"

#if TR_HAS_TIMERS

#define TIMER(link) TR_AT(rt, tr_timer, link)

#if TR_FEW_TASKS

void tr_timer_arm(tr_rt *rt, tr_timer *timer, tr_instant deadline) {
    TR_LINK(tr_timer) *at = &rt->timers;
    while (*at && !tr_before(deadline, TIMER(*at)->deadline)) at = &TIMER(*at)->next;
    timer->deadline = deadline;
    timer->next = *at;
    *at = TR_TO(rt, timer);
}

void tr_timer_disarm(tr_rt *rt, tr_timer *timer) {
    TR_LINK(tr_timer) *at = &rt->timers;
    while (TIMER(*at) != timer) at = &TIMER(*at)->next;
    *at = timer->next;
}

#else

/* a fires before b: earlier, or armed earlier for the same moment. */
static bool before(const tr_timer *a, const tr_timer *b) {
    if (a->deadline != b->deadline) return tr_before(a->deadline, b->deadline);
    return b->order - a->order < UINT32_MAX / 2;
}

/* One heap of two; its root's `next` and `prev` are left to the caller. */
static tr_timer *meld(const tr_rt *rt, tr_timer *a, tr_timer *b) {
    if (before(b, a)) {
        tr_timer *first = b;
        b = a;
        a = first;
    }
    b->prev = TR_TO(rt, a);
    b->next = a->child;
    if (b->next) TIMER(b->next)->prev = TR_TO(rt, b);
    a->child = TR_TO(rt, b);
    return a;
}

/* One heap of a list of siblings: melded in pairs from the left, then the pairs from the right. */
static tr_timer *meld_siblings(const tr_rt *rt, TR_LINK(tr_timer) first) {
    TR_LINK(tr_timer) pairs = 0;
    while (first) {
        tr_timer *pair = TIMER(first);
        first = pair->next;
        if (first) {
            tr_timer *second = TIMER(first);
            first = second->next;
            pair = meld(rt, pair, second);
        }
        pair->next = pairs;
        pairs = TR_TO(rt, pair);
    }
    if (!pairs) return NULL;
    tr_timer *root = TIMER(pairs);
    for (pairs = root->next; pairs;) {
        tr_timer *pair = TIMER(pairs);
        pairs = pair->next;
        root = meld(rt, root, pair);
    }
    return root;
}

static void set_root(tr_rt *rt, tr_timer *root) {
    rt->timers = 0;
    if (!root) return;
    rt->timers = TR_TO(rt, root);
    root->next = root->prev = 0;
}

void tr_timer_arm(tr_rt *rt, tr_timer *timer, tr_instant deadline) {
    timer->child = 0;
    timer->deadline = deadline;
    timer->order = rt->order++;
    set_root(rt, rt->timers ? meld(rt, TIMER(rt->timers), timer) : timer);
}

void tr_timer_disarm(tr_rt *rt, tr_timer *timer) {
    tr_timer *below = meld_siblings(rt, timer->child);
    if (timer == TIMER(rt->timers)) {
        set_root(rt, below);
        return;
    }
    tr_timer *prev = TIMER(timer->prev);
    if (prev->child == TR_TO(rt, timer)) prev->child = timer->next;
    else prev->next = timer->next;
    if (timer->next) TIMER(timer->next)->prev = timer->prev;
    if (below) set_root(rt, meld(rt, TIMER(rt->timers), below));
}

#endif

/* The sleeper's time has come. */
static void wake(tr_rt *rt, tr_timer *timer) {
    tr_task *task = TR_AT(rt, tr_task, timer->task);
    tr_timer_disarm(rt, timer);
#if TR_HAS_SELECT
    if (task->wake == TR_WAKE_SELECTING) {
        tr_select *select = TR_AT(rt, tr_select, task->in.select);
        select->timed = false;
        tr_select_take_back(rt, select);
    }
#endif
    tr_ready(rt, task, TR_WAKE_SLEPT);
}

void tr_timers_expire(tr_rt *rt, tr_instant now) {
    while (rt->timers && !tr_before(now, TIMER(rt->timers)->deadline)) {
        tr_timer *timer = TIMER(rt->timers);
        if (timer->task) wake(rt, timer);
#if TR_HAS_DEADLINES
        else tr_deadline_passed(rt, &TR_RECORD(timer, tr_timed_scope, timer)->scope); /* it disarms */
#endif
    }
}

#endif
