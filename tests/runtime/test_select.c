/* Select: one of several operations takes effect, in the order of arms and of arrival, and the others leave no trace. */
#include "harness.h"

static tr_channel left, right;
static uint8_t left_buffer[2], right_buffer[2];
static tr_event event;
static tr_lock lock;
static tr_semaphore semaphore;

static void open_all(size_t capacity) {
    tr_channel_init(&rt, &left, left_buffer, 1, capacity);
    tr_channel_init(&rt, &right, right_buffer, 1, capacity);
    tr_event_init(&rt, &event);
    tr_lock_init(&rt, &lock);
    tr_semaphore_init(&rt, &semaphore, 0, INT32_MAX);
    memset(children, 0, sizeof children);
}

static bool has(const tr_channel *channel, uint16_t senders, uint16_t receivers) {
    tr_channel_stats stats = tr_channel_statistics(&rt, channel);
    return stats.waiting_senders == senders && stats.waiting_receivers == receivers;
}

/* ---- who chooses ------------------------------------------------------------------------------------------------- */

typedef struct choosing {
    tr_timed_select select;
    tr_channel_wait items[4];
    tr_wait waits[4];
    tr_arm arms[6];
    uint8_t count;
    char given, got;
    tr_duration after;
    tr_instant at;
} choosing;

static choosing choosings[6];

static choosing *choice(int who) {
    choosings[who] = (choosing){.got = '-'};
    return &choosings[who];
}

/* Arms for times come last in these tests: so numbers and places agree. */
static void add_arm(choosing *c, tr_arm_kind kind, void *object, void *item, tr_wait *wait) {
    c->arms[c->count] = (tr_arm){.kind = (uint8_t)kind, .number = c->count, .object = object, .item = item, .wait = wait};
    c->count++;
}

static void or_receive(choosing *c, tr_channel *from) {
    add_arm(c, TR_ARM_RECEIVE, from, &c->got, &c->items[c->count].wait);
}

static void or_send(choosing *c, tr_channel *to, char item) {
    c->given = item;
    add_arm(c, TR_ARM_SEND, to, &c->given, &c->items[c->count].wait);
}

static void or_wait(choosing *c, tr_arm_kind kind, void *object) {
    add_arm(c, kind, object, NULL, &c->waits[c->count]);
}

static void or_after(choosing *c, tr_duration after) {
    c->after = after;
    add_arm(c, TR_ARM_AFTER, &c->after, NULL, NULL);
}

static void or_at(choosing *c, tr_instant at) {
    c->at = at;
    add_arm(c, TR_ARM_AT, &c->at, NULL, NULL);
}

/* Marks how it ended and, unless it was cancelled, the number of the arm that won. */
static tr_status chooses(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    choosing *c = &choosings[self->name - 'a'];
    tr_status status = tr_woken(r);
    if (self->at++ == 0) {
        status = tr_select_begin(r, &c->select.select, c->arms, c->count);
        if (status == TR_PENDING) return status;
        assert_int_equal(status, TR_RAISED);
        mark('!');
    }
    if (status == TR_CANCELLED) {
        mark('c');
        return status;
    }
    mark(status == TR_RAISED ? 'r' : 'd');
    mark((char)('0' + tr_select_won(&rt, &c->select.select)));
    return TR_DONE;
}

/* ---- ready at once ----------------------------------------------------------------------------------------------- */

static void the_first_arm_that_is_ready_wins(void **state) {
    (void)state;
    open_all(1);
    assert_int_equal(tr_send_nowait(&rt, &right, "x"), TR_TRY_DONE);
    tr_event_set(&rt, &event);
    choosing *c = choice(0);
    or_receive(c, &left);
    or_receive(c, &right);
    or_wait(c, TR_ARM_EVENT, &event);
    or_after(c, 0);
    assert_int_equal(TOGETHER(chooses, ticker), TR_DONE);
    assert_trace("d1........");
    assert_int_equal(c->got, 'x');
    assert_int_equal(right.used, 0);
}

