/* Cancel scopes: who is told, when, and who absorbs it. */
#include "harness.h"

/* ---- deadlines --------------------------------------------------------------------------------------------------- */

static tr_status moves_on(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_scope_enter_after(r, &self->scope, 0, 10 * MS);
        return tr_sleep(r, &self->sleep, 30 * MS);
    default:
        assert_int_equal(tr_uptime(r), 10 * MS);
        assert_int_equal(tr_timed_scope_exit(r, &self->scope, mark_woken()), TR_DONE);
        assert_true(tr_cancel_called(&self->scope.scope));
        assert_true(tr_cancelled_caught(&self->scope.scope));
        return TR_DONE;
    }
}

static void a_deadline_cancels_and_its_scope_absorbs(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, moves_on), TR_DONE);
    assert_trace("c");
}

/* Rules 87, 88: of equal deadlines the outer one counts. */
static tr_status equal_deadlines(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_scope_enter_after(r, &self->scope, 0, 10 * MS);
        tr_scope_enter_after(r, &self->inner, 0, 10 * MS);
        return tr_sleep(r, &self->sleep, 10 * MS);
    default:
        assert_int_equal(tr_timed_scope_exit(r, &self->inner, mark_woken()), TR_CANCELLED);
        assert_true(tr_cancel_called(&self->inner.scope));
        assert_false(tr_cancelled_caught(&self->inner.scope));
        assert_int_equal(tr_timed_scope_exit(r, &self->scope, TR_CANCELLED), TR_DONE);
        assert_true(tr_cancelled_caught(&self->scope.scope));
        return TR_DONE;
    }
}

static void of_equal_deadlines_the_outermost_absorbs(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, equal_deadlines), TR_DONE);
    assert_trace("c");
}

/* Rules 69, 110. */
static tr_status past_on_entry(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_scope_enter_after(r, &self->scope, 0, 0);
        assert_true(tr_cancel_called(&self->scope.scope));
        assert_true(tr_is_cancelled(r));
        return tr_sleep_forever(r, &self->wait);
    case 1:
        assert_int_equal(tr_timed_scope_exit(r, &self->scope, mark_woken()), TR_DONE);
        tr_scope_enter_at(r, &self->scope, 0, tr_now(r) - 20 * MS);
        return tr_checkpoint(r);
    default: return tr_timed_scope_exit(r, &self->scope, mark_woken());
    }
}

static void a_deadline_past_on_entry_cancels_at_once(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, past_on_entry), TR_DONE);
    assert_trace("cc");
}

/* Rule 33: only the next pass, or asking, notices a deadline that was moved into the past. */
static tr_status past_inside(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_scope_enter_timed(r, &self->scope, 0);
        assert_true(tr_deadline(&self->scope) == TR_NEVER);
        tr_set_deadline(r, &self->scope, tr_later(tr_now(r), -MS));
        assert_false(tr_cancel_called(&self->scope.scope));
        assert_false(tr_is_cancelled(r));
        return tr_checkpoint(r);
    case 1:
        assert_int_equal(tr_timed_scope_exit(r, &self->scope, mark_woken()), TR_DONE);
        tr_scope_enter_timed(r, &self->scope, 0);
        tr_set_deadline(r, &self->scope, tr_now(r));
        assert_true(tr_timed_cancel_called(r, &self->scope));
        assert_true(tr_is_cancelled(r));
        tr_clear_deadline(r, &self->scope);
        assert_true(tr_timed_cancel_called(r, &self->scope));
        return tr_timed_scope_exit(r, &self->scope, TR_DONE);
    default: return TR_DONE;
    }
}

static void a_deadline_moved_into_the_past_is_noticed_in_the_next_pass(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, past_inside), TR_DONE);
    assert_trace("c");
}

