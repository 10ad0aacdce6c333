/* Passes, turns and the root of the program. */
#define _POSIX_C_SOURCE 200809L
#include "harness.h"
#include "panics.h"

/* Two jobs each marking at each of `value` turns. */
static tr_status spinner(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    mark(self->name);
    return self->at++ < self->value ? tr_yield(r) : TR_DONE;
}

static job a, b;

static tr_status two_spinners(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_nursery_open(r, &self->nursery, NULL);
        a = (job){.name = 'a', .value = 2};
        b = (job){.name = 'b', .value = 2};
        start_soon(&self->nursery, &a, spinner);
        start_soon(&self->nursery, &b, spinner);
        mark('m');
        return tr_nursery_join(r, &self->nursery, TR_DONE);
    default: mark('e'); return tr_nursery_close(r, &self->nursery);
    }
}

static void each_task_takes_one_step_a_pass_in_order(void **state) {
    (void)state;
    job main = {.at = 0};
    tr_init(&rt, &main.task, two_spinners);
    assert_trace("");
    tr_instant at;
    assert_int_equal(tr_poll(&rt, 0, &at), TR_NEXT_NOW);
    assert_trace("m");
    assert_int_equal(tr_poll(&rt, 0, &at), TR_NEXT_NOW);
    assert_trace("ab");
    assert_int_equal(tr_poll(&rt, 0, &at), TR_NEXT_NOW);
    assert_trace("ab");
    assert_int_equal(tr_poll(&rt, 0, &at), TR_NEXT_NOW);
    assert_trace("ab");
    assert_int_equal(tr_poll(&rt, 0, &at), TR_NEXT_DONE);
    assert_trace("e");
    assert_int_equal(tr_poll(&rt, 0, &at), TR_NEXT_DONE);
    assert_trace("");
    assert_int_equal(rt.status, TR_DONE);
}

static tr_status sleeper(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0: return tr_sleep(r, &self->sleep, 10 * MS);
    case 1: return mark_woken();
    default: return TR_DONE;
    }
}

static void poll_says_when_to_come_back(void **state) {
    (void)state;
    job main = {.at = 0};
    tr_virtual_now = 5;
    tr_init(&rt, &main.task, sleeper);
    tr_instant at = 0;
    assert_int_equal(tr_poll(&rt, 5, &at), TR_NEXT_AT);
    assert_int_equal(at, 5 + 10 * MS);
    assert_int_equal(tr_poll(&rt, 4 + 10 * MS, &at), TR_NEXT_AT);
    assert_trace("");
    assert_int_equal(tr_poll(&rt, 5 + 10 * MS, &at), TR_NEXT_DONE);
    assert_trace("d");
}

static tr_status waits_forever(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    return self->at++ ? mark_woken() : tr_sleep_forever(r, &self->wait);
}

static void the_root_cancels_the_program(void **state) {
    (void)state;
    job main = {.at = 0};
    tr_init(&rt, &main.task, waits_forever);
    tr_instant at;
    assert_int_equal(tr_poll(&rt, 0, &at), TR_NEXT_NEVER);
    tr_cancel(&rt, &rt.root);
    assert_int_equal(tr_poll(&rt, 0, &at), TR_NEXT_DONE);
    assert_trace("c");
    assert_int_equal(rt.status, TR_CANCELLED);
}

static void the_root_may_be_cancelled_before_the_first_pass(void **state) {
    (void)state;
    job main = {.at = 0};
    tr_init(&rt, &main.task, waits_forever);
    tr_cancel(&rt, &rt.root);
    tr_instant at;
    assert_int_equal(tr_poll(&rt, 0, &at), TR_NEXT_NOW);
    assert_trace("");
    assert_int_equal(tr_poll(&rt, 0, &at), TR_NEXT_DONE);
    assert_trace("c");
}

static void run_goes_on_until_main_ends(void **state) {
    (void)state;
    job main = {.at = 0};
    tr_virtual_now = 0;
    tr_init(&rt, &main.task, sleeper);
    assert_int_equal(tr_run(&rt), 0);
    assert_trace("d");
    assert_int_equal(tr_virtual_now, 10 * MS);
}

static int run_a_deadlock(void) {
    static job main;
    tr_init(&rt, &main.task, waits_forever);
    int status = tr_run(&rt);
    _exit(status);
}

static void a_deadlock_is_told(void **state) {
    (void)state;
    assert_panics(run_a_deadlock(), "deadlock: every task is waiting and nothing can wake one\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_task_takes_one_step_a_pass_in_order),
        cmocka_unit_test(poll_says_when_to_come_back),
        cmocka_unit_test(the_root_cancels_the_program),
        cmocka_unit_test(the_root_may_be_cancelled_before_the_first_pass),
        cmocka_unit_test(run_goes_on_until_main_ends),
        cmocka_unit_test(a_deadlock_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
