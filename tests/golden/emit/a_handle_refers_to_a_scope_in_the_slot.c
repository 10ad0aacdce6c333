/* Made by trc from tests/golden/emit/a_handle_refers_to_a_scope_in_the_slot.tr. */
#include "app.h"

#include <string.h>

#include "tr_bits.h"

static tr_sink app_out;
static tr_sink app_error_out = {NULL, 0, 0, false, true};
static const struct {
    uint8_t error;
} app_sites[] = {
    {9}, /* Jam, line 5 */
};
static const tr_str app_error_names[] = {
    {"TooSlow", 7},
    {"EndOfChannel", 12},
    {"BrokenResource", 14},
    {"WouldBlock", 10},
    {"NurseryFull", 11},
    {"NotStarted", 10},
    {"OutOfMemory", 11},
    {"IoError", 7},
    {"Jam", 3},
};
static const tr_str app_where[] = {
    {"a_handle_refers_to_a_scope_in_the_slot.tr:5", 43},
};

static tr_status app_work_step(struct app_app *app, union app_work *f);
static tr_status app_main_step(struct app_app *app, union app_main *f);

static void app_work_begin(union app_work *f, bool fail) {
    f->s.at = 0;
    f->s.fail = fail;
}

static void app_main_begin(union app_main *f) {
    f->s.at = 0;
}

/* Errors of a child or of the body come behind those that are there already. */
static void app_put_down(tr_nursery *nursery, const struct app_leaf *leaf, size_t count) {
    struct app_leaf *leaves = nursery->leaves;
    memmove(leaves + nursery->leaf_count, leaf, count * sizeof *leaf);
    nursery->leaf_count = (uint16_t)(nursery->leaf_count + count);
}

static tr_status app_work_task(tr_rt *rt, tr_task *task) {
    struct app_work_slot *slot = (struct app_work_slot *)(void *)task;
    tr_status s = app_work_step((struct app_app *)(void *)rt, &slot->frame);
    if (s & TR_RAISED) app_put_down(tr_nursery_of(rt, task), slot->frame.errs.leaf, slot->frame.errs.count);
    return s;
}

static tr_status app_work_scoped_task(tr_rt *rt, tr_task *task) {
    struct app_work_scoped_slot *slot = (struct app_work_scoped_slot *)(void *)task;
    tr_status s = app_work_step((struct app_app *)(void *)rt, &slot->frame);
    if (s != TR_PENDING) s = tr_scope_exit(rt, &slot->own.scope, s);
    if (s & TR_RAISED) app_put_down(tr_nursery_of(rt, task), slot->frame.errs.leaf, slot->frame.errs.count);
    return s;
}

static size_t app_move(struct app_leaf *to, const struct app_leaf *from, size_t count) {
    memmove(to, from, count * sizeof *to);
    return count;
}

static void app_put_leaf(tr_sink *sink, const struct app_leaf *leaf) {
    tr_put_str(sink, app_error_names[app_sites[leaf->site].error - 1]);
}

static tr_status app_main_task(tr_rt *rt, tr_task *task) {
    struct app_main_slot *slot = (struct app_main_slot *)(void *)task;
    return app_main_step((struct app_app *)(void *)rt, &slot->frame);
}

void app_init(struct app_app *app) {
    app_main_begin(&app->main.frame);
    tr_init(&app->rt, &app->main.task, app_main_task);
}

tr_next app_poll(struct app_app *app, tr_instant now, tr_instant *at) { return tr_poll(&app->rt, now, at); }

void app_cancel(struct app_app *app) { tr_cancel(&app->rt, &app->rt.root); }

static void app_report(const struct app_leaf *leaf, size_t count) {
    if (count > 1) tr_put_str(&app_error_out, TR_STR("uncaught errors:\n"));
    for (size_t i = 0; i < count; i++) {
        tr_put_str(&app_error_out, TR_STR("error: "));
        app_put_leaf(&app_error_out, &leaf[i]);
        tr_put_str(&app_error_out, TR_STR(" raised at "));
        tr_put_str(&app_error_out, app_where[leaf[i].site]);
        tr_put_str(&app_error_out, TR_STR("\n"));
    }
}