static tr_status moved(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_scope_enter_after(r, &self->scope, 0, 10 * MS);
        tr_set_deadline(r, &self->scope, tr_later(tr_now(r), 30 * MS));
        return tr_sleep(r, &self->sleep, 20 * MS);
    case 1:
        mark_woken();
        tr_clear_deadline(r, &self->scope);
        return tr_sleep(r, &self->sleep, 20 * MS);
    case 2:
        mark_woken();
        tr_set_deadline(r, &self->scope, tr_later(tr_now(r), 5 * MS));
        return tr_sleep_forever(r, &self->wait);
    default:
        mark_woken();
        assert_int_equal(tr_uptime(r), 45 * MS);
        tr_set_deadline(r, &self->scope, TR_NEVER);
        assert_true(tr_deadline(&self->scope) == TR_NEVER);
        assert_true(tr_is_cancelled(r));
        assert_int_equal(tr_timed_scope_exit(r, &self->scope, TR_CANCELLED), TR_DONE);
        tr_set_deadline(r, &self->scope, tr_now(r));
        assert_null(r->timers);
        return TR_DONE;
    }
}

static void deadlines_move_and_go(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, moved), TR_DONE);
    assert_trace("ddc");
}

/* Rule 109. */
static tr_status late_without_checkpoint(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    tr_scope_enter_after(r, &self->scope, 0, 5 * MS);
    tr_busy(r, 10 * MS);
    assert_int_equal(tr_timed_scope_exit(r, &self->scope, TR_DONE), TR_DONE);
    assert_false(tr_timed_cancel_called(r, &self->scope));
    assert_null(r->timers);
    return TR_DONE;
}

static void late_without_a_checkpoint_is_in_time(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, late_without_checkpoint), TR_DONE);
}

/* A cancelled scope's deadline must not keep a virtual clock busy. */
static tr_status cancelled_before_deadline(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_scope_enter_after(r, &self->scope, 0, 10 * MS);
        tr_cancel(r, &self->scope.scope);
        assert_null(r->timers);
        return tr_checkpoint(r);
    default:
        assert_int_equal(tr_uptime(r), 0);
        return tr_timed_scope_exit(r, &self->scope, mark_woken());
    }
}

static void cancelling_takes_the_deadline_away(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, cancelled_before_deadline), TR_DONE);
    assert_trace("c");
}

/* Rule 86. */
static tr_status asks_effective_deadline(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    tr_instant now = tr_now(r);
    assert_true(tr_effective_deadline(r) == TR_NEVER);
    tr_scope_enter_after(r, &self->scope, 0, 10 * MS);
    tr_scope_enter_after(r, &self->inner, 0, 20 * MS);
    assert_true(tr_effective_deadline(r) == now + 10 * MS);
    tr_set_shield(r, &self->inner.scope, true);
    assert_true(tr_effective_deadline(r) == now + 20 * MS);
    tr_set_deadline(r, &self->inner, now + 5 * MS);
    tr_set_shield(r, &self->inner.scope, false);
    assert_true(tr_effective_deadline(r) == now + 5 * MS);
    tr_busy(r, 7 * MS);
    assert_true(tr_effective_deadline(r) == now + 5 * MS);
    tr_cancel(r, &self->scope.scope);
    assert_true(tr_effective_deadline(r) == now + 7 * MS);
    tr_timed_scope_exit(r, &self->inner, TR_DONE);
    return tr_timed_scope_exit(r, &self->scope, TR_DONE);
}

static void the_effective_deadline_is_the_earliest_up_to_a_shield(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, asks_effective_deadline), TR_DONE);
}

/* ---- turns: how long an operation takes in a cancelled scope ----------------------------------------------------- */

static tr_channel channel;
static uint8_t buffer[1], byte;
static tr_event event;
static tr_lock lock;
static tr_semaphore semaphore;
static tr_limiter limiter;

