/* cancel: how a cancellation spreads. A scope is effectively cancelled if it was called itself, or if it is not
   shielded and the scope around it is effectively cancelled; TR_SCOPE_CANCELLED keeps the answer, so that a checkpoint
   asks one bit. TR_SCOPE_STOPPING spreads in the same way, and becomes a cancellation in scopes that are SOFT. When
   something changes, the walk here goes from task to task through nurseries whose own answer changed. It needs no stack:
   the way back is in the records. */
#include "tr_internal.h"

#if TR_HAS_CANCEL

#define SCOPE(link) TR_AT(rt, tr_scope, link)

/* The next one outwards; NULL behind the last. */
static tr_scope *parent_of(const tr_rt *rt, const tr_scope *scope) {
    return scope->parent ? SCOPE(scope->parent) : NULL;
}

enum { ANSWER = TR_SCOPE_CANCELLED | TR_SCOPE_STOPPING }; /* one of them, or none */

/* What the scope answers may be another than what the one around it does. */
static bool decides(const tr_scope *scope) {
    return scope->flags & (TR_SCOPE_CALLED | TR_SCOPE_SHIELD | TR_SCOPE_STOPPED | TR_SCOPE_SOFT);
}

static bool set_answer(tr_rt *rt, tr_scope *scope, uint16_t answer) {
    if ((scope->flags & ANSWER) == answer) return false;
    if (answer == TR_SCOPE_CANCELLED) tr_note_reason(rt, scope, TR_REASON_PARENT);
    scope->flags = (uint16_t)((scope->flags & (uint16_t)~ANSWER) | answer);
    if (scope->flags & TR_SCOPE_NURSERY) scope->flags |= TR_SCOPE_CHANGED;
    return true;
}

/* The answer of the scope around a shielded one has changed. That does not reach inside; but whoever asks the inner one
   whether it was cancelled reads its deadline, as Trio does here: one that has just passed need not wait for its turn
   among the timers. */
static bool runs_out(tr_rt *rt, tr_scope *scope) {
#if TR_HAS_DEADLINES
    uint16_t state = scope->flags & (TR_SCOPE_SHIELD | TR_SCOPE_TIMED | TR_SCOPE_CALLED);
    if (state != (TR_SCOPE_SHIELD | TR_SCOPE_TIMED)) return false;
    if (tr_before(tr_port_now(), TR_TIMED(scope)->timer.deadline)) return false;
    tr_timer_disarm(rt, &TR_TIMED(scope)->timer);
    tr_note_reason(rt, scope, TR_REASON_DEADLINE);
    scope->flags |= TR_SCOPE_CALLED;
    return true;
#else
    return (void)rt, (void)scope, false;
#endif
}

/* Of a scope inside `border`. */
static uint16_t answer_of(const tr_rt *rt, const tr_scope *scope, const tr_scope *border) {
    uint16_t so_far = 0, stopping = TR_SCOPE_STOPPING;
    for (; scope != border; scope = parent_of(rt, scope)) {
        if (tr_cancel_called(scope)) return TR_SCOPE_CANCELLED;
        if (scope->flags & TR_SCOPE_SOFT) stopping = TR_SCOPE_CANCELLED;
        if (scope->flags & TR_SCOPE_STOPPED) so_far = stopping;
        if (so_far == TR_SCOPE_CANCELLED || (scope->flags & TR_SCOPE_SHIELD)) return so_far;
    }
    uint16_t outside = border ? border->flags & ANSWER : 0;
    if (outside == TR_SCOPE_STOPPING) outside = stopping;
    return outside ? outside : so_far;
}

/* Brings a task's scopes inside `border` up to date. The links go outwards and the answers come inwards, so it works
   run by run: a run of scopes has one answer, that of the first that decides, else the border's. False if it has to be
   done again, because a scope was cancelled on the way. */
static bool update_scopes(tr_rt *rt, const tr_task *task, const tr_scope *border, bool changed) {
    bool done = true;
    tr_scope *scope = tr_innermost(rt, task), *inner = NULL;
    while (scope != border) {
        const tr_scope *source = scope;
        while (!decides(source) && parent_of(rt, source) != border) source = SCOPE(source->parent);
        uint16_t answer = answer_of(rt, source, border);
        for (const tr_scope *end = parent_of(rt, source); scope != end; scope = parent_of(rt, scope)) {
            if (set_answer(rt, scope, answer) && inner && runs_out(rt, inner)) done = false;
            inner = scope;
        }
    }
    return !(changed && inner && runs_out(rt, inner)) && done;
}