static void each_kind_can_be_ready(void **state) {
    (void)state;
    open_all(1);
    tr_semaphore_release(&rt, &semaphore);
    or_send(choice(0), &left, 'x');
    or_wait(choice(1), TR_ARM_LOCK, &lock);
    or_wait(choice(2), TR_ARM_SEMAPHORE, &semaphore);
    or_after(choice(3), -5 * (tr_duration)MS);
    or_at(choice(4), tr_virtual_now);
    add_arm(choice(5), TR_ARM_ELSE, &choosings[5], NULL, NULL);
    assert_int_equal(TOGETHER(chooses, chooses, chooses, chooses, chooses, chooses), TR_DONE);
    assert_trace("d0d0d0d0d0d0");
    assert_int_equal(left.used, 1);
    assert_ptr_equal(lock.owner, &children[1].task);
    assert_int_equal(semaphore.value, 0);
}

static void an_arm_that_is_left_out_is_not_tried(void **state) {
    (void)state;
    open_all(1);
    assert_int_equal(tr_send_nowait(&rt, &left, "x"), TR_TRY_DONE);
    choosing *c = choice(0);
    or_receive(c, NULL);
    or_wait(c, TR_ARM_EVENT, &event);
    or_after(c, 20 * MS);
    c->arms[c->count++] = (tr_arm){.kind = TR_ARM_AT, .number = 3};
    assert_int_equal(TOGETHER(chooses), TR_DONE);
    assert_trace("d2");
    assert_int_equal(left.used, 1);
}

static void one_that_has_ended_raises_at_once(void **state) {
    (void)state;
    open_all(0);
    tr_sender_close(&rt, &right);
    choosing *c = choice(0);
    or_receive(c, &left);
    or_receive(c, &right);
    add_arm(c, TR_ARM_ELSE, c, NULL, NULL);
    assert_int_equal(TOGETHER(chooses), TR_DONE);
    assert_trace("!r1");
}

/* ---- waiting ----------------------------------------------------------------------------------------------------- */

/* What `acts` does at 10 ms. */
enum { SENDS_RIGHT, SETS, CLOSES_LEFT, CANCELS_FIRST, SENDS_AND_CANCELS, RECEIVES_LEFT };
static int action;

static void expect_empty(void) {
    assert_true(has(&left, 0, 0) && has(&right, 0, 0));
    assert_ptr_equal(event.waiting.next, &event.waiting);
    assert_ptr_equal(lock.waiting.next, &lock.waiting);
    assert_ptr_equal(semaphore.waiting.next, &semaphore.waiting);
    assert_null(rt.timers);
}

static tr_status acts(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    char item;
    if (self->at++ == 0) return tr_sleep(r, &self->sleep, 10 * MS);
    switch (action) {
    case SENDS_RIGHT: assert_int_equal(tr_send_nowait(r, &right, "y"), TR_TRY_DONE); break;
    case SETS: tr_event_set(r, &event); break;
    case CLOSES_LEFT: tr_sender_close(r, &left); break;
    case SENDS_AND_CANCELS: assert_int_equal(tr_send_nowait(r, &right, "y"), TR_TRY_DONE); /* fall through */
    case CANCELS_FIRST: tr_cancel(r, &children[0].nursery.scope); break;
    case RECEIVES_LEFT:
        assert_int_equal(tr_receive_nowait(r, &left, &item), TR_TRY_DONE);
        mark(item);
        break;
    }
    mark('|');
    return TR_DONE;
}

static choosing *wait_for_all(int who) {
    choosing *c = choice(who);
    or_receive(c, &left);
    or_receive(c, &right);
    or_wait(c, TR_ARM_EVENT, &event);
    or_wait(c, TR_ARM_SEMAPHORE, &semaphore);
    or_after(c, 30 * MS);
    return c;
}

