/* Events, locks, conditions, semaphores and limiters. */
#include "harness.h"

static tr_event event;
static tr_lock lock;
static tr_semaphore semaphore;
static tr_limiter limiter;

/* ---- event ------------------------------------------------------------------------------------------------------- */

static tr_status waits_for_event(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++ == 0) return tr_event_wait(r, &event, &self->wait);
    mark(self->name);
    return mark_woken();
}

static tr_status sets_event(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0: return tr_sleep(r, &self->sleep, 10 * MS);
    case 1:
        tr_event_set(r, &event);
        tr_event_set(r, &event);
        mark('|');
        return tr_event_wait(r, &event, &self->wait);
    default: mark('s'); return mark_woken();
    }
}

/* Rules 188, 189; a set event is a checkpoint, rule 34. */
static void an_event_wakes_all_in_order_and_stays_set(void **state) {
    (void)state;
    tr_event_init(&rt, &event);
    assert_int_equal(TOGETHER(waits_for_event, waits_for_event, sets_event, waits_for_event), TR_DONE);
    assert_trace("|adbdddsd");
    assert_true(event.set);
}

/* ---- what lock, semaphore and limiter have in common ------------------------------------------------------------- */

static enum { LOCK, SEMAPHORE, LIMITER } object;

static void init(void) {
    tr_lock_init(&rt, &lock);
    tr_semaphore_init(&rt, &semaphore, 1, INT32_MAX);
    tr_limiter_init(&rt, &limiter, 1);
}

static tr_status acquire(tr_rt *r, job *self) {
    switch (object) {
    case LOCK: return tr_lock_acquire(r, &lock, &self->wait);
    case SEMAPHORE: return tr_semaphore_acquire(r, &semaphore, &self->wait);
    default: return tr_limiter_acquire(r, &limiter, &self->holder);
    }
}

static bool acquire_nowait(tr_rt *r, tr_holder *holder) {
    switch (object) {
    case LOCK: return tr_lock_acquire_nowait(r, &lock);
    case SEMAPHORE: return tr_semaphore_acquire_nowait(r, &semaphore);
    default: return tr_limiter_acquire_nowait(r, &limiter, holder);
    }
}

static void release(tr_rt *r, job *self) {
    switch (object) {
    case LOCK: tr_lock_release(r, &lock); break;
    case SEMAPHORE: tr_semaphore_release(r, &semaphore); break;
    default: tr_limiter_release(r, &limiter, &self->holder);
    }
}

#define FOR_EACH_OBJECT(call)                                                                                          \
    for (object = LOCK; object <= LIMITER; object++) {                                                                 \
        init();                                                                                                        \
        call;                                                                                                          \
    }

/* Acquires, sleeps 10 ms, releases; marks its name before and after. */
static tr_status holds(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    tr_holder holder;
    switch (self->at++) {
    case 0: return acquire(r, self);
    case 1:
        assert_int_equal(tr_woken(r), TR_DONE);
        mark(self->name);
        return tr_sleep(r, &self->sleep, 10 * MS);
    default:
        mark((char)(self->name - 'a' + 'A'));
        release(r, self);
        if (self->name != 'c') assert_false(acquire_nowait(r, &holder));
        return TR_DONE;
    }
}

/* Rules 193, 195, 200: whoever waits longest has it at once; the releaser cannot have it back before. */
static void released_is_handed_over_in_order(void **state) {
    (void)state;
    FOR_EACH_OBJECT({
        assert_int_equal(TOGETHER(holds, holds, holds), TR_DONE);
        assert_trace("aAbBcC");
    })
}

static tr_status ticks_and_acquires(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0: return acquire(r, self);
    case 1:
        mark_woken();
        release(r, self);
        return acquire(r, self);
    default:
        mark_woken();
        release(r, self);
        return TR_DONE;
    }
}

/* Rule 208: also a free one takes a turn. */
static void acquiring_takes_a_turn(void **state) {
    (void)state;
    FOR_EACH_OBJECT({
        assert_int_equal(TOGETHER(ticker, ticks_and_acquires), TR_DONE);
        assert_trace(".d.d......");
    })
}

