/* Made by trc from tests/golden/emit/a_select_is_one_wait.tr. */
#include "app.h"

#include <string.h>

#include "tr_bits.h"

static tr_sink app_out;
static tr_sink app_error_out = {NULL, 0, 0, false, true};
static const struct {
    uint8_t error;
} app_sites[] = {
    {2}, /* EndOfChannel, line 4 */
    {2}, /* EndOfChannel, line 5 */
    {3}, /* BrokenResource, line 13 */
    {3}, /* BrokenResource, line 16 */
    {3}, /* BrokenResource, line 17 */
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
};
static const tr_str app_where[] = {
    {"a_select_is_one_wait.tr:4", 25},
    {"a_select_is_one_wait.tr:5", 25},
    {"a_select_is_one_wait.tr:13", 26},
    {"a_select_is_one_wait.tr:16", 26},
    {"a_select_is_one_wait.tr:17", 26},
};

static tr_status app_serve_step(struct app_app *app, union app_serve *f);
static tr_status app_main_step(struct app_app *app, union app_main *f);

static void app_serve_begin(union app_serve *f, tr_channel **jobs, tr_channel **orders, bool more) {
    f->s.at = 0;
    f->s.u1.s1.jobs = jobs;
    f->s.u1.s1.orders = orders;
    f->s.u2.more = more;
}

