/* n.start: the child below its caller, the move, and every way in which one of the three ends first. */
#include "harness.h"

static job child, below, other;
static char start_leaves[2], target_leaves[4];

static tr_status raise_leaf(job *self) {
    tr_nursery *nursery = nursery_of(&self->task);
    ((char *)nursery->leaves)[nursery->leaf_count++] = self->name;
    return TR_RAISED;
}

static tr_status waits(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++ == 0) return tr_sleep_forever(r, &self->wait);
    mark(self->name);
    return mark_woken();
}

/* Begins `step` in `child`, for self->nursery, from inside the body of that nursery. */
static tr_status start_child(tr_rt *r, job *self, tr_step step) {
    child = (job){.name = 's', .status = &self->starting};
    return tr_start(r, &self->starting, &self->nursery, &child.task, step, start_leaves);
}

/* Marks: S started, N not. */
static tr_status close_start(tr_rt *r, job *self) {
    tr_status status = tr_start_close(r, &self->starting);
    mark(self->starting.started ? 'S' : 'N');
    return status;
}

/* ---- the usual way ----------------------------------------------------------------------------------------------- */

static tr_status server(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0: return tr_sleep(r, &self->sleep, 10 * MS);
    case 1:
        mark('1');
        tr_started(r, self->status);
        mark('2');
        return tr_sleep(r, &self->sleep, 10 * MS);
    case 2: mark('3'); return mark_woken();
    default: return TR_DONE;
    }
}

static tr_status starts_server(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_nursery_open(r, &self->nursery, target_leaves);
        return start_child(r, self, server);
    case 1:
        assert_int_equal(tr_uptime(r), 10 * MS);
        assert_ptr_equal(nursery_of(&child.task), &self->nursery);
        assert_int_equal(close_start(r, self), TR_DONE);
        mark('b');
        return tr_nursery_join(r, &self->nursery, TR_DONE);
    default:
        assert_int_equal(tr_uptime(r), 20 * MS);
        return tr_nursery_close(r, &self->nursery);
    }
}

/* Rules 137, 138: the child goes on in the same step; the caller follows in a later pass. */
static void the_child_moves_when_it_says_started(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, starts_server), TR_DONE);
    assert_trace("12Sb3d");
}

/* ---- scopes before and after the move ---------------------------------------------------------------------------- */

static tr_status waits_before_and_after(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0: tr_started(r, self->status); return tr_sleep_forever(r, &self->wait);
    default: mark(self->name); return mark_woken();
    }
}

static tr_status caller_scope_ends(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_nursery_open(r, &self->nursery, target_leaves);
        tr_scope_enter_after(r, &self->scope, 0, 10 * MS);
        return start_child(r, self, waits_before_and_after);
    case 1:
        assert_int_equal(close_start(r, self), TR_DONE);
        return tr_sleep_forever(r, &self->wait);
    case 2:
        mark_woken();
        assert_int_equal(tr_timed_scope_exit(r, &self->scope, TR_CANCELLED), TR_DONE);
        return tr_sleep(r, &self->sleep, 10 * MS);
    case 3:
        mark_woken();
        tr_cancel(r, &self->nursery.scope);
        return tr_nursery_join(r, &self->nursery, TR_DONE);
    default: return tr_nursery_close(r, &self->nursery);
    }
}

static void after_the_move_only_the_target_governs(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, caller_scope_ends), TR_DONE);
    assert_trace("Scdsc");
}

static tr_status start_is_cancelled(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_nursery_open(r, &self->nursery, target_leaves);
        tr_scope_enter_after(r, &self->scope, 0, 10 * MS);
        return start_child(r, self, waits);
    case 1: {
        assert_int_equal(mark_woken(), TR_DONE);
        assert_null(child.task.step);
        tr_status status = close_start(r, self);
        assert_int_equal(status, TR_CANCELLED);
        assert_int_equal(tr_timed_scope_exit(r, &self->scope, status), TR_DONE);
        assert_false(tr_cancel_called(&self->nursery.scope));
        return tr_nursery_join(r, &self->nursery, TR_DONE);
    }
    default: return tr_nursery_close(r, &self->nursery);
    }
}

/* Rule 144. */
static void the_callers_cancellation_reaches_the_child(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, start_is_cancelled), TR_DONE);
    assert_trace("scdN");
}

/* ---- ends before started ----------------------------------------------------------------------------------------- */