static tr_status begin(tr_rt *r, job *self, int operation) {
    switch (operation) {
    case 0: return tr_checkpoint(r);
    case 1: return tr_sleep(r, &self->sleep, 0);
    case 2: return tr_event_wait(r, &event, &self->wait);
    case 3: return tr_send(r, &channel, &self->item, &byte);
    case 4: return tr_receive(r, &channel, &self->item, &byte);
    case 5: return tr_lock_acquire(r, &lock, &self->wait);
    case 6: return tr_semaphore_acquire(r, &semaphore, &self->wait);
    case 7: return tr_limiter_acquire(r, &limiter, &self->holder);
    case 8: return tr_sleep(r, &self->sleep, 10 * MS);
    case 9: return tr_sleep_until(r, &self->sleep, tr_now(r) - MS);
    case 10: return tr_sleep_until(r, &self->sleep, TR_NEVER);
    case 11: return tr_sleep_forever(r, &self->wait);
    default: return tr_event_wait(r, &event, &self->wait);
    }
}

static tr_status operates_cancelled(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++ == 0) {
        tr_scope_enter(r, &self->scope.scope, 0);
        tr_cancel(r, &self->scope.scope);
        return begin(r, self, children[1].value);
    }
    return tr_scope_exit(r, &self->scope.scope, mark_woken());
}

/* The trace of one operation, against a ticker that began in the same pass. */
static void operate(int operation, const char *expected) {
    static const tr_step steps[] = {ticker, operates_cancelled};
    memset(children, 0, sizeof children);
    children[0].value = 3;
    children[1].value = operation;
    children_count = 2;
    children_steps = steps;
    assert_int_equal(run(&(job){.at = 0}, together), TR_DONE);
    assert_trace(expected);
}

/* LANGUAGE part 15, "Turns"; rule 36. */
static void operations_in_a_cancelled_scope(void **state) {
    (void)state;
    tr_channel_init(&rt, &channel, buffer, 1, 1);
    tr_event_init(&rt, &event);
    tr_lock_init(&rt, &lock);
    tr_semaphore_init(&rt, &semaphore, 1, 1);
    tr_limiter_init(&rt, &limiter, 1);
    tr_event_set(&rt, &event);
    for (int operation = 0; operation <= 7; operation++) operate(operation, "..c.");
    tr_event_init(&rt, &event);
    for (int operation = 8; operation <= 12; operation++) operate(operation, ".c..");
    assert_int_equal(channel.used, 0);
    assert_null(lock.owner);
    assert_int_equal(semaphore.value, 1);
    assert_int_equal(limiter.borrowed, 0);
    tr_receiver_close(&rt, &channel);
    operate(3, "..c.");
}

/* ---- wakes against cancellation ---------------------------------------------------------------------------------- */

static tr_status waits_in_scope(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++ == 0) {
        tr_scope_enter(r, &self->scope.scope, 0);
        return tr_event_wait(r, &event, &self->wait);
    }
    mark(self->name);
    return tr_scope_exit(r, &self->scope.scope, mark_woken());
}

static tr_status cancels_first(tr_rt *r, tr_task *task) {
    (void)task;
    tr_cancel(r, &children[0].scope.scope);
    tr_cancel(r, &children[0].scope.scope);
    tr_event_set(r, &event);
    return TR_DONE;
}

static tr_status sets_first(tr_rt *r, tr_task *task) {
    (void)task;
    tr_event_set(r, &event);
    tr_cancel(r, &children[0].scope.scope);
    tr_cancel(r, &children[1].scope.scope);
    return TR_DONE;
}

/* Rule 38: whichever comes first counts, and only it. */
static void a_wake_cannot_be_taken_back(void **state) {
    (void)state;
    tr_event_init(&rt, &event);
    assert_int_equal(TOGETHER(waits_in_scope, cancels_first), TR_DONE);
    assert_trace("ac");
    tr_event_init(&rt, &event);
    assert_int_equal(TOGETHER(waits_in_scope, waits_in_scope, sets_first), TR_DONE);
    assert_trace("adbd");
}

