/* select: waiting for the first of several operations. Each arm has a wait in the queue of its object, behind those who
   came before; who serves one of them unlinks the others before anything else can happen (wait.c), so exactly one takes
   effect. A select that arrives where another one waits serves that as it would any task. */
#include "tr_internal.h"

#if TR_HAS_SELECT

static bool has_come(tr_instant time) { return time != TR_NEVER && !tr_before(tr_port_now(), time); }

static tr_try try_arm(tr_rt *rt, const tr_arm *arm) {
    bool done = true;
    switch ((tr_arm_kind)arm->kind) {
    case TR_ARM_RECEIVE: return tr_receive_nowait(rt, arm->object, arm->item);
    case TR_ARM_SEND: return tr_send_nowait(rt, arm->object, arm->item);
    case TR_ARM_EVENT: done = ((const tr_event *)arm->object)->set; break;
    case TR_ARM_LOCK: done = tr_lock_acquire_nowait(rt, arm->object); break;
    case TR_ARM_SEMAPHORE: done = tr_semaphore_acquire_nowait(rt, arm->object); break;
    case TR_ARM_AFTER: done = *(const tr_duration *)arm->object <= 0; break;
    case TR_ARM_AT: done = has_come(*(const tr_instant *)arm->object); break;
    case TR_ARM_ELSE: break;
    }
    return done ? TR_TRY_DONE : TR_TRY_WOULD_BLOCK;
}

void tr_select_take_back(tr_rt *rt, tr_select *select) {
    for (TR_LINK(tr_wait) at = select->arms; at; at = TR_AT(rt, tr_wait, at)->next) {
        tr_wait *arm = TR_AT(rt, tr_wait, at);
        if (arm->ring.next) tr_ring_remove(rt, &arm->ring);
    }
    if (select->timed) tr_timer_disarm(rt, &TR_RECORD(select, tr_timed_select, select)->timer);
    select->timed = false;
}

/* Puts the arm's wait into its object's queue; all objects begin with theirs. */
static bool link_wait(tr_rt *rt, const tr_arm *arm) {
    if (!arm->object) return false;
    if (arm->kind == TR_ARM_RECEIVE || arm->kind == TR_ARM_SEND) {
        tr_channel_wait *wait = TR_RECORD(arm->wait, tr_channel_wait, wait);
        return tr_channel_link(rt, arm->object, wait, arm->item, arm->kind == TR_ARM_SEND);
    }
    tr_ring_push(rt, arm->object, &arm->wait->ring);
    return true;
}

static TR_LINK(tr_wait) *add_wait(tr_rt *rt, TR_LINK(tr_wait) *last, const tr_arm *arm) {
    tr_wait *wait = arm->wait;
    *last = TR_TO(rt, wait);
    wait->task = TR_TO(rt, rt->task);
    wait->next = 0;
    if (!link_wait(rt, arm)) wait->ring.next = 0;
    return &wait->next;
}

/* Of several times the first that comes counts, of equal ones the first in order. */
static void add_time(tr_select *select, const tr_arm *arm, tr_instant *earliest) {
    if (!arm->object || arm->kind == TR_ARM_ELSE) return;
    tr_instant time = arm->kind == TR_ARM_AT ? *(const tr_instant *)arm->object
                                             : tr_later(tr_port_now(), *(const tr_duration *)arm->object);
    if (!tr_earlier(time, *earliest)) return;
    *earliest = time;
    select->won = arm->number;
}

static tr_status wait_for_one(tr_rt *rt, tr_select *select, const tr_arm *arms, uint8_t count) {
    TR_LINK(tr_wait) *last = &select->arms;
    tr_instant earliest = TR_NEVER;
    for (uint8_t i = 0; i < count; i++) {
        if (arms[i].wait) last = add_wait(rt, last, &arms[i]);
        else add_time(select, &arms[i], &earliest);
    }
    if (earliest != TR_NEVER) {
        tr_timer *timer = &TR_RECORD(select, tr_timed_select, select)->timer;
        timer->task = TR_TO(rt, rt->task);
        tr_timer_arm(rt, timer, earliest);
        select->timed = true;
    }
    rt->task->in.select = TR_TO(rt, select);
    rt->task->wake = TR_WAKE_SELECTING;
    return TR_PENDING;
}

tr_status tr_select_begin(tr_rt *rt, tr_select *select, const tr_arm *arms, uint8_t count) {
    select->arms = 0;
    select->won = 0;
    select->timed = false;
    if (tr_is_cancelled(rt)) return tr_turn(rt, TR_WAKE_REFUSED);
    for (uint8_t i = 0; i < count; i++) {
        tr_try tried = arms[i].object ? try_arm(rt, &arms[i]) : TR_TRY_WOULD_BLOCK;
        if (tried == TR_TRY_WOULD_BLOCK) continue;
        select->won = arms[i].number;
        return tried == TR_TRY_DONE ? tr_turn(rt, TR_WAKE_DONE) : TR_RAISED;
    }
    return wait_for_one(rt, select, arms, count);
}

uint8_t tr_select_won(const tr_rt *rt, const tr_select *select) {
    uint8_t number = 0;
    for (TR_LINK(tr_wait) at = select->arms; at; at = TR_AT(rt, tr_wait, at)->next, number++) {
        const tr_wait *arm = TR_AT(rt, tr_wait, at);
        if (arm->ring.next && TR_RING(rt, arm->ring.next) == &arm->ring) return number;
    }
    return select->won;
}

#endif
