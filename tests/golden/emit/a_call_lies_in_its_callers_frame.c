/* Made by trc from tests/golden/emit/a_call_lies_in_its_callers_frame.tr. */
#include "app.h"

#include <string.h>

#include "tr_bits.h"

static const char app_file[] = "tests/golden/emit/a_call_lies_in_its_callers_frame.tr";
static tr_sink app_out;

static tr_status app_twice_step(struct app_app *app, union app_twice *f);
static tr_status app_main_step(struct app_app *app, struct app_main *f);

static void app_twice_begin(union app_twice *f, int32_t x) {
    f->s.at = 0;
    f->s.x = x;
}

static void app_main_begin(struct app_main *f) {
    f->at = 0;
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

/* async fn twice(x: i32) -> i32 */
#line 2 "tests/golden/emit/a_call_lies_in_its_callers_frame.tr"
static tr_status app_twice_step(struct app_app *app, union app_twice *f) {
    tr_status s;
    switch (f->s.at) {
    case 1: goto at_1;
    default: break;
    }
#line 3 /* await sleep(1ms); */
    s = tr_sleep(&app->rt, &f->s.wait, 1000000);
#line 3
    if (s == TR_PENDING) { f->s.at = 1; return TR_PENDING; at_1: s = tr_woken(&app->rt); }
#line 3
    if (s != TR_DONE) return s;
#line 4 /* return x * 2; */
    f->ret = tr_mul_i32(f->s.x, 2, app_file, 4); return TR_DONE;
}

/* async fn main() */
#line 7 "tests/golden/emit/a_call_lies_in_its_callers_frame.tr"
static tr_status app_main_step(struct app_app *app, struct app_main *f) {
    int32_t y;
    tr_status s;
    switch (f->at) {
    case 1: goto at_1;
    default: break;
    }
#line 8 /* let y = await twice(21); */
    app_twice_begin(&f->twice, 21); f->at = 1;
at_1:
#line 8
    s = app_twice_step(app, &f->twice);
#line 8
    if (s != TR_DONE) return s;
#line 8
    y = f->twice.ret;
#line 9 /* print("{y}"); */
    tr_put_int(&app_out, y); tr_put_str(&app_out, TR_STR("\n"));
#line 9
    return TR_DONE;
}
