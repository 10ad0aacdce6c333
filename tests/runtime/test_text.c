/* What the language prints. */
#include "harness.h"

static char text[128];

static tr_sink sink_of(size_t capacity) { return (tr_sink){.at = text, .capacity = capacity}; }

/* `call` puts into `sink`; what came out is `expected`. */
#define assert_puts(call, expected)                                                                                    \
    do {                                                                                                               \
        tr_sink sink = sink_of(sizeof text - 1);                                                                       \
        call;                                                                                                          \
        text[sink.len] = 0;                                                                                            \
        assert_string_equal(text, expected);                                                                           \
        assert_false(sink.full);                                                                                       \
    } while (0)

static void whole_numbers(void **state) {
    (void)state;
    assert_puts(tr_put_int(&sink, 0), "0");
    assert_puts(tr_put_int(&sink, -42), "-42");
    assert_puts(tr_put_int(&sink, INT64_MIN), "-9223372036854775808");
    assert_puts(tr_put_int(&sink, INT64_MAX), "9223372036854775807");
    assert_puts(tr_put_uint(&sink, UINT32_MAX), "4294967295");
    assert_puts(tr_put_uint(&sink, (uint64_t)UINT32_MAX + 1), "4294967296");
    assert_puts(tr_put_uint(&sink, UINT64_MAX), "18446744073709551615");
    assert_puts(tr_put_uint(&sink, 10000000000000000000u), "10000000000000000000");
}

static void numbers_in_a_width(void **state) {
    (void)state;
    assert_puts(tr_put_int_as(&sink, 42, 32, (tr_format){.width = 5}), "   42");
    assert_puts(tr_put_int_as(&sink, -42, 32, (tr_format){.width = 5}), "  -42");
    assert_puts(tr_put_int_as(&sink, -42, 32, (tr_format){.width = 5, .zero = true}), "-0042");
    assert_puts(tr_put_int_as(&sink, 123456, 32, (tr_format){.width = 5}), "123456");
    assert_puts(tr_put_uint_as(&sink, 7, (tr_format){.width = 3, .zero = true}), "007");
}

static void numbers_in_other_bases(void **state) {
    (void)state;
    assert_puts(tr_put_uint_as(&sink, 0xbeef, (tr_format){.kind = 'x'}), "beef");
    assert_puts(tr_put_uint_as(&sink, 0xbeef, (tr_format){.kind = 'X', .width = 6, .zero = true}), "00BEEF");
    assert_puts(tr_put_uint_as(&sink, 0, (tr_format){.kind = 'x'}), "0");
    assert_puts(tr_put_uint_as(&sink, 5, (tr_format){.kind = 'b', .width = 4}), " 101");
    assert_puts(tr_put_int_as(&sink, -1, 8, (tr_format){.kind = 'x'}), "ff");
    assert_puts(tr_put_int_as(&sink, -2, 16, (tr_format){.kind = 'b'}), "1111111111111110");
    assert_puts(tr_put_int_as(&sink, INT64_MIN, 64, (tr_format){.kind = 'x'}), "8000000000000000");
    assert_puts(tr_put_uint_as(&sink, 'A', (tr_format){.kind = 'c'}), "A");
}

static void texts_and_truths(void **state) {
    (void)state;
    assert_puts(tr_put_str(&sink, TR_STR("hi")), "hi");
    assert_puts(tr_put_str(&sink, (tr_str){NULL, 0}), "");
    assert_puts(tr_put_str_as(&sink, TR_STR("hi"), (tr_format){.width = 4}), "hi  ");
    assert_puts(tr_put_str_as(&sink, TR_STR("\xc3\xa9t\xc3\xa9"), (tr_format){.width = 4}), "\xc3\xa9t\xc3\xa9 ");
    assert_puts(tr_put_str_as(&sink, TR_STR("hello"), (tr_format){.width = 4}), "hello");
    assert_puts(tr_put_bool(&sink, true), "true");
    assert_puts(tr_put_bool(&sink, false), "false");
    assert_true(tr_str_eq(TR_STR("ab"), (tr_str){"abc", 2}));
    assert_false(tr_str_eq(TR_STR("ab"), TR_STR("abc")));
    assert_false(tr_str_eq(TR_STR("ab"), TR_STR("ac")));
    assert_true(tr_str_eq((tr_str){NULL, 0}, TR_STR("")));
}

/* A text that does not fit is cut between characters, and nothing follows it. */
static void a_full_sink_holds_whole_characters(void **state) {
    (void)state;
    tr_sink sink = sink_of(4);
    tr_put_str(&sink, TR_STR("ab"));
    tr_put_str(&sink, TR_STR("\xe2\x82\xac!"));
    assert_true(sink.full);
    assert_int_equal(sink.len, 2);
    tr_put_str(&sink, TR_STR("c"));
    assert_int_equal(sink.len, 2);
    sink = sink_of(5);
    tr_put_str(&sink, TR_STR("ab"));
    tr_put_str(&sink, TR_STR("\xe2\x82\xac!"));
    assert_int_equal(sink.len, 5);
    assert_memory_equal(text, "ab\xe2\x82\xac", 5);
    sink = sink_of(2);
    tr_put_str(&sink, TR_STR("ab"));
    assert_false(sink.full);
}

