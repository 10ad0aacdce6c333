/* Made by trc from tests/golden/emit/beats_keep_a_grid.tr. */
#include "app.h"

#include <string.h>

#include "tr_bits.h"

static tr_sink app_out;
static const char app_file[] = "tests/golden/emit/beats_keep_a_grid.tr";

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
#line 2 "tests/golden/emit/beats_keep_a_grid.tr"
static tr_status app_main_step(struct app_app *app, struct app_main *f) {
    tr_status s;
    switch (f->at) {
    case 1: goto at_1;
    default: break;
    }
#line 3 /* var rounds = 3; */
    f->rounds = 3;
#line 4 /* every 10ms as late */
    f->beat = tr_now(&app->rt); f->late = 0u;
#line 4
    for (;;) {
#line 4
        s = tr_sleep_until(&app->rt, &f->wait, f->beat);
#line 4
        if (s == TR_PENDING) { f->at = 1; return TR_PENDING; at_1: s = tr_woken(&app->rt); }
#line 4
        if (s != TR_DONE) return s;
#line 5 /* print("{uptime()} {late}"); */
        tr_put_duration(&app_out, tr_uptime(&app->rt)); tr_put_str(&app_out, TR_STR(" "));
#line 5
        tr_put_uint(&app_out, f->late); tr_put_str(&app_out, TR_STR("\n"));
#line 6 /* rounds -= 1; */
        f->rounds = tr_sub_i32(f->rounds, 1, app_file, 6);
#line 7 /* if rounds == 0 */
        if (f->rounds == 0) {
#line 7 /* break; */
            break;
        }
#line 8 /* busy(12ms); */
        tr_busy(&app->rt, 12000000); f->late = tr_next_beat(&app->rt, &f->beat, 10000000);
    }
#line 8
    return TR_DONE;
}
