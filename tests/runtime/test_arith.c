/* Checked, wrapping and saturating arithmetic, casts, and what a failed check says. */
#define _POSIX_C_SOURCE 200809L
#include "../../runtime/tr_arith.h"

#include "panics.h"

#define AT "a.tr", 7

/* ---- every pair of 8-bit numbers, against arithmetic in a wider type --------------------------------------------- */

static int clamp(int x, int low, int high) { return x < low ? low : x > high ? high : x; }

#define EVERY_PAIR(T, C, MIN, MAX)                                                                                     \
    static void every_pair_of_##T(void **state) {                                                                      \
        (void)state;                                                                                                   \
        for (int x = MIN; x <= MAX; x++) {                                                                             \
            for (int y = MIN; y <= MAX; y++) {                                                                         \
                C a = (C)x, b = (C)y, out;                                                                             \
                assert_int_equal(tr_wadd_##T(a, b), (C)(x + y));                                                       \
                assert_int_equal(tr_wsub_##T(a, b), (C)(x - y));                                                       \
                assert_int_equal(tr_wmul_##T(a, b), (C)(x * y));                                                       \
                assert_int_equal(tr_sadd_##T(a, b), clamp(x + y, MIN, MAX));                                           \
                assert_int_equal(tr_ssub_##T(a, b), clamp(x - y, MIN, MAX));                                           \
                assert_int_equal(tr_add_overflows_##T(a, b, &out), x + y < MIN || x + y > MAX);                        \
                assert_int_equal(out, (C)(x + y));                                                                     \
                assert_int_equal(tr_sub_overflows_##T(a, b, &out), x - y < MIN || x - y > MAX);                        \
                assert_int_equal(out, (C)(x - y));                                                                     \
                assert_int_equal(tr_mul_overflows_##T(a, b, &out), x * y < MIN || x * y > MAX);                        \
                assert_int_equal(out, (C)(x * y));                                                                     \
                if (y != 0) assert_int_equal(tr_rem_##T(a, b, AT), x % y);                                             \
                if (y != 0 && x / y <= MAX) assert_int_equal(tr_div_##T(a, b, AT), x / y);                             \
            }                                                                                                          \
            for (unsigned n = 0; n < 8; n++) {                                                                         \
                assert_int_equal(tr_shl_##T((C)x, n, AT), (C)(x * (1 << n)));                                          \
                assert_int_equal(tr_shr_##T((C)x, n, AT), (C)((x - (x & ((1 << n) - 1))) / (1 << n)));                 \
            }                                                                                                          \
            assert_int_equal(tr_wrap_##T((uint64_t)x), x);                                                             \
            assert_int_equal(tr_wrap_##T((uint64_t)x + 0x500), x);                                                     \
        }                                                                                                              \
    }

EVERY_PAIR(i8, int8_t, -128, 127)
EVERY_PAIR(u8, uint8_t, 0, 255)

/* ---- the ends of the wider types --------------------------------------------------------------------------------- */

#define SIGNED_ENDS(T, C, MIN, MAX)                                                                                    \
    static void ends_of_##T(void **state) {                                                                            \
        (void)state;                                                                                                   \
        assert_true(tr_add_##T(MAX - 1, 1, AT) == MAX && tr_add_##T(MIN + 1, -1, AT) == MIN);                          \
        assert_true(tr_sub_##T(MIN + 1, 1, AT) == MIN && tr_sub_##T(-1, MAX, AT) == MIN);                              \
        assert_true(tr_mul_##T(MIN / 2, 2, AT) == MIN && tr_mul_##T(MAX, -1, AT) == -MAX);                             \
        assert_true(tr_neg_##T(MAX, AT) == -MAX && tr_div_##T(MIN, 1, AT) == MIN && tr_rem_##T(MIN, -1, AT) == 0);     \
        assert_true(tr_div_##T(-7, 2, AT) == -3 && tr_rem_##T(-7, 2, AT) == -1);                                       \
        assert_true(tr_shl_##T(-1, sizeof(C) * 8 - 1, AT) == MIN && tr_shr_##T(MIN, sizeof(C) * 8 - 1, AT) == -1);     \
        assert_true(tr_shl_##T(MAX, 1, AT) == -2 && tr_shr_##T(-7, 1, AT) == -4);                                      \
        assert_true(tr_wadd_##T(MAX, 1) == MIN && tr_wsub_##T(MIN, 1) == MAX && tr_wmul_##T(MIN, -1) == MIN);          \
        assert_true(tr_wmul_##T(MAX, MAX) == 1);                                                                       \
        assert_true(tr_sadd_##T(MAX, MAX) == MAX && tr_sadd_##T(MIN, MIN) == MIN);                                     \
        assert_true(tr_ssub_##T(MAX, MIN) == MAX && tr_ssub_##T(MIN, MAX) == MIN);                                     \
        assert_true(tr_wrap_##T(UINT64_MAX) == -1 && tr_wrap_##T((uint64_t)MIN) == MIN);                               \
        assert_true(tr_cast_i64_to_##T(MIN, AT) == MIN && tr_cast_i64_to_##T(MAX, AT) == MAX);                         \
        assert_true(tr_cast_u64_to_##T(MAX, AT) == MAX && tr_cast_u64_to_##T(0, AT) == 0);                             \
        assert_panics(tr_add_##T(MAX, 1, AT), "a.tr:7: panic: integer overflow\n");                                    \
        assert_panics(tr_sub_##T(MIN, 1, AT), "a.tr:7: panic: integer overflow\n");                                    \
        assert_panics(tr_mul_##T(MAX, 2, AT), "a.tr:7: panic: integer overflow\n");                                    \
        assert_panics(tr_mul_##T(MIN, -1, AT), "a.tr:7: panic: integer overflow\n");                                   \
        assert_panics(tr_neg_##T(MIN, AT), "a.tr:7: panic: integer overflow\n");                                       \
        assert_panics(tr_div_##T(MIN, -1, AT), "a.tr:7: panic: integer overflow\n");                                   \
        assert_panics(tr_div_##T(1, 0, AT), "a.tr:7: panic: division by zero\n");                                      \
        assert_panics(tr_rem_##T(1, 0, AT), "a.tr:7: panic: division by zero\n");                                      \
        assert_panics(tr_shl_##T(1, sizeof(C) * 8, AT), "a.tr:7: panic: shift out of range\n");                        \
        assert_panics(tr_shr_##T(1, (uint64_t)-1, AT), "a.tr:7: panic: shift out of range\n");                         \
        assert_panics(tr_cast_u64_to_##T((uint64_t)MAX + 1, AT), "a.tr:7: panic: value does not fit\n");               \
    }

#define UNSIGNED_ENDS(T, C, MAX)                                                                                       \
    static void ends_of_##T(void **state) {                                                                            \
        (void)state;                                                                                                   \
        assert_true(tr_add_##T(MAX - 1, 1, AT) == MAX && tr_sub_##T(MAX, MAX, AT) == 0);                               \
        assert_true(tr_mul_##T(MAX / 3, 3, AT) == MAX && tr_neg_##T(0, AT) == 0);                                      \
        assert_true(tr_div_##T(MAX, 2, AT) == MAX / 2 && tr_rem_##T(MAX, 2, AT) == 1);                                 \
        assert_true(tr_shl_##T(MAX, 1, AT) == MAX - 1 && tr_shr_##T(MAX, sizeof(C) * 8 - 1, AT) == 1);                 \
        assert_true(tr_wadd_##T(MAX, 2) == 1 && tr_wsub_##T(0, 1) == MAX && tr_wmul_##T(MAX, MAX) == 1);               \
        assert_true(tr_sadd_##T(MAX, 1) == MAX && tr_ssub_##T(1, 2) == 0 && tr_ssub_##T(2, 1) == 1);                   \
        assert_true(tr_wrap_##T(UINT64_MAX) == MAX);                                                                   \
        assert_true(tr_cast_i64_to_##T(5, AT) == 5 && tr_cast_u64_to_##T(MAX, AT) == MAX);                             \
        assert_panics(tr_add_##T(MAX, 1, AT), "a.tr:7: panic: integer overflow\n");                                    \
        assert_panics(tr_sub_##T(0, 1, AT), "a.tr:7: panic: integer overflow\n");                                      \
        assert_panics(tr_mul_##T(MAX / 2 + 1, 2, AT), "a.tr:7: panic: integer overflow\n");                            \
        assert_panics(tr_neg_##T(1, AT), "a.tr:7: panic: integer overflow\n");                                         \
        assert_panics(tr_div_##T(1, 0, AT), "a.tr:7: panic: division by zero\n");                                      \
        assert_panics(tr_rem_##T(1, 0, AT), "a.tr:7: panic: division by zero\n");                                      \
        assert_panics(tr_shl_##T(1, sizeof(C) * 8, AT), "a.tr:7: panic: shift out of range\n");                        \
        assert_panics(tr_cast_i64_to_##T(-1, AT), "a.tr:7: panic: value does not fit\n");                              \
    }

SIGNED_ENDS(i16, int16_t, INT16_MIN, INT16_MAX)
SIGNED_ENDS(i32, int32_t, INT32_MIN, INT32_MAX)
SIGNED_ENDS(i64, int64_t, INT64_MIN, INT64_MAX)
UNSIGNED_ENDS(u16, uint16_t, UINT16_MAX)
UNSIGNED_ENDS(u32, uint32_t, UINT32_MAX)
UNSIGNED_ENDS(u64, uint64_t, UINT64_MAX)
UNSIGNED_ENDS(size, size_t, SIZE_MAX)

static void narrowing_casts_are_checked(void **state) {
    (void)state;
    assert_panics(tr_cast_i64_to_i8(128, AT), "a.tr:7: panic: value does not fit\n");
    assert_panics(tr_cast_i64_to_i8(-129, AT), "a.tr:7: panic: value does not fit\n");
    assert_panics(tr_cast_i64_to_u8(256, AT), "a.tr:7: panic: value does not fit\n");
    assert_panics(tr_cast_u64_to_u32((uint64_t)UINT32_MAX + 1, AT), "a.tr:7: panic: value does not fit\n");
    assert_panics(tr_cast_i64_to_i32((int64_t)INT32_MIN - 1, AT), "a.tr:7: panic: value does not fit\n");
}

/* ---- indices ----------------------------------------------------------------------------------------------------- */

static void indices_are_checked(void **state) {
    (void)state;
    assert_int_equal(tr_index(4, 5, AT), 4);
    assert_int_equal(tr_index_i64(0, 5, AT), 0);
    assert_int_equal(tr_index_u64(4, 5, AT), 4);
    assert_panics(tr_index(7, 5, AT), "a.tr:7: panic: index 7 out of range, length is 5\n");
    assert_panics(tr_index(0, 0, AT), "a.tr:7: panic: index 0 out of range, length is 0\n");
    assert_panics(tr_index_i64(-1, 5, AT), "a.tr:7: panic: index -1 out of range, length is 5\n");
    assert_panics(tr_index_i64(INT64_MIN, 5, AT),
                  "a.tr:7: panic: index -9223372036854775808 out of range, length is 5\n");
    assert_panics(tr_index_u64(UINT64_MAX, 5, AT),
                  "a.tr:7: panic: index 18446744073709551615 out of range, length is 5\n");
}

static void a_panic_names_its_place(void **state) {
    (void)state;
    assert_panics(tr_panic("dir/b.tr", 1234567, "why not"), "dir/b.tr:1234567: panic: why not\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pair_of_i8),
        cmocka_unit_test(every_pair_of_u8),
        cmocka_unit_test(ends_of_i16),
        cmocka_unit_test(ends_of_i32),
        cmocka_unit_test(ends_of_i64),
        cmocka_unit_test(ends_of_u16),
        cmocka_unit_test(ends_of_u32),
        cmocka_unit_test(ends_of_u64),
        cmocka_unit_test(ends_of_size),
        cmocka_unit_test(narrowing_casts_are_checked),
        cmocka_unit_test(indices_are_checked),
        cmocka_unit_test(a_panic_names_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