static void who_is_served_leaves_all_other_queues(void **state) {
    (void)state;
    static const struct { int action; const char *trace; } cases[] = {
        {SENDS_RIGHT, "|d1"}, {SETS, "|d2"}, {CLOSES_LEFT, "|r0"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        open_all(1);
        wait_for_all(0);
        action = cases[i].action;
        assert_int_equal(TOGETHER(chooses, acts), TR_DONE);
        assert_trace(cases[i].trace);
        expect_empty();
    }
}

static void time_wins_when_nothing_else_does(void **state) {
    (void)state;
    open_all(1);
    or_at(wait_for_all(0), tr_virtual_now + 5 * MS);
    action = SENDS_RIGHT;
    assert_int_equal(TOGETHER(chooses, acts), TR_DONE);
    assert_trace("d5|");
    expect_empty();
    assert_int_equal(right.used, 1);
}

static void of_equal_times_the_first_arm_wins(void **state) {
    (void)state;
    open_all(1);
    choosing *c = choice(0);
    or_receive(c, &left);
    or_after(c, 10 * MS);
    or_at(c, tr_virtual_now + 10 * MS);
    assert_int_equal(TOGETHER(chooses), TR_DONE);
    assert_trace("d1");
}

static void first_come_first_served_with_ordinary_waiters(void **state) {
    (void)state;
    open_all(0);
    for (int i = 0; i < 3; i++) or_receive(choice(i), &right);
    or_receive(&choosings[1], &left);
    action = SENDS_RIGHT;
    assert_int_equal(TOGETHER(chooses, chooses, chooses, acts, acts, acts), TR_DONE);
    assert_trace("|||d0d0d0");
    expect_empty();
}

static tr_status holds_lock(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0: return tr_lock_acquire(r, &lock, &self->wait);
    case 1: return tr_sleep(r, &self->sleep, 10 * MS);
    default:
        tr_lock_release(r, &lock);
        return TR_DONE;
    }
}

static void a_lock_is_handed_to_a_select(void **state) {
    (void)state;
    open_all(1);
    or_wait(choice(1), TR_ARM_LOCK, &lock);
    or_wait(&choosings[1], TR_ARM_EVENT, &event);
    assert_int_equal(TOGETHER(holds_lock, chooses), TR_DONE);
    assert_trace("d0");
    assert_ptr_equal(lock.owner, &children[1].task);
    expect_empty();
}

static void the_same_object_may_stand_in_several_arms(void **state) {
    (void)state;
    open_all(0);
    choosing *c = choice(0);
    or_wait(c, TR_ARM_EVENT, &event);
    or_wait(c, TR_ARM_EVENT, &event);
    or_receive(c, &right);
    or_receive(c, &right);
    action = SETS;
    assert_int_equal(TOGETHER(chooses, acts), TR_DONE);
    assert_trace("|d0");
    expect_empty();

    open_all(0);
    c = choice(0);
    or_receive(c, &left);
    or_receive(c, &left);
    action = CLOSES_LEFT;
    assert_int_equal(TOGETHER(chooses, acts), TR_DONE);
    assert_trace("|r0");
    expect_empty();
}

/* ---- selects that meet ------------------------------------------------------------------------------------------- */

static void selects_meet_at_a_rendezvous(void **state) {
    (void)state;
    open_all(0);
    or_receive(choice(0), &left);
    or_receive(&choosings[0], &right);
    or_wait(choice(1), TR_ARM_EVENT, &event);
    or_send(&choosings[1], &right, 'x');
    assert_int_equal(TOGETHER(chooses, chooses), TR_DONE);
    assert_trace("d1d1");
    assert_int_equal(choosings[0].got, 'x');
    expect_empty();
}

/* On both sides of one channel: not with itself, but with whoever comes, on either side. */
static void a_select_may_wait_on_both_sides(void **state) {
    (void)state;
    for (int receives_first = 0; receives_first < 2; receives_first++) {
        for (int other_sends = 0; other_sends < 2; other_sends++) {
            open_all(0);
            choosing *both = choice(0), *other = choice(1);
            if (receives_first) or_receive(both, &left);
            or_send(both, &left, 'b');
            if (!receives_first) or_receive(both, &left);
            or_send(both, &left, 'b');
            or_receive(both, &left);
            if (other_sends) or_send(other, &left, 'o');
            else or_receive(other, &left);
            assert_int_equal(TOGETHER(chooses, chooses), TR_DONE);
            assert_trace(receives_first == other_sends ? "d0d0" : "d1d0");
            assert_int_equal(both->got, other_sends ? 'o' : '-');
            assert_int_equal(other->got, other_sends ? '-' : 'b');
            expect_empty();
        }
    }
    open_all(0);
    or_receive(choice(0), &left);
    or_send(&choosings[0], &left, 'b');
    or_send(choice(1), &left, 'o');
    or_receive(&choosings[1], &left);
    assert_int_equal(TOGETHER(chooses, chooses), TR_DONE);
    assert_trace("d0d0");
    expect_empty();
}

static tr_status counts_both(tr_rt *r, tr_task *task) {
    (void)r;
    (void)task;
    assert_true(has(&left, 1, 2));
    action = RECEIVES_LEFT;
    return TR_DONE;
}

