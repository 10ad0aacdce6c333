/* What the runtime's own files share. Programs and ports include tr.h. */
#ifndef TR_INTERNAL_H
#define TR_INTERNAL_H

#include <string.h>

#include "tr.h"
#include "tr_list.h"

/* A copy whose length is known is a few moves, also where -ffreestanding keeps compilers from knowing memcpy. */
#if defined(__GNUC__)
#define tr_copy __builtin_memcpy
#else
#define tr_copy memcpy
#endif

/* ---- tasks: task.c ----------------------------------------------------------------------------------------------- */

#if TR_HAS_CANCEL
static inline bool tr_scope_cancelled(const tr_scope *scope) { return scope->flags & TR_SCOPE_CANCELLED; }
static inline tr_scope *tr_innermost(const tr_rt *rt, const tr_task *task) {
    return TR_AT(rt, tr_scope, task->scope);
}
static inline bool tr_task_cancelled(const tr_rt *rt, const tr_task *task) {
    return tr_scope_cancelled(tr_innermost(rt, task));
}
#else
static inline bool tr_task_cancelled(const tr_rt *rt, const tr_task *task) { return (void)rt, (void)task, false; }
#endif

/* Puts a task that waits or begins behind the ready ones. */
static inline void tr_ready(tr_rt *rt, tr_task *task, tr_wake wake) {
    task->wake = (uint8_t)wake;
    task->in.next = 0;
    *rt->last = TR_TO(rt, task);
    rt->last = &task->in.next;
}

/* Suspends the running task for one turn. */
static inline tr_status tr_turn(tr_rt *rt, tr_wake wake) {
    tr_ready(rt, rt->task, wake);
    return TR_PENDING;
}

/* ---- queues of waiting tasks: wait.c ----------------------------------------------------------------------------- */

/* Suspends the running task behind the others in `queue`. */
tr_status tr_queue(tr_rt *rt, tr_ring *queue, tr_wait *wait);
/* Makes the longest waiting ready and gives its wait; NULL if none waits. */
tr_wait *tr_wake_oldest(tr_rt *rt, tr_ring *queue, tr_wake wake);
void tr_wake_all(tr_rt *rt, tr_ring *queue, tr_wake wake);

/* ---- channels: channel.c ----------------------------------------------------------------------------------------- */

/* Puts an arm of a select, for which nothing was ready, behind the others; false if one of its select is there already
   that will always be served before it. */
bool tr_channel_link(tr_rt *rt, tr_channel *channel, tr_channel_wait *wait, void *item, bool sender);

/* ---- timers: timer.c --------------------------------------------------------------------------------------------- */

/* Inserts a timer that is not armed. */
void tr_timer_arm(tr_rt *rt, tr_timer *timer, tr_instant deadline);
/* Takes out a timer that is armed. */
void tr_timer_disarm(tr_rt *rt, tr_timer *timer);
/* Fires all whose deadline is not after `now`. */
void tr_timers_expire(tr_rt *rt, tr_instant now);

/* ---- the clock: uptime.c ----------------------------------------------------------------------------------------- */

/* Notices that a narrow clock has passed the half or the whole of its range. */
#if TR_HAS_UPTIME
static inline void tr_count_halves(tr_rt *rt, tr_instant now) {
#if TR_TICK_BITS == 32
    rt->halves += (rt->halves ^ (now - rt->start) >> 31) & 1;
#else
    (void)rt;
    (void)now;
#endif
}
#endif

/* ---- cancellation: cancel.c -------------------------------------------------------------------------------------- */

/* Brings TR_SCOPE_CANCELLED up to date in the scopes of `task` inside `border` and in all that is below them, and wakes
   the waiting tasks that it now reaches. */
void tr_recalculate(tr_rt *rt, tr_task *task, const tr_scope *border);

/* ---- tests: testing.c -------------------------------------------------------------------------------------------- */

/* A task that is to take its first step. */
static inline void tr_task_begun(tr_task *task) {
#if TR_TEST
    task->handed = false;
#endif
#if TR_DUMP
    task->lock = NULL;
#endif
    (void)task;
}

