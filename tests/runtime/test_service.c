/* Services: who ends when, and whom they wait for. */
#include "harness.h"

typedef struct service {
    tr_scoped_task own;
    job job;
} service;

static service services[3];
static job late;

/* Waits to be told; then takes `value` ms to end. */
static tr_status serves(tr_rt *r, tr_task *task) {
    service *self = (service *)(void *)task;
    job *at = &self->job;
    switch (at->at++) {
    case 0: return tr_sleep_forever(r, &at->wait);
    case 1:
        mark(at->name);
        mark_woken();
        tr_scope_enter(r, &at->scope.scope, TR_SCOPE_SHIELD);
        return tr_sleep(r, &at->sleep, at->value * MS);
    default:
        mark('.');
        tr_scope_exit(r, &at->scope.scope, TR_DONE);
        return tr_scope_exit(r, &self->own.scope, TR_CANCELLED);
    }
}

static tr_status sleeps(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++ == 0) return tr_sleep(r, &self->sleep, self->value * MS);
    mark(self->name);
    return mark_woken();
}

/* Told to end, starts a child that needs longer than itself. */
static tr_status begins_another(tr_rt *r, tr_task *task) {
    service *self = (service *)(void *)task;
    if (self->job.at++ == 0) return tr_sleep_forever(r, &self->job.wait);
    mark(self->job.name);
    late = (job){.name = 'l', .value = 20};
    start_soon(nursery_of(task), &late, sleeps);
    return tr_scope_exit(r, &self->own.scope, TR_CANCELLED);
}

static service *fresh(int i, char name, int value) {
    services[i] = (service){.job = {.name = name, .value = value}};
    return &services[i];
}

static job child;

static tr_status serves_in_reverse(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++) return tr_nursery_close(r, &self->nursery);
    tr_nursery_open(r, &self->nursery, NULL);
    tr_start_service(r, &self->nursery, &fresh(0, 'a', 1)->own, serves);
    child = (job){.name = 'x', .value = 5};
    start_soon(&self->nursery, &child, sleeps);
    tr_start_service(r, &self->nursery, &fresh(1, 'b', 1)->own, serves);
    tr_start_service(r, &self->nursery, &fresh(2, 'c', 1)->own, serves);
    if (self->value) tr_cancel(r, &self->nursery.scope);
    return tr_nursery_join(r, &self->nursery, TR_DONE);
}

static void the_newest_ends_first_and_all_behind_the_others(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, serves_in_reverse), TR_DONE);
    assert_trace("xdcc.bc.ac.");
    assert_int_equal(run(&(job){.value = 1}, serves_in_reverse), TR_DONE);
    assert_trace("xccc.bc.ac.");
}

static tr_status serves_late_children(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++) return tr_nursery_close(r, &self->nursery);
    tr_nursery_open(r, &self->nursery, NULL);
    tr_start_service(r, &self->nursery, &fresh(0, 'a', 1)->own, serves);
    tr_start_service(r, &self->nursery, &fresh(1, 'b', 1)->own, begins_another);
    return tr_nursery_join(r, &self->nursery, TR_DONE);
}

static void a_late_child_is_served_too(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, serves_late_children), TR_DONE);
    assert_trace("bldac.");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_newest_ends_first_and_all_behind_the_others),
        cmocka_unit_test(a_late_child_is_served_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
