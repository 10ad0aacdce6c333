/* Made by trc from tests/golden/emit/a_scope_absorbs_its_cancellation.tr. */
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
#line 1 "tests/golden/emit/a_scope_absorbs_its_cancellation.tr"
static tr_status app_main_step(struct app_app *app, struct app_main *f) {
    tr_status why;
    tr_status s;
    switch (f->at) {
    case 1: goto at_1;
    default: break;
    }
#line 2 /* move_on_after 10ms as s */
    tr_scope_enter_after(&app->rt, &f->s, 0, 10000000);
#line 3 /* await sleep_forever(); */
    s = tr_sleep_forever(&app->rt, &f->wait);
#line 3
    if (s == TR_PENDING) { f->at = 1; return TR_PENDING; at_1: s = tr_woken(&app->rt); }
#line 3
    why = TR_CANCELLED;
#line 2
    s = tr_timed_scope_exit(&app->rt, &f->s, why);
#line 2
    if (s != TR_DONE) return s;
#line 2
    if (tr_cancelled_caught(&f->s.scope)) {
#line 5 /* print("given up"); */
        tr_put_str(&app_out, TR_STR("given up\n"));
    }
#line 7 /* print("{s.cancelled_caught}"); */
    tr_put_bool(&app_out, tr_cancelled_caught(&f->s.scope)); tr_put_str(&app_out, TR_STR("\n"));
#line 7
    return TR_DONE;
}
