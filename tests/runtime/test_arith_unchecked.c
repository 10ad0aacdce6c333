/* Arithmetic under --checks=off: what would panic has a value. */
#define TR_CHECKS 0
#include "../../runtime/tr_arith.h"

#include "trace.h"

#define AT "a.tr", 7

static void what_would_panic_wraps(void **state) {
    (void)state;
    assert_int_equal(tr_add_i32(INT32_MAX, 1, AT), INT32_MIN);
    assert_int_equal(tr_sub_u8(0, 1, AT), 255);
    assert_true(tr_mul_i64(INT64_MIN, -1, AT) == INT64_MIN);
    assert_int_equal(tr_neg_i16(INT16_MIN, AT), INT16_MIN);
    assert_int_equal(tr_div_i8(INT8_MIN, -1, AT), INT8_MIN);
    assert_int_equal(tr_cast_i64_to_u8(-1, AT), 255);
    assert_int_equal(tr_cast_u64_to_i8(128, AT), -128);
}

static void division_by_zero_has_a_value(void **state) {
    (void)state;
    assert_int_equal(tr_div_i32(5, 0, AT), 0);
    assert_int_equal(tr_rem_i32(-5, 0, AT), -5);
    assert_int_equal(tr_div_u16(5, 0, AT), 0);
    assert_int_equal(tr_rem_u16(5, 0, AT), 5);
}

static void shifts_count_modulo_the_width(void **state) {
    (void)state;
    assert_int_equal(tr_shl_u8(1, 9, AT), 2);
    assert_int_equal(tr_shr_i64(-8, 65, AT), -4);
}

static void indices_are_taken_as_they_are(void **state) {
    (void)state;
    assert_int_equal(tr_index(7, 5, AT), 7);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_would_panic_wraps),
        cmocka_unit_test(division_by_zero_has_a_value),
        cmocka_unit_test(shifts_count_modulo_the_width),
        cmocka_unit_test(indices_are_taken_as_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
