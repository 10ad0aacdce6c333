/* Made by trc from tests/golden/emit/an_included_header_declares.tr. */
#include "app.h"

#include <string.h>

#include "tr_bits.h"
#include "board.h"

static const char app_file[] = "tests/golden/emit/an_included_header_declares.tr";

static int32_t app_twice(uint8_t channel);
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

/* fn twice(channel: u8) -> i32 { return adc_read(channel) + adc_read(channel); } */
#line 7 "tests/golden/emit/an_included_header_declares.tr"
static int32_t app_twice(uint8_t channel) {
    uint16_t t, t_2;
#line 7 /* return adc_read(channel) + adc_read(channel); */
    t = adc_read(channel); t_2 = adc_read(channel); return (int32_t)tr_add_u16(t, t_2, app_file, 7);
}

/* async fn main() */
#line 9 "tests/golden/emit/an_included_header_declares.tr"
static tr_status app_main_step(struct app_app *app, struct app_main *f) {
    int32_t t;
    uint16_t t_2;
    (void)app;
    (void)f;
    (void)t_2;
#line 10 /* led_write(7, twice(3) > 100); */
    t = app_twice(3); led_write(7, t > 100);
#line 11 /* _ = adc_read(1); */
    t_2 = adc_read(1); return TR_DONE;
}