static tr_status ends(tr_rt *r, tr_task *task) {
    (void)r;
    (void)task;
    return TR_DONE;
}

static tr_status raises(tr_rt *r, tr_task *task) {
    (void)r;
    return raise_leaf(job_of(task));
}

static tr_step early_end;
static tr_status early_status;

static tr_status child_ends_early(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_nursery_open(r, &self->nursery, target_leaves);
        return start_child(r, self, early_end);
    case 1:
        assert_int_equal(close_start(r, self), early_status);
        assert_int_equal(self->starting.hidden.leaf_count, early_status == TR_RAISED);
        assert_null(child.task.step);
        assert_false(tr_cancel_called(&self->nursery.scope));
        assert_int_equal(self->nursery.leaf_count, 0);
        return tr_nursery_join(r, &self->nursery, TR_DONE);
    default: return tr_nursery_close(r, &self->nursery);
    }
}

/* Rules 141, 142: the target hears nothing of it, and the slot is free. */
static void a_child_that_ends_before_started_is_the_callers(void **state) {
    (void)state;
    early_end = ends;
    early_status = TR_DONE;
    assert_int_equal(run(&(job){.at = 0}, child_ends_early), TR_DONE);
    assert_trace("N");
    early_end = raises;
    early_status = TR_RAISED;
    assert_int_equal(run(&(job){.at = 0}, child_ends_early), TR_DONE);
    assert_trace("N");
}

static tr_status raises_after_started(tr_rt *r, tr_task *task) {
    tr_started(r, job_of(task)->status);
    return raise_leaf(job_of(task));
}

static tr_status child_raises_late(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_nursery_open(r, &self->nursery, target_leaves);
        return start_child(r, self, raises_after_started);
    case 1:
        assert_int_equal(close_start(r, self), TR_DONE);
        assert_true(tr_cancel_called(&self->nursery.scope));
        assert_int_equal(self->nursery.leaf_count, 1);
        return tr_nursery_join(r, &self->nursery, TR_DONE);
    default: assert_int_equal(tr_nursery_close(r, &self->nursery), TR_RAISED); return TR_DONE;
    }
}

static void after_started_errors_are_the_targets(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, child_raises_late), TR_DONE);
    assert_trace("S");
}

/* ---- started in a cancelled caller ------------------------------------------------------------------------------- */

static tr_status says_started_when_cancelled(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0: return tr_sleep_forever(r, &self->wait);
    case 1:
        mark_woken();
        tr_started(r, self->status);
        assert_ptr_equal(nursery_of(&self->task), &self->status->hidden);
        if (self->value == 0) return TR_DONE;
        if (self->value == 1) return raise_leaf(self);
        return tr_checkpoint(r);
    default: return mark_woken();
    }
}

static int what_then;

static tr_status starts_in_cancelled_scope(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_nursery_open(r, &self->nursery, target_leaves);
        tr_scope_enter(r, &self->scope.scope, 0);
        tr_cancel(r, &self->scope.scope);
        start_child(r, self, says_started_when_cancelled);
        child.value = what_then;
        return TR_PENDING;
    case 1: {
        tr_status status = close_start(r, self);
        assert_int_equal(status, what_then == 0 ? TR_DONE : what_then == 1 ? TR_RAISED : TR_CANCELLED);
        tr_scope_exit(r, &self->scope.scope, status);
        assert_null(self->nursery.first);
        return tr_nursery_join(r, &self->nursery, TR_DONE);
    }
    default: return tr_nursery_close(r, &self->nursery);
    }
}

/* Rule 145: it does not move; how it ends is how start ends. */
static void started_does_not_move_out_of_a_cancelled_caller(void **state) {
    (void)state;
    for (what_then = 0; what_then < 3; what_then++) {
        assert_int_equal(run(&(job){.at = 0}, starts_in_cancelled_scope), TR_DONE);
        assert_trace(what_then < 2 ? "cS" : "ccS");
    }
}

/* ---- the target is cancelled ------------------------------------------------------------------------------------- */

/* A task that starts a child for children[0]'s nursery from below a shield, so that only LANGUAGE part 14's promise
   lets that nursery's cancellation through. */
static tr_step shielded_child;

