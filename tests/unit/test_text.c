/* arena, slices, names and the text builder. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "text.h"
#include "utf8.h"
#include "vec.h"

static Arena arena;

static int free_arena(void **state) {
    (void)state;
    arena_free(&arena);
    return 0;
}

/* ---- arena ---- */

static void arena_memory_is_zero_and_apart(void **state) {
    (void)state;
    unsigned char *last = NULL;
    for (size_t size = 1; size < 300; size++) {
        unsigned char *at = arena_alloc(&arena, size);
        assert_ptr_not_equal(at, last);
        assert_int_equal((uintptr_t)at % sizeof(void *), 0);
        for (size_t i = 0; i < size; i++) assert_int_equal(at[i], 0);
        memset(at, 0xAA, size);
        last = at;
    }
}

static void arena_takes_large_blocks(void **state) {
    (void)state;
    char *small = arena_alloc(&arena, 8);
    char *large = arena_alloc(&arena, 10u << 20);
    large[(10u << 20) - 1] = 'x';
    *small = 'y';
    assert_true(arena.total > 10u << 20);
}

static void arena_is_zero_again_after_reset(void **state) {
    (void)state;
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 1000; i++) {
            unsigned char *at = arena_alloc(&arena, 500);
            for (size_t j = 0; j < 500; j++) assert_int_equal(at[j], 0);
            memset(at, 0xAA, 500);
        }
        arena_reset(&arena);
    }
    arena_free(&arena);
    arena_reset(&arena);
    assert_int_equal(arena.total, 0);
}

static void vec_grows_and_keeps_what_it_holds(void **state) {
    (void)state;
    VEC(uint32_t) numbers = {0};
    for (uint32_t i = 0; i < 1000; i++) vec_push(&arena, &numbers, i * i);
    assert_int_equal(numbers.len, 1000);
    for (uint32_t i = 0; i < 1000; i++) assert_int_equal(numbers.at[i], i * i);
}

/* ---- slices ---- */

static void strings_compare_by_their_bytes(void **state) {
    (void)state;
    assert_true(str_eq(STR("abc"), (Str){"abcd", 3}));
    assert_false(str_eq(STR("abc"), STR("abd")));
    assert_false(str_eq(STR("abc"), STR("ab")));
    assert_true(str_eq((Str){NULL, 0}, STR("")));
    assert_true(str_is(STR("x"), "x"));
}

static void format_gives_a_terminated_text(void **state) {
    (void)state;
    Str s = str_format(&arena, "%s-%d", "abc", 42);
    assert_string_equal(s.at, "abc-42");
    assert_int_equal(s.len, 6);
    assert_int_equal(str_format(&arena, "%s", "").len, 0);
}

/* The quick way and vsnprintf must agree. */
static void format_does_what_printf_does(void **state) {
    (void)state;
    assert_string_equal(str_format(&arena, "%d %d %u", INT_MIN, -7, UINT_MAX).at, "-2147483648 -7 4294967295");
    assert_string_equal(str_format(&arena, "<%.*s|%.*s|%.*s>", 2, "abc", 9, "abc", 0, "abc").at, "<ab|abc|>");
    assert_string_equal(str_format(&arena, "%.*s", 1000, "abc").at, "abc");
    assert_string_equal(str_format(&arena, "%s %c%%", "abc", 'x').at, "abc x%");
    char long_text[1000] = {0};
    memset(long_text, 'x', sizeof long_text - 1);
    Str s = str_format(&arena, "%s!%d", long_text, 1);
    assert_int_equal(s.len, sizeof long_text + 1);
    assert_string_equal(s.at + sizeof long_text - 1, "!1");
}

static void distance_counts_edits(void **state) {
    (void)state;
    assert_int_equal(str_distance(STR("width"), STR("width"), 3), 0);
    assert_int_equal(str_distance(STR("widht"), STR("width"), 3), 1);
    assert_int_equal(str_distance(STR("wdth"), STR("width"), 3), 1);
    assert_int_equal(str_distance(STR("widths"), STR("width"), 3), 1);
    assert_int_equal(str_distance(STR("wadth"), STR("width"), 3), 1);
    assert_int_equal(str_distance(STR("kitten"), STR("sitting"), 3), 3);
    assert_int_equal(str_distance(STR(""), STR("ab"), 3), 2);
    assert_int_equal(str_distance(STR("ab"), STR(""), 3), 2);
}

