/* Made by trc from tests/golden/emit/a_plain_call_needs_no_frame.tr. */
#include "app.h"

#include <string.h>

#include "tr_bits.h"

static const char app_file[] = "tests/golden/emit/a_plain_call_needs_no_frame.tr";
static tr_sink app_out;

static uint32_t app_half(uint32_t x);
static tr_status app_never_waits_step(struct app_app *app, union app_never_waits *f);
static tr_status app_main_step(struct app_app *app, struct app_main *f);

static void app_never_waits_begin(union app_never_waits *f, uint32_t x) {
    f->s.x = x;
}

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

/* fn half(x: u32) -> u32 { return x / 2; } */
#line 1 "tests/golden/emit/a_plain_call_needs_no_frame.tr"
static uint32_t app_half(uint32_t x) {
#line 1 /* return x / 2; */
    return x / 2u;
}

/* async fn never_waits(x: u32) -> u32 { return half(x) + 1; } */
#line 3 "tests/golden/emit/a_plain_call_needs_no_frame.tr"
static tr_status app_never_waits_step(struct app_app *app, union app_never_waits *f) {
    uint32_t t;
    (void)app;
#line 3 /* return half(x) + 1; */
    t = app_half(f->s.x); f->ret = tr_add_u32(t, 1u, app_file, 3); return TR_DONE;
}

/* async fn main() */
#line 5 "tests/golden/emit/a_plain_call_needs_no_frame.tr"
static tr_status app_main_step(struct app_app *app, struct app_main *f) {
    uint32_t t;
    union app_never_waits never_waits;
    (void)f;
#line 6 /* print("{await never_waits(10)}"); */
    app_never_waits_begin(&never_waits, 10u); (void)app_never_waits_step(app, &never_waits); t = never_waits.ret;
#line 6
    tr_put_uint(&app_out, t); tr_put_str(&app_out, TR_STR("\n"));
#line 6
    return TR_DONE;
}
