/* Nurseries: joining, failing, cancelling, and their slots. */
#include "harness.h"

/* Errors are put down as letters. */
static char leaves[8];

/* What a generated task step does when its function has raised. */
static tr_status raise_leaf(job *self) {
    tr_nursery *nursery = nursery_of(&self->task);
    ((char *)nursery->leaves)[nursery->leaf_count++] = self->name;
    return TR_RAISED;
}

static void assert_leaves(const tr_nursery *nursery, const char *expected) {
    assert_int_equal(nursery->leaf_count, strlen(expected));
    assert_memory_equal(nursery->leaves, expected, strlen(expected));
}

static tr_status waits(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++ == 0) return tr_sleep_forever(r, &self->wait);
    mark(self->name);
    return mark_woken();
}

static tr_status ends(tr_rt *r, tr_task *task) {
    (void)r;
    mark(job_of(task)->name);
    return TR_DONE;
}

static tr_status raises(tr_rt *r, tr_task *task) {
    (void)r;
    mark(job_of(task)->name);
    return raise_leaf(job_of(task));
}

static tr_status sleeps_then_raises(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++ == 0) return tr_sleep(r, &self->sleep, self->value * MS);
    mark(self->name);
    return mark_woken() == TR_DONE ? raise_leaf(self) : tr_woken(r);
}

/* Cleans up under a shield for 20 ms when cancelled, then raises. */
static tr_status raises_in_cleanup(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0: return tr_sleep_forever(r, &self->wait);
    case 1:
        mark_woken();
        tr_scope_enter(r, &self->scope.scope, TR_SCOPE_SHIELD);
        return tr_sleep(r, &self->sleep, 20 * MS);
    default:
        mark_woken();
        tr_scope_exit(r, &self->scope.scope, TR_DONE);
        return raise_leaf(self);
    }
}

static job child[4];

static job *fresh(int i, char name, int value) {
    child[i] = (job){.name = name, .value = value};
    return &child[i];
}

/* ---- joining ----------------------------------------------------------------------------------------------------- */

static tr_status empty(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_scope_enter(r, &self->scope.scope, 0);
        tr_cancel(r, &self->scope.scope);
        tr_nursery_open(r, &self->nursery, NULL);
        return tr_nursery_join(r, &self->nursery, TR_DONE);
    default:
        mark_woken();
        assert_int_equal(tr_nursery_close(r, &self->nursery), TR_DONE);
        assert_false(tr_cancelled_caught(&self->nursery.scope));
        return tr_scope_exit(r, &self->scope.scope, TR_DONE);
    }
}

/* Rules 44, 129: one turn, and no cancel point. */
static void leaving_an_empty_nursery_takes_one_turn(void **state) {
    (void)state;
    assert_int_equal(TOGETHER(ticker, empty), TR_DONE);
    assert_trace(".d.......");
}

static tr_status outlives(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0: return tr_sleep(r, &self->sleep, 10 * MS);
    default:
        mark(self->name);
        start_soon(nursery_of(&self->task), fresh(1, 'b', 0), ends);
        return TR_DONE;
    }
}

static tr_status joins(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_nursery_open(r, &self->nursery, NULL);
        start_soon(&self->nursery, fresh(0, 'a', 0), outlives);
        return tr_nursery_join(r, &self->nursery, TR_DONE);
    default: mark('e'); return tr_nursery_close(r, &self->nursery);
    }
}

/* Rules 116, 117. */
static void the_join_waits_for_late_children_too(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, joins), TR_DONE);
    assert_trace("abe");
}

/* ---- failing ----------------------------------------------------------------------------------------------------- */

static tr_status first_failure(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_nursery_open(r, &self->nursery, leaves);
        start_soon(&self->nursery, fresh(0, 'a', 0), waits);
        start_soon(&self->nursery, fresh(1, 'b', 10), sleeps_then_raises);
        start_soon(&self->nursery, fresh(2, 'c', 10), sleeps_then_raises);
        start_soon(&self->nursery, fresh(3, 'd', 20), sleeps_then_raises);
        return tr_nursery_join(r, &self->nursery, TR_DONE);
    default:
        assert_int_equal(tr_nursery_close(r, &self->nursery), TR_RAISED);
        assert_leaves(&self->nursery, "b");
        assert_true(tr_cancelled_caught(&self->nursery.scope));
        return TR_DONE;
    }
}

/* Rules 120, 123, 125. c was ready when b failed, so it is cancelled; a and d were blocked. */
static void the_first_failure_cancels_the_rest(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, first_failure), TR_DONE);
    assert_trace("bdccacdc");
}

