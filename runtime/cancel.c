/* cancel: how a cancellation spreads. A scope is effectively cancelled if it was called itself, or if it is not
   shielded and the scope around it is effectively cancelled; TR_SCOPE_CANCELLED keeps the answer, so that a checkpoint
   asks one bit. TR_SCOPE_STOPPING spreads in the same way, and becomes a cancellation in scopes that are SOFT. When
   something changes, the walk here goes from task to task through nurseries whose own answer changed. It needs no stack:
   the way back is in the records. */
#include "tr_internal.h"

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
    uint16_t state = scope->flags & (TR_SCOPE_SHIELD | TR_SCOPE_TIMED | TR_SCOPE_CALLED);
    if (state != (TR_SCOPE_SHIELD | TR_SCOPE_TIMED)) return false;
    if (tr_before(tr_port_now(), tr_timer_of(scope)->deadline)) return false;
    tr_timer_disarm(rt, tr_timer_of(scope));
    tr_note_reason(rt, scope, TR_REASON_DEADLINE);
    scope->flags |= TR_SCOPE_CALLED;
    return true;
}

/* Of a scope inside `border`. */
static uint16_t answer_of(const tr_scope *scope, const tr_scope *border) {
    uint16_t so_far = 0, stopping = TR_SCOPE_STOPPING;
    for (; scope != border; scope = scope->parent) {
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
    tr_scope *scope = task->scope, *inner = NULL;
    while (scope != border) {
        const tr_scope *source = scope;
        while (!decides(source) && source->parent != border) source = source->parent;
        uint16_t answer = answer_of(source, border);
        for (const tr_scope *end = source->parent; scope != end; scope = scope->parent) {
            if (set_answer(rt, scope, answer) && inner && runs_out(rt, inner)) done = false;
            inner = scope;
        }
    }
    return !(changed && inner && runs_out(rt, inner)) && done;
}

/* changed: the border's answer has. */
static void visit(tr_rt *rt, tr_task *task, const tr_scope *border, bool changed) {
    while (!update_scopes(rt, task, border, changed)) { }
    if (task->wake == TR_WAKE_BLOCKED && tr_scope_cancelled(task->scope)) {
        task->in.wait->by.unlink(rt, task->in.wait);
        tr_ready(rt, task, TR_WAKE_CANCELLED);
    }
}

/* The outermost nursery that the task has open inside `border`, whose children have to be told; NULL if there is none.
   */
static tr_nursery *untold(const tr_task *task, const tr_scope *border) {
    tr_scope *found = NULL;
    for (tr_scope *scope = task->scope; scope != border; scope = scope->parent) {
        if (scope->flags & TR_SCOPE_CHANGED) found = scope;
    }
    return found ? TR_RECORD(found, tr_nursery, scope) : NULL;
}

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

/* Goes through `top` and all tasks below, depth first: outer nurseries before inner ones, children in order of
   starting. Gives the end of `*end`, to which it adds. */
static tr_starting **walk(tr_rt *rt, tr_task *top, const tr_scope *border, tr_starting **end) {
    tr_task *task = top;
    const tr_scope *outside = border;
    visit(rt, task, outside, false);
    for (;;) {
        tr_nursery *nursery = untold(task, outside);
        if (nursery) {
            nursery->scope.flags &= (uint16_t)~TR_SCOPE_CHANGED;
            end = note_starting(nursery, end);
            if (!nursery->first) continue;
            task = nursery->first;
            outside = &nursery->scope;
        } else if (task == top) {
            return end;
        } else if (task->younger) {
            task = task->younger;
        } else {
            task = outside->task;
            outside = task == top ? border : &task->nursery->scope;
            continue;
        }
        visit(rt, task, outside, true);
    }
}

void tr_recalculate(tr_rt *rt, tr_task *task, const tr_scope *border) {
    tr_starting *told = NULL;
    tr_starting **end = walk(rt, task, border, &told);
    for (; told; told = told->told) end = walk(rt, told->hidden.scope.task, told->hidden.scope.parent, end);
}