static void durations(void **state) {
    (void)state;
    const tr_duration second = TR_TICKS_PER_SECOND, ms = second / 1000;
    assert_puts(tr_put_duration(&sink, 0), "0s");
    assert_puts(tr_put_duration(&sink, second), "1s");
    assert_puts(tr_put_duration(&sink, second + second / 2), "1.5s");
    assert_puts(tr_put_duration(&sink, 10 * ms), "10ms");
    assert_puts(tr_put_duration(&sink, -ms), "-1ms");
#if TR_TICKS_PER_SECOND == 1000000000
    const tr_duration us = ms / 1000;
    assert_puts(tr_put_duration(&sink, second + 1), "1.000000001s");
    assert_puts(tr_put_duration(&sink, ms + us), "1.001ms");
    assert_puts(tr_put_duration(&sink, 999 * us), "999us");
    assert_puts(tr_put_duration(&sink, us / 2), "500ns");
    assert_puts(tr_put_duration(&sink, us + 50), "1.05us");
    assert_puts(tr_put_duration(&sink, 120 * second), "120s");
    assert_puts(tr_put_duration(&sink, INT64_MIN), "-9223372036.854775808s");
#elif TR_TICKS_PER_SECOND == 1000
    assert_puts(tr_put_duration(&sink, second + 1), "1.001s");
    assert_puts(tr_put_duration(&sink, 120 * second), "120s");
    assert_puts(tr_put_duration(&sink, INT32_MIN), "-2147483.648s");
#endif
}

#define assert_float(value, expected) assert_puts(tr_put_float(&sink, value, (tr_format){.precision = -1}), expected)
#define assert_single(value, expected)                                                                                 \
    assert_puts(tr_put_float(&sink, (double)(value), (tr_format){.kind = 's', .precision = -1}), expected)
#define assert_rounded(value, digits, expected)                                                                        \
    assert_puts(tr_put_float(&sink, value, (tr_format){.precision = digits}), expected)

/* As Python's repr. */
static void floats_have_as_many_digits_as_they_need(void **state) {
    (void)state;
    double zero = 0;
    assert_float(0.0, "0.0");
    assert_float(-zero, "-0.0");
    assert_float(1.0, "1.0");
    assert_float(0.1, "0.1");
    assert_float(-1.5, "-1.5");
    assert_float(1.0 / 3, "0.3333333333333333");
    assert_float(0.1 + 0.2, "0.30000000000000004");
    assert_float(0.0001, "0.0001");
    assert_float(0.00001, "1e-05");
    assert_float(9999999999999998.0, "9999999999999998.0");
    assert_float(1e16, "1e+16");
    assert_float(1.25e22, "1.25e+22");
    assert_float(5e-324, "5e-324");
    assert_float(2.2250738585072014e-308, "2.2250738585072014e-308");
    assert_float(1.7976931348623157e308, "1.7976931348623157e+308");
    assert_float(9007199254740993.0, "9007199254740992.0");
    assert_float(1 / zero, "inf");
    assert_float(-1 / zero, "-inf");
    assert_float(zero / zero, "nan");
    assert_single(0.1f, "0.1");
    assert_single(16777216.0f, "16777216.0");
    assert_single(3.4028235e38f, "3.4028235e+38");
    assert_single(1e-45f, "1e-45");
}

/* As C's printf, ties to even. */
static void floats_are_rounded_correctly(void **state) {
    (void)state;
    assert_rounded(1.005, 2, "1.00");
    assert_rounded(0.125, 2, "0.12");
    assert_rounded(0.375, 2, "0.38");
    assert_rounded(0.5, 0, "0");
    assert_rounded(1.5, 0, "2");
    assert_rounded(9.99, 1, "10.0");
    assert_rounded(-9.5, 0, "-10");
    assert_rounded(0.04, 1, "0.0");
    assert_rounded(0.06, 1, "0.1");
    assert_rounded(0.0, 3, "0.000");
    assert_rounded(1e22, 1, "10000000000000000000000.0");
    assert_rounded(0.1, 20, "0.10000000000000000555");
    assert_puts(tr_put_float(&sink, -1.25, (tr_format){.width = 8, .precision = 1}), "    -1.2");
    assert_puts(tr_put_float(&sink, -1.25, (tr_format){.width = 8, .zero = true, .precision = 1}), "-00001.2");
    assert_puts(tr_put_float(&sink, 1e-7, (tr_format){.width = 8, .precision = -1}), "   1e-07");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_numbers),
        cmocka_unit_test(numbers_in_a_width),
        cmocka_unit_test(numbers_in_other_bases),
        cmocka_unit_test(texts_and_truths),
        cmocka_unit_test(a_full_sink_holds_whole_characters),
        cmocka_unit_test(durations),
        cmocka_unit_test(floats_have_as_many_digits_as_they_need),
        cmocka_unit_test(floats_are_rounded_correctly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