static tr_status all_fail(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_nursery_open(r, &self->nursery, leaves);
        start_soon(&self->nursery, fresh(0, 'a', 0), raises_in_cleanup);
        start_soon(&self->nursery, fresh(1, 'b', 0), raises);
        start_soon(&self->nursery, fresh(2, 'c', 0), raises);
        ((char *)self->nursery.leaves)[self->nursery.leaf_count++] = 'B';
        return tr_nursery_join(r, &self->nursery, TR_RAISED);
    default:
        assert_int_equal(tr_uptime(r), 20 * MS);
        assert_int_equal(tr_nursery_close(r, &self->nursery), TR_RAISED);
        assert_leaves(&self->nursery, "Bbca");
        return TR_DONE;
    }
}

/* Rules 85, 122, 124, 134, 154: in the order of arriving, the body's among them, and not before all have ended. a is
   cancelled at its first checkpoint, since the body failed before it began. */
static void errors_arrive_in_order_after_all_have_ended(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, all_fail), TR_DONE);
    assert_trace("bccd");
}

/* ---- cancelling -------------------------------------------------------------------------------------------------- */

static tr_status cancels_itself(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_nursery_open(r, &self->nursery, NULL);
        start_soon(&self->nursery, fresh(0, 'a', 0), waits);
        tr_cancel(r, &self->nursery.scope);
        mark('1');
        start_soon(&self->nursery, fresh(1, 'b', 0), ends);
        return tr_nursery_join(r, &self->nursery, TR_DONE);
    default:
        assert_int_equal(tr_nursery_close(r, &self->nursery), TR_DONE);
        assert_true(tr_cancelled_caught(&self->nursery.scope));
        return TR_DONE;
    }
}

/* Rules 115, 133: children of a cancelled nursery run up to their first checkpoint. */
static void a_cancelled_nursery_absorbs_its_children(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, cancels_itself), TR_DONE);
    assert_trace("1bac");
}

static tr_status no_child_notices(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_nursery_open(r, &self->nursery, NULL);
        start_soon(&self->nursery, fresh(0, 'a', 0), ends);
        tr_cancel(r, &self->nursery.scope);
        return tr_nursery_join(r, &self->nursery, TR_DONE);
    default:
        assert_int_equal(tr_nursery_close(r, &self->nursery), TR_DONE);
        assert_false(tr_cancelled_caught(&self->nursery.scope));
        return TR_DONE;
    }
}

/* Rules 130, 131. */
static void nothing_is_caught_if_nobody_was_cancelled(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, no_child_notices), TR_DONE);
    assert_trace("a");
}

static tr_status outer_deadline(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_scope_enter_after(r, &self->scope, 0, 10 * MS);
        tr_nursery_open(r, &self->nursery, leaves);
        start_soon(&self->nursery, fresh(0, 'a', 0), waits);
        start_soon(&self->nursery, fresh(1, 'b', 0), raises_in_cleanup);
        return tr_nursery_join(r, &self->nursery, TR_DONE);
    default: {
        tr_status status = tr_nursery_close(r, &self->nursery);
        assert_int_equal(status, TR_RAISED | TR_CANCELLED);
        assert_true(tr_cancel_called(&self->nursery.scope));
        assert_false(tr_cancelled_caught(&self->nursery.scope));
        assert_int_equal(tr_timed_scope_exit(r, &self->scope, status), TR_RAISED);
        assert_true(tr_cancelled_caught(&self->scope.scope));
        return TR_DONE;
    }
    }
}

/* Rules 121, 126, 156: the nursery passes on what an outer scope cancelled, with the errors. */
static void an_outer_cancellation_goes_through(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, outer_deadline), TR_DONE);
    assert_trace("accd");
}

/* Two nested nurseries: of the inner one's children one fails, the outer one's go on. */
static tr_status nested(tr_rt *r, tr_task *task) {
    static tr_nursery inner;
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_nursery_open(r, &self->nursery, leaves);
        start_soon(&self->nursery, fresh(0, 'a', 20), sleeps_then_raises);
        tr_nursery_open(r, &inner, leaves);
        start_soon(&inner, fresh(1, 'b', 10), sleeps_then_raises);
        start_soon(&inner, fresh(2, 'c', 0), waits);
        return tr_nursery_join(r, &inner, TR_DONE);
    case 1:
        mark('i');
        assert_int_equal(tr_nursery_close(r, &inner), TR_RAISED);
        return tr_nursery_join(r, &self->nursery, TR_DONE);
    default:
        assert_int_equal(tr_nursery_close(r, &self->nursery), TR_RAISED);
        return TR_DONE;
    }
}

