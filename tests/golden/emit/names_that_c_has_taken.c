/* Made by trc from tests/golden/emit/names_that_c_has_taken.tr. */
#include "app.h"

#include <string.h>

#include "tr_bits.h"

static const char app_file[] = "tests/golden/emit/names_that_c_has_taken.tr";
static tr_sink app_out;
static const struct {
    uint8_t error;
} app_sites[] = {
    {9}, /* signed, line 8 */
};

static int32_t app_init_2(int32_t app_, int32_t f_, int32_t s_);
static tr_status app_run_2(int32_t s_, int32_t ret_, int32_t *ret, struct app_leaves_1 *errs);
static tr_status app_work_step(struct app_app *app, union app_work *f);
static tr_status app_work_step_2_step(struct app_app *app, union app_work_step_2 *f);
static tr_status app_main_step(struct app_app *app, struct app_main *f);

static void app_work_begin(union app_work *f, int32_t f_, int32_t s_, int32_t at) {
    f->s.at_2 = 0;
    f->s.f = f_;
    f->s.s = s_;
    f->s.at = at;
}

static void app_work_step_2_begin(union app_work_step_2 *f, int32_t errs_) {
    f->s.errs = errs_;
}

static void app_main_begin(struct app_main *f) {
    f->at = 0;
}

static void app_put_int(tr_sink *sink, const struct app_int *value) {
    tr_put_str(sink, TR_STR("int"));
    tr_put_str(sink, TR_STR("(default: "));
    tr_put_int(sink, value->default_);
    tr_put_str(sink, TR_STR(", at: "));
    tr_put_int(sink, value->at);
    tr_put_str(sink, TR_STR(")"));
}

static void app_put_register(tr_sink *sink, const struct app_register *value) {
    switch (value->tag) {
    case app_register_auto:
        tr_put_str(sink, TR_STR("register.auto"));
        break;
    case app_register_volatile:
        tr_put_str(sink, TR_STR("register.volatile"));
        tr_put_str(sink, TR_STR("(union: "));
        tr_put_int(sink, value->u.volatile_.union_);
        tr_put_str(sink, TR_STR(")"));
        break;
    default: break;
    }
}

static bool app_any(const struct app_leaf *leaf, size_t count, const uint8_t *errors, size_t kinds) {
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < kinds; k++)
            if (app_sites[leaf[i].site].error == errors[k]) return true;
    }
    return false;
}

static size_t app_take(struct app_leaf *to, const struct app_leaf *from, size_t count, const uint8_t *errors,
                     size_t kinds) {
    size_t taken = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < kinds; k++)
            if (app_sites[from[i].site].error == errors[k]) to[taken++] = from[i];
    }
    return taken;
}

static size_t app_drop(struct app_leaf *leaf, size_t count, const uint8_t *errors, size_t kinds) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        size_t k = 0;
        while (k < kinds && app_sites[leaf[i].site].error != errors[k]) k++;
        if (k == kinds) leaf[kept++] = leaf[i];
    }
    return kept;
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

/* fn init(app: i32, f: i32, s: i32) -> i32 { return app + f * s; } */
#line 5 "tests/golden/emit/names_that_c_has_taken.tr"
static int32_t app_init_2(int32_t app_, int32_t f_, int32_t s_) {
#line 5 /* return app + f * s; */
    return tr_add_i32(app_, tr_mul_i32(f_, s_, app_file, 5), app_file, 5);
}

/* fn run(s: i32, ret: i32) -> i32 raises signed */
#line 7 "tests/golden/emit/names_that_c_has_taken.tr"
static tr_status app_run_2(int32_t s_, int32_t ret_, int32_t *ret, struct app_leaves_1 *errs) {
#line 8 /* if s > ret */
    if (s_ > ret_) {
#line 8 /* raise signed(s); */
        errs->leaf[0] = (struct app_leaf){.site = 0, .u.signed_ = {s_}}; errs->count = 1; return TR_RAISED;
    }
#line 9 /* return s; */
    *ret = s_; return TR_DONE;
}

/* async fn work(f: i32, s: i32, at: i32) -> i32 */
#line 12 "tests/golden/emit/names_that_c_has_taken.tr"
static tr_status app_work_step(struct app_app *app, union app_work *f) {
    int32_t app_;
    tr_status s;
    switch (f->s.at_2) {
    case 1: goto at_1;
    default: break;
    }
#line 13 /* await sleep(1ms); */
    s = tr_sleep(&app->rt, &f->s.wait, 1000000);
#line 13
    if (s == TR_PENDING) { f->s.at_2 = 1; return TR_PENDING; at_1: s = tr_woken(&app->rt); }
#line 13
    if (s != TR_DONE) return s;
#line 14 /* let app = f + s; */
    app_ = tr_add_i32(f->s.f, f->s.s, app_file, 14);
#line 15 /* return app + at; */
    f->ret = tr_add_i32(app_, f->s.at, app_file, 15); return TR_DONE;
}

