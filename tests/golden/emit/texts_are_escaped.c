/* Made by trc from tests/golden/emit/texts_are_escaped.tr. */
#include "app.h"

#include <string.h>

#include "tr_bits.h"

static tr_sink app_out;
static const char app_file[] = "tests/golden/emit/texts_are_escaped.tr";

static tr_status app_main_step(struct app_app *app, struct app_main *f);

static void app_main_begin(struct app_main *f) {
    (void)f;
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
#line 2 "tests/golden/emit/texts_are_escaped.tr"
static tr_status app_main_step(struct app_app *app, struct app_main *f) {
    struct app_slice_u8 bytes;
    (void)app;
    (void)f;
#line 3 /* print("quote \" backslash \\ what??/ tab\t größe \u{202e} end"); */
    tr_put_str(&app_out, TR_STR("quote \" backslash \\ what?\?/ tab\t größe \342\200\256 end\n"));
#line 4 /* let bytes = b"\x00\xff"; */
    bytes = (struct app_slice_u8){(uint8_t *)"\000\377", 2};
#line 5 /* print("{bytes.len} {bytes[1]}"); */
    tr_put_uint(&app_out, bytes.len); tr_put_str(&app_out, TR_STR(" "));
#line 5
    tr_put_uint(&app_out, bytes.at[tr_index(1u, bytes.len, app_file, 5)]); tr_put_str(&app_out, TR_STR("\n"));
#line 5
    return TR_DONE;
}
