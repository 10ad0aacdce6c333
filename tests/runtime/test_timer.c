/* The heap of deadlines, sleeping, and the clock. */
#include "../../runtime/tr_internal.h"
#include "harness.h"

/* ---- the heap ---------------------------------------------------------------------------------------------------- */

#define TIMERS 300

/* A sleeper: the timer's end makes its task ready. */
typedef struct numbered {
    tr_task task;
    tr_timer timer;
    bool armed;
} numbered;

static numbered timers[TIMERS];
static unsigned fired[TIMERS], fired_len;

static void arm(unsigned number, tr_duration after) {
    timers[number] = (numbered){.armed = true};
    timers[number].timer.task = TR_TO(&rt, &timers[number].task);
    tr_timer_arm(&rt, &timers[number].timer, tr_virtual_now + (tr_instant)after);
}

static void disarm(unsigned number) {
    tr_timer_disarm(&rt, &timers[number].timer);
    timers[number].armed = false;
}

static void clear(void) {
    rt = (tr_rt){0};
    rt.last = &rt.ready;
#if !TR_FEW_TASKS
    rt.order = UINT32_MAX - 2;      /* so that the order of arming wraps in each test, too */
#endif
    fired_len = 0;
}

/* Takes those that became ready off the queue. */
static void expire_all(tr_duration after) {
    tr_timers_expire(&rt, tr_virtual_now + (tr_instant)after);
    while (rt.ready) {
        numbered *timer = (numbered *)(void *)TR_AT(&rt, tr_task, rt.ready);
        assert_true(timer->armed);
        assert_int_equal(timer->task.wake, TR_WAKE_SLEPT);
        timer->armed = false;
        fired[fired_len++] = (unsigned)(timer - timers);
        rt.ready = timer->task.in.next;
    }
    rt.last = &rt.ready;
}

static void deadlines_expire_up_to_now_inclusive(void **state) {
    (void)state;
    clear();
    arm(0, 30 * MS);
    arm(1, 10 * MS);
    arm(2, 20 * MS);
    expire_all(10 * MS - 1);
    assert_int_equal(fired_len, 0);
    expire_all(10 * MS);
    assert_int_equal(fired_len, 1);
    assert_int_equal(fired[0], 1);
    expire_all(40 * MS);
    assert_int_equal(fired_len, 3);
    assert_int_equal(fired[1], 2);
    assert_int_equal(fired[2], 0);
    assert_null(rt.timers);
}

static void equal_deadlines_go_in_order_of_arming(void **state) {
    (void)state;
    clear();
    for (unsigned i = 0; i < 9; i++) arm(i, (i % 2 ? 20 : 10) * MS);
    disarm(4);
    expire_all(20 * MS);
    const unsigned expected[] = {0, 2, 6, 8, 1, 3, 5, 7};
    assert_int_equal(fired_len, 8);
    assert_memory_equal(fired, expected, sizeof expected);
}

static void the_first_and_the_last_can_be_taken_out(void **state) {
    (void)state;
    clear();
    arm(0, MS);
    arm(1, 2 * MS);
    disarm(0);
    assert_ptr_equal(TR_AT(&rt, tr_timer, rt.timers), &timers[1].timer);
    disarm(1);
    assert_false(rt.timers);
}

static uint32_t seed;

static uint32_t random_below(uint32_t limit) {
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % limit;
}

/* Any mixture of arming and disarming leaves what sorting would. */
static void random_timers_expire_sorted(void **state) {
    (void)state;
    for (seed = 1; seed < 1000000; seed = seed * 3 + 1) {
        uint32_t round = seed;
        tr_duration after[TIMERS];
        clear();
        for (unsigned i = 0; i < TIMERS; i++) {
            after[i] = (tr_duration)random_below(40) * MS;
            arm(i, after[i]);
            unsigned other = random_below(i + 1);
            if (random_below(3) == 0 && timers[other].armed) disarm(other);
        }
        unsigned armed = 0;
        for (unsigned i = 0; i < TIMERS; i++) armed += timers[i].armed;
        for (int32_t now = 0; now < 40; now++) expire_all(now * MS);
        assert_int_equal(fired_len, armed);
        for (unsigned i = 1; i < fired_len; i++) {
            unsigned a = fired[i - 1], b = fired[i];
            assert_true(after[a] < after[b] || (after[a] == after[b] && a < b));
        }
        seed = round;
    }
}

/* ---- sleeping ---------------------------------------------------------------------------------------------------- */

static tr_status sleeper(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++ == 0) return tr_sleep(r, &self->sleep, self->value * MS);
    assert_int_equal(tr_woken(r), TR_DONE);
    assert_int_equal(tr_uptime(r), self->value * MS);
    mark(self->name);
    return TR_DONE;
}

static tr_status sleepers(tr_rt *r, tr_task *task) {
    static job asleep[5];
    static const int after[] = {30, 10, 20, 10, 20};
    job *self = job_of(task);
    if (self->at++) return tr_nursery_close(r, &self->nursery);
    tr_nursery_open(r, &self->nursery, NULL);
    for (int i = 0; i < 5; i++) {
        asleep[i] = (job){.name = (char)('a' + i), .value = after[i]};
        start_soon(&self->nursery, &asleep[i], sleeper);
    }
    return tr_nursery_join(r, &self->nursery, TR_DONE);
}

/* Rules 56, 57. */
static void sleepers_wake_by_deadline_then_in_order(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, sleepers), TR_DONE);
    assert_trace("bdcea");
}