static tr_status starts_under_shield(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_scope_enter(r, &self->scope.scope, TR_SCOPE_SHIELD);
        child = (job){.name = 's', .status = &self->starting};
        return tr_start(r, &self->starting, nursery_of(&self->task), &child.task, shielded_child, start_leaves);
    default: {
        tr_status status = close_start(r, self);
        assert_int_equal(status, TR_DONE);
        mark(tr_is_cancelled(r) ? 'C' : '-');
        return tr_scope_exit(r, &self->scope.scope, status);
    }
    }
}

static tr_status cancels_target(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_nursery_open(r, &self->nursery, target_leaves);
        other = (job){.name = 'o'};
        if (self->value == 1) tr_cancel(r, &self->nursery.scope);
        start_soon(&self->nursery, &other, starts_under_shield);
        return tr_sleep(r, &self->sleep, 10 * MS);
    case 1:
        mark('|');
        tr_cancel(r, &self->nursery.scope);
        return tr_nursery_join(r, &self->nursery, TR_DONE);
    default: return tr_nursery_close(r, &self->nursery);
    }
}

/* Unlike rule 147: start ends in NotStarted, and its caller, who is shielded, goes on. */
static void cancelling_the_target_cancels_a_pending_start(void **state) {
    (void)state;
    shielded_child = waits;
    assert_int_equal(run(&(job){.at = 0}, cancels_target), TR_DONE);
    assert_trace("|scN-");
    assert_int_equal(run(&(job){.value = 1}, cancels_target), TR_DONE);
    assert_trace("|scN-");
}

/* A child whose own child waits: both are reached, from the target down. */
static tr_status has_child(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_nursery_open(r, &self->nursery, NULL);
        below = (job){.name = 'b'};
        start_soon(&self->nursery, &below, waits);
        return tr_nursery_join(r, &self->nursery, TR_DONE);
    default: mark(self->name); return tr_nursery_close(r, &self->nursery);
    }
}

static void cancelling_the_target_reaches_below_a_pending_start(void **state) {
    (void)state;
    shielded_child = has_child;
    assert_int_equal(run(&(job){.at = 0}, cancels_target), TR_DONE);
    assert_trace("|bcsN-");
}

/* The child says started in the very pass in which its target is cancelled: it moves, and is cancelled there. */
static tr_status cancelled_then_started(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0: return tr_sleep_forever(r, &self->wait);
    case 1:
        mark_woken();
        tr_started(r, self->status);
        return tr_checkpoint(r);
    default: return mark_woken();
    }
}

static void a_cancelled_child_may_still_start(void **state) {
    (void)state;
    shielded_child = cancelled_then_started;
    assert_int_equal(run(&(job){.at = 0}, cancels_target), TR_DONE);
    assert_trace("|cS-c");
}

/* ---- a subtree moves --------------------------------------------------------------------------------------------- */

/* The child has a scope, in it a nursery and a child of its own, when it says started. */
static tr_status moves_with_subtree(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_scope_enter(r, &self->scope.scope, 0);
        tr_nursery_open(r, &self->nursery, NULL);
        below = (job){.name = 'b'};
        start_soon(&self->nursery, &below, waits);
        return tr_yield(r);
    case 1:
        tr_started(r, self->status);
        assert_ptr_equal(nursery_of(&self->task), nursery_of(&children[0].task));
        return tr_sleep(r, &self->sleep, 20 * MS);
    case 2: return tr_nursery_join(r, &self->nursery, mark_woken());
    default: return tr_scope_exit(r, &self->scope.scope, tr_nursery_close(r, &self->nursery));
    }
}

static tr_status starts_subtree(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        child = (job){.name = 's', .status = &self->starting};
        return tr_start(r, &self->starting, nursery_of(&self->task), &child.task, moves_with_subtree, start_leaves);
    case 1: assert_int_equal(close_start(r, self), TR_DONE); return tr_sleep(r, &self->sleep, 10 * MS);
    default: tr_cancel(r, &nursery_of(&self->task)->scope); return TR_DONE;
    }
}

static void a_subtree_moves_as_a_whole(void **state) {
    (void)state;
    assert_int_equal(TOGETHER(starts_subtree), TR_DONE);
    assert_trace("Scbc");
}

/* ---- keeping the target open ------------------------------------------------------------------------------------- */

static tr_status starts_for_parent(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        child = (job){.name = 's', .status = &self->starting};
        return tr_start(r, &self->starting, nursery_of(&self->task), &child.task, server, start_leaves);
    case 1: return close_start(r, self);
    default: return TR_DONE;
    }
}

