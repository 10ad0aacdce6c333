/* Made by trc from tests/golden/emit/a_broadcast_reaches_every_receiver.tr. */
#include "app.h"

#include <string.h>

#include "tr_arith.h"

static tr_sink app_out;
static const char app_file[] = "tests/golden/emit/a_broadcast_reaches_every_receiver.tr";
#ifndef TR_NS
#define TR_NS(nanoseconds) ((tr_duration)(INT64_C(nanoseconds) / (1000000000 / TR_TICKS_PER_SECOND)))
#endif
static tr_sink app_error_out = {NULL, 0, 0, false, true};
static const struct {
    uint8_t error;
} app_sites[] = {
    {2}, /* EndOfChannel, line 11 */
    {3}, /* BrokenResource, line 22 */
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
    {"a_broadcast_reaches_every_receiver.tr:11", 40},
    {"a_broadcast_reaches_every_receiver.tr:22", 40},
};

static tr_status app_listen_step(struct app_app *app, struct app_listen *f);
static tr_status app_leave_step(struct app_app *app, union app_leave *f);
static tr_status app_main__1_step(struct app_app *app, union app_main__1 *f);
static tr_status app_main_step(struct app_app *app, union app_main *f);

static void app_listen_begin(struct app_listen *f, tr_str name, tr_channel *items, tr_duration pause) {
    f->at = 0;
    f->name = name;
    f->items = items;
    f->pause = pause;
}

/* Waiting for a negative time is a mistake. */
static tr_duration app_wait_time(tr_duration time, const char *file, uint32_t line) {
    if (TR_CHECKS && time < 0) tr_panic(file, line, "a negative time to wait");
    (void)file, (void)line;
    return time;
}

static void app_leave_begin(union app_leave *f, tr_channel *items) {
    f->s.at = 0;
    f->s.items = items;
}

static size_t app_move(struct app_leaf *to, const struct app_leaf *from, size_t count) {
    memmove(to, from, count * sizeof *to);
    return count;
}

static void app_main__1_begin(union app_main__1 *f, tr_channel *tx) {
    f->s.at = 0;
    f->s.tx = tx;
}

static void app_main_begin(union app_main *f) {
    f->s.at = 0;
}

static tr_status app_listen_task(tr_rt *rt, tr_task *task) {
    struct app_listen_slot *slot = (struct app_listen_slot *)(void *)task;
    return app_listen_step((struct app_app *)(void *)rt, &slot->frame);
}

/* Errors of a child or of the body come behind those that are there already. */
static void app_put_down(tr_nursery *nursery, const struct app_leaf *leaf, size_t count) {
    struct app_leaf *leaves = nursery->leaves;
    memmove(leaves + nursery->leaf_count, leaf, count * sizeof *leaf);
    nursery->leaf_count = (uint16_t)(nursery->leaf_count + count);
}

static tr_status app_leave_task(tr_rt *rt, tr_task *task) {
    struct app_leave_slot *slot = (struct app_leave_slot *)(void *)task;
    tr_status s = app_leave_step((struct app_app *)(void *)rt, &slot->frame);
    if (s & TR_RAISED) app_put_down(task->nursery, slot->frame.errs.leaf, slot->frame.errs.count);
    return s;
}

