/* Made by trc from tests/golden/emit/a_race_reads_its_winners_slot.tr. */
#include "app.h"

#include <string.h>

#include "tr_bits.h"

static const char app_file[] = "tests/golden/emit/a_race_reads_its_winners_slot.tr";
static tr_sink app_out;

static tr_status app_ask_step(struct app_app *app, union app_ask *f);
static tr_status app_main_step(struct app_app *app, struct app_main *f);

static void app_ask_begin(union app_ask *f, tr_duration d) {
    f->s.at = 0;
    f->s.u1.d = d;
}

/* Waiting for a negative time is a mistake, and so is a deadline that would look past. */
static tr_duration app_wait_time(tr_duration time, const char *file, uint32_t line) {
    if (TR_CHECKS && time < 0) tr_panic(file, line, "a negative time to wait");
    if (TR_CHECKS && time > TR_FAR) tr_panic(file, line, "a wait for more than half the clock's range");
    (void)file, (void)line;
    return time;
}

static void app_main_begin(struct app_main *f) {
    f->at = 0;
}

static tr_status app_ask_task(tr_rt *rt, tr_task *task) {
    struct app_ask_slot *slot = (struct app_ask_slot *)(void *)task;
    return app_ask_step((struct app_app *)(void *)rt, &slot->frame);
}

static tr_status app_ask_racer(tr_rt *rt, tr_task *task) {
    return tr_race_step(rt, task, app_ask_task(rt, task));
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

/* async fn ask(d: duration) -> i64 { await sleep(d); return 5; } */
#line 2 "tests/golden/emit/a_race_reads_its_winners_slot.tr"
static tr_status app_ask_step(struct app_app *app, union app_ask *f) {
    tr_status s;
    switch (f->s.at) {
    case 1: goto at_1;
    default: break;
    }
#line 2 /* await sleep(d); */
    s = tr_sleep(&app->rt, &f->s.u1.wait, app_wait_time(f->s.u1.d, app_file, 2));
#line 2
    if (s == TR_PENDING) { f->s.at = 1; return TR_PENDING; at_1: s = tr_woken(&app->rt); }
#line 2
    if (s != TR_DONE) return s;
#line 2 /* return 5; */
    f->ret = 5; return TR_DONE;
}

/* async fn main() */
#line 4 "tests/golden/emit/a_race_reads_its_winners_slot.tr"
static tr_status app_main_step(struct app_app *app, struct app_main *f) {
    int64_t a, b;
    tr_status s;
    switch (f->at) {
    case 1: goto at_1;
    case 2: goto at_2;
    default: break;
    }
#line 5 /* let winner = race { ask(2ms); ask(1ms); }; */
    tr_nursery_open(&app->rt, &f->u3.race, NULL);
#line 5 /* ask(2ms); */
    app_ask_begin(&f->u1.slots.frame, 2000000);
#line 5
    tr_start_soon(&app->rt, &f->u3.race, &f->u1.slots.task, app_ask_racer);
#line 5 /* ask(1ms); */
    app_ask_begin(&f->u2.slots_2.frame, 1000000);
#line 5
    tr_start_soon(&app->rt, &f->u3.race, &f->u2.slots_2.task, app_ask_racer); f->at = 1;
#line 5
    return tr_nursery_join(&app->rt, &f->u3.race, TR_DONE);
at_1:
#line 5
    s = tr_nursery_close(&app->rt, &f->u3.race);
#line 5
    if (s != TR_DONE) return s;
#line 5
    if (tr_has_won(&f->u1.slots.task)) {
#line 5
        f->winner = f->u1.slots.frame.ret;
    } else {
#line 5
        f->winner = f->u2.slots_2.frame.ret;
    }
#line 6 /* together */
    tr_nursery_open(&app->rt, &f->u3.together, NULL);
#line 7 /* let a = ask(1ms); */
    app_ask_begin(&f->u1.slots_3.frame, 1000000);
#line 7
    tr_start_soon(&app->rt, &f->u3.together, &f->u1.slots_3.task, app_ask_task);
#line 8 /* let b: i64 = ask(2ms); */
    app_ask_begin(&f->u2.slots_4.frame, 2000000);
#line 8
    tr_start_soon(&app->rt, &f->u3.together, &f->u2.slots_4.task, app_ask_task);
#line 6
    f->at = 2; return tr_nursery_join(&app->rt, &f->u3.together, TR_DONE);
at_2:
#line 6
    s = tr_nursery_close(&app->rt, &f->u3.together);
#line 6
    if (s != TR_DONE) return s;
#line 7 /* let a = ask(1ms); */
    a = f->u1.slots_3.frame.ret;
#line 8 /* let b: i64 = ask(2ms); */
    b = f->u2.slots_4.frame.ret;
#line 10 /* print("{winner} {a + b}"); */
    tr_put_int(&app_out, f->winner); tr_put_str(&app_out, TR_STR(" "));
#line 10
    tr_put_int(&app_out, tr_add_i64(a, b, app_file, 10)); tr_put_str(&app_out, TR_STR("\n"));
#line 10
    return TR_DONE;
}