/* Rule 42: a sleep to a moment that has come takes one turn, sleep(0) too. */
static tr_status late_sleeper(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0: return tr_sleep_until(r, &self->sleep, tr_now(r) - 5 * MS);
    case 1: mark_woken(); return tr_sleep_until(r, &self->sleep, tr_now(r));
    case 2: mark_woken(); return tr_sleep(r, &self->sleep, 0);
    default: mark_woken(); return TR_DONE;
    }
}

static tr_status late_sleeper_with_ticker(tr_rt *r, tr_task *task) {
    static job tick, child;
    job *self = job_of(task);
    if (self->at++) return tr_nursery_close(r, &self->nursery);
    tr_nursery_open(r, &self->nursery, NULL);
    tick = (job){.value = 5};
    child = (job){.at = 0};
    start_soon(&self->nursery, &tick, ticker);
    start_soon(&self->nursery, &child, late_sleeper);
    return tr_nursery_join(r, &self->nursery, TR_DONE);
}

static void a_sleep_that_need_not_wait_takes_one_turn(void **state) {
    (void)state;
    tr_instant before = tr_virtual_now;
    assert_int_equal(run(&(job){.at = 0}, late_sleeper_with_ticker), TR_DONE);
    assert_trace(".d.d.d..");
    assert_int_equal(tr_virtual_now, before);
}

static tr_status busy(tr_rt *r, tr_task *task) {
    (void)task;
    tr_instant before = tr_now(r);
    tr_busy(r, 7 * MS);
    assert_int_equal(tr_now(r) - before, 7 * MS);
    assert_int_equal(tr_uptime(r), 7 * MS);
    tr_busy(r, 0);
    assert_int_equal(tr_uptime(r), 7 * MS);
    return TR_DONE;
}

static void busy_moves_the_clock_without_a_turn(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, busy), TR_DONE);
}

/* A deadline noticed late, because a step took long, wakes its sleeper all the same. */
static tr_status hog(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    mark(self->name);
    if (self->at++) return TR_DONE;
    tr_busy(r, 25 * MS);
    return tr_yield(r);
}

static tr_status oversleeper(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++ == 0) return tr_sleep(r, &self->sleep, 10 * MS);
    mark(self->name);
    assert_int_equal(tr_uptime(r), 25 * MS);
    return TR_DONE;
}

static tr_status late_noticing(tr_rt *r, tr_task *task) {
    static job a, b;
    job *self = job_of(task);
    if (self->at++) return tr_nursery_close(r, &self->nursery);
    tr_nursery_open(r, &self->nursery, NULL);
    a = (job){.name = 's'};
    b = (job){.name = 'h'};
    start_soon(&self->nursery, &a, oversleeper);
    start_soon(&self->nursery, &b, hog);
    return tr_nursery_join(r, &self->nursery, TR_DONE);
}

static void a_late_deadline_is_noticed_in_the_next_pass(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, late_noticing), TR_DONE);
    assert_trace("hhs");
}

/* ---- instants ---------------------------------------------------------------------------------------------------- */

static void instants_compare_across_the_wrap(void **state) {
    (void)state;
    tr_instant now = tr_virtual_now;
    tr_instant later = tr_later(now, 20 * MS);
    assert_true(tr_earlier(now, later));
    assert_false(tr_earlier(later, now));
    assert_false(tr_earlier(now, now));
    assert_true(tr_earlier(now, TR_NEVER));
    assert_false(tr_earlier(TR_NEVER, now));
    assert_false(tr_earlier(TR_NEVER, TR_NEVER));
    assert_true(tr_later(TR_NEVER, 20 * MS) == TR_NEVER);
    assert_true(tr_later(TR_NEVER - 1, 1) == 0);
}

static tr_status asks_the_clock(tr_rt *r, tr_task *task) {
    (void)task;
    assert_true(tr_now(r) != TR_NEVER);
    return TR_DONE;
}

static void now_is_never_never(void **state) {
    (void)state;
    tr_virtual_now = TR_NEVER;
    assert_int_equal(run(&(job){.at = 0}, asks_the_clock), TR_DONE);
}

ON_EACH_CLOCK(deadlines_expire_up_to_now_inclusive)
ON_EACH_CLOCK(equal_deadlines_go_in_order_of_arming)
ON_EACH_CLOCK(random_timers_expire_sorted)
ON_EACH_CLOCK(sleepers_wake_by_deadline_then_in_order)
ON_EACH_CLOCK(a_sleep_that_need_not_wait_takes_one_turn)
ON_EACH_CLOCK(busy_moves_the_clock_without_a_turn)
ON_EACH_CLOCK(a_late_deadline_is_noticed_in_the_next_pass)
ON_EACH_CLOCK(instants_compare_across_the_wrap)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(deadlines_expire_up_to_now_inclusive_on_each_clock),
        cmocka_unit_test(equal_deadlines_go_in_order_of_arming_on_each_clock),
        cmocka_unit_test(the_first_and_the_last_can_be_taken_out),
        cmocka_unit_test(random_timers_expire_sorted_on_each_clock),
        cmocka_unit_test(sleepers_wake_by_deadline_then_in_order_on_each_clock),
        cmocka_unit_test(a_sleep_that_need_not_wait_takes_one_turn_on_each_clock),
        cmocka_unit_test(busy_moves_the_clock_without_a_turn_on_each_clock),
        cmocka_unit_test(a_late_deadline_is_noticed_in_the_next_pass_on_each_clock),
        cmocka_unit_test(instants_compare_across_the_wrap_on_each_clock),
        cmocka_unit_test(now_is_never_never),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