static void a_failure_stays_in_its_nursery(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, nested), TR_DONE);
    assert_trace("bdcciad");
}

/* The same with the outer nursery cancelled: its own child comes first, then the inner one's, in order of starting. */
static tr_status cancels_nested(tr_rt *r, tr_task *task) {
    static tr_nursery inner;
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_nursery_open(r, &self->nursery, NULL);
        tr_nursery_open(r, &inner, NULL);
        start_soon(&inner, fresh(1, 'b', 0), waits);
        start_soon(&self->nursery, fresh(0, 'a', 0), waits);
        start_soon(&inner, fresh(2, 'c', 0), waits);
        return tr_yield(r);
    case 1: tr_cancel(r, &self->nursery.scope); return tr_nursery_join(r, &inner, TR_DONE);
    case 2: return tr_nursery_join(r, &self->nursery, tr_nursery_close(r, &inner));
    default: return tr_nursery_close(r, &self->nursery);
    }
}

static void outer_children_are_told_before_inner_ones(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, cancels_nested), TR_DONE);
    assert_trace("acbccc");
}

/* ---- slots ------------------------------------------------------------------------------------------------------- */

static tr_status uses_slots(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        memset(child, 0xff, sizeof child);
        tr_slots_init(child, sizeof *child, 3);
        tr_nursery_open(r, &self->nursery, leaves);
        assert_ptr_equal(tr_slot_find(child, sizeof *child, 3), &child[0]);
        start_soon(&self->nursery, fresh(0, 'a', 0), ends);
        assert_ptr_equal(tr_slot_find(child, sizeof *child, 3), &child[1]);
        start_soon(&self->nursery, fresh(1, 'b', 0), raises_in_cleanup);
        start_soon(&self->nursery, fresh(2, 'c', 0), waits);
        assert_null(tr_slot_find(child, sizeof *child, 3));
        return tr_yield(r);
    case 1:
        assert_ptr_equal(tr_slot_find(child, sizeof *child, 3), &child[0]);
        tr_cancel(r, &self->nursery.scope);
        return tr_nursery_join(r, &self->nursery, TR_DONE);
    default:
        assert_int_equal(tr_nursery_close(r, &self->nursery), TR_RAISED);
        assert_non_null(child[1].task.step);
        assert_null(child[2].task.step);
        return TR_DONE;
    }
}

static void a_slot_is_free_again_unless_its_child_raised(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, uses_slots), TR_DONE);
    assert_trace("acccd");
}

/* ---- lent -------------------------------------------------------------------------------------------------------- */

static tr_lent_nursery lent;

static tr_timed_scope *lent_scope(void) { return TR_TIMED(&lent.nursery.scope); }

static tr_status lends(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_slots_init(child, sizeof *child, 1);
        tr_lent_nursery_open(r, &lent, leaves, child, sizeof *child, 1);
        assert_ptr_equal(tr_lent_slot_find(&lent.nursery), &child[0]);
        start_soon(&lent.nursery, fresh(0, 'a', 0), waits);
        assert_null(tr_lent_slot_find(&lent.nursery));
        assert_true(tr_deadline(lent_scope()) == TR_NEVER);
        tr_set_deadline(r, lent_scope(), tr_later(tr_now(r), 10 * MS));
        assert_true(tr_effective_deadline(r) == tr_deadline(lent_scope()));
        return tr_nursery_join(r, &lent.nursery, TR_DONE);
    default:
        assert_int_equal(tr_uptime(r), 10 * MS);
        assert_ptr_equal(tr_lent_slot_find(&lent.nursery), &child[0]);
        assert_int_equal(tr_lent_nursery_close(r, &lent), TR_DONE);
        assert_true(tr_cancelled_caught(&lent.nursery.scope));
        return TR_DONE;
    }
}

static tr_status closes_in_time(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_lent_nursery_open(r, &lent, NULL, NULL, 0, 0);
        assert_null(tr_lent_slot_find(&lent.nursery));
        tr_set_deadline(r, lent_scope(), tr_later(tr_now(r), 10 * MS));
        return tr_nursery_join(r, &lent.nursery, TR_DONE);
    default: return tr_lent_nursery_close(r, &lent);
    }
}

static void a_lent_nursery_has_slots_and_a_deadline(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, lends), TR_DONE);
    assert_trace("ac");
    assert_int_equal(run(&(job){.at = 0}, closes_in_time), TR_DONE);
}

