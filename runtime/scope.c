/* scope: entering and leaving cancel scopes, their deadlines and shields. */
#include "tr_internal.h"

#if TR_HAS_CANCEL

/* The parent's cancellation reaches into `scope`. */
static bool cancelled_from_outside(const tr_rt *rt, const tr_scope *scope) {
    if (scope->flags & TR_SCOPE_SHIELD) return false;
    return scope->parent && tr_scope_cancelled(TR_AT(rt, tr_scope, scope->parent));
}

void tr_scope_enter(tr_rt *rt, tr_scope *scope, uint16_t flags) {
    tr_task *task = rt->task;
    scope->task = TR_TO(rt, task);
    scope->parent = task->scope;
    task->scope = TR_TO(rt, scope);
    scope->flags = flags;
    if ((flags & TR_SCOPE_SHIELD) || !scope->parent) return;
    scope->flags |= TR_AT(rt, tr_scope, scope->parent)->flags & (TR_SCOPE_CANCELLED | TR_SCOPE_STOPPING);
    if ((flags & TR_SCOPE_SOFT) && (scope->flags & TR_SCOPE_STOPPING)) {
        scope->flags ^= TR_SCOPE_STOPPING | TR_SCOPE_CANCELLED;
    }
}

tr_status tr_scope_exit(tr_rt *rt, tr_scope *scope, tr_status status) {
    rt->task->scope = scope->parent;
    scope->task = 0;
    if ((status & TR_CANCELLED) && tr_scope_cancelled(scope) && !cancelled_from_outside(rt, scope)) {
        scope->flags |= TR_SCOPE_CAUGHT;
        status &= (tr_status)~TR_CANCELLED;
    }
    return status;
}

/* Brings itself and all that is inside up to date. */
static void recalculate(tr_rt *rt, tr_scope *scope) {
    const tr_scope *border = scope->parent ? TR_AT(rt, tr_scope, scope->parent) : NULL;
    tr_recalculate(rt, TR_AT(rt, tr_task, scope->task), border);
}

#if TR_HAS_DEADLINES
/* Its timer is in the heap. */
static bool is_armed(const tr_scope *scope) {
    return scope->task && (scope->flags & (TR_SCOPE_TIMED | TR_SCOPE_CALLED)) == TR_SCOPE_TIMED;
}
#endif

void tr_cancel_for(tr_rt *rt, tr_scope *scope, tr_reason reason) {
    if (!scope->task || tr_cancel_called(scope)) return;
    tr_note_reason(rt, scope, reason);
#if TR_HAS_DEADLINES
    if (is_armed(scope)) tr_timer_disarm(rt, &TR_TIMED(scope)->timer);
#endif
    scope->flags |= TR_SCOPE_CALLED;
    if (!tr_scope_cancelled(scope)) recalculate(rt, scope);
}

void tr_cancel(tr_rt *rt, tr_scope *scope) { tr_cancel_for(rt, scope, TR_REASON_EXPLICIT); }

void tr_deadline_passed(tr_rt *rt, tr_scope *scope) {
    tr_cancel_for(rt, scope, scope->flags & TR_SCOPE_STOPPED ? TR_REASON_EXPLICIT : TR_REASON_DEADLINE);
}

void tr_set_shield(tr_rt *rt, tr_scope *scope, bool shield) {
    if (!scope->task) return;
    scope->flags &= (uint16_t)~TR_SCOPE_SHIELD;
    if (shield) scope->flags |= TR_SCOPE_SHIELD;
    if (scope->parent && tr_stopping(TR_AT(rt, tr_scope, scope->parent))) recalculate(rt, scope);
}

#if TR_HAS_DEADLINES

void tr_scope_enter_timed(tr_rt *rt, tr_timed_scope *scope, uint16_t flags) {
    scope->timer.task = 0;
    flags |= TR_SCOPE_TIMER;
    tr_scope_enter(rt, &scope->scope, flags);
}

/* Of an entered scope, whose timer is not armed. */
static void set_deadline(tr_rt *rt, tr_timed_scope *scope, tr_instant deadline) {
    scope->scope.flags |= TR_SCOPE_TIMED;
    scope->timer.deadline = deadline;
    if (!tr_cancel_called(&scope->scope)) tr_timer_arm(rt, &scope->timer, deadline);
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
    if (is_armed(&scope->scope)) tr_timer_disarm(rt, &scope->timer);
    return tr_scope_exit(rt, &scope->scope, status);
}

bool tr_timed_cancel_called(tr_rt *rt, tr_timed_scope *scope) {
    const tr_timer *timer = &scope->timer;
    if (is_armed(&scope->scope) && !tr_before(tr_port_now(), timer->deadline)) tr_deadline_passed(rt, &scope->scope);
    return tr_cancel_called(&scope->scope);
}

void tr_clear_deadline(tr_rt *rt, tr_timed_scope *scope) {
    if (!scope->scope.task) return;
    if (is_armed(&scope->scope)) tr_timer_disarm(rt, &scope->timer);
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
    if (!tr_stopping(scope)) recalculate(rt, scope);
}

tr_instant tr_deadline(const tr_timed_scope *scope) {
    return scope->scope.flags & TR_SCOPE_TIMED ? scope->timer.deadline : TR_NEVER;
}

#endif

tr_instant tr_effective_deadline(tr_rt *rt) {
    if (tr_is_cancelled(rt)) return tr_now(rt);
    tr_instant earliest = TR_NEVER;
#if TR_HAS_DEADLINES
    for (TR_LINK(tr_scope) at = rt->task->scope; at;) {
        tr_scope *scope = TR_AT(rt, tr_scope, at);
        if (scope->flags & TR_SCOPE_TIMED) {
            tr_instant own = TR_TIMED(scope)->timer.deadline;
            if (tr_earlier(own, earliest)) earliest = own;
        }
        if (scope->flags & TR_SCOPE_SHIELD) break;
        at = scope->parent;
    }
#endif
    return earliest;
}

#endif