static void started_under_start_soon_does_nothing(void **state) {
    (void)state;
    assert_int_equal(TOGETHER(server), TR_DONE);
    assert_trace("123d");
}

static void a_child_may_start_siblings(void **state) {
    (void)state;
    assert_int_equal(TOGETHER(starts_for_parent), TR_DONE);
    assert_trace("12S3d");
}

/* Child 0 opens a nursery and joins it; child 1 starts into that from outside. */
static tr_status lends_nursery(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0: tr_nursery_open(r, &self->nursery, target_leaves); return tr_yield(r);
    case 1: return tr_nursery_join(r, &self->nursery, TR_DONE);
    default: mark('e'); return tr_nursery_close(r, &self->nursery);
    }
}

static tr_status ends_after_10ms(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    return self->at++ ? TR_DONE : tr_sleep(r, &self->sleep, 10 * MS);
}

static tr_status starts_from_outside(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        child = (job){.name = 's', .status = &self->starting};
        return tr_start(r, &self->starting, &children[0].nursery, &child.task, ends_after_10ms, start_leaves);
    default: return close_start(r, self);
    }
}

/* Rule 146. */
static void a_pending_start_keeps_the_target_open(void **state) {
    (void)state;
    assert_int_equal(TOGETHER(lends_nursery, starts_from_outside), TR_DONE);
    assert_trace("Ne");
}

/* ---- a target that is cancelled and then shielded ---------------------------------------------------------------- */

static tr_status starts_when_the_storm_is_over(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_scope_enter(r, &self->inner.scope, 0);
        tr_scope_enter(r, &self->scope.scope, TR_SCOPE_SHIELD);
        return tr_sleep(r, &self->sleep, 20 * MS);
    case 1:
        tr_scope_exit(r, &self->scope.scope, mark_woken());
        assert_true(tr_is_cancelled(r));
        tr_started(r, self->status);
        assert_false(tr_is_cancelled(r));
        return tr_checkpoint(r);
    default: return tr_scope_exit(r, &self->inner.scope, mark_woken());
    }
}

static tr_status shields_target(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_scope_enter(r, &self->scope.scope, 0);
        tr_nursery_open(r, &self->nursery, target_leaves);
        other = (job){.name = 'o'};
        start_soon(&self->nursery, &other, starts_under_shield);
        return tr_sleep(r, &self->sleep, 10 * MS);
    case 1:
        tr_cancel(r, &self->scope.scope);
        tr_set_shield(r, &self->nursery.scope, true);
        return tr_nursery_join(r, &self->nursery, TR_DONE);
    default: return tr_scope_exit(r, &self->scope.scope, tr_nursery_close(r, &self->nursery));
    }
}

/* A start once cancelled through its target stays so, but what has moved obeys the target as it is. */
static void after_the_move_the_target_as_it_is_counts(void **state) {
    (void)state;
    shielded_child = starts_when_the_storm_is_over;
    assert_int_equal(run(&(job){.at = 0}, shields_target), TR_DONE);
    assert_trace("dS-d");
}

ON_EACH_CLOCK(the_child_moves_when_it_says_started)
ON_EACH_CLOCK(after_the_move_only_the_target_governs)
ON_EACH_CLOCK(the_callers_cancellation_reaches_the_child)
ON_EACH_CLOCK(cancelling_the_target_cancels_a_pending_start)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_child_moves_when_it_says_started_on_each_clock),
        cmocka_unit_test(after_the_move_only_the_target_governs_on_each_clock),
        cmocka_unit_test(the_callers_cancellation_reaches_the_child_on_each_clock),
        cmocka_unit_test(a_child_that_ends_before_started_is_the_callers),
        cmocka_unit_test(after_started_errors_are_the_targets),
        cmocka_unit_test(started_does_not_move_out_of_a_cancelled_caller),
        cmocka_unit_test(cancelling_the_target_cancels_a_pending_start_on_each_clock),
        cmocka_unit_test(cancelling_the_target_reaches_below_a_pending_start),
        cmocka_unit_test(a_cancelled_child_may_still_start),
        cmocka_unit_test(a_subtree_moves_as_a_whole),
        cmocka_unit_test(started_under_start_soon_does_nothing),
        cmocka_unit_test(a_child_may_start_siblings),
        cmocka_unit_test(a_pending_start_keeps_the_target_open),
        cmocka_unit_test(after_the_move_the_target_as_it_is_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