static tr_status sleeps_in_scope(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++ == 0) {
        tr_scope_enter(r, &self->scope.scope, 0);
        return tr_sleep(r, &self->sleep, 10 * MS);
    }
    mark(self->name);
    return tr_scope_exit(r, &self->scope.scope, mark_woken());
}

static tr_status cancels_after_10ms(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++ == 0) return tr_sleep(r, &self->sleep, 10 * MS);
    tr_cancel(r, &children[0].scope.scope);
    tr_cancel(r, &children[2].scope.scope);
    return TR_DONE;
}

/* LANGUAGE part 15, "Taking back": an expired timer only makes ready. Child 0 wakes before the canceller's turn. */
static void a_sleeper_is_cancelled_until_it_runs(void **state) {
    (void)state;
    assert_int_equal(TOGETHER(sleeps_in_scope, cancels_after_10ms, sleeps_in_scope), TR_DONE);
    assert_trace("adcc");
}

/* Rules 32, 34: what took effect is not reported cancelled; the next checkpoint is. */
static tr_status receives_then_checks(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_scope_enter(r, &self->scope.scope, 0);
        return tr_receive(r, &channel, &self->item, &byte);
    case 1: mark_woken(); return tr_checkpoint(r);
    default: return tr_scope_exit(r, &self->scope.scope, mark_woken());
    }
}

static tr_status cancels_child_0(tr_rt *r, tr_task *task) {
    (void)task;
    tr_cancel(r, &children[0].scope.scope);
    return TR_DONE;
}

static void what_took_effect_is_not_cancelled(void **state) {
    (void)state;
    tr_channel_init(&rt, &channel, buffer, 1, 1);
    assert_int_equal(tr_send_nowait(&rt, &channel, &byte), TR_TRY_DONE);
    assert_int_equal(TOGETHER(receives_then_checks, cancels_child_0), TR_DONE);
    assert_trace("dc");
}

/* ---- who absorbs ------------------------------------------------------------------------------------------------- */

typedef struct nested {
    const char *cancel;     /* o, i: outer, inner scope, cancelled before the wait; O: outer, after it */
    bool shield;            /* the inner one, from the beginning */
    bool shield_late;       /* the inner one, while unwinding */
    tr_status inner, outer; /* what each exit gives */
} nested;

static const nested *the_case;

static tr_status nests(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++ == 0) {
        tr_scope_enter(r, &self->scope.scope, 0);
        tr_scope_enter(r, &self->inner.scope, the_case->shield ? TR_SCOPE_SHIELD : 0);
        if (strchr(the_case->cancel, 'i')) tr_cancel(r, &self->inner.scope);
        if (strchr(the_case->cancel, 'o')) tr_cancel(r, &self->scope.scope);
        return tr_checkpoint(r);
    }
    tr_status status = tr_woken(r);
    if (strchr(the_case->cancel, 'O')) tr_cancel(r, &self->scope.scope);
    if (the_case->shield_late) tr_set_shield(r, &self->inner.scope, true);
    status = tr_scope_exit(r, &self->inner.scope, status);
    assert_int_equal(status, the_case->inner);
    status = tr_scope_exit(r, &self->scope.scope, status);
    assert_int_equal(status, the_case->outer);
    return TR_DONE;
}

/* Rules 72 to 77. */
static void the_outermost_visible_scope_absorbs(void **state) {
    (void)state;
    static const nested cases[] = {
        {"", false, false, TR_DONE, TR_DONE},
        {"i", false, false, TR_DONE, TR_DONE},
        {"o", false, false, TR_CANCELLED, TR_DONE},
        {"io", false, false, TR_CANCELLED, TR_DONE},
        {"iO", false, false, TR_CANCELLED, TR_DONE},        /* the later one takes it over */
        {"o", false, true, TR_CANCELLED, TR_DONE},          /* a late shield does not make the inner one absorb */
        {"o", true, false, TR_DONE, TR_DONE},               /* shielded: not cancelled at all */
        {"io", true, false, TR_DONE, TR_DONE},
        {"iO", true, false, TR_DONE, TR_DONE},
        {"io", false, true, TR_DONE, TR_DONE},              /* with its own cancellation it does */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        the_case = &cases[i];
        assert_int_equal(run(&(job){.at = 0}, nests), TR_DONE);
    }
}