/* a holds; b and c wait in scopes; b is cancelled while it waits, c after it was handed the object. */
static tr_status waits_in_scope(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_scope_enter(r, &self->scope.scope, 0);
        return acquire(r, self);
    case 1:
        mark(self->name);
        if (mark_woken() == TR_CANCELLED) return tr_scope_exit(r, &self->scope.scope, TR_CANCELLED);
        return tr_checkpoint(r);
    default:
        mark_woken();
        release(r, self);
        return tr_scope_exit(r, &self->scope.scope, TR_CANCELLED);
    }
}

static tr_status cancels_waiters(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0: return acquire(r, self);
    case 1: return tr_sleep(r, &self->sleep, 10 * MS);
    default:
        tr_cancel(r, &children[1].scope.scope);
        release(r, self);
        tr_cancel(r, &children[2].scope.scope);
        return TR_DONE;
    }
}

/* Rule 196. */
static void a_cancelled_waiter_is_passed_over_but_an_owner_owns(void **state) {
    (void)state;
    FOR_EACH_OBJECT({
        assert_int_equal(TOGETHER(cancels_waiters, waits_in_scope, waits_in_scope), TR_DONE);
        assert_trace("bccdc");
        assert_true(acquire_nowait(&rt, &children[0].holder));
    })
}

/* ---- each by itself ---------------------------------------------------------------------------------------------- */

static tr_status asks_who_holds(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        assert_false(tr_lock_held(r, &lock));
        assert_true(tr_lock_acquire_nowait(r, &lock));
        assert_true(tr_lock_held(r, &lock));
        assert_false(tr_limiter_held(r, &limiter));
        return tr_limiter_acquire(r, &limiter, &self->holder);
    case 1:
        assert_true(tr_limiter_held(r, &limiter));
        return tr_sleep(r, &self->sleep, 10 * MS);
    default:
        tr_lock_release(r, &lock);
        tr_limiter_release(r, &limiter, &self->holder);
        assert_false(tr_lock_held(r, &lock));
        assert_false(tr_limiter_held(r, &limiter));
        return TR_DONE;
    }
}

static tr_status holds_nothing(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++ < 2) return tr_yield(r);
    assert_ptr_equal(lock.owner, &children[0].task);
    assert_false(tr_lock_held(r, &lock));
    assert_false(tr_limiter_held(r, &limiter));
    return TR_DONE;
}

static void holding_is_a_tasks_own(void **state) {
    (void)state;
    init();
    assert_int_equal(TOGETHER(asks_who_holds, holds_nothing), TR_DONE);
}

static void a_semaphore_counts_to_its_maximum(void **state) {
    (void)state;
    tr_semaphore_init(&rt, &semaphore, 1, 2);
    assert_false(tr_semaphore_full(&rt, &semaphore));
    tr_semaphore_release(&rt, &semaphore);
    assert_true(tr_semaphore_full(&rt, &semaphore));
    assert_true(tr_semaphore_acquire_nowait(&rt, &semaphore));
    assert_true(tr_semaphore_acquire_nowait(&rt, &semaphore));
    assert_false(tr_semaphore_acquire_nowait(&rt, &semaphore));
    assert_int_equal(semaphore.value, 0);
}

static tr_status waits_for_token(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0: return tr_limiter_acquire(r, &limiter, &self->holder);
    case 1:
        mark(self->name);
        return tr_sleep(r, &self->sleep, 50 * MS);
    default:
        tr_limiter_release(r, &limiter, &self->holder);
        return TR_DONE;
    }
}

static tr_status changes_total(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0: return tr_sleep(r, &self->sleep, 10 * MS);
    case 1:
        mark('|');
        tr_limiter_set_total(r, &limiter, 3);
        assert_int_equal(limiter.borrowed, 3);
        return tr_sleep(r, &self->sleep, 10 * MS);
    case 2:
        mark('|');
        tr_limiter_set_total(r, &limiter, 1);
        assert_int_equal(limiter.total - limiter.borrowed, -2);
        return tr_sleep(r, &self->sleep, 35 * MS);
    default:
        /* The first was released at 50 ms: below the new total there is still no room. */
        mark('|');
        assert_int_equal(limiter.borrowed, 2);
        return TR_DONE;
    }
}