static tr_status app_main__1_task(tr_rt *rt, tr_task *task) {
    struct app_main__1_slot *slot = (struct app_main__1_slot *)(void *)task;
    tr_status s = app_main__1_step((struct app_app *)(void *)rt, &slot->frame);
    if (s & TR_RAISED) app_put_down(task->nursery, slot->frame.errs.leaf, slot->frame.errs.count);
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

/* async fn listen(name: str, items: Receiver<i32>, pause: duration) */
#line 1 "tests/golden/emit/a_broadcast_reaches_every_receiver.tr"
static tr_status app_listen_step(struct app_app *app, struct app_listen *f) {
    tr_status why;
    tr_status s;
    switch (f->at) {
    case 1: goto at_1;
    case 2: goto at_2;
    default: break;
    }
#line 2 /* async for item in items */
    for (;;) {
#line 2
        s = tr_receive(&app->rt, f->items, &f->u1.s1.wait, &f->u1.s1.item);
#line 2
        if (s == TR_PENDING) { f->at = 1; return TR_PENDING; at_1: s = tr_woken(&app->rt); }
#line 2
        if (s == TR_CANCELLED) { why = TR_CANCELLED; goto cleanup_1; }
#line 2
        if (s == TR_RAISED) break;
#line 3 /* print("{uptime()} {name} {item}"); */
        tr_put_duration(&app_out, tr_uptime(&app->rt)); tr_put_str(&app_out, TR_STR(" "));
#line 3
        tr_put_str(&app_out, f->name); tr_put_str(&app_out, TR_STR(" ")); tr_put_int(&app_out, f->u1.s1.item);
#line 3
        tr_put_str(&app_out, TR_STR("\n"));
#line 4 /* await sleep(pause); */
        s = tr_sleep(&app->rt, &f->u1.wait_2, app_wait_time(f->pause, app_file, 4));
#line 4
        if (s == TR_PENDING) { f->at = 2; return TR_PENDING; at_2: s = tr_woken(&app->rt); }
#line 4
        if (s != TR_DONE) { why = TR_CANCELLED; goto cleanup_1; }
    }
#line 6 /* print("{uptime()} {name} ends"); */
    tr_put_duration(&app_out, tr_uptime(&app->rt)); tr_put_str(&app_out, TR_STR(" "));
#line 6
    tr_put_str(&app_out, f->name); tr_put_str(&app_out, TR_STR(" ends\n"));
#line 1
    why = TR_DONE;
cleanup_1:
#line 6
    tr_receiver_close(&app->rt, f->items);
#line 6
    if (why != TR_DONE) return why;
#line 6
    return TR_DONE;
}

/* async fn leave(items: Receiver<i32>) raises EndOfChannel */
#line 10 "tests/golden/emit/a_broadcast_reaches_every_receiver.tr"
static tr_status app_leave_step(struct app_app *app, union app_leave *f) {
    tr_status why;
    struct app_leaves_1 raised;
    tr_status s;
    switch (f->s.at) {
    case 1: goto at_1;
    default: break;
    }
#line 11 /* for i in 0..2 */
    for (f->s.i = 0; f->s.i < 2; f->s.i++) {
#line 11
        f->s.t = tr_uptime(&app->rt);
#line 11 /* print("{uptime()} leaves {await items.receive()}"); */
        s = tr_receive(&app->rt, f->s.items, &f->s.wait, &f->s.item);
#line 11
        if (s == TR_PENDING) { f->s.at = 1; return TR_PENDING; at_1: s = tr_woken(&app->rt); }
#line 11
        if (s == TR_RAISED) { raised.leaf[0].site = 0; raised.count = 1; why = TR_RAISED; goto cleanup_1; }
#line 11
        if (s != TR_DONE) { why = TR_CANCELLED; goto cleanup_1; }
#line 11
        tr_put_duration(&app_out, f->s.t); tr_put_str(&app_out, TR_STR(" leaves "));
#line 11
        tr_put_int(&app_out, f->s.item); tr_put_str(&app_out, TR_STR("\n"));
    }
#line 10
    why = TR_DONE;
cleanup_1:
#line 11
    tr_receiver_close(&app->rt, f->s.items);
#line 11
    if (why != TR_DONE) {
#line 11
        if (why & TR_RAISED) f->errs.count = (uint8_t)app_move(f->errs.leaf, raised.leaf, raised.count);
#line 11
        return why;
    }
#line 11
    return TR_DONE;
}

/* n.start_soon */
#line 20 "tests/golden/emit/a_broadcast_reaches_every_receiver.tr"
static tr_status app_main__1_step(struct app_app *app, union app_main__1 *f) {
    tr_status why;
    struct app_leaves_1 raised;
    int32_t item_2;
    bool t;
    tr_status s;
    switch (f->s.at) {
    case 1: goto at_1;
    default: break;
    }
#line 21 /* for i in 0..5 */
    for (f->s.i = 0; f->s.i < 5; f->s.i++) {
#line 22 /* await tx.send(i); */
        f->s.item = f->s.i; s = tr_send(&app->rt, f->s.tx, &f->s.wait, &f->s.item);
#line 22
        if (s == TR_PENDING) { f->s.at = 1; return TR_PENDING; at_1: s = tr_woken(&app->rt); }
#line 22
        if (s == TR_RAISED) { raised.leaf[0].site = 1; raised.count = 1; why = TR_RAISED; goto cleanup_1; }
#line 22
        if (s != TR_DONE) { why = TR_CANCELLED; goto cleanup_1; }
#line 23 /* print("{uptime()} sent {i}"); */
        tr_put_duration(&app_out, tr_uptime(&app->rt)); tr_put_str(&app_out, TR_STR(" sent "));
#line 23
        tr_put_int(&app_out, f->s.i); tr_put_str(&app_out, TR_STR("\n"));
    }
#line 25 /* print("room: {tx.try_send(5)}"); */
    item_2 = 5; t = tr_send_nowait(&app->rt, f->s.tx, &item_2) == TR_TRY_DONE;
#line 25
    tr_put_str(&app_out, TR_STR("room: ")); tr_put_bool(&app_out, t); tr_put_str(&app_out, TR_STR("\n"));
#line 20
    why = TR_DONE;
cleanup_1:
#line 25
    tr_sender_close(&app->rt, f->s.tx);
#line 25
    if (why != TR_DONE) {
#line 25
        if (why & TR_RAISED) f->errs.count = (uint8_t)app_move(f->errs.leaf, raised.leaf, raised.count);
#line 25
        return why;
    }
#line 25
    return TR_DONE;
}

/* async fn main() raises EndOfChannel, BrokenResource */
#line 14 "tests/golden/emit/a_broadcast_reaches_every_receiver.tr"
static tr_status app_main_step(struct app_app *app, union app_main *f) {
    tr_status why, why_2, why_3, why_4;
    tr_channel *moved;
    tr_channel *moved_2;
    tr_channel *moved_3;
    tr_channel *moved_4;
    struct app_leaves_2 raised;
    tr_status s;
    switch (f->s.at) {
    case 1: goto at_1;
    default: break;
    }
#line 15 /* let (tx, fast, slow, short) = broadcast<i32>(2); */
    tr_broadcast_init(&f->s.channel.channel, 3, f->s.channel.items, sizeof(int32_t), 2);
#line 15
    f->s.tx = &f->s.channel.channel.channel; f->s.fast = &f->s.channel.end[0u];
#line 15
    f->s.slow = &f->s.channel.end[1u]; f->s.v_short = &f->s.channel.end[2u];
#line 16 /* nursery n */
    tr_nursery_open(&app->rt, &f->s.n, f->s.leaves.leaf);
#line 17 /* n.start_soon(listen("fast", fast, 1ms)); */
    moved = f->s.fast; f->s.fast = NULL;
#line 17
    app_listen_begin(&f->s.slots.frame, TR_STR("fast"), moved, TR_NS(1000000));
#line 17
    tr_start_soon(&app->rt, &f->s.n, &f->s.slots.task, app_listen_task);
#line 18 /* n.start_soon(listen("slow", slow, 10ms)); */
    moved_2 = f->s.slow; f->s.slow = NULL;
#line 18
    app_listen_begin(&f->s.slots_2.frame, TR_STR("slow"), moved_2, TR_NS(10000000));
#line 18
    tr_start_soon(&app->rt, &f->s.n, &f->s.slots_2.task, app_listen_task);
#line 19 /* n.start_soon(leave(short)); */
    moved_3 = f->s.v_short; f->s.v_short = NULL; app_leave_begin(&f->s.slots_3.frame, moved_3);
#line 19
    tr_start_soon(&app->rt, &f->s.n, &f->s.slots_3.task, app_leave_task);
#line 20 /* n.start_soon { for i in 0..5 { await tx.send(i); ... */
    moved_4 = f->s.tx; f->s.tx = NULL; app_main__1_begin(&f->s.slots_4.frame, moved_4);
#line 20
    tr_start_soon(&app->rt, &f->s.n, &f->s.slots_4.task, app_main__1_task);
#line 16
    f->s.at = 1; return tr_nursery_join(&app->rt, &f->s.n, TR_DONE);
at_1:
#line 16
    s = tr_nursery_close(&app->rt, &f->s.n);
#line 16
    if (s != TR_DONE) {
#line 16
        if (s & TR_RAISED) {
#line 16
            raised.count = (uint8_t)app_move(raised.leaf, f->s.leaves.leaf, f->s.n.leaf_count);
        }
#line 16
        why_4 = s; goto cleanup_4;
    }
#line 15
    why_4 = TR_DONE;
cleanup_4:
#line 20
    tr_receiver_close(&app->rt, f->s.v_short); why_3 = why_4; tr_receiver_close(&app->rt, f->s.slow);
#line 20
    why_2 = why_3; tr_receiver_close(&app->rt, f->s.fast); why = why_2; tr_sender_close(&app->rt, f->s.tx);
#line 20
    if (why != TR_DONE) {
#line 20
        if (why & TR_RAISED) f->errs.count = (uint8_t)app_move(f->errs.leaf, raised.leaf, raised.count);
#line 20
        return why;
    }
#line 20
    return TR_DONE;
}