/* Rule 90, and LANGUAGE part 15, "Errors and cancellation together". */
static tr_status exits_with_error(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    tr_scope_enter(r, &self->scope.scope, 0);
    tr_cancel(r, &self->scope.scope);
    assert_int_equal(tr_scope_exit(r, &self->scope.scope, TR_RAISED), TR_RAISED);
    assert_false(tr_cancelled_caught(&self->scope.scope));
    tr_scope_enter(r, &self->scope.scope, 0);
    assert_false(tr_cancel_called(&self->scope.scope));
    tr_cancel(r, &self->scope.scope);
    assert_int_equal(tr_scope_exit(r, &self->scope.scope, TR_RAISED | TR_CANCELLED), TR_RAISED);
    assert_true(tr_cancelled_caught(&self->scope.scope));
    tr_cancel(r, &self->scope.scope);
    tr_set_shield(r, &self->scope.scope, true);
    return TR_DONE;
}

static void errors_pass_a_cancelled_scope(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, exits_with_error), TR_DONE);
}

/* ---- shields ----------------------------------------------------------------------------------------------------- */

static tr_status waits_shielded(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_scope_enter(r, &self->scope.scope, 0);
        tr_scope_enter(r, &self->inner.scope, TR_SCOPE_SHIELD);
        return tr_sleep_forever(r, &self->wait);
    default:
        mark_woken();
        assert_int_equal(tr_scope_exit(r, &self->inner.scope, TR_CANCELLED), TR_CANCELLED);
        return tr_scope_exit(r, &self->scope.scope, TR_CANCELLED);
    }
}

static tr_status cancels_then_unshields(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_cancel(r, &children[0].scope.scope);
        assert_int_equal(children[0].task.wake, TR_WAKE_FOREVER);
        mark('1');
        return tr_sleep(r, &self->sleep, 10 * MS);
    default:
        mark('2');
        tr_set_shield(r, &children[0].inner.scope, false);
        assert_int_equal(children[0].task.wake, TR_WAKE_CANCELLED);
        tr_set_shield(r, &children[0].inner.scope, true);
        assert_int_equal(children[0].task.wake, TR_WAKE_CANCELLED);
        return TR_DONE;
    }
}

/* Rules 83, 84. Closing the shield again does not take the wake back; the outer scope absorbs (rule 41). */
static void a_shield_holds_until_it_is_taken_away(void **state) {
    (void)state;
    assert_int_equal(TOGETHER(waits_shielded, cancels_then_unshields), TR_DONE);
    assert_trace("12c");
    assert_true(tr_cancelled_caught(&children[0].scope.scope));
    assert_false(tr_cancelled_caught(&children[0].inner.scope));
}

static tr_status shields_in_cancelled_scope(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_scope_enter(r, &self->scope.scope, 0);
        tr_cancel(r, &self->scope.scope);
        tr_scope_enter_after(r, &self->inner, TR_SCOPE_SHIELD, 10 * MS);
        assert_false(tr_is_cancelled(r));
        return tr_sleep(r, &self->sleep, 5 * MS);
    case 1: mark_woken(); return tr_sleep(r, &self->sleep, 20 * MS);
    case 2:
        assert_int_equal(tr_timed_scope_exit(r, &self->inner, mark_woken()), TR_DONE);
        assert_true(tr_is_cancelled(r));
        return tr_checkpoint(r);
    default: return tr_scope_exit(r, &self->scope.scope, mark_woken());
    }
}

/* Rules 83, 104. */
static void a_shielded_scope_has_its_own_deadline(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, shields_in_cancelled_scope), TR_DONE);
    assert_trace("dcc");
}

/* ---- reach ------------------------------------------------------------------------------------------------------- */

