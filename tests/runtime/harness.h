/* harness: tasks whose steps are written by hand, a program to run them in, and a clock to turn. */
#ifndef HARNESS_H
#define HARNESS_H

#include "trace.h"

#include "../../runtime/ports/virtual.h"
#include "../../runtime/tr.h"

#define MS (TR_TICKS_PER_SECOND / 1000)

static tr_rt rt;

/* A task with room for whatever a test lets it wait in. Its step says `switch (job->at++)`: each case is the code
   between two suspensions. */
typedef struct job {
    tr_task task;
    int at;
    char name;
    int value;
    tr_sleep_wait sleep;
    tr_wait wait;
    tr_channel_wait item;
    tr_holder holder;
    tr_condition_waiter waiter;
    tr_timed_scope scope, inner;
    tr_nursery nursery;
    tr_starting starting;
    tr_starting *status;            /* a child's under start */
} job;

static inline job *job_of(tr_task *task) { return (job *)(void *)task; }

/* Marks how the wait ended: d, r or c. */
static inline tr_status mark_woken(void) {
    tr_status status = tr_woken(&rt);
    mark(status == TR_DONE ? 'd' : status == TR_RAISED ? 'r' : status == TR_CANCELLED ? 'c' : '?');
    return status;
}

/* Whose child the task is, whatever scopes it has entered. */
static inline tr_nursery *nursery_of(const tr_task *task) {
    tr_scope *scope = TR_AT(&rt, tr_scope, task->scope);
    while (TR_AT(&rt, tr_task, scope->task) == task) scope = TR_AT(&rt, tr_scope, scope->parent);
    return (tr_nursery *)(void *)scope;
}

static inline void start_soon(tr_nursery *nursery, job *child, tr_step step) {
    tr_start_soon(&rt, nursery, &child->task, step);
}

/* Marks a dot each pass, `value` of them: what stands between two dots of a trace happened in one pass. */
static inline tr_status ticker(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++) mark('.');
    return self->at <= self->value ? tr_yield(r) : TR_DONE;
}

static inline tr_status run(job *main, tr_step step) {
    tr_init(&rt, &main->task, step);
    for (;;) {
        tr_instant at;
        switch (tr_poll(&rt, tr_virtual_now, &at)) {
        case TR_NEXT_NOW: break;
        case TR_NEXT_AT: tr_virtual_now = at; break;
        case TR_NEXT_NEVER: fail_msg("deadlock after %.*s", (int)trace_len, trace); break;
        case TR_NEXT_DONE: assert_null(rt.timers); return rt.status;
        }
    }
}

/* What run_together runs: child 0 first. Tests look at each other's scopes through it. */
static job children[6];
static const tr_step *children_steps;
static int children_count;
static uint8_t children_leaves[6];

static inline tr_status together(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++) return tr_nursery_close(r, &self->nursery);
    tr_nursery_open(r, &self->nursery, children_leaves);
    for (int i = 0; i < children_count; i++) start_soon(&self->nursery, &children[i], children_steps[i]);
    return tr_nursery_join(r, &self->nursery, TR_DONE);
}

/* Runs up to six steps as children of one nursery, started in this order; gives what the nursery ends with. */
static inline tr_status run_together(int count, const tr_step *steps) {
    memset(children, 0, sizeof children);
    for (int i = 0; i < count; i++) children[i] = (job){.name = (char)('a' + i), .value = 8};
    children_count = count;
    children_steps = steps;
    return run(&(job){.at = 0}, together);
}
#define TOGETHER(...)                                                                                                  \
    run_together(sizeof((tr_step[]){__VA_ARGS__}) / sizeof(tr_step), (const tr_step[]){__VA_ARGS__})

/* Runs a test of time on clocks that begin at zero, that wrap, and that pass the half of their range. */
#define ON_EACH_CLOCK(test)                                                                                            \
    static void test##_on_each_clock(void **state) {                                                                   \
        (void)state;                                                                                                   \
        const tr_instant half = (tr_instant)1 << (TR_TICK_BITS - 1);                                                   \
        const tr_instant starts[] = {0, (tr_instant)0 - 15 * MS, half - 15 * MS, (tr_instant)0 - 2};                   \
        for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {                                                  \
            tr_virtual_now = starts[i];                                                                                \
            test(NULL);                                                                                                \
        }                                                                                                              \
    }

#endif