static void statistics_count_both_sides(void **state) {
    (void)state;
    open_all(0);
    or_receive(choice(0), &left);
    or_receive(&choosings[0], &left);
    or_send(&choosings[0], &left, 'b');
    assert_int_equal(TOGETHER(chooses, counts_both, acts), TR_DONE);
    assert_trace("b|d2");
    expect_empty();
}

/* ---- cancellation ------------------------------------------------------------------------------------------------ */

/* Runs child 1 in a nursery of its own, whose scope `acts` cancels. */
static tr_status shields_choosing(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++) return tr_nursery_close(r, &self->nursery);
    tr_nursery_open(r, &self->nursery, children_leaves);
    start_soon(&self->nursery, &children[1], chooses);
    return tr_nursery_join(r, &self->nursery, TR_DONE);
}

static tr_status two_of_three(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++) return tr_nursery_close(r, &self->nursery);
    tr_nursery_open(r, &self->nursery, children_leaves);
    start_soon(&self->nursery, &children[0], shields_choosing);
    start_soon(&self->nursery, &children[2], acts);
    return tr_nursery_join(r, &self->nursery, TR_DONE);
}

static void run_cancelled(int what) {
    memset(children, 0, sizeof children);
    for (int i = 0; i < 3; i++) children[i].name = (char)('a' + i);
    action = what;
    assert_int_equal(run(&(job){.at = 0}, two_of_three), TR_DONE);
}

static void cancelled_it_takes_back_all(void **state) {
    (void)state;
    open_all(1);
    wait_for_all(1);
    run_cancelled(CANCELS_FIRST);
    assert_trace("|c");
    expect_empty();
}

static void what_was_handed_over_stays(void **state) {
    (void)state;
    open_all(1);
    choosing *c = wait_for_all(1);
    run_cancelled(SENDS_AND_CANCELS);
    assert_trace("|d1");
    assert_int_equal(c->got, 'y');
    expect_empty();
}

/* Cancelled in the pass in which its time comes: a time hands over nothing. */
static void a_time_that_came_can_be_cancelled(void **state) {
    (void)state;
    open_all(1);
    wait_for_all(1)->after = 10 * MS;
    run_cancelled(CANCELS_FIRST);
    assert_trace("|c");
    expect_empty();
}

static tr_status chooses_when_cancelled(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at == 0) {
        tr_scope_enter(r, &self->scope.scope, 0);
        tr_cancel(r, &self->scope.scope);
    }
    tr_status status = chooses(r, task);
    return status == TR_PENDING ? status : tr_scope_exit(r, &self->scope.scope, status);
}

static void in_a_cancelled_scope_nothing_is_tried(void **state) {
    (void)state;
    open_all(1);
    choosing *c = choice(0);
    or_send(c, &left, 'x');
    add_arm(c, TR_ARM_ELSE, c, NULL, NULL);
    assert_int_equal(TOGETHER(chooses_when_cancelled, ticker), TR_DONE);
    assert_trace(".c.......");
    assert_int_equal(left.used, 0);
}

ON_EACH_CLOCK(each_kind_can_be_ready)
ON_EACH_CLOCK(time_wins_when_nothing_else_does)
ON_EACH_CLOCK(of_equal_times_the_first_arm_wins)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_arm_that_is_ready_wins),
        cmocka_unit_test(each_kind_can_be_ready_on_each_clock),
        cmocka_unit_test(an_arm_that_is_left_out_is_not_tried),
        cmocka_unit_test(one_that_has_ended_raises_at_once),
        cmocka_unit_test(who_is_served_leaves_all_other_queues),
        cmocka_unit_test(time_wins_when_nothing_else_does_on_each_clock),
        cmocka_unit_test(of_equal_times_the_first_arm_wins_on_each_clock),
        cmocka_unit_test(first_come_first_served_with_ordinary_waiters),
        cmocka_unit_test(a_lock_is_handed_to_a_select),
        cmocka_unit_test(the_same_object_may_stand_in_several_arms),
        cmocka_unit_test(selects_meet_at_a_rendezvous),
        cmocka_unit_test(a_select_may_wait_on_both_sides),
        cmocka_unit_test(statistics_count_both_sides),
        cmocka_unit_test(cancelled_it_takes_back_all),
        cmocka_unit_test(what_was_handed_over_stays),
        cmocka_unit_test(a_time_that_came_can_be_cancelled),
        cmocka_unit_test(in_a_cancelled_scope_nothing_is_tried),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