ON_EACH_CLOCK(a_lent_nursery_has_slots_and_a_deadline)
ON_EACH_CLOCK(the_join_waits_for_late_children_too)
ON_EACH_CLOCK(the_first_failure_cancels_the_rest)
ON_EACH_CLOCK(errors_arrive_in_order_after_all_have_ended)
ON_EACH_CLOCK(an_outer_cancellation_goes_through)

/* Two that end in one pass, one that ends later, and one that cannot end by itself. */
static tr_status ends_in_a_race(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++ == 0) return tr_sleep(r, &self->sleep, self->value * MS);
    mark(self->name);
    return tr_race_step(r, task, mark_woken());
}

static tr_status waits_in_a_race(tr_rt *r, tr_task *task) { return tr_race_step(r, task, waits(r, task)); }

static tr_status races(tr_rt *r, tr_task *task) {
    static const tr_duration times[] = {20, 10, 10};
    job *self = job_of(task);
    if (self->at++) {
        mark('|');
        return tr_nursery_close(r, &self->nursery);
    }
    tr_nursery_open(r, &self->nursery, leaves);
    for (int i = 1; i < 4; i++) {
        children[i] = (job){.name = (char)('a' + i), .value = (int)times[i - 1]};
        start_soon(&self->nursery, &children[i], ends_in_a_race);
    }
    children[4] = (job){.name = 'e'};
    start_soon(&self->nursery, &children[4], waits_in_a_race);
    return tr_nursery_join(r, &self->nursery, TR_DONE);
}

/* The second of the two is cancelled in its turn, as a sleep that ran out can be. */
static void the_first_to_end_well_wins_a_race(void **state) {
    (void)state;
    children[0] = (job){.at = 0};
    assert_int_equal(run(&children[0], races), TR_DONE);
    assert_trace("cddcbcec|");
    assert_false(tr_has_won(&children[1].task));
    assert_true(tr_has_won(&children[2].task));
    assert_false(tr_has_won(&children[3].task));
    assert_false(tr_has_won(&children[4].task));
}

static tr_status raises_in_a_race(tr_rt *r, tr_task *task) {
    return tr_race_step(r, task, sleeps_then_raises(r, task));
}

static tr_status ends_cancelled_or_not(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++ == 0) return tr_sleep(r, &self->sleep, self->value * MS);
    mark_woken();
    return tr_race_step(r, task, TR_DONE);
}

static tr_status race_with_an_error(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++) {
        assert_leaves(&self->nursery, "b");
        return tr_nursery_close(r, &self->nursery);
    }
    tr_nursery_open(r, &self->nursery, leaves);
    children[1] = (job){.name = 'b', .value = 5};
    children[2] = (job){.name = 'c', .value = 10};
    start_soon(&self->nursery, &children[1], raises_in_a_race);
    start_soon(&self->nursery, &children[2], ends_cancelled_or_not);
    return tr_nursery_join(r, &self->nursery, TR_DONE);
}

/* Who ends well after an error has cancelled the rest wins nothing. */
static void an_error_ends_a_race_without_a_winner(void **state) {
    (void)state;
    children[0] = (job){.at = 0};
    assert_int_equal(run(&children[0], race_with_an_error), TR_RAISED);
    assert_trace("bdc");
    assert_false(tr_has_won(&children[1].task));
    assert_false(tr_has_won(&children[2].task));
}

ON_EACH_CLOCK(the_first_to_end_well_wins_a_race)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leaving_an_empty_nursery_takes_one_turn),
        cmocka_unit_test(the_join_waits_for_late_children_too_on_each_clock),
        cmocka_unit_test(the_first_failure_cancels_the_rest_on_each_clock),
        cmocka_unit_test(errors_arrive_in_order_after_all_have_ended_on_each_clock),
        cmocka_unit_test(a_cancelled_nursery_absorbs_its_children),
        cmocka_unit_test(nothing_is_caught_if_nobody_was_cancelled),
        cmocka_unit_test(an_outer_cancellation_goes_through_on_each_clock),
        cmocka_unit_test(a_failure_stays_in_its_nursery),
        cmocka_unit_test(outer_children_are_told_before_inner_ones),
        cmocka_unit_test(a_slot_is_free_again_unless_its_child_raised),
        cmocka_unit_test(a_lent_nursery_has_slots_and_a_deadline_on_each_clock),
        cmocka_unit_test(the_first_to_end_well_wins_a_race_on_each_clock),
        cmocka_unit_test(an_error_ends_a_race_without_a_winner),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
