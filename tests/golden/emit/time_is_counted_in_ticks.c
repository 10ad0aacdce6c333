/* Made by trc from tests/golden/emit/time_is_counted_in_ticks.tr. */
#include "app.h"

#include <string.h>

#include "tr_bits.h"

static const char app_file[] = "tests/golden/emit/time_is_counted_in_ticks.tr";
static const struct app_arr_2_duration app_PAUSES = {{5, 3600000}};
static tr_sink app_out;

static tr_status app_main_step(struct app_app *app, struct app_main *f);

static void app_main_begin(struct app_main *f) {
    f->at = 0;
}

/* Waiting for a negative time is a mistake, and so is a deadline that would look past. */
static tr_duration app_wait_time(tr_duration time, const char *file, uint32_t line) {
    if (TR_CHECKS && time < 0) tr_panic(file, line, "a negative time to wait");
    if (TR_CHECKS && time > TR_FAR) tr_panic(file, line, "a wait for more than half the clock's range");
    (void)file, (void)line;
    return time;
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

/* async fn main() */
#line 3 "tests/golden/emit/time_is_counted_in_ticks.tr"
static tr_status app_main_step(struct app_app *app, struct app_main *f) {
    tr_status s;
    switch (f->at) {
    case 1: goto at_1;
    case 2: goto at_2;
    case 3: goto at_3;
    default: break;
    }
#line 4 /* let t = now() + 30s; */
    f->t = tr_later_checked(tr_now(&app->rt), 30000, app_file, 4);
#line 5 /* var d = PAUSES[1]; */
    f->d = app_PAUSES.at[1u];
#line 6 /* d += 1500ms; */
    f->d = tr_add_i32(f->d, 1500, app_file, 6);
#line 7 /* await sleep(20ms); */
    s = tr_sleep(&app->rt, &f->wait_2, 20);
#line 7
    if (s == TR_PENDING) { f->at = 1; return TR_PENDING; at_1: s = tr_woken(&app->rt); }
#line 7
    if (s != TR_DONE) return s;
#line 8 /* await sleep(d); */
    s = tr_sleep(&app->rt, &f->wait_2, app_wait_time(f->d, app_file, 8));
#line 8
    if (s == TR_PENDING) { f->at = 2; return TR_PENDING; at_2: s = tr_woken(&app->rt); }
#line 8
    if (s != TR_DONE) return s;
#line 9 /* await sleep_until(t - d); */
    s = tr_sleep_until(&app->rt, &f->wait_2, tr_later_checked(f->t, tr_neg_i32(f->d, app_file, 9), app_file, 9));
#line 9
    if (s == TR_PENDING) { f->at = 3; return TR_PENDING; at_3: s = tr_woken(&app->rt); }
#line 9
    if (s != TR_DONE) return s;
#line 10 /* print("{uptime64()}"); */
    tr_put_uint(&app_out, tr_uptime64(&app->rt)); tr_put_str(&app_out, TR_STR("\n"));
#line 10
    return TR_DONE;
}