/* Rule 201. */
static void a_limiters_total_grows_and_shrinks(void **state) {
    (void)state;
    tr_limiter_init(&rt, &limiter, 1);
    assert_int_equal(TOGETHER(waits_for_token, waits_for_token, waits_for_token, waits_for_token, changes_total),
                     TR_DONE);
    assert_trace("a|bc||d");
    assert_int_equal(limiter.borrowed, 0);
}

static void a_limiter_of_none_lends_nothing(void **state) {
    (void)state;
    tr_holder holder;
    tr_limiter_init(&rt, &limiter, 0);
    assert_false(tr_limiter_acquire_nowait(&rt, &limiter, &holder));
}

ON_EACH_CLOCK(released_is_handed_over_in_order)
ON_EACH_CLOCK(a_limiters_total_grows_and_shrinks)

/* ---- condition --------------------------------------------------------------------------------------------------- */

static tr_condition condition;

static tr_status waits_for_notice(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at == 0) {
        self->at = 1;
        return tr_lock_acquire(r, &lock, &self->wait);
    }
    if (self->at == 1) {
        self->at = 2;
        if (self->name == 'a' || self->name == 'c') tr_scope_enter(r, &self->scope.scope, 0);
        return tr_condition_wait(r, &condition, &self->waiter);
    }
    tr_status status = tr_condition_woken(r, &self->waiter);
    if (status == TR_PENDING) return TR_PENDING;
    assert_true(tr_lock_held(r, &lock));
    mark(self->name);
    mark(status == TR_DONE ? 'd' : 'c');
    tr_lock_release(r, &lock);
    if (self->name == 'a' || self->name == 'c') tr_scope_exit(r, &self->scope.scope, status);
    return TR_DONE;
}

/* Notifies a, then cancels it and c: b gets a's notification, and both have the lock when they leave. */
static tr_status notifies_and_cancels(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0: return tr_sleep(r, &self->sleep, 10 * MS);
    case 1: return tr_lock_acquire(r, &lock, &self->wait);
    case 2:
        tr_condition_notify(&rt, &condition, 1);
        tr_cancel(r, &children[0].scope.scope);
        tr_cancel(r, &children[2].scope.scope);
        tr_cancel(r, &children[2].scope.scope);
        return tr_sleep(r, &self->sleep, 10 * MS);
    case 3:
        mark('|');
        tr_lock_release(r, &lock);
        return tr_sleep(r, &self->sleep, 10 * MS);
    default:
        mark('|');
        assert_true(tr_lock_acquire_nowait(r, &lock));
        tr_condition_notify(&rt, &condition, -1);
        tr_condition_notify(&rt, &condition, 5);
        tr_lock_release(r, &lock);
        return TR_DONE;
    }
}

/* Rules 203 to 206; 207 differs: the notification is passed on. */
static void a_notification_is_not_lost(void **state) {
    (void)state;
    tr_lock_init(&rt, &lock);
    tr_condition_init(&rt, &condition, &lock);
    assert_int_equal(TOGETHER(waits_for_notice, waits_for_notice, waits_for_notice, waits_for_notice,
                              notifies_and_cancels), TR_DONE);
    assert_trace("|bdaccc|dd");
    assert_null(lock.owner);
    assert_ptr_equal(condition.waiting.next, &condition.waiting);
}

ON_EACH_CLOCK(a_notification_is_not_lost)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_wakes_all_in_order_and_stays_set),
        cmocka_unit_test(released_is_handed_over_in_order_on_each_clock),
        cmocka_unit_test(acquiring_takes_a_turn),
        cmocka_unit_test(a_cancelled_waiter_is_passed_over_but_an_owner_owns),
        cmocka_unit_test(holding_is_a_tasks_own),
        cmocka_unit_test(a_semaphore_counts_to_its_maximum),
        cmocka_unit_test(a_limiters_total_grows_and_shrinks_on_each_clock),
        cmocka_unit_test(a_limiter_of_none_lends_nothing),
        cmocka_unit_test(a_notification_is_not_lost_on_each_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