static void distance_stops_above_the_limit(void **state) {
    (void)state;
    assert_int_equal(str_distance(STR("abcdef"), STR("uvwxyz"), 2), 3);
    assert_int_equal(str_distance(STR("a"), STR("abcdefgh"), 2), 3);
    /* The first rows are bad, and a swap mends two of them at once. */
    assert_int_equal(str_distance(STR("badc"), STR("abcd"), 2), 2);
}

/* ---- names ---- */

static void a_name_is_one_pointer(void **state) {
    (void)state;
    Names names;
    names_init(&names, &arena);
    Name first = name_of(&names, "alpha beta", 5);
    assert_ptr_equal(first, name_str(&names, "alpha"));
    assert_ptr_not_equal(first, name_str(&names, "alph"));
    assert_string_equal(first->text, "alpha");
    assert_int_equal(name_str(&names, "")->len, 0);
    name_slot(&names, "alpha", 5)->word = 7;
    assert_int_equal(first->word, 7);
    names_free(&names);
}

static void names_stay_when_the_table_grows(void **state) {
    (void)state;
    enum { MANY = 20000 };
    Names names;
    names_init(&names, &arena);
    static Name known[MANY];
    char text[16];
    for (int i = 0; i < MANY; i++) {
        known[i] = name_of(&names, text, (size_t)sprintf(text, "name_%d", i));
    }
    for (int i = 0; i < MANY; i++) {
        assert_ptr_equal(known[i], name_of(&names, text, (size_t)sprintf(text, "name_%d", i)));
    }
    assert_int_equal(names.count, MANY);
    names_free(&names);
}

/* ---- the text builder ---- */

static void builder_appends(void **state) {
    (void)state;
    Buf buf = {0};
    buf_text(&buf, "a");
    buf_char(&buf, 'b');
    buf_str(&buf, STR("cd"));
    buf_uint(&buf, 0);
    buf_uint(&buf, UINT64_MAX);
    buf_char(&buf, ' ');
    buf_int(&buf, INT64_MIN);
    buf_int(&buf, 7);
    buf_format(&buf, "%c%03d", '!', 5);
    assert_string_equal(buf_cstr(&buf), "abcd018446744073709551615 -92233720368547758087!005");
    buf_free(&buf);
    assert_null(buf.at);
}

static void builder_formats_more_than_it_has_room_for(void **state) {
    (void)state;
    Buf buf = {0};
    char long_text[5000];
    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    buf_format(&buf, "<%s>", long_text);
    assert_int_equal(buf.len, sizeof long_text + 1);
    assert_int_equal(buf.at[buf.len - 1], '>');
    buf_free(&buf);
}

/* ---- utf8 ---- */

static uint32_t decode(const char *text, size_t len, size_t *taken) {
    uint32_t code;
    *taken = utf8_next(text, text + len, &code);
    return code;
}

static void utf8_reads_good_and_refuses_bad(void **state) {
    (void)state;
    size_t taken;
    assert_int_equal(decode("a", 1, &taken), 'a');
    assert_int_equal(decode("\xC3\xA9", 2, &taken), 0xE9);
    assert_int_equal(taken, 2);
    assert_int_equal(decode("\xE2\x82\xAC", 3, &taken), 0x20AC);
    assert_int_equal(decode("\xF0\x9F\x98\x80", 4, &taken), 0x1F600);
    assert_int_equal(taken, 4);

    static const char *const bad[] = {"\x80", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF",
                                      "\xC3", "\xE2\x82", "\xC3" "a"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(decode(bad[i], strlen(bad[i]), &taken), UTF8_INVALID);
        assert_int_equal(taken, 1);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(arena_memory_is_zero_and_apart, free_arena),
        cmocka_unit_test_teardown(arena_takes_large_blocks, free_arena),
        cmocka_unit_test_teardown(arena_is_zero_again_after_reset, free_arena),
        cmocka_unit_test_teardown(vec_grows_and_keeps_what_it_holds, free_arena),
        cmocka_unit_test(strings_compare_by_their_bytes),
        cmocka_unit_test_teardown(format_gives_a_terminated_text, free_arena),
        cmocka_unit_test_teardown(format_does_what_printf_does, free_arena),
        cmocka_unit_test(distance_counts_edits),
        cmocka_unit_test(distance_stops_above_the_limit),
        cmocka_unit_test_teardown(a_name_is_one_pointer, free_arena),
        cmocka_unit_test_teardown(names_stay_when_the_table_grows, free_arena),
        cmocka_unit_test(builder_appends),
        cmocka_unit_test(builder_formats_more_than_it_has_room_for),
        cmocka_unit_test(utf8_reads_good_and_refuses_bad),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
