/* What tests add: shuffled passes, cancellation at a checkpoint, counted promises. Compiled with TR_TEST. */
#define _POSIX_C_SOURCE 200809L
#include "harness.h"

static tr_status run_in(job *main, tr_step step, uint64_t shuffle, uint32_t cancel_at) {
    tr_init(&rt, &main->task, step);
    rt.shuffle = shuffle;
    rt.cancel_at = cancel_at;
    tr_instant at;
    tr_next next;
    while ((next = tr_poll(&rt, tr_virtual_now, &at)) != TR_NEXT_DONE) {
        if (next == TR_NEXT_AT) tr_virtual_now = at;
        else assert_int_equal(next, TR_NEXT_NOW);
    }
    return rt.status;
}

static tr_status marks_once(tr_rt *r, tr_task *task) {
    (void)r;
    mark(job_of(task)->name);
    return TR_DONE;
}

/* The order, in this schedule, of three tasks that are ready together: a number below 27. */
static int order_of_three(uint64_t shuffle) {
    static const tr_step steps[] = {marks_once, marks_once, marks_once};
    memset(children, 0, sizeof children);
    for (int i = 0; i < 3; i++) children[i].name = (char)('a' + i);
    children_count = 3;
    children_steps = steps;
    run_in(&(job){.at = 0}, together, shuffle, 0);
    assert_int_equal(trace_len, 3);
    int order = (trace[0] - 'a') * 9 + (trace[1] - 'a') * 3 + (trace[2] - 'a');
    trace_len = 0;
    return order;
}

static void schedules_differ_and_each_order_comes_up(void **state) {
    (void)state;
    enum { RUNS = 600, ABC = 0 * 9 + 1 * 3 + 2 };
    int seen[27] = {0};
    for (uint64_t seed = 1; seed <= RUNS; seed++) seen[order_of_three(seed * UINT64_C(0x9E3779B97F4A7C15))]++;
    int orders = 0;
    for (int i = 0; i < 27; i++) {
        if (!seen[i]) continue;
        orders++;
        assert_in_range(seen[i], RUNS / 6 - 50, RUNS / 6 + 50);
    }
    assert_int_equal(orders, 6);
    assert_int_equal(order_of_three(0), ABC);
    assert_int_equal(order_of_three(12345), order_of_three(12345));
}

static tr_status three_checkpoints(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at && mark_woken() != TR_DONE) return TR_CANCELLED;
    return self->at++ < 3 ? tr_yield(r) : TR_DONE;
}

static tr_status three_sleeps(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at && mark_woken() != TR_DONE) return TR_CANCELLED;
    return self->at++ < 3 ? tr_sleep(r, &self->sleep, MS) : TR_DONE;
}

static void a_run_is_cancelled_at_the_checkpoint_that_is_asked_for(void **state) {
    (void)state;
    assert_int_equal(run_in(&(job){.at = 0}, three_sleeps, 0, 0), TR_DONE);
    assert_trace("ddd");
    assert_int_equal(rt.points, 3);
    assert_int_equal(run_in(&(job){.at = 0}, three_sleeps, 0, 1), TR_CANCELLED);
    assert_trace("c");
    assert_int_equal(run_in(&(job){.at = 0}, three_sleeps, 0, 3), TR_CANCELLED);
    assert_trace("ddc");
    assert_int_equal(run_in(&(job){.at = 0}, three_sleeps, 0, 4), TR_DONE);
    assert_trace("ddd");
    assert_int_equal(run_in(&(job){.at = 0}, three_checkpoints, 0, 2), TR_DONE);
    assert_trace("ddd");
}

static tr_lock lock;

static tr_status keeps_a_lock(tr_rt *r, tr_task *task) {
    return job_of(task)->at++ ? TR_DONE : tr_lock_acquire(r, &lock, &job_of(task)->wait);
}

static void what_is_left_over_is_counted(void **state) {
    (void)state;
    tr_watched = (tr_watch){0};
    tr_lock_init(&rt, &lock);
    assert_int_equal(TOGETHER(keeps_a_lock), TR_DONE);
    assert_int_equal(tr_watched.locks, 1);
    tr_lock_release(&rt, &lock);
    assert_int_equal(tr_watched.locks, 0);

    tr_channel channel;
    tr_channel_init(&rt, &channel, NULL, 1, 0);
    assert_int_equal(tr_watched.handles, 2);
    tr_sender_close(&rt, tr_sender_clone(&channel));
    tr_sender_close(&rt, NULL);
    assert_int_equal(tr_watched.handles, 2);
    tr_receiver_close(&rt, &channel);
    tr_sender_close(&rt, &channel);
    assert_int_equal(tr_watched.handles, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(schedules_differ_and_each_order_comes_up),
        cmocka_unit_test(a_run_is_cancelled_at_the_checkpoint_that_is_asked_for),
        cmocka_unit_test(what_is_left_over_is_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