static void app_main_begin(union app_main *f) {
    f->s.at = 0;
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

/* async fn serve(jobs: &Receiver<i64>, orders: &Receiver<u8>, more: bool) raises EndOfChannel */
#line 2 "tests/golden/emit/a_select_is_one_wait.tr"
static tr_status app_serve_step(struct app_app *app, union app_serve *f) {
    bool guard;
    tr_duration time;
    uint8_t which;
    tr_status s;
    switch (f->s.at) {
    case 1: goto at_1;
    default: break;
    }
#line 4 /* select */
    guard = f->s.u2.more;
#line 6
    time = 5000000;
#line 3
    {
#line 3
        const tr_arm arms[] = {
#line 3
            {TR_ARM_RECEIVE, 0, guard ? *f->s.u1.s1.jobs : NULL, &f->s.u2.job, &f->s.u1.wait.wait_0.wait},
#line 3
            {TR_ARM_RECEIVE, 1, *f->s.u1.s1.orders, &f->s.u2.order, &f->s.u1.wait.wait_1.wait},
#line 3
            {TR_ARM_AFTER, 2, &time, NULL, NULL},
        };
#line 3
        s = tr_select_begin(&app->rt, &f->s.u1.wait.select.select, arms, 3);
    }
#line 3
    if (s == TR_PENDING) { f->s.at = 1; return TR_PENDING; at_1: s = tr_woken(&app->rt); }
#line 3
    which = tr_select_won(&app->rt, &f->s.u1.wait.select.select);
#line 3
    if (s == TR_RAISED) { f->errs.leaf[0].site = which == 0 ? 0 : 1; f->errs.count = 1; return TR_RAISED; }
#line 3
    if (s != TR_DONE) return s;
#line 3
    if (which == 0) {
#line 4 /* print("job {job}"); */
        tr_put_str(&app_out, TR_STR("job ")); tr_put_int(&app_out, f->s.u2.job); tr_put_str(&app_out, TR_STR("\n"));
#line 4
    } else if (which == 1) {
#line 5 /* print("order {order}"); */
        tr_put_str(&app_out, TR_STR("order ")); tr_put_uint(&app_out, f->s.u2.order);
#line 5
        tr_put_str(&app_out, TR_STR("\n"));
    } else {
#line 6 /* print("idle"); */
        tr_put_str(&app_out, TR_STR("idle\n"));
    }
#line 6
    return TR_DONE;
}

/* async fn main() raises */
#line 10 "tests/golden/emit/a_select_is_one_wait.tr"
static tr_status app_main_step(struct app_app *app, union app_main *f) {
    tr_status why;
    struct app_leaves_1 raised;
    tr_status s;
    switch (f->s.at) {
    case 1: goto at_1;
    case 2: goto at_2;
    case 3: goto at_3;
    case 4: goto at_4;
    case 5: goto at_5;
    case 6: goto at_6;
    default: break;
    }
#line 11 /* let (jobs_tx, jobs) = channel<i64>(1); */
    tr_channel_init(&app->rt, &f->s.channel.channel, f->s.channel.items, sizeof(int64_t), 1);
#line 11
    f->s.jobs_tx = &f->s.channel.channel; f->s.jobs = &f->s.channel.channel;
#line 12 /* let (orders_tx, orders) = channel<u8>(1); */
    tr_channel_init(&app->rt, &f->s.channel_2.channel, f->s.channel_2.items, sizeof(uint8_t), 1);
#line 12
    f->s.orders_tx = &f->s.channel_2.channel; f->s.orders = &f->s.channel_2.channel;
#line 13 /* await jobs_tx.send(1); */
    f->s.u1.s1.item = 1; s = tr_send(&app->rt, f->s.jobs_tx, &f->s.u1.s1.wait, &f->s.u1.s1.item);
#line 13
    if (s == TR_PENDING) { f->s.at = 1; return TR_PENDING; at_1: s = tr_woken(&app->rt); }
#line 13
    if (s == TR_RAISED) { raised.leaf[0].site = 2; raised.count = 1; why = TR_RAISED; goto cleanup_4; }
#line 13
    if (s != TR_DONE) { why = TR_CANCELLED; goto cleanup_4; }
#line 14 /* await serve(&jobs, &orders, true); */
    app_serve_begin(&f->s.u1.serve_2, &f->s.jobs, &f->s.orders, true); f->s.at = 2;
at_2:
#line 14
    s = app_serve_step(app, &f->s.u1.serve_2);
#line 14
    if (s == TR_PENDING) return s;
#line 14
    if (s & TR_RAISED) {
#line 14
        raised.count = (uint8_t)app_move(raised.leaf, f->s.u1.serve_2.errs.leaf, f->s.u1.serve_2.errs.count);
    }
#line 14
    if (s != TR_DONE) { why = s; goto cleanup_4; }
#line 15 /* await serve(&jobs, &orders, true); */
    app_serve_begin(&f->s.u1.serve_2, &f->s.jobs, &f->s.orders, true); f->s.at = 3;
at_3:
#line 15
    s = app_serve_step(app, &f->s.u1.serve_2);
#line 15
    if (s == TR_PENDING) return s;
#line 15
    if (s & TR_RAISED) {
#line 15
        raised.count = (uint8_t)app_move(raised.leaf, f->s.u1.serve_2.errs.leaf, f->s.u1.serve_2.errs.count);
    }
#line 15
    if (s != TR_DONE) { why = s; goto cleanup_4; }
#line 16 /* await orders_tx.send(2); */
    f->s.u1.s2.item_2 = 2; s = tr_send(&app->rt, f->s.orders_tx, &f->s.u1.s2.wait_2, &f->s.u1.s2.item_2);
#line 16
    if (s == TR_PENDING) { f->s.at = 4; return TR_PENDING; at_4: s = tr_woken(&app->rt); }
#line 16
    if (s == TR_RAISED) { raised.leaf[0].site = 3; raised.count = 1; why = TR_RAISED; goto cleanup_4; }
#line 16
    if (s != TR_DONE) { why = TR_CANCELLED; goto cleanup_4; }
#line 17 /* await jobs_tx.send(3); */
    f->s.u1.s3.item_3 = 3; s = tr_send(&app->rt, f->s.jobs_tx, &f->s.u1.s3.wait_3, &f->s.u1.s3.item_3);
#line 17
    if (s == TR_PENDING) { f->s.at = 5; return TR_PENDING; at_5: s = tr_woken(&app->rt); }
#line 17
    if (s == TR_RAISED) { raised.leaf[0].site = 4; raised.count = 1; why = TR_RAISED; goto cleanup_4; }
#line 17
    if (s != TR_DONE) { why = TR_CANCELLED; goto cleanup_4; }
#line 18 /* await serve(&jobs, &orders, false); */
    app_serve_begin(&f->s.u1.serve_2, &f->s.jobs, &f->s.orders, false); f->s.at = 6;
at_6:
#line 18
    s = app_serve_step(app, &f->s.u1.serve_2);
#line 18
    if (s == TR_PENDING) return s;
#line 18
    if (s & TR_RAISED) {
#line 18
        raised.count = (uint8_t)app_move(raised.leaf, f->s.u1.serve_2.errs.leaf, f->s.u1.serve_2.errs.count);
    }
#line 18
    if (s != TR_DONE) { why = s; goto cleanup_4; }
#line 18
    why = TR_DONE;
cleanup_4:
#line 18
    tr_receiver_close(&app->rt, f->s.orders); tr_sender_close(&app->rt, f->s.orders_tx);
#line 18
    tr_receiver_close(&app->rt, f->s.jobs); tr_sender_close(&app->rt, f->s.jobs_tx);
#line 18
    if (why & TR_RAISED) f->errs.count = (uint8_t)app_move(f->errs.leaf, raised.leaf, raised.count);
#line 18
    return why;
}
