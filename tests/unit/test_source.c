/* Places in several texts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "source.h"

static Arena arena;
static Sources sources;

static int setup(void **state) {
    (void)state;
    sources = (Sources){.arena = &arena};
    return 0;
}

static int teardown(void **state) {
    (void)state;
    arena_free(&arena);
    return 0;
}

static void expect_place(uint32_t at, const Source *source, uint32_t line, uint32_t column) {
    Place place = source_place(&sources, at);
    assert_ptr_equal(place.source, source);
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
}

static void expect_line(Source *source, uint32_t line, const char *text) {
    Str s = source_line(source, line);
    assert_true(str_is(s, text));
}

static void places_in_one_text(void **state) {
    (void)state;
    Source *a = source_add(&sources, STR("a.tr"), STR("ab\n\ncd"));
    assert_int_equal(a->base, 1);
    expect_place(1, a, 1, 1);
    expect_place(3, a, 1, 3);
    expect_place(4, a, 2, 1);
    expect_place(5, a, 3, 1);
    expect_place(7, a, 3, 3);
}

static void a_span_names_its_file(void **state) {
    (void)state;
    Source *files[5];
    for (int i = 0; i < 5; i++) files[i] = source_add(&sources, STR("x.tr"), STR("one\ntwo"));
    for (int i = 0; i < 5; i++) {
        expect_place(files[i]->base, files[i], 1, 1);
        expect_place(files[i]->base + 4, files[i], 2, 1);
        expect_place(files[i]->base + 7, files[i], 2, 4);
    }
}

static void an_empty_text_has_one_line(void **state) {
    (void)state;
    Source *empty = source_add(&sources, STR("a.tr"), (Str){NULL, 0});
    Source *next = source_add(&sources, STR("b.tr"), STR("x"));
    expect_place(empty->base, empty, 1, 1);
    expect_place(next->base, next, 1, 1);
    expect_line(empty, 1, "");
}

static void what_lies_outside_is_the_first_file(void **state) {
    (void)state;
    assert_null(source_place(&sources, 5).source);
    Source *a = source_add(&sources, STR("a.tr"), STR("abc\nd"));
    source_add(&sources, STR("b.tr"), STR("x"));
    expect_place(0, a, 1, 1);
    expect_place(100, a, 1, 1);
}

static void lines_come_without_their_ends(void **state) {
    (void)state;
    Source *a = source_add(&sources, STR("a.tr"), STR("one\r\ntwo\n\nfour\n"));
    for (int built = 0; built < 2; built++) {
        expect_line(a, 1, "one");
        expect_line(a, 2, "two");
        expect_line(a, 3, "");
        expect_line(a, 4, "four");
        expect_line(a, 5, "");
        expect_line(a, 6, "");
        source_place(&sources, 1);
    }
    assert_int_equal(a->line_count, 5);
}

static void spans_join(void **state) {
    (void)state;
    Span joined = span_to((Span){3, 2}, (Span){10, 4});
    assert_int_equal(joined.at, 3);
    assert_int_equal(joined.len, 11);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(places_in_one_text, setup, teardown),
        cmocka_unit_test_setup_teardown(a_span_names_its_file, setup, teardown),
        cmocka_unit_test_setup_teardown(an_empty_text_has_one_line, setup, teardown),
        cmocka_unit_test_setup_teardown(what_lies_outside_is_the_first_file, setup, teardown),
        cmocka_unit_test_setup_teardown(lines_come_without_their_ends, setup, teardown),
        cmocka_unit_test(spans_join),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