/* async fn work_step(errs: i32) -> i32 { return errs; } */
#line 18 "tests/golden/emit/names_that_c_has_taken.tr"
static tr_status app_work_step_2_step(struct app_app *app, union app_work_step_2 *f) {
    (void)app;
#line 18 /* return errs; */
    f->ret = f->s.errs; return TR_DONE;
}

/* async fn main() */
#line 20 "tests/golden/emit/names_that_c_has_taken.tr"
static tr_status app_main_step(struct app_app *app, struct app_main *f) {
    int32_t f_, s_, tried_, v_app_init, v_INT32_MAX, t, t_2, t_3;
    union app_work_step_2 work_step;
    int32_t r;
    tr_status why;
    struct app_leaves_1 raised;
    struct app_leaf e;
    struct app_leaves_1 caught;
    tr_status s;
    switch (f->at) {
    case 1: goto at_1;
    default: break;
    }
#line 21 /* let f = 1; */
    f_ = 1;
#line 22 /* let s = 2; */
    s_ = 2;
#line 23 /* let tried = 3; */
    tried_ = 3;
#line 24 /* let app_init = 4; */
    v_app_init = 4;
#line 25 /* let INT32_MAX = 5; */
    v_INT32_MAX = 5;
#line 26 /* print("{init(f, s, tried)} {app_init} {INT32_MAX}"); */
    t = app_init_2(f_, s_, tried_); tr_put_int(&app_out, t); tr_put_str(&app_out, TR_STR(" "));
#line 26
    tr_put_int(&app_out, v_app_init); tr_put_str(&app_out, TR_STR(" ")); tr_put_int(&app_out, v_INT32_MAX);
#line 26
    tr_put_str(&app_out, TR_STR("\n"));
#line 27 /* print("{await work(f, s, 4)} {await work_step(9)}"); */
    app_work_begin(&f->work, f_, s_, 4); f->at = 1;
at_1:
#line 27
    s = app_work_step(app, &f->work);
#line 27
    if (s != TR_DONE) return s;
#line 27
    t_2 = f->work.ret; app_work_step_2_begin(&work_step, 9); (void)app_work_step_2_step(app, &work_step);
#line 27
    t_3 = work_step.ret; tr_put_int(&app_out, t_2); tr_put_str(&app_out, TR_STR(" ")); tr_put_int(&app_out, t_3);
#line 27
    tr_put_str(&app_out, TR_STR("\n"));
#line 28 /* print("{int(1, 2)} {register.volatile(3)} {register.auto}"); */
    app_put_int(&app_out, &(struct app_int){1, 2}); tr_put_str(&app_out, TR_STR(" "));
#line 28
    app_put_register(&app_out, &(struct app_register){.tag = app_register_volatile, .u.volatile_ = {3}});
#line 28
    tr_put_str(&app_out, TR_STR(" ")); app_put_register(&app_out, &(struct app_register){.tag = app_register_auto});
#line 28
    tr_put_str(&app_out, TR_STR("\n"));
#line 29 /* let r = run(3, 2) catch signed as e { e.typedef * 10 }; */
    if (app_run_2(3, 2, &f->t_4, &raised) != TR_DONE) { why = TR_RAISED; goto catch_1; }
#line 29
    goto tried_1;
catch_1:
#line 29
    if (app_any(raised.leaf, raised.count, (const uint8_t[]){9}, 1)) {
#line 29
        caught.count = (uint8_t)app_take(caught.leaf, raised.leaf, raised.count, (const uint8_t[]){9}, 1);
#line 29
        e = caught.leaf[0u]; raised.count = (uint8_t)app_drop(raised.leaf, raised.count, (const uint8_t[]){9}, 1);
#line 29
        f->t_4 = tr_mul_i32(e.u.signed_.typedef_, 10, app_file, 29);
    }
#line 29
    why = why & 4;
#line 29
    if (raised.count != 0) why = (uint8_t)(why | 2);
#line 29
    if (why != 0) return why;
tried_1: ;
#line 29
    r = f->t_4;
#line 30 /* print("{r}"); */
    tr_put_int(&app_out, r); tr_put_str(&app_out, TR_STR("\n"));
#line 30
    return TR_DONE;
}
