/* Made by trc from tests/golden/emit/a_wait_in_a_loop.tr. */
#include "app.h"

#include <string.h>

#include "tr_bits.h"

static tr_sink app_out;

static tr_status app_main_step(struct app_app *app, struct app_main *f);

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

/* async fn main() */
#line 2 "tests/golden/emit/a_wait_in_a_loop.tr"
static tr_status app_main_step(struct app_app *app, struct app_main *f) {
    tr_status s;
    switch (f->at) {
    case 1: goto at_1;
    default: break;
    }
#line 3 /* for i in 0..3 */
    for (f->i = 0; f->i < 3; f->i++) {
#line 4 /* await sleep(10ms); */
        s = tr_sleep(&app->rt, &f->wait, 10000000);
#line 4
        if (s == TR_PENDING) { f->at = 1; return TR_PENDING; at_1: s = tr_woken(&app->rt); }
#line 4
        if (s != TR_DONE) return s;
#line 5 /* print("{i}"); */
        tr_put_int(&app_out, f->i); tr_put_str(&app_out, TR_STR("\n"));
    }
#line 5
    return TR_DONE;
}
