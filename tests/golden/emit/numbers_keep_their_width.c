/* Made by trc from tests/golden/emit/numbers_keep_their_width.tr. */
#include "app.h"

#include <string.h>

#include "tr_bits.h"

static tr_sink app_out;
static const char app_file[] = "tests/golden/emit/numbers_keep_their_width.tr";

static void app_mix(uint8_t a, uint16_t b, int8_t c, int16_t d, int32_t n);
static tr_status app_main_step(struct app_app *app, struct app_main *f);

static void app_main_begin(struct app_main *f) {
    (void)f;
}

/* Rounded towards zero; what does not fit becomes the nearest that does. */
static int64_t app_float_to_i64(double value, bool checked, const char *file, uint32_t line) {
    if (value >= -9223372036854775808.0 && value < 9223372036854775808.0) return (int64_t)value;
    if (TR_CHECKS && checked) tr_panic_cast(file, line);
    (void)checked, (void)file, (void)line;
    return value < 0 ? INT64_MIN : value > 0 ? INT64_MAX : 0;
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

/* fn mix(a: u8, b: u16, c: i8, d: i16, n: i32) */
#line 1 "tests/golden/emit/numbers_keep_their_width.tr"
static void app_mix(uint8_t a, uint16_t b, int8_t c, int16_t d, int32_t n) {
#line 2 /* print("{a +% 200} {b *% 3} {c -% 100} {d +| 32000} {a & 15 | 64 ^ 3} {~a}"); */
    tr_put_uint(&app_out, (uint8_t)(a + 200)); tr_put_str(&app_out, TR_STR(" "));
#line 2
    tr_put_uint(&app_out, tr_wmul_u16(b, 3)); tr_put_str(&app_out, TR_STR(" "));
#line 2
    tr_put_int(&app_out, tr_wsub_i8(c, 100)); tr_put_str(&app_out, TR_STR(" "));
#line 2
    tr_put_int(&app_out, tr_sadd_i16(d, 32000)); tr_put_str(&app_out, TR_STR(" "));
#line 2
    tr_put_uint(&app_out, (uint8_t)((a & 15) | 67)); tr_put_str(&app_out, TR_STR(" "));
#line 2
    tr_put_uint(&app_out, (uint8_t)~a); tr_put_str(&app_out, TR_STR("\n"));
#line 3 /* print("{a << 2} {b >> 3} {c >> 1} {-d} {d / 7} {c % 7} {n << 4} {a as i8} {b as ... */
    tr_put_uint(&app_out, (uint8_t)(a << 2)); tr_put_str(&app_out, TR_STR(" "));
#line 3
    tr_put_uint(&app_out, (uint16_t)(b >> 3)); tr_put_str(&app_out, TR_STR(" "));
#line 3
    tr_put_int(&app_out, tr_shr_i8(c, 1, app_file, 3)); tr_put_str(&app_out, TR_STR(" "));
#line 3
    tr_put_int(&app_out, tr_neg_i16(d, app_file, 3)); tr_put_str(&app_out, TR_STR(" "));
#line 3
    tr_put_int(&app_out, (int16_t)(d / 7)); tr_put_str(&app_out, TR_STR(" ")); tr_put_int(&app_out, (int8_t)(c % 7));
#line 3
    tr_put_str(&app_out, TR_STR(" ")); tr_put_int(&app_out, tr_shl_i32(n, 4, app_file, 3));
#line 3
    tr_put_str(&app_out, TR_STR(" ")); tr_put_int(&app_out, tr_wrap_i8((uint64_t)a));
#line 3
    tr_put_str(&app_out, TR_STR(" ")); tr_put_uint(&app_out, (uint8_t)b); tr_put_str(&app_out, TR_STR("\n"));
#line 4 /* print("{a <= 255} {a >= 0} {c < -128} {b > 65535} {n == n} {u8(b % 256)}"); */
    tr_put_bool(&app_out, ((void)a, true)); tr_put_str(&app_out, TR_STR(" ")); tr_put_bool(&app_out, ((void)a, true));
#line 4
    tr_put_str(&app_out, TR_STR(" ")); tr_put_bool(&app_out, ((void)c, false)); tr_put_str(&app_out, TR_STR(" "));
#line 4
    tr_put_bool(&app_out, ((void)b, false)); tr_put_str(&app_out, TR_STR(" "));
#line 4
    tr_put_bool(&app_out, ((void)n, true)); tr_put_str(&app_out, TR_STR(" "));
#line 4
    tr_put_uint(&app_out, tr_cast_u64_to_u8((uint16_t)(b % 256), app_file, 4)); tr_put_str(&app_out, TR_STR("\n"));
}

/* async fn main() */
#line 7 "tests/golden/emit/numbers_keep_their_width.tr"
static tr_status app_main_step(struct app_app *app, struct app_main *f) {
    int64_t least;
    (void)app;
    (void)f;
#line 8 /* mix(7, 1000, -100, 1000, -3); */
    app_mix(7, 1000, -100, 1000, -3);
#line 9 /* let least: i64 = -9_223_372_036_854_775_807; */
    least = INT64_C(-9223372036854775807);
#line 10 /* print("{least} {-2147483648} {3.75 as i32} {-1e300 as i8} {min(3, 4)} {abs(-5)}" ... */
    tr_put_int(&app_out, least); tr_put_str(&app_out, TR_STR(" ")); tr_put_int(&app_out, INT32_MIN);
#line 10
    tr_put_str(&app_out, TR_STR(" ")); tr_put_int(&app_out, 3); tr_put_str(&app_out, TR_STR(" "));
#line 10
    tr_put_int(&app_out, tr_wrap_i8((uint64_t)app_float_to_i64(-1e+300, false, app_file, 10)));
#line 10
    tr_put_str(&app_out, TR_STR(" ")); tr_put_int(&app_out, 3 < 4 ? 3 : 4); tr_put_str(&app_out, TR_STR(" "));
#line 10
    tr_put_int(&app_out, (-5) < 0 ? tr_neg_i32(-5, app_file, 10) : (-5)); tr_put_str(&app_out, TR_STR("\n"));
#line 11 /* print("{1500ms / 3} {1500ms / 500ms} {2s - 2500ms} {3 * 1ms} {1s < 2s}"); */
    tr_put_duration(&app_out, 500000000); tr_put_str(&app_out, TR_STR(" ")); tr_put_int(&app_out, 3);
#line 11
    tr_put_str(&app_out, TR_STR(" ")); tr_put_duration(&app_out, -500000000); tr_put_str(&app_out, TR_STR(" "));
#line 11
    tr_put_duration(&app_out, 3000000); tr_put_str(&app_out, TR_STR(" ")); tr_put_bool(&app_out, true);
#line 11
    tr_put_str(&app_out, TR_STR("\n"));
#line 11
    return TR_DONE;
}
