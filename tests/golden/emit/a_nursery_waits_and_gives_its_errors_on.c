/* Made by trc from tests/golden/emit/a_nursery_waits_and_gives_its_errors_on.tr. */
#include "app.h"

#include <string.h>

#include "tr_bits.h"

static tr_sink app_out;
static const struct {
    uint8_t error;
} app_sites[] = {
    {9}, /* Flaky, line 5 */
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
    {"Flaky", 5},
};
static const tr_str app_where[] = {
    {"a_nursery_waits_and_gives_its_errors_on.tr:5", 44},
};

static tr_status app_child_step(struct app_app *app, union app_child *f);
static tr_status app_main_step(struct app_app *app, struct app_main *f);

static void app_child_begin(union app_child *f, int32_t id) {
    f->s.at = 0;
    f->s.id = id;
}

static void app_main_begin(struct app_main *f) {
    f->at_2 = 0;
}

/* Errors of a child or of the body come behind those that are there already. */
static void app_put_down(tr_nursery *nursery, const struct app_leaf *leaf, size_t count) {
    struct app_leaf *leaves = nursery->leaves;
    memmove(leaves + nursery->leaf_count, leaf, count * sizeof *leaf);
    nursery->leaf_count = (uint16_t)(nursery->leaf_count + count);
}

static tr_status app_child_task(tr_rt *rt, tr_task *task) {
    struct app_child_slot *slot = (struct app_child_slot *)(void *)task;
    tr_status s = app_child_step((struct app_app *)(void *)rt, &slot->frame);
    if (s & TR_RAISED) app_put_down(tr_nursery_of(rt, task), slot->frame.errs.leaf, slot->frame.errs.count);
    return s;
}

static size_t app_move(struct app_leaf *to, const struct app_leaf *from, size_t count) {
    memmove(to, from, count * sizeof *to);
    return count;
}

static bool app_any(const struct app_leaf *leaf, size_t count, const uint8_t *errors, size_t kinds) {
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < kinds; k++)
            if (app_sites[leaf[i].site].error == errors[k]) return true;
    }
    return false;
}

static size_t app_take(struct app_leaf *to, const struct app_leaf *from, size_t count, const uint8_t *errors,
                     size_t kinds) {
    size_t taken = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < kinds; k++)
            if (app_sites[from[i].site].error == errors[k]) to[taken++] = from[i];
    }
    return taken;
}

static size_t app_drop(struct app_leaf *leaf, size_t count, const uint8_t *errors, size_t kinds) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        size_t k = 0;
        while (k < kinds && app_sites[leaf[i].site].error != errors[k]) k++;
        if (k == kinds) leaf[kept++] = leaf[i];
    }
    return kept;
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

int app_run(struct app_app *app) {
    int stuck = tr_run(&app->rt);
    if (stuck) return stuck;
    return 0;
}

/* async fn child(id: i32) raises Flaky */
#line 3 "tests/golden/emit/a_nursery_waits_and_gives_its_errors_on.tr"
static tr_status app_child_step(struct app_app *app, union app_child *f) {
    tr_status s;
    switch (f->s.at) {
    case 1: goto at_1;
    default: break;
    }
#line 4 /* await sleep(1ms); */
    s = tr_sleep(&app->rt, &f->s.wait, 1000000);
#line 4
    if (s == TR_PENDING) { f->s.at = 1; return TR_PENDING; at_1: s = tr_woken(&app->rt); }
#line 4
    if (s != TR_DONE) return s;
#line 5 /* if id > 0 */
    if (f->s.id > 0) {
#line 5 /* raise Flaky(id); */
        f->errs.leaf[0] = (struct app_leaf){.site = 0, .u.Flaky = {f->s.id}}; f->errs.count = 1; return TR_RAISED;
    }
#line 5
    return TR_DONE;
}

/* async fn main() */
#line 8 "tests/golden/emit/a_nursery_waits_and_gives_its_errors_on.tr"
static tr_status app_main_step(struct app_app *app, struct app_main *f) {
    tr_status why;
    int32_t i;
    struct app_leaves_3 raised;
    struct app_leaves_3 group;
    size_t at;
    struct app_leaf e;
    tr_status s;
    switch (f->at_2) {
    case 1: goto at_1;
    default: break;
    }
#line 9 /* try */
#line 10 /* nursery n */
    tr_nursery_open(&app->rt, &f->n, f->leaves.leaf); f->slots.used = 0;
#line 11 /* for i in 0..3 */
    for (i = 0; i < 3; i++) {
#line 11 /* n.start_soon(child(i)); */
        {
#line 11
            struct app_child_slot *slot = &f->slots.slot[f->slots.used++]; app_child_begin(&slot->frame, i);
#line 11
            tr_start_soon(&app->rt, &f->n, &slot->task, app_child_task);
        }
    }
#line 10
    f->at_2 = 1; return tr_nursery_join(&app->rt, &f->n, TR_DONE);
at_1:
#line 10
    s = tr_nursery_close(&app->rt, &f->n);
#line 10
    if (s != TR_DONE) {
#line 10
        if (!(s & TR_RAISED)) { return s; }
#line 10
        raised.count = (uint8_t)app_move(raised.leaf, f->leaves.leaf, f->n.leaf_count); why = s; goto catch_1;
    }
#line 10
    goto tried_1;
catch_1:
#line 13
    if (app_any(raised.leaf, raised.count, (const uint8_t[]){9}, 1)) {
#line 13
        group.count = (uint8_t)app_take(group.leaf, raised.leaf, raised.count, (const uint8_t[]){9}, 1);
        raised.count = (uint8_t)app_drop(raised.leaf, raised.count, (const uint8_t[]){9}, 1);
#line 14 /* for e in group */
        for (at = 0u; at < group.count; at++) {
#line 14
            e = group.leaf[at];
#line 14 /* print("{e.id} {e.name} {e.where}"); */
            tr_put_int(&app_out, e.u.Flaky.id); tr_put_str(&app_out, TR_STR(" "));
#line 14
            tr_put_str(&app_out, app_error_names[app_sites[e.site].error - 1]); tr_put_str(&app_out, TR_STR(" "));
#line 14
            tr_put_str(&app_out, app_where[e.site]); tr_put_str(&app_out, TR_STR("\n"));
        }
    }
#line 14
    why = why & 4;
#line 14
    if (raised.count != 0) why = (uint8_t)(why | 2);
#line 14
    if (why != 0) return why;
tried_1: ;
#line 14
    return TR_DONE;
}
