/* Counting and moving bits, wide products, and numbers in bytes. */
#define _POSIX_C_SOURCE 200809L
#include "../../runtime/tr_bits.h"

#include "panics.h"

#define AT "a.tr", 7

static void every_byte_is_counted(void **state) {
    (void)state;
    for (uint32_t x = 0; x < 256; x++) {
        int32_t ones = 0, first = 8, last = 8;
        for (int32_t bit = 0; bit < 8; bit++) {
            if (!(x >> bit & 1)) continue;
            ones++;
            if (first == 8) first = bit;
            last = 7 - bit;
        }
        assert_int_equal(tr_popcount_u32(x), ones);
        assert_int_equal(tr_ctz_u32(x, 8), first);
        assert_int_equal(tr_clz_u32(x, 8), last);
        assert_int_equal(tr_popcount_u64((uint64_t)x << 56), ones);
        assert_int_equal(tr_ctz_u64((uint64_t)x << 56, 64), ones ? 56 + first : 64);
        assert_int_equal(tr_clz_u64((uint64_t)x << 56, 64), ones ? last : 64);
        for (uint32_t n = 0; n < 9; n++) {
            assert_int_equal((uint8_t)tr_rotate_u32(x, n, 8), (uint8_t)(x << n % 8 | x >> (8 - n % 8)));
        }
    }
    assert_int_equal(tr_clz_u32(1, 32), 31);
    assert_int_equal(tr_rotate_u32(0x80000001u, 1, 32), 3);
    assert_int_equal(tr_rotate_u64(UINT64_C(0x8000000000000001), UINT32_MAX), UINT64_C(0xc000000000000000));
}

static void bits_are_cut_out(void **state) {
    (void)state;
    assert_int_equal(tr_bits(0xabcd, 15, 8, 16, AT), 0xab);
    assert_int_equal(tr_bits(0xabcd, 3, 3, 16, AT), 1);
    assert_true(tr_bits(UINT64_MAX, 63, 0, 64, AT) == UINT64_MAX);
    assert_panics(tr_bits(0xabcd, 16, 8, 16, AT), "a.tr:7: panic: shift out of range\n");
    assert_panics(tr_bits(0xabcd, 3, 4, 16, AT), "a.tr:7: panic: shift out of range\n");
}

static void products_have_room(void **state) {
    (void)state;
    assert_true(tr_mul_shift_u64(UINT64_C(1) << 63, 6, 2, AT) == UINT64_C(3) << 62);
    assert_true(tr_mul_shift_u64(UINT64_MAX, UINT64_C(1) << 63, 63, AT) == UINT64_MAX);
    assert_true(tr_mul_shift_u64(7, 9, 0, AT) == 63);
    assert_true(tr_mul_shift_i64(-3, 5, 1, AT) == -8);
    assert_true(tr_mul_shift_i64(INT64_MIN, 1, 0, AT) == INT64_MIN);
    assert_true(tr_mul_shift_i64(INT64_MIN, -1, 1, AT) == INT64_C(1) << 62);
    assert_true(tr_mul_shift_i64(INT64_MIN, INT64_MAX, 63, AT) == -INT64_MAX);
    assert_panics(tr_mul_shift_u64(UINT64_MAX, 4, 1, AT), "a.tr:7: panic: integer overflow\n");
    assert_panics(tr_mul_shift_i64(INT64_MIN, INT64_MIN, 63, AT), "a.tr:7: panic: integer overflow\n");
    assert_panics(tr_mul_shift_i64(INT64_MIN, -1, 0, AT), "a.tr:7: panic: integer overflow\n");
    assert_panics(tr_mul_shift_u64(1, 1, 64, AT), "a.tr:7: panic: shift out of range\n");
}

static void numbers_lie_in_bytes(void **state) {
    (void)state;
    uint8_t bytes[10] = {0};
    tr_store_be16(bytes, 10, 0, 0x0102, AT);
    tr_store_le32(bytes, 10, 1, 0x0a0b0c0d, AT);
    assert_int_equal(tr_load_be32(bytes, 10, 0, AT), 0x010d0c0b);
    tr_store_be64(bytes, 10, 2, UINT64_C(0x8182838485868788), AT);
    assert_true(tr_load_le64(bytes, 10, 2, AT) == UINT64_C(0x8887868584838281));
    assert_int_equal(tr_load_le16(bytes, 10, 8, AT), 0x8887);
    assert_panics(tr_load_le16(bytes, 10, 9, AT), "a.tr:7: panic: index 10 out of range, length is 10\n");
    assert_panics(tr_load_be64(bytes, 10, SIZE_MAX, AT), "a.tr:7: panic: index 18446744073709551615 out of range, length is 10\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_byte_is_counted),
        cmocka_unit_test(bits_are_cut_out),
        cmocka_unit_test(products_have_room),
        cmocka_unit_test(numbers_lie_in_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
