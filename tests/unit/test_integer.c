/* integer: exact numbers of 64 bits and a sign, against the limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "integer.h"

static Arena arena;
static Types types;

static int begin(void **state) {
    (void)state;
    types_init(&types, &arena);
    return 0;
}

static int end(void **state) {
    (void)state;
    types_free(&types);
    arena_free(&arena);
    return 0;
}

#define LOWEST ((Integer){true, (uint64_t)1 << 63})
#define HIGHEST ((Integer){false, UINT64_MAX})

static Integer number(int64_t value) {
    return value < 0 ? (Integer){true, 0 - (uint64_t)value} : (Integer){false, (uint64_t)value};
}
static Type *type(TypeKind kind) { return type_basic(&types, kind); }
static void assert_number(Integer a, int64_t value) { assert_int_equal(integer_compare(a, number(value)), 0); }

static void sums_keep_their_sign(void **state) {
    (void)state;
    Integer sum;
    for (int64_t a = -5; a <= 5; a++) {
        for (int64_t b = -5; b <= 5; b++) {
            assert_true(integer_add(number(a), number(b), &sum));
            assert_number(sum, a + b);
            assert_true(integer_subtract(number(a), number(b), &sum));
            assert_number(sum, a - b);
            assert_true(integer_multiply(number(a), number(b), &sum));
            assert_number(sum, a * b);
        }
    }
}

static void division_rounds_towards_zero(void **state) {
    (void)state;
    Integer result;
    for (int64_t a = -7; a <= 7; a++) {
        for (int64_t b = -3; b <= 3; b++) {
            assert_int_equal(integer_divide(number(a), number(b), &result), b != 0);
            if (b) assert_number(result, a / b);
            assert_int_equal(integer_remainder(number(a), number(b), &result), b != 0);
            if (b) assert_number(result, a % b);
        }
    }
}

static void what_is_too_large_is_refused(void **state) {
    (void)state;
    Integer result;
    assert_false(integer_add(HIGHEST, number(1), &result));
    assert_false(integer_add(LOWEST, number(-1), &result));
    assert_true(integer_add(HIGHEST, LOWEST, &result));
    assert_false(integer_subtract(LOWEST, HIGHEST, &result));
    assert_false(integer_multiply(HIGHEST, number(2), &result));
    assert_false(integer_multiply(LOWEST, LOWEST, &result));
    assert_true(integer_multiply(LOWEST, number(1), &result));
    assert_true(integer_divide(LOWEST, number(-1), &result));
    assert_int_equal(result.negative, false);
}

static void ranges_are_those_of_the_types(void **state) {
    (void)state;
    assert_number(integer_least(type(TYPE_I8)), -128);
    assert_number(integer_greatest(type(TYPE_I8)), 127);
    assert_number(integer_greatest(type(TYPE_U16)), 65535);
    assert_number(integer_greatest(type(TYPE_USIZE)), 0xFFFFFFFF);
    assert_int_equal(integer_compare(integer_greatest(type(TYPE_U64)), HIGHEST), 0);
    assert_int_equal(integer_compare(integer_least(type(TYPE_I64)), LOWEST), 0);
    assert_true(integer_fits(number(-1), type(TYPE_DURATION)));
    assert_false(integer_fits(number(-1), type(TYPE_U64)));
    assert_false(integer_fits(HIGHEST, type(TYPE_I64)));
}

static void wrapping_keeps_the_low_bits(void **state) {
    (void)state;
    assert_number(integer_wrap(0x1FF, type(TYPE_U8)), 255);
    assert_number(integer_wrap(0x1FF, type(TYPE_I8)), -1);
    assert_number(integer_wrap(0x80, type(TYPE_I8)), -128);
    assert_number(integer_wrap(UINT64_MAX, type(TYPE_I64)), -1);
    assert_number(integer_wrap(0xFFFF8000, type(TYPE_I16)), -32768);
    assert_int_equal(integer_bits(number(-2)), UINT64_MAX - 1);
    assert_number(integer_of(UINT64_MAX, type(TYPE_I32)), -1);
    assert_int_equal(integer_compare(integer_of(UINT64_MAX, type(TYPE_U64)), HIGHEST), 0);
}

static void numbers_print_in_decimal(void **state) {
    (void)state;
    assert_string_equal(integer_text(&arena, LOWEST), "-9223372036854775808");
    assert_string_equal(integer_text(&arena, HIGHEST), "18446744073709551615");
    assert_string_equal(integer_text(&arena, number(0)), "0");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_keep_their_sign),
        cmocka_unit_test(division_rounds_towards_zero),
        cmocka_unit_test(what_is_too_large_is_refused),
        cmocka_unit_test_setup_teardown(ranges_are_those_of_the_types, begin, end),
        cmocka_unit_test_setup_teardown(wrapping_keeps_the_low_bits, begin, end),
        cmocka_unit_test_setup_teardown(numbers_print_in_decimal, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