int app_run(struct app_app *app) {
    int stuck = tr_run(&app->rt);
    if (stuck) return stuck;
    if (app->rt.status & TR_RAISED) {
        app_report(app->main.frame.errs.leaf, app->main.frame.errs.count);
        return 1;
    }
    return 0;
}

/* async fn work(fail: bool) raises Jam */
#line 3 "tests/golden/emit/a_handle_refers_to_a_scope_in_the_slot.tr"
static tr_status app_work_step(struct app_app *app, union app_work *f) {
    tr_status s;
    switch (f->s.at) {
    case 1: goto at_1;
    default: break;
    }
#line 4 /* await sleep(10ms); */
    s = tr_sleep(&app->rt, &f->s.wait, 10000000);
#line 4
    if (s == TR_PENDING) { f->s.at = 1; return TR_PENDING; at_1: s = tr_woken(&app->rt); }
#line 4
    if (s != TR_DONE) return s;
#line 5 /* if fail */
    if (f->s.fail) {
#line 5 /* raise Jam; */
        f->errs.leaf[0].site = 0; f->errs.count = 1; return TR_RAISED;
    }
#line 5
    return TR_DONE;
}

/* async fn main() raises */
#line 8 "tests/golden/emit/a_handle_refers_to_a_scope_in_the_slot.tr"
static tr_status app_main_step(struct app_app *app, union app_main *f) {
    tr_status why;
    tr_status s;
    switch (f->s.at) {
    case 1: goto at_1;
    case 2: goto at_2;
    default: break;
    }
#line 9 /* nursery n[2] */
    tr_nursery_open(&app->rt, &f->s.n, f->s.leaves.leaf); tr_slots_init(f->s.slots, sizeof *f->s.slots, 2);
#line 10 /* n.start_soon(work(true)); */
    {
#line 10
        struct app_work_slot *slot = tr_slot_find(f->s.slots, sizeof *f->s.slots, 2);
#line 10
        app_work_begin(&slot->frame, true); tr_start_soon(&app->rt, &f->s.n, &slot->task, app_work_task);
    }
#line 11 /* n.start_soon(work(false)) as task; */
    {
#line 11
        struct app_work_scoped_slot *slot = tr_slot_find(f->s.slots, sizeof *f->s.slots, 2);
#line 11
        app_work_begin(&slot->frame, false);
#line 11
        f->s.task = tr_start_scoped(&app->rt, &f->s.n, &slot->own, app_work_scoped_task);
    }
#line 12 /* task.cancel(); */
    tr_cancel_child(&app->rt, &f->s.task);
#line 13 /* print("{task.is_done}"); */
    tr_put_bool(&app_out, tr_is_done(&f->s.task)); tr_put_str(&app_out, TR_STR("\n"));
#line 14 /* await checkpoint(); */
    s = tr_checkpoint(&app->rt);
#line 14
    if (s == TR_PENDING) { f->s.at = 1; return TR_PENDING; at_1: s = tr_woken(&app->rt); }
#line 14
    if (s != TR_DONE) { why = TR_CANCELLED; goto cleanup_1; }
#line 15 /* print("{task.is_done}"); */
    tr_put_bool(&app_out, tr_is_done(&f->s.task)); tr_put_str(&app_out, TR_STR("\n"));
#line 16 /* n.cancel_scope.cancel(); */
    tr_cancel(&app->rt, &f->s.n.scope); why = TR_DONE;
cleanup_1:
#line 9
    f->s.at = 2; return tr_nursery_join(&app->rt, &f->s.n, why);
at_2:
#line 9
    s = tr_nursery_close(&app->rt, &f->s.n);
#line 9
    if (s & TR_RAISED) f->errs.count = (uint8_t)app_move(f->errs.leaf, f->s.leaves.leaf, f->s.n.leaf_count);
#line 9
    return s;
}
