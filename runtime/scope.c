/* scope: entering and leaving cancel scopes, their deadlines and shields. */
#include "tr_internal.h"

/* The parent's cancellation reaches into `scope`. */
static bool cancelled_from_outside(const tr_scope *scope) {
    return !(scope->flags & TR_SCOPE_SHIELD) && scope->parent && tr_scope_cancelled(scope->parent);
}

void tr_scope_enter(tr_rt *rt, tr_scope *scope, uint16_t flags) {
    scope->task = rt->task;
    scope->parent = scope->task->scope;
    scope->task->scope = scope;
    scope->flags = flags;
    if ((flags & TR_SCOPE_SHIELD) || !scope->parent) return;
    scope->flags |= scope->parent->flags & (TR_SCOPE_CANCELLED | TR_SCOPE_STOPPING);
    if ((flags & TR_SCOPE_SOFT) && (scope->flags & TR_SCOPE_STOPPING)) {
        scope->flags ^= TR_SCOPE_STOPPING | TR_SCOPE_CANCELLED;
    }
}

tr_status tr_scope_exit(tr_rt *rt, tr_scope *scope, tr_status status) {
    rt->task->scope = scope->parent;
    scope->task = NULL;
    if ((status & TR_CANCELLED) && tr_scope_cancelled(scope) && !cancelled_from_outside(scope)) {
        scope->flags |= TR_SCOPE_CAUGHT;
        status &= (tr_status)~TR_CANCELLED;
    }
    return status;
}

void tr_cancel_for(tr_rt *rt, tr_scope *scope, tr_reason reason) {
    if (!scope->task || tr_cancel_called(scope)) return;
    tr_note_reason(rt, scope, reason);
    if (scope->flags & TR_SCOPE_TIMED) tr_timer_disarm(rt, tr_timer_of(scope));
    scope->flags |= TR_SCOPE_CALLED;
    if (!tr_scope_cancelled(scope)) tr_recalculate(rt, scope->task, scope->parent);
}

void tr_cancel(tr_rt *rt, tr_scope *scope) { tr_cancel_for(rt, scope, TR_REASON_EXPLICIT); }

void tr_deadline_passed(tr_rt *rt, tr_scope *scope) {
    tr_cancel_for(rt, scope, scope->flags & TR_SCOPE_STOPPED ? TR_REASON_EXPLICIT : TR_REASON_DEADLINE);
}

void tr_set_shield(tr_rt *rt, tr_scope *scope, bool shield) {
    if (!scope->task) return;
    scope->flags &= (uint16_t)~TR_SCOPE_SHIELD;
    if (shield) scope->flags |= TR_SCOPE_SHIELD;
    if (scope->parent && tr_stopping(scope->parent)) tr_recalculate(rt, scope->task, scope->parent);
}

static void expired(tr_rt *rt, tr_timer *timer) {
    tr_deadline_passed(rt, &TR_RECORD(timer, tr_timed_scope, timer)->scope);
}

void tr_scope_enter_timed(tr_rt *rt, tr_timed_scope *scope, uint16_t flags) {
    scope->timer.armed = false;
    scope->timer.fire = expired;
    tr_scope_enter(rt, &scope->scope, flags);
}

/* Of an entered scope, whose timer is not armed. */
static void set_deadline(tr_rt *rt, tr_timed_scope *scope, tr_instant deadline) {
    tr_timer *timer = tr_timer_of(&scope->scope);
    scope->scope.flags |= TR_SCOPE_TIMED;
    timer->deadline = deadline;
    if (!tr_cancel_called(&scope->scope)) tr_timer_arm(rt, timer, deadline);
}

static void enter_at(tr_rt *rt, tr_timed_scope *scope, uint16_t flags, tr_instant now, tr_instant deadline) {
    tr_scope_enter_timed(rt, scope, flags);
    if (!tr_before(now, deadline)) {
        scope->scope.flags &= (uint16_t)~TR_SCOPE_STOPPING;
        scope->scope.flags |= TR_SCOPE_CALLED | TR_SCOPE_CANCELLED;
    }
    set_deadline(rt, scope, deadline);
}

void tr_scope_enter_at(tr_rt *rt, tr_timed_scope *scope, uint16_t flags, tr_instant deadline) {
    if (deadline == TR_NEVER) tr_scope_enter_timed(rt, scope, flags);
    else enter_at(rt, scope, flags, tr_port_now(), deadline);
}

void tr_scope_enter_after(tr_rt *rt, tr_timed_scope *scope, uint16_t flags, tr_duration duration) {
    tr_instant now = tr_port_now();
    enter_at(rt, scope, flags, now, now + (tr_instant)duration);
}

tr_status tr_timed_scope_exit(tr_rt *rt, tr_timed_scope *scope, tr_status status) {
    tr_timer_disarm(rt, &scope->timer);
    return tr_scope_exit(rt, &scope->scope, status);
}

bool tr_timed_cancel_called(tr_rt *rt, tr_timed_scope *scope) {
    const tr_timer *timer = tr_timer_of(&scope->scope);
    if (timer->armed && !tr_before(tr_port_now(), timer->deadline)) tr_deadline_passed(rt, &scope->scope);
    return tr_cancel_called(&scope->scope);
}

void tr_clear_deadline(tr_rt *rt, tr_timed_scope *scope) {
    if (!scope->scope.task) return;
    tr_timer_disarm(rt, tr_timer_of(&scope->scope));
    scope->scope.flags &= (uint16_t)~TR_SCOPE_TIMED;
}

/* Timers are ordered by differences, so on a narrow clock a deadline may not lie too far back. */
static tr_instant near_past(tr_instant deadline) {
#if TR_TICK_BITS == 32
    tr_instant oldest = tr_port_now() - (TR_NEVER >> 8);
    if (tr_before(deadline, oldest)) return oldest;
#endif
    return deadline;
}

void tr_set_deadline(tr_rt *rt, tr_timed_scope *scope, tr_instant deadline) {
    tr_clear_deadline(rt, scope);
    if (deadline != TR_NEVER) deadline = near_past(deadline);
    if (scope->scope.task && deadline != TR_NEVER) set_deadline(rt, scope, deadline);
}

void tr_stop(tr_rt *rt, tr_timed_scope *timed, tr_duration grace) {
    tr_scope *scope = &timed->scope;
    if (!scope->task || tr_cancel_called(scope)) return;
    if (grace == 0) {
        tr_cancel(rt, scope);
        return;
    }
    tr_instant end = tr_later(tr_now(rt), grace);
    if (tr_earlier(end, tr_deadline(timed))) tr_set_deadline(rt, timed, end);
    scope->flags |= TR_SCOPE_STOPPED;
    if (!tr_stopping(scope)) tr_recalculate(rt, scope->task, scope->parent);
}

tr_instant tr_deadline(const tr_timed_scope *scope) {
    return scope->scope.flags & TR_SCOPE_TIMED ? tr_timer_of((tr_scope *)(uintptr_t)&scope->scope)->deadline : TR_NEVER;
}

tr_instant tr_effective_deadline(tr_rt *rt) {
    if (tr_is_cancelled(rt)) return tr_now(rt);
    tr_instant earliest = TR_NEVER;
    for (const tr_scope *scope = rt->task->scope; scope; scope = scope->parent) {
        if (scope->flags & TR_SCOPE_TIMED) {
            tr_instant own = tr_deadline(TR_RECORD(scope, tr_timed_scope, scope));
            if (tr_earlier(own, earliest)) earliest = own;
        }
        if (scope->flags & TR_SCOPE_SHIELD) break;
    }
    return earliest;
}
