/* Why scopes were cancelled: the first reason stays. */
#include "harness.h"

static struct { tr_why why; tr_timed_scope of; } outer;
static struct { tr_why why; tr_scope of; } inner;
static struct { tr_why why; tr_nursery of; } nursery;
static const tr_said first = {{"first", 5}, {"a.tr:1", 6}}, second = {{"second", 6}, {"a.tr:2", 6}};

static void assert_why(const tr_scope *scope, tr_reason reason, tr_instant at) {
    assert_int_equal(tr_why_of(scope)->reason, reason);
    assert_true(tr_why_of(scope)->at == at);
}

static tr_status explicit_first(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_scope_enter_after(r, &outer.of, 0, 5 * MS);
        tr_tell(r, &outer.of.scope);
        tr_scope_enter(r, &inner.of, TR_SCOPE_SHIELD);
        tr_tell(r, &inner.of);
        assert_why(&outer.of.scope, TR_REASON_NONE, TR_NEVER);
        tr_cancel_saying(r, &outer.of.scope, &first);
        tr_cancel_saying(r, &outer.of.scope, &second);
        assert_why(&outer.of.scope, TR_REASON_EXPLICIT, tr_virtual_now);
        assert_why(&inner.of, TR_REASON_NONE, TR_NEVER);
        return tr_sleep(r, &self->sleep, 10 * MS);
    case 1:
        mark_woken();
        assert_why(&outer.of.scope, TR_REASON_EXPLICIT, tr_virtual_now - 10 * MS);
        assert_true(tr_str_eq(tr_said_of(&outer.of.scope).text, first.text));
        tr_set_shield(r, &inner.of, false);
        assert_why(&inner.of, TR_REASON_PARENT, tr_virtual_now);
        tr_cancel_saying(r, &inner.of, &second);
        assert_why(&inner.of, TR_REASON_PARENT, tr_virtual_now);
        return tr_checkpoint(r);
    default: return tr_timed_scope_exit(r, &outer.of, tr_scope_exit(r, &inner.of, mark_woken()));
    }
}

static void the_first_reason_stays(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, explicit_first), TR_DONE);
    assert_trace("dc");
    tr_cancel_saying(&rt, &inner.of, &first);
    assert_null(inner.why.said);
}

static tr_status fails(tr_rt *r, tr_task *task) {
    (void)r;
    nursery_of(task)->leaf_count++;
    return TR_RAISED;
}

static tr_status has_a_failing_child(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++) {
        assert_why(&nursery.of.scope, TR_REASON_CHILD_ERROR, tr_virtual_now);
        return tr_nursery_close(r, &nursery.of);
    }
    static job child;
    tr_nursery_open(r, &nursery.of, NULL);
    tr_tell(r, &nursery.of.scope);
    child = (job){.at = 0};
    start_soon(&nursery.of, &child, fails);
    return tr_nursery_join(r, &nursery.of, TR_DONE);
}

static void a_childs_error_is_a_reason(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, has_a_failing_child), TR_RAISED);
}

static tr_status stops_with_a_grace(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_scope_enter_timed(r, &outer.of, 0);
        tr_tell(r, &outer.of.scope);
        tr_stop_saying(r, &outer.of, self->value * MS, &first);
        tr_scope_enter_after(r, &self->inner, 0, 5 * MS);
        return tr_sleep_forever(r, &self->wait);
    case 1:
        tr_timed_scope_exit(r, &self->inner, mark_woken());
        assert_why(&outer.of.scope, TR_REASON_NONE, TR_NEVER);
        return tr_sleep_forever(r, &self->wait);
    default:
        assert_why(&outer.of.scope, TR_REASON_EXPLICIT, tr_virtual_now);
        assert_true(tr_str_eq(tr_said_of(&outer.of.scope).where, first.where));
        return tr_timed_scope_exit(r, &outer.of, mark_woken());
    }
}

static void a_grace_keeps_what_was_said(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.value = 20}, stops_with_a_grace), TR_DONE);
    assert_trace("cc");
}

static tr_status enters_too_late(tr_rt *r, tr_task *task) {
    (void)task;
    tr_scope_enter_at(r, &outer.of, 0, tr_virtual_now);
    tr_tell(r, &outer.of.scope);
    assert_why(&outer.of.scope, TR_REASON_DEADLINE, tr_virtual_now);
    tr_scope_enter(r, &inner.of, 0);
    tr_tell(r, &inner.of);
    assert_why(&inner.of, TR_REASON_PARENT, tr_virtual_now);
    tr_scope_exit(r, &inner.of, TR_DONE);
    return tr_timed_scope_exit(r, &outer.of, TR_DONE);
}

static void what_is_entered_too_late_knows_it(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, enters_too_late), TR_DONE);
}

ON_EACH_CLOCK(the_first_reason_stays)
ON_EACH_CLOCK(a_childs_error_is_a_reason)
ON_EACH_CLOCK(a_grace_keeps_what_was_said)
ON_EACH_CLOCK(what_is_entered_too_late_knows_it)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_reason_stays_on_each_clock),
        cmocka_unit_test(a_childs_error_is_a_reason_on_each_clock),
        cmocka_unit_test(a_grace_keeps_what_was_said_on_each_clock),
        cmocka_unit_test(what_is_entered_too_late_knows_it_on_each_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