#if TR_TEST
/* A pass is over: wakes those who wait until all tasks are blocked, if they are. */
void tr_test_settle(tr_rt *rt);
/* The ready tasks in the order in which they are to take their steps. */
tr_task *tr_test_order(tr_rt *rt, tr_task *batch);
/* A task is about to take a step, or was suspended in one. */
void tr_test_resumed(tr_task *task);
void tr_test_suspended(tr_rt *rt, const tr_task *task);
#endif

/* As tr_cancel, for a reason. */
void tr_cancel_for(tr_rt *rt, tr_scope *scope, tr_reason reason);
/* Cancels a scope whose time has come. */
void tr_deadline_passed(tr_rt *rt, tr_scope *scope);

#if TR_HAS_CANCEL
/* Notes why the scope is cancelled, if it is told and does not know yet. */
static inline void tr_note_reason(tr_rt *rt, tr_scope *scope, tr_reason reason) {
    if (!(scope->flags & TR_SCOPE_TOLD)) return;
    tr_why *why = tr_why_of(scope);
    if (why->at != TR_NEVER) return;
    why->at = tr_now(rt);
    why->reason = (uint8_t)reason;
}
#endif

/* ---- nurseries: nursery.c ---------------------------------------------------------------------------------------- */

void tr_nursery_append(tr_rt *rt, tr_nursery *nursery, tr_task *task);
void tr_nursery_remove(tr_rt *rt, tr_nursery *nursery, tr_task *task);
/* Wakes the parent if it joins and nothing is left to wait for. */
void tr_nursery_settle(tr_rt *rt, tr_nursery *nursery);
/* Of a nursery that has had services, has children, and whose body has ended: if only services are left, tells the newest
   to end. */
void tr_services_settle(tr_rt *rt, tr_nursery *nursery);
/* A child has ended with `status`. */
void tr_child_ended(tr_rt *rt, tr_task *task, tr_status status);

/* ---- channels: channel.c, broadcast.c ---------------------------------------------------------------------------- */

/* The item of the sender or receiver that waits longest, which becomes ready; NULL if none of that kind waits. */
void *tr_channel_serve(tr_rt *rt, tr_channel *channel, bool sender);
/* Wakes all that wait as senders or receivers: the other side has gone. */
void tr_channel_break_off(tr_rt *rt, tr_channel *channel, bool senders);

/* Of an item. */
static inline size_t tr_item_bytes_of(const tr_channel *channel) {
#if TR_ITEM_BYTES
    return (void)channel, TR_ITEM_BYTES;
#else
    return channel->size;
#endif
}

static inline tr_count tr_capacity_of(const tr_channel *channel) {
#if TR_CAPACITY
    return (void)channel, TR_CAPACITY;
#else
    return channel->capacity;
#endif
}

struct tr_broadcast_ops {
    tr_try (*send)(tr_rt *rt, tr_broadcast *broadcast, const void *item);
    /* An end has taken an item or was closed, or the last sender was. */
    void (*changed)(tr_rt *rt, tr_broadcast *broadcast);
};
/* Of its channel or of one of its ends. */
static inline tr_broadcast *tr_broadcast_of(tr_channel *channel) {
    if (channel->kind == TR_CHANNEL_BROADCAST) return TR_RECORD(channel, tr_broadcast, channel);
    tr_channel *first = channel - (channel->kind - TR_CHANNEL_END);
    return (tr_broadcast *)(void *)first - 1;
}

/* ---- select: select.c -------------------------------------------------------------------------------------------- */

/* Takes back all waits that are still in a queue, and its timer. */
void tr_select_take_back(tr_rt *rt, tr_select *select);

/* ---- conditions: condition.c ------------------------------------------------------------------------------------- */

/* A waiter that was notified and has not got the lock yet gives up: another is notified in its place. */
void tr_condition_pass_on(tr_rt *rt, tr_wait *wait);

/* ---- children with a scope of their own: handle.c ---------------------------------------------------------------- */

/* Begins the scope of a child that was started, with these flags. */
tr_handle tr_enter_child(tr_rt *rt, tr_nursery *nursery, tr_scoped_task *child, uint16_t flags);

#endif
