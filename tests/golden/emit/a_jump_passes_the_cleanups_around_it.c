/* Made by trc from tests/golden/emit/a_jump_passes_the_cleanups_around_it.tr. */
#include "app.h"

#include <string.h>

#include "tr_bits.h"

static const char app_file[] = "tests/golden/emit/a_jump_passes_the_cleanups_around_it.tr";
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
#line 1 "tests/golden/emit/a_jump_passes_the_cleanups_around_it.tr"
static tr_status app_main_step(struct app_app *app, struct app_main *f) {
    tr_status why, why_2;
    tr_status s;
    switch (f->at) {
    case 1: goto at_1;
    default: break;
    }
#line 2 /* var lock = Lock(); */
    tr_lock_init(&app->rt, &f->lock);
#line 3 /* outer: loop */
    for (;;) {
#line 4 /* for i in 0..5 */
        for (f->i = 0; f->i < 5; f->i++) {
#line 5 /* async with lock */
            if (TR_CHECKS && tr_lock_held(&app->rt, &f->lock)) tr_panic(app_file, 5, "this task holds the lock already");
#line 5
            s = tr_lock_acquire(&app->rt, &f->lock, &f->wait);
#line 5
            if (s == TR_PENDING) { f->at = 1; return TR_PENDING; at_1: s = tr_woken(&app->rt); }
#line 5
            if (s != TR_DONE) return s;
#line 7 /* if i == 1 */
            if (f->i == 1) {
#line 7 /* continue; */
                why_2 = 8; goto cleanup_2;
            }
#line 8 /* if i == 2 */
            if (f->i == 2) {
#line 8 /* break outer; */
                why_2 = 16; goto cleanup_2;
            }
#line 8
            why_2 = TR_DONE;
        cleanup_2:
#line 6 /* print("{i}"); */
            tr_put_int(&app_out, f->i); tr_put_str(&app_out, TR_STR("\n"));
#line 6
            if (why_2 == 8) { why = 8; goto cleanup_1; }
#line 6
            if (why_2 == 16) { why = 16; goto cleanup_1; }
#line 6
            why = TR_DONE;
        cleanup_1:
#line 6
            if (TR_CHECKS && !tr_lock_held(&app->rt, &f->lock)) tr_panic(app_file, 6, "release of a lock that this task does not hold");
#line 6
            tr_lock_release(&app->rt, &f->lock);
#line 6
            if (why == 8) continue;
#line 6
            if (why == 16) goto break_1;
        }
    }
break_1: ;
#line 6
    return TR_DONE;
}
