/* Made by trc from tests/golden/emit/a_cleanup_stands_once.tr. */
#include "app.h"

#include <string.h>

#include "tr_bits.h"

static tr_sink app_out;

static tr_status app_work_step(struct app_app *app, union app_work *f);
static tr_status app_main_step(struct app_app *app, struct app_main *f);

static void app_work_begin(union app_work *f, bool early) {
    f->s.at = 0;
    f->s.early = early;
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

/* async fn work(early: bool) -> i32 */
#line 2 "tests/golden/emit/a_cleanup_stands_once.tr"
static tr_status app_work_step(struct app_app *app, union app_work *f) {
    int32_t result;
    tr_status why;
    tr_status s;
    result = 0;
    switch (f->s.at) {
    case 1: goto at_1;
    case 2: goto at_2;
    default: break;
    }
#line 4 /* await sleep(1ms); */
    s = tr_sleep(&app->rt, &f->s.wait, 1000000);
#line 4
    if (s == TR_PENDING) { f->s.at = 1; return TR_PENDING; at_1: s = tr_woken(&app->rt); }
#line 4
    if (s != TR_DONE) { why = TR_CANCELLED; goto cleanup_1; }
#line 5 /* if early */
    if (f->s.early) {
#line 5 /* return 1; */
        result = 1; why = 8; goto cleanup_1;
    }
#line 6 /* await sleep(1h); */
    s = tr_sleep(&app->rt, &f->s.wait, INT64_C(3600000000000));
#line 6
    if (s == TR_PENDING) { f->s.at = 2; return TR_PENDING; at_2: s = tr_woken(&app->rt); }
#line 6
    if (s != TR_DONE) { why = TR_CANCELLED; goto cleanup_1; }
#line 7 /* return 2; */
    result = 2; why = 8;
cleanup_1:
#line 3 /* print("cleanup"); */
    tr_put_str(&app_out, TR_STR("cleanup\n"));
#line 3
    if ((why & 7u) != TR_DONE) return why;
#line 3
    f->ret = result; return TR_DONE;
}

/* async fn main() */
#line 10 "tests/golden/emit/a_cleanup_stands_once.tr"
static tr_status app_main_step(struct app_app *app, struct app_main *f) {
    int32_t t;
    tr_status why;
    int32_t t_2;
    tr_status s;
    switch (f->at) {
    case 1: goto at_1;
    case 2: goto at_2;
    default: break;
    }
#line 11 /* print("{await work(true)}"); */
    app_work_begin(&f->u1.work, true); f->at = 1;
at_1:
#line 11
    s = app_work_step(app, &f->u1.work);
#line 11
    if (s != TR_DONE) return s;
#line 11
    t = f->u1.work.ret; tr_put_int(&app_out, t); tr_put_str(&app_out, TR_STR("\n"));
#line 12 /* move_on_after 5ms */
    tr_scope_enter_after(&app->rt, &f->u1.scope, 0, 5000000);
#line 12 /* print("{await work(false)}"); */
    app_work_begin(&f->work_2, false); f->at = 2;
at_2:
#line 12
    s = app_work_step(app, &f->work_2);
#line 12
    if (s == TR_PENDING) return s;
#line 12
    if (s != TR_DONE) { why = TR_CANCELLED; goto cleanup_1; }
#line 12
    t_2 = f->work_2.ret; tr_put_int(&app_out, t_2); tr_put_str(&app_out, TR_STR("\n"));
#line 12
    why = TR_DONE;
cleanup_1:
#line 12
    s = tr_timed_scope_exit(&app->rt, &f->u1.scope, why);
#line 12
    return s;
}
