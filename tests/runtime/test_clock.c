/* The clock's range: what wraps, what does not, and how far ahead a deadline may lie. */
#include "harness.h"
#include "panics.h"

#define NANOSECONDS 1000000000u

/* 64-bit clocks do not get this far; what begins near the end of their range goes on over it. */
static const tr_instant starts[] = {0, 1, TR_NEVER / 2, TR_NEVER - 7};
#define EACH_START(i) for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)

static tr_status nothing(tr_rt *r, tr_task *task) {
    (void)r;
    (void)task;
    return TR_DONE;
}

/* A program that began at `start`. */
static void begin(tr_instant start) {
    static tr_task task;
    tr_virtual_now = start;
    tr_init(&rt, &task, nothing);
}

/* Turns the clock by a part of its range, as far as it may go between two polls, and polls. */
static void turn(tr_instant ticks) {
    tr_instant at;
    tr_virtual_now += ticks;
    tr_poll(&rt, tr_virtual_now, &at);
}

#if TR_TICK_BITS == 32
static void uptime64_does_not_wrap(void **state) {
    (void)state;
    EACH_START(i) {
        begin(starts[i]);
        uint64_t ticks = 0;
        for (unsigned n = 0; n < 40; n++) {
            tr_instant step = n % 2 ? TR_NEVER / 2 : 123456789;
            turn(step);
            ticks += step;
            assert_true(tr_uptime64(&rt) == ticks * (NANOSECONDS / TR_TICKS_PER_SECOND));
            assert_true(tr_uptime(&rt) == (tr_duration)(tr_instant)ticks);
        }
    }
}

static void uptime64_needs_no_poll_within_half_the_range(void **state) {
    (void)state;
    EACH_START(i) {
        begin(starts[i]);
        tr_virtual_now += TR_NEVER / 2;
        assert_true(tr_uptime64(&rt) == (uint64_t)(TR_NEVER / 2) * (NANOSECONDS / TR_TICKS_PER_SECOND));
        tr_virtual_now += TR_NEVER / 2;
        assert_true(tr_uptime64(&rt) == (uint64_t)(TR_NEVER - 1) * (NANOSECONDS / TR_TICKS_PER_SECOND));
    }
}

static void an_instant_may_lie_so_far_ahead_and_no_further(void **state) {
    (void)state;
    EACH_START(i) {
        begin(starts[i]);
        tr_instant now = tr_now(&rt), far = tr_later_checked(now, TR_FAR, "a.tr", 7);
        assert_true(tr_before(now, far));
        assert_true(tr_later_checked(far, -TR_FAR, "a.tr", 7) - now <= 1);
        assert_panics(tr_later_checked(now, TR_FAR + 2, "a.tr", 7),
                      "a.tr:7: panic: an instant further ahead than half the clock's range\n");
        assert_panics(tr_later_checked(far, 2, "a.tr", 7),
                      "a.tr:7: panic: an instant further ahead than half the clock's range\n");
        tr_virtual_now += 1000;
        assert_true(tr_before(far, tr_later_checked(far, 500, "a.tr", 7)));
        assert_true(tr_later_checked(TR_NEVER, 1, "a.tr", 7) == TR_NEVER);
    }
}
/* A deadline that was set to the remotest past, then a short sleep, then the furthest: in their order. */
static tr_status sleeper(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++ == 0) return tr_sleep(r, &self->sleep, self->name == 'b' ? TR_FAR : 5 * MS);
    mark(self->name);
    return TR_DONE;
}

static tr_status long_gone(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_scope_enter_timed(r, &self->scope, 0);
        tr_set_deadline(r, &self->scope, tr_now(r) - (tr_instant)TR_FAR);
        return tr_sleep(r, &self->sleep, 50 * MS);
    default:
        mark_woken();
        return tr_timed_scope_exit(r, &self->scope, TR_CANCELLED);
    }
}

static void the_furthest_and_the_remotest_keep_their_order(void **state) {
    (void)state;
    EACH_START(i) {
        tr_virtual_now = starts[i];
        assert_int_equal(TOGETHER(long_gone, sleeper, sleeper), TR_DONE);
        assert_trace("ccb");
    }
}
#else
static void uptime64_is_uptime(void **state) {
    (void)state;
    EACH_START(i) {
        begin(starts[i]);
        turn(1500 * MS);
        assert_true(tr_uptime64(&rt) == 1500u * 1000000u);
    }
}
#endif

int main(void) {
    const struct CMUnitTest tests[] = {
#if TR_TICK_BITS == 32
        cmocka_unit_test(uptime64_does_not_wrap),
        cmocka_unit_test(uptime64_needs_no_poll_within_half_the_range),
        cmocka_unit_test(an_instant_may_lie_so_far_ahead_and_no_further),
        cmocka_unit_test(the_furthest_and_the_remotest_keep_their_order),
#else
        cmocka_unit_test(uptime64_is_uptime),
#endif
    };
    return cmocka_run_group_tests_name("the clock's range", tests, NULL, NULL);
}
