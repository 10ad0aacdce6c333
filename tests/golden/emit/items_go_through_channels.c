/* Made by trc from tests/golden/emit/items_go_through_channels.tr. */
#include "app.h"

#include <string.h>

#include "tr_bits.h"

static tr_sink app_out;
static tr_sink app_error_out = {NULL, 0, 0, false, true};
static const struct {
    uint8_t error;
} app_sites[] = {
    {3}, /* BrokenResource, line 2 */
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
    {"items_go_through_channels.tr:2", 30},
};

static tr_status app_produce_step(struct app_app *app, union app_produce *f);
static tr_status app_main_step(struct app_app *app, union app_main *f);

static void app_produce_begin(union app_produce *f, tr_channel *items) {
    f->s.at = 0;
    f->s.items = items;
}

static size_t app_move(struct app_leaf *to, const struct app_leaf *from, size_t count) {
    memmove(to, from, count * sizeof *to);
    return count;
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

static tr_status app_produce_task(tr_rt *rt, tr_task *task) {
    struct app_produce_slot *slot = (struct app_produce_slot *)(void *)task;
    tr_status s = app_produce_step((struct app_app *)(void *)rt, &slot->frame);
    if (s & TR_RAISED) app_put_down(tr_nursery_of(rt, task), slot->frame.errs.leaf, slot->frame.errs.count);
    return s;
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

/* async fn produce(items: Sender<i32>) raises */
#line 1 "tests/golden/emit/items_go_through_channels.tr"
static tr_status app_produce_step(struct app_app *app, union app_produce *f) {
    tr_status why;
    struct app_leaves_1 raised;
    tr_status s;
    switch (f->s.at) {
    case 1: goto at_1;
    default: break;
    }
#line 2 /* for i in 0..3 */
    for (f->s.i = 0; f->s.i < 3; f->s.i++) {
#line 2 /* await items.send(i); */
        f->s.item = f->s.i; s = tr_send(&app->rt, f->s.items, &f->s.wait, &f->s.item);
#line 2
        if (s == TR_PENDING) { f->s.at = 1; return TR_PENDING; at_1: s = tr_woken(&app->rt); }
#line 2
        if (s == TR_RAISED) { raised.leaf[0].site = 0; raised.count = 1; why = TR_RAISED; goto cleanup_1; }
#line 2
        if (s != TR_DONE) { why = TR_CANCELLED; goto cleanup_1; }
    }
#line 2
    why = TR_DONE;
cleanup_1:
#line 2
    tr_sender_close(&app->rt, f->s.items);
#line 2
    if (why & TR_RAISED) f->errs.count = (uint8_t)app_move(f->errs.leaf, raised.leaf, raised.count);
#line 2
    return why;
}

/* async fn main() raises */
#line 5 "tests/golden/emit/items_go_through_channels.tr"
static tr_status app_main_step(struct app_app *app, union app_main *f) {
    tr_status why;
    tr_channel *moved;
    struct app_leaves_1 raised;
    tr_status s;
    switch (f->s.at) {
    case 1: goto at_1;
    case 2: goto at_2;
    default: break;
    }
#line 6 /* let (tx, rx) = channel<i32>(1); */
    tr_channel_init(&app->rt, &f->s.channel.channel, f->s.channel.items, sizeof(int32_t), 1);
#line 6
    f->s.tx = &f->s.channel.channel; f->s.rx = &f->s.channel.channel;
#line 7 /* nursery n */
    tr_nursery_open(&app->rt, &f->s.n, f->s.leaves.leaf);
#line 8 /* n.start_soon(produce(tx)); */
    moved = f->s.tx; f->s.tx = NULL; app_produce_begin(&f->s.slots.frame, moved);
#line 8
    tr_start_soon(&app->rt, &f->s.n, &f->s.slots.task, app_produce_task);
#line 9 /* async for item in rx */
    for (;;) {
#line 9
        s = tr_receive(&app->rt, f->s.rx, &f->s.wait, &f->s.item);
#line 9
        if (s == TR_PENDING) { f->s.at = 1; return TR_PENDING; at_1: s = tr_woken(&app->rt); }
#line 9
        if (s == TR_CANCELLED) { why = TR_CANCELLED; goto cleanup_3; }
#line 9
        if (s == TR_RAISED) break;
#line 9 /* print("{item}"); */
        tr_put_int(&app_out, f->s.item); tr_put_str(&app_out, TR_STR("\n"));
    }
#line 9
    why = TR_DONE;
cleanup_3:
#line 7
    f->s.at = 2; return tr_nursery_join(&app->rt, &f->s.n, why);
at_2:
#line 7
    s = tr_nursery_close(&app->rt, &f->s.n);
#line 7
    if (s & TR_RAISED) raised.count = (uint8_t)app_move(raised.leaf, f->s.leaves.leaf, f->s.n.leaf_count);
#line 7
    if (s != TR_DONE) { why = s; goto cleanup_2; }
#line 7
    why = TR_DONE;
cleanup_2:
    tr_receiver_close(&app->rt, f->s.rx); tr_sender_close(&app->rt, f->s.tx);
#line 9
    if (why & TR_RAISED) f->errs.count = (uint8_t)app_move(f->errs.leaf, raised.leaf, raised.count);
#line 9
    return why;
}
