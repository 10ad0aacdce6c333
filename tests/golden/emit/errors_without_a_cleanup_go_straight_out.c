/* Made by trc from tests/golden/emit/errors_without_a_cleanup_go_straight_out.tr. */
#include "app.h"

#include <string.h>

#include "tr_bits.h"

static tr_sink app_out;
static const struct {
    uint8_t error;
} app_sites[] = {
    {9}, /* Bad, line 5 */
    {10}, /* Worse, line 12 */
};

static tr_status app_check(uint8_t x, uint8_t *ret, struct app_leaves_1 *errs);
static tr_status app_pass_step(struct app_app *app, union app_pass *f);
static tr_status app_main_step(struct app_app *app, struct app_main *f);

static void app_pass_begin(union app_pass *f, uint8_t x) {
    f->s.at = 0;
    f->s.x = x;
}

static size_t app_move(struct app_leaf *to, const struct app_leaf *from, size_t count) {
    memmove(to, from, count * sizeof *to);
    return count;
}

static void app_main_begin(struct app_main *f) {
    f->at = 0;
}

static bool app_any(const struct app_leaf *leaf, size_t count, const uint8_t *errors, size_t kinds) {
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < kinds; k++)
            if (app_sites[leaf[i].site].error == errors[k]) return true;
    }
    return false;
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

/* fn check(x: u8) -> u8 raises Bad */
#line 4 "tests/golden/emit/errors_without_a_cleanup_go_straight_out.tr"
static tr_status app_check(uint8_t x, uint8_t *ret, struct app_leaves_1 *errs) {
#line 5 /* if x > 3 */
    if (x > 3) {
#line 5 /* raise Bad(x); */
        errs->leaf[0] = (struct app_leaf){.site = 0, .u.Bad = {x}}; errs->count = 1; return TR_RAISED;
    }
#line 6 /* return x; */
    *ret = x; return TR_DONE;
}

/* async fn pass(x: u8) -> u8 raises Bad, Worse */
#line 9 "tests/golden/emit/errors_without_a_cleanup_go_straight_out.tr"
static tr_status app_pass_step(struct app_app *app, union app_pass *f) {
    uint8_t y;
    tr_status s;
    switch (f->s.at) {
    case 1: goto at_1;
    default: break;
    }
#line 10 /* await checkpoint(); */
    s = tr_checkpoint(&app->rt);
#line 10
    if (s == TR_PENDING) { f->s.at = 1; return TR_PENDING; at_1: s = tr_woken(&app->rt); }
#line 10
    if (s != TR_DONE) return s;
#line 11 /* let y = check(x); */
    {
#line 11
        struct app_leaves_1 theirs;
#line 11
        if (app_check(f->s.x, &y, &theirs) != TR_DONE) {
#line 11
            f->errs.count = (uint8_t)app_move(f->errs.leaf, theirs.leaf, theirs.count); return TR_RAISED;
        }
    }
#line 12 /* if y == 0 */
    if (y == 0) {
#line 12 /* raise Worse; */
        f->errs.leaf[0].site = 1; f->errs.count = 1; return TR_RAISED;
    }
#line 13 /* return y; */
    f->ret = y; return TR_DONE;
}

/* async fn main() */
#line 16 "tests/golden/emit/errors_without_a_cleanup_go_straight_out.tr"
static tr_status app_main_step(struct app_app *app, struct app_main *f) {
    tr_status why;
    struct app_leaves_1 raised;
    uint8_t b;
    tr_status why_3;
    tr_status s;
    switch (f->at) {
    case 1: goto at_1;
    case 2: goto at_2;
    default: break;
    }
#line 17 /* let a = await pass(2) catch* _ { 0 }; */
    app_pass_begin(&f->pass, 2); f->at = 1;
at_1:
#line 17
    s = app_pass_step(app, &f->pass);
#line 17
    if (s == TR_PENDING) return s;
#line 17
    if (s != TR_DONE) {
#line 17
        if (!(s & TR_RAISED)) { return s; }
#line 17
        raised.count = (uint8_t)app_move(raised.leaf, f->pass.errs.leaf, f->pass.errs.count); why = s; goto catch_1;
    }
#line 17
    f->u1.t = f->pass.ret; goto tried_1;
catch_1:
#line 17
    if (app_any(raised.leaf, raised.count, (const uint8_t[]){9, 10}, 2)) {
#line 17
        raised.count = (uint8_t)app_drop(raised.leaf, raised.count, (const uint8_t[]){9, 10}, 2); f->u1.t = 0;
    }
#line 17
    why = why & 4;
#line 17
    if (raised.count != 0) why = (uint8_t)(why | 2);
#line 17
    if (why != 0) return why;
tried_1: ;
#line 17
    f->u1.a = f->u1.t;
#line 18 /* let b = await pass(9) catch* _ { 7 }; */
    app_pass_begin(&f->pass, 9); f->at = 2;
at_2:
#line 18
    s = app_pass_step(app, &f->pass);
#line 18
    if (s == TR_PENDING) return s;
#line 18
    if (s != TR_DONE) {
#line 18
        if (!(s & TR_RAISED)) { return s; }
#line 18
        raised.count = (uint8_t)app_move(raised.leaf, f->pass.errs.leaf, f->pass.errs.count); why_3 = s; goto catch_3;
    }
#line 18
    f->t_2 = f->pass.ret; goto tried_3;
catch_3:
#line 18
    if (app_any(raised.leaf, raised.count, (const uint8_t[]){9, 10}, 2)) {
#line 18
        raised.count = (uint8_t)app_drop(raised.leaf, raised.count, (const uint8_t[]){9, 10}, 2); f->t_2 = 7;
    }
#line 18
    why_3 = why_3 & 4;
#line 18
    if (raised.count != 0) why_3 = (uint8_t)(why_3 | 2);
#line 18
    if (why_3 != 0) return why_3;
tried_3: ;
#line 18
    b = f->t_2;
#line 19 /* print("{a} {b}"); */
    tr_put_uint(&app_out, f->u1.a); tr_put_str(&app_out, TR_STR(" ")); tr_put_uint(&app_out, b);
#line 19
    tr_put_str(&app_out, TR_STR("\n"));
#line 19
    return TR_DONE;
}
