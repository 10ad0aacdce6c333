/* Made by trc from tests/golden/emit/constants_lie_in_flash_and_statics_in_the_program.tr. */
#include "app.h"

#include <string.h>

#include "tr_bits.h"

static const struct app_arr_2_Edge app_EDGES = {{{10000000, true}, {20000000, false}}};
static const char app_file[] = "tests/golden/emit/constants_lie_in_flash_and_statics_in_the_program.tr";
static tr_sink app_out;
static const struct app_arr_2_str app_NAMES = {{{"one", 3}, {"two", 3}}};

static tr_status app_main_step(struct app_app *app, struct app_main *f);

static void app_main_begin(struct app_main *f) {
    (void)f;
}

static tr_status app_main_task(tr_rt *rt, tr_task *task) {
    struct app_main_slot *slot = (struct app_main_slot *)(void *)task;
    return app_main_step((struct app_app *)(void *)rt, &slot->frame);
}

void app_init(struct app_app *app) {
    app->statics.count = 5;
    app->statics.seen = (struct app_arr_3_u8){{1, 2, 3}};
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
#line 8 "tests/golden/emit/constants_lie_in_flash_and_statics_in_the_program.tr"
static tr_status app_main_step(struct app_app *app, struct app_main *f) {
    size_t at;
    struct app_Edge e;
    (void)f;
#line 9 /* for e in EDGES */
    for (at = 0u; at < 2u; at++) {
#line 9
        e = app_EDGES.at[at];
#line 9 /* count += 1; */
        app->statics.count = tr_add_i32(app->statics.count, 1, app_file, 9);
#line 9 /* print("{e.at} {e.down}"); */
        tr_put_duration(&app_out, e.at); tr_put_str(&app_out, TR_STR(" ")); tr_put_bool(&app_out, e.down);
#line 9
        tr_put_str(&app_out, TR_STR("\n"));
    }
#line 10 /* seen[1] = 9; */
    app->statics.seen.at[1u] = 9;
#line 11 /* print("{count} {seen[1]} {NAMES[1]}"); */
    tr_put_int(&app_out, app->statics.count); tr_put_str(&app_out, TR_STR(" "));
#line 11
    tr_put_uint(&app_out, app->statics.seen.at[1u]); tr_put_str(&app_out, TR_STR(" "));
#line 11
    tr_put_str(&app_out, app_NAMES.at[1u]); tr_put_str(&app_out, TR_STR("\n"));
#line 11
    return TR_DONE;
}