/* Each opens a nursery with one child, the next one, and waits; the last only waits. */
static job tree[8];

static tr_status waits_below(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    job *below = self + 1;
    switch (self->at++) {
    case 0:
        if (below == tree + 8) return tr_sleep_forever(r, &self->wait);
        tr_nursery_open(r, &self->nursery, NULL);
        *below = (job){.name = (char)(self->name + 1)};
        start_soon(&self->nursery, below, waits_below);
        return tr_sleep_forever(r, &self->wait);
    case 1:
        mark(self->name);
        if (below == tree + 8) return tr_woken(r);
        return tr_nursery_join(r, &self->nursery, tr_woken(r));
    default: return tr_nursery_close(r, &self->nursery);
    }
}

static tr_status cancels_tree(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_nursery_open(r, &self->nursery, NULL);
        tree[0] = (job){.name = 'a'};
        start_soon(&self->nursery, &tree[0], waits_below);
        return tr_sleep(r, &self->sleep, 10 * MS);
    case 1:
        tr_cancel(r, &tree[3].nursery.scope);
        return tr_sleep(r, &self->sleep, 10 * MS);
    case 2:
        mark('|');
        assert_true(tr_cancelled_caught(&tree[3].nursery.scope));
        tr_cancel(r, &self->nursery.scope);
        return tr_nursery_join(r, &self->nursery, TR_DONE);
    default: return tr_nursery_close(r, &self->nursery);
    }
}

/* Parents before children; what is above or has ended is not reached. */
static void cancellation_reaches_all_below(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, cancels_tree), TR_DONE);
    assert_trace("defgh|abc");
}

ON_EACH_CLOCK(a_deadline_cancels_and_its_scope_absorbs)
ON_EACH_CLOCK(of_equal_deadlines_the_outermost_absorbs)
ON_EACH_CLOCK(a_deadline_past_on_entry_cancels_at_once)
ON_EACH_CLOCK(a_deadline_moved_into_the_past_is_noticed_in_the_next_pass)
ON_EACH_CLOCK(deadlines_move_and_go)
ON_EACH_CLOCK(late_without_a_checkpoint_is_in_time)
ON_EACH_CLOCK(cancelling_takes_the_deadline_away)
ON_EACH_CLOCK(a_sleeper_is_cancelled_until_it_runs)
ON_EACH_CLOCK(a_shield_holds_until_it_is_taken_away)
ON_EACH_CLOCK(a_shielded_scope_has_its_own_deadline)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_deadline_cancels_and_its_scope_absorbs_on_each_clock),
        cmocka_unit_test(of_equal_deadlines_the_outermost_absorbs_on_each_clock),
        cmocka_unit_test(a_deadline_past_on_entry_cancels_at_once_on_each_clock),
        cmocka_unit_test(a_deadline_moved_into_the_past_is_noticed_in_the_next_pass_on_each_clock),
        cmocka_unit_test(deadlines_move_and_go_on_each_clock),
        cmocka_unit_test(late_without_a_checkpoint_is_in_time_on_each_clock),
        cmocka_unit_test(cancelling_takes_the_deadline_away_on_each_clock),
        cmocka_unit_test(the_effective_deadline_is_the_earliest_up_to_a_shield),
        cmocka_unit_test(operations_in_a_cancelled_scope),
        cmocka_unit_test(a_wake_cannot_be_taken_back),
        cmocka_unit_test(a_sleeper_is_cancelled_until_it_runs_on_each_clock),
        cmocka_unit_test(what_took_effect_is_not_cancelled),
        cmocka_unit_test(the_outermost_visible_scope_absorbs),
        cmocka_unit_test(errors_pass_a_cancelled_scope),
        cmocka_unit_test(a_shield_holds_until_it_is_taken_away_on_each_clock),
        cmocka_unit_test(a_shielded_scope_has_its_own_deadline_on_each_clock),
        cmocka_unit_test(cancellation_reaches_all_below),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
