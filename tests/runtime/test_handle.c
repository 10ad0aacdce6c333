/* Handles on children: cancelling one alone, and staying right when the slot is used again. */
#include "harness.h"

/* A slot that children of both kinds use in turn. */
typedef union slot {
    tr_task task;
    struct { tr_scoped_task own; tr_wait wait; int at; } scoped;
    struct { tr_task task; uint8_t bytes[sizeof(tr_scope) + 2 * sizeof(uint32_t)]; int at; } plain;
} slot;

static slot slots[1];
static tr_handle first, second;
static char raised;

static tr_status scoped(tr_rt *r, tr_task *task) {
    slot *self = (slot *)(void *)task;
    if (self->scoped.at++ == 0) return tr_sleep_forever(r, &self->scoped.wait);
    mark('s');
    tr_status status = mark_woken();
    if (raised) {
        nursery_of(task)->leaf_count++;
        status |= TR_RAISED;
    }
    return tr_scope_exit(r, &self->scoped.own.scope, status);
}

/* Leaves all bits set where the other kind has its scope and its serial. */
static tr_status plain(tr_rt *r, tr_task *task) {
    slot *self = (slot *)(void *)task;
    memset(self->plain.bytes, 0xff, sizeof self->plain.bytes);
    if (self->plain.at++ == 0) return tr_checkpoint(r);
    mark('p');
    return TR_DONE;
}

static tr_handle start(tr_rt *r, tr_nursery *nursery) {
    slot *free = tr_slot_find(slots, sizeof *slots, 1);
    assert_non_null(free);
    free->scoped.at = 0;
    return tr_start_scoped(r, nursery, &free->scoped.own, scoped);
}

static tr_status cancels(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    switch (self->at++) {
    case 0:
        tr_slots_init(slots, sizeof *slots, 1);
        tr_nursery_open(r, &self->nursery, &raised);
        first = start(r, &self->nursery);
        assert_false(tr_is_done(&first));
        return tr_checkpoint(r);
    case 1:
        tr_cancel_child(r, &first);
        tr_cancel_child(r, &first);
        assert_false(tr_is_done(&first));
        return tr_checkpoint(r);
    case 2:
        assert_true(tr_is_done(&first));
        assert_false(tr_cancel_called(&self->nursery.scope));
        slots[0].plain.at = 0;
        tr_start_soon(r, &self->nursery, &slots[0].task, plain);
        assert_true(tr_is_done(&first));
        return tr_checkpoint(r);
    case 3:
        assert_true(tr_is_done(&first));
        tr_cancel_child(r, &first);
        return tr_checkpoint(r);
    case 4:
        second = start(r, &self->nursery);
        assert_true(tr_is_done(&first));
        tr_cancel_child(r, &first);
        return tr_checkpoint(r);
    case 5:
        assert_false(tr_is_done(&second));
        raised = true;
        tr_cancel(r, &self->nursery.scope);
        return tr_nursery_join(r, &self->nursery, TR_DONE);
    default:
        assert_true(tr_is_done(&second));
        return tr_nursery_close(r, &self->nursery);
    }
}

static void a_handle_knows_its_child_from_others_in_the_slot(void **state) {
    (void)state;
    raised = false;
    assert_int_equal(run(&(job){.at = 0}, cancels), TR_RAISED);
    assert_trace("scpsc");
}

/* Started under cancellation, a child runs to its first checkpoint; its own scope leaves it to the outer one. */
static tr_status starts_cancelled(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++) {
        tr_status status = tr_nursery_close(r, &self->nursery);
        assert_false(tr_cancelled_caught(&slots[0].scoped.own.scope));
        assert_true(tr_cancelled_caught(&self->nursery.scope));
        return status;
    }
    tr_slots_init(slots, sizeof *slots, 1);
    tr_nursery_open(r, &self->nursery, &raised);
    tr_cancel(r, &self->nursery.scope);
    first = start(r, &self->nursery);
    return tr_nursery_join(r, &self->nursery, TR_DONE);
}

static void a_childs_scope_is_cancelled_with_its_nursery(void **state) {
    (void)state;
    raised = false;
    assert_int_equal(run(&(job){.at = 0}, starts_cancelled), TR_DONE);
    assert_trace("sc");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_handle_knows_its_child_from_others_in_the_slot),
        cmocka_unit_test(a_childs_scope_is_cancelled_with_its_nursery),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