/* Takes a task that waits out of what would wake it; false if it does not wait, or for a nursery. */
static bool stop_waiting(tr_rt *rt, tr_task *task) {
    (void)rt;
    switch (task->wake) {
#if TR_HAS_QUEUES
    case TR_WAKE_QUEUED: tr_ring_remove(rt, &TR_AT(rt, tr_wait, task->in.wait)->ring); return true;
#endif
#if TR_HAS_SLEEP
    case TR_WAKE_SLEEPING: tr_timer_disarm(rt, TR_AT(rt, tr_timer, task->in.timer)); return true;
#endif
    case TR_WAKE_FOREVER: return true;
#if TR_HAS_SELECT
    case TR_WAKE_SELECTING: tr_select_take_back(rt, TR_AT(rt, tr_select, task->in.select)); return true;
#endif
#if TR_HAS_CONDITIONS
    case TR_WAKE_NOTIFIED: tr_condition_pass_on(rt, TR_AT(rt, tr_wait, task->in.wait)); return true;
#endif
    default: return false;
    }
}

/* changed: the border's answer has. */
static void visit(tr_rt *rt, tr_task *task, const tr_scope *border, bool changed) {
    while (!update_scopes(rt, task, border, changed)) { }
    if (tr_task_cancelled(rt, task) && stop_waiting(rt, task)) tr_ready(rt, task, TR_WAKE_CANCELLED);
}

#if TR_HAS_NURSERIES

/* The outermost nursery that the task has open inside `border`, whose children have to be told; NULL if there is none.
   */
static tr_nursery *untold(const tr_rt *rt, const tr_task *task, const tr_scope *border) {
    tr_scope *found = NULL;
    for (tr_scope *scope = tr_innermost(rt, task); scope != border; scope = parent_of(rt, scope)) {
        if (scope->flags & TR_SCOPE_CHANGED) found = scope;
    }
    return found ? TR_RECORD(found, tr_nursery, scope) : NULL;
}

/* The scope of the nursery whose child the task is. */
static const tr_scope *outside_of(const tr_rt *rt, const tr_task *task) {
    const tr_scope *scope = tr_innermost(rt, task);
    while (TR_AT(rt, tr_task, scope->task) == task) scope = SCOPE(scope->parent);
    return scope;
}

#if TR_HAS_START
/* Notes the starts under way into a nursery that was cancelled: their children are not below it, but obey it. Gives the
   end of the list `*end` of those noted. */
static tr_starting **note_starting(const tr_nursery *nursery, tr_starting **end) {
    if (!tr_scope_cancelled(&nursery->scope)) return end;
    for (tr_starting *starting = nursery->starting; starting; starting = starting->next) {
        if (tr_cancel_called(&starting->hidden.scope)) continue;
        starting->hidden.scope.flags |= TR_SCOPE_CALLED;
        starting->told = *end;
        *end = starting;
    }
    while (*end) end = &(*end)->told;
    return end;
}
#endif

/* Goes through `top` and all tasks below, depth first: outer nurseries before inner ones, children in order of
   starting. Gives the end of `*end`, to which it adds. */
static tr_starting **walk(tr_rt *rt, tr_task *top, const tr_scope *border, tr_starting **end) {
    tr_task *task = top;
    const tr_scope *outside = border;
    visit(rt, task, outside, false);
    for (;;) {
        tr_nursery *nursery = untold(rt, task, outside);
        if (nursery) {
            nursery->scope.flags &= (uint16_t)~TR_SCOPE_CHANGED;
#if TR_HAS_START
            end = note_starting(nursery, end);
#endif
            if (!nursery->first) continue;
            task = TR_AT(rt, tr_task, nursery->first);
            outside = &nursery->scope;
        } else if (task == top) {
            return end;
        } else if (task->younger) {
            task = TR_AT(rt, tr_task, task->younger);
        } else {
            task = TR_AT(rt, tr_task, outside->task);
            outside = task == top ? border : outside_of(rt, task);
            continue;
        }
        visit(rt, task, outside, true);
    }
}

void tr_recalculate(tr_rt *rt, tr_task *task, const tr_scope *border) {
    tr_starting *told = NULL;
    tr_starting **end = walk(rt, task, border, &told);
#if TR_HAS_START
    for (; told; told = told->told) {
        const tr_scope *scope = &told->hidden.scope;
        end = walk(rt, TR_AT(rt, tr_task, scope->task), SCOPE(scope->parent), end);
    }
#else
    (void)end;
#endif
}
#else
void tr_recalculate(tr_rt *rt, tr_task *task, const tr_scope *border) { visit(rt, task, border, false); }
#endif

#endif
