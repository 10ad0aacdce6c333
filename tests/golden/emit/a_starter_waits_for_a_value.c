/* Made by trc from tests/golden/emit/a_starter_waits_for_a_value.tr. */
#include "app.h"

#include <string.h>

#include "tr_bits.h"

static const char app_file[] = "tests/golden/emit/a_starter_waits_for_a_value.tr";
static tr_sink app_out;

static tr_status app_server_step(struct app_app *app, struct app_server *f);
static tr_status app_main_step(struct app_app *app, struct app_main *f);

static void app_server_begin(struct app_server *f, int32_t port, tr_starting *starting, int32_t *started_value) {
    f->at = 0;
    f->port = port;
    f->starting = starting;
    f->value = started_value;
}

static void app_main_begin(struct app_main *f) {
    f->at = 0;
}

static tr_status app_server_task(tr_rt *rt, tr_task *task) {
    struct app_server_slot *slot = (struct app_server_slot *)(void *)task;
    return app_server_step((struct app_app *)(void *)rt, &slot->frame);
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

/* async fn server(port: i32) starts i32 */
#line 1 "tests/golden/emit/a_starter_waits_for_a_value.tr"
static tr_status app_server_step(struct app_app *app, struct app_server *f) {
    int32_t t;
    tr_status s;
    switch (f->at) {
    case 1: goto at_1;
    case 2: goto at_2;
    default: break;
    }
#line 2 /* await sleep(1ms); */
    s = tr_sleep(&app->rt, &f->wait, 1000000);
#line 2
    if (s == TR_PENDING) { f->at = 1; return TR_PENDING; at_1: s = tr_woken(&app->rt); }
#line 2
    if (s != TR_DONE) return s;
#line 3 /* started(port + 1); */
    t = tr_add_i32(f->port, 1, app_file, 3);
#line 3
    if (TR_CHECKS && f->starting == (void *)f) tr_panic(app_file, 3, "started for the second time");
#line 3
    if (f->starting) {
#line 3
        *f->value = t; tr_started(&app->rt, f->starting); f->starting = (void *)f;
    }
#line 4 /* await sleep(1ms); */
    s = tr_sleep(&app->rt, &f->wait, 1000000);
#line 4
    if (s == TR_PENDING) { f->at = 2; return TR_PENDING; at_2: s = tr_woken(&app->rt); }
#line 4
    return s;
}

/* async fn main() raises */
#line 7 "tests/golden/emit/a_starter_waits_for_a_value.tr"
static tr_status app_main_step(struct app_app *app, struct app_main *f) {
    tr_status why;
    struct app_leaves_1 raised;
    int32_t t;
    tr_status s;
    (void)raised;
    switch (f->at) {
    case 1: goto at_1;
    case 2: goto at_2;
    default: break;
    }
#line 8 /* nursery n */
    tr_nursery_open(&app->rt, &f->n, NULL);
#line 9 /* print("{await n.start(server(80))}"); */
    app_server_begin(&f->slots.frame, 80, &f->starting, &f->value); f->at = 1;
#line 9
    return tr_start(&app->rt, &f->starting, &f->n, &f->slots.task, app_server_task, NULL);
at_1:
#line 9
    s = tr_start_close(&app->rt, &f->starting);
#line 9
    if (s != TR_DONE) { why = TR_CANCELLED; goto cleanup_1; }
#line 9
    if (!f->starting.started) { raised.leaf[0].site = 0; raised.count = 1; why = TR_RAISED; goto cleanup_1; }
#line 9
    t = f->value; tr_put_int(&app_out, t); tr_put_str(&app_out, TR_STR("\n"));
#line 9
    why = TR_DONE;
cleanup_1:
#line 8
    f->at = 2; return tr_nursery_join(&app->rt, &f->n, why);
at_2:
#line 8
    s = tr_nursery_close(&app->rt, &f->n);
#line 8
    return s;
}
