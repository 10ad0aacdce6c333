/* Soft cancellation: what ends at once, what after the grace, and what shields do to it. */
#include "harness.h"

static tr_timed_scope outer, shield;

/* Waits in a soft scope, then outside of it. */
static tr_status listens(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_scope_enter(r, &self->scope.scope, TR_SCOPE_SOFT);
        return tr_sleep_forever(r, &self->wait);
    case 1:
        mark(self->name);
        assert_int_equal(tr_scope_exit(r, &self->scope.scope, mark_woken()), TR_DONE);
        assert_true(tr_cancelled_caught(&self->scope.scope));
        return tr_sleep_forever(r, &self->wait);
    default:
        mark(self->name);
        return mark_woken();
    }
}

/* The same below a nursery and behind a shield. */
static tr_status nests(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++) {
        tr_status status = tr_nursery_close(r, &self->nursery);
        return tr_scope_exit(r, &shield.scope, status);
    }
    tr_scope_enter(r, &shield.scope, TR_SCOPE_SHIELD);
    tr_nursery_open(r, &self->nursery, NULL);
    children[4] = (job){.name = 'n'};
    start_soon(&self->nursery, &children[4], listens);
    return tr_nursery_join(r, &self->nursery, TR_DONE);
}

static tr_status stops(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0: return tr_sleep(r, &self->sleep, 10 * MS);
    case 1:
        tr_stop(r, &outer, 30 * MS);
        tr_stop(r, &outer, 90 * MS);
        assert_true(tr_stopping(&outer.scope));
        assert_true(tr_stopping(r->task->scope));
        assert_false(tr_cancel_called(&outer.scope));
        assert_false(tr_is_cancelled(r));
        mark('s');
        return tr_sleep(r, &self->sleep, 10 * MS);
    case 2:
        mark_woken();
        mark('u');
        tr_set_shield(r, &shield.scope, false);
        return tr_sleep(r, &self->sleep, 10 * MS);
    case 3:
        mark_woken();
        mark('g');
        return tr_sleep(r, &self->sleep, 90 * MS);
    default: return mark_woken();
    }
}

static tr_status surrounds(tr_rt *r, tr_task *task) {
    static const tr_step steps[] = {listens, nests, stops};
    job *self = job_of(task);
    if (self->at++) return tr_timed_scope_exit(r, &outer, tr_nursery_close(r, &self->nursery));
    tr_scope_enter_timed(r, &outer, 0);
    tr_nursery_open(r, &self->nursery, NULL);
    for (int i = 0; i < 3; i++) {
        children[i] = (job){.name = (char)('a' + i)};
        start_soon(&self->nursery, &children[i], steps[i]);
    }
    return tr_nursery_join(r, &self->nursery, TR_DONE);
}

static void soft_scopes_end_first_the_rest_after_the_grace(void **state) {
    (void)state;
    tr_instant start = tr_virtual_now;
    assert_int_equal(run(&(job){.at = 0}, surrounds), TR_DONE);
    assert_trace("sacdunc" "dgacncc");
    assert_true((tr_instant)(tr_virtual_now - start) == 40 * MS);
    assert_true(tr_cancelled_caught(&outer.scope));
}

/* A scope that is entered while its surroundings are stopping. */
static tr_status enters_late(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_scope_enter_timed(r, &outer, 0);
        tr_set_deadline(r, &outer, tr_later(tr_now(r), 5 * MS));
        tr_stop(r, &outer, 30 * MS);
        tr_scope_enter(r, &self->inner.scope, 0);
        tr_scope_enter(r, &self->scope.scope, TR_SCOPE_SOFT);
        return tr_checkpoint(r);
    case 1:
        assert_int_equal(tr_scope_exit(r, &self->scope.scope, mark_woken()), TR_DONE);
        tr_scope_enter(r, &shield.scope, TR_SCOPE_SHIELD);
        tr_scope_enter(r, &self->scope.scope, TR_SCOPE_SOFT);
        assert_false(tr_stopping(&self->scope.scope));
        return tr_checkpoint(r);
    case 2:
        mark_woken();
        tr_scope_exit(r, &self->scope.scope, TR_DONE);
        tr_scope_exit(r, &shield.scope, TR_DONE);
        return tr_sleep(r, &self->sleep, 20 * MS);
    default:
        return tr_timed_scope_exit(r, &outer, tr_scope_exit(r, &self->inner.scope, mark_woken()));
    }
}

static void what_begins_while_stopping_knows_it(void **state) {
    (void)state;
    tr_instant start = tr_virtual_now;
    assert_int_equal(run(&(job){.at = 0}, enters_late), TR_DONE);
    assert_trace("cdc");
    assert_true((tr_instant)(tr_virtual_now - start) == 5 * MS);
}

ON_EACH_CLOCK(soft_scopes_end_first_the_rest_after_the_grace)
ON_EACH_CLOCK(what_begins_while_stopping_knows_it)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(soft_scopes_end_first_the_rest_after_the_grace_on_each_clock),
        cmocka_unit_test(what_begins_while_stopping_knows_it_on_each_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
