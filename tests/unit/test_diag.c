/* The list of diagnostics. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "diag.h"

static Arena arena;
static Diags diags;

static int setup(void **state) {
    (void)state;
    diags = (Diags){.arena = &arena};
    return 0;
}

static int teardown(void **state) {
    (void)state;
    arena_free(&arena);
    return 0;
}

static void expect_text(uint32_t index, const char *text) {
    assert_true(index < diags.list.len);
    assert_true(str_is(diags.list.at[index]->text, text));
}

static void holds_all_that_was_said(void **state) {
    (void)state;
    Diag *diag = diag_add(&diags, CODE_E0203, (Span){5, 2}, "expected %s, found %d", "a", 2);
    diag_label(&diags, diag, (Span){1, 1}, "first");
    diag_label(&diags, diag, (Span){9, 1}, "second %s", "x");
    diag_note(&diags, diag, "note %d", 1);
    diag_fix(&diags, diag, (Span){5, 0}, STR("&"), "lend it");
    assert_int_equal(diag->labels.len, 2);
    assert_true(str_is(diag->labels.at[1].text, "second x"));
    assert_true(str_is(diag->notes.at[0], "note 1"));
    assert_true(str_is(diag->fixes.at[0].with, "&"));
    expect_text(0, "expected a, found 2");
}

static void counts_by_severity(void **state) {
    (void)state;
    diag_add(&diags, CODE_E0201, (Span){1, 1}, "a");
    diag_add(&diags, CODE_W0605, (Span){2, 1}, "b");
    diag_add(&diags, CODE_E0202, (Span){3, 1}, "c");
    assert_int_equal(diags.errors, 2);
    assert_int_equal(diags.warnings, 1);
}

static void finish_sorts_by_place(void **state) {
    (void)state;
    diag_add(&diags, CODE_E0201, (Span){30, 1}, "late");
    diag_add(&diags, CODE_E0201, (Span){10, 5}, "long");
    diag_add(&diags, CODE_E0201, (Span){10, 2}, "short");
    diags_finish(&diags);
    expect_text(0, "short");
    expect_text(1, "long");
    expect_text(2, "late");
}

static void finish_drops_repeats(void **state) {
    (void)state;
    diag_add(&diags, CODE_E0201, (Span){10, 2}, "first");
    diag_add(&diags, CODE_E0201, (Span){10, 2}, "same code");
    diag_add(&diags, CODE_E0203, (Span){10, 2}, "second error at the place");
    diag_add(&diags, CODE_W0605, (Span){10, 2}, "warning");
    diag_add(&diags, CODE_W0606, (Span){10, 2}, "other warning");
    diag_add(&diags, CODE_W0605, (Span){10, 2}, "same warning");
    diag_add(&diags, CODE_E0203, (Span){10, 3}, "other span");
    diags_finish(&diags);
    assert_int_equal(diags.list.len, 4);
    expect_text(0, "first");
    expect_text(1, "warning");
    expect_text(2, "other warning");
    expect_text(3, "other span");
    assert_int_equal(diags.errors, 2);
    assert_int_equal(diags.warnings, 2);
}

static void finish_twice_changes_nothing(void **state) {
    (void)state;
    diags_finish(&diags);
    assert_int_equal(diags.list.len, 0);
    for (uint32_t i = 0; i < 100; i++) diag_add(&diags, CODE_E0201, (Span){100 - i, 1}, "x");
    diags_finish(&diags);
    diags_finish(&diags);
    assert_int_equal(diags.errors, 100);
}

static void codes_know_their_names(void **state) {
    (void)state;
    assert_string_equal(code_name(CODE_E0203), "E0203");
    assert_int_equal(code_find(STR("E0203")), CODE_E0203);
    assert_int_equal(code_find(STR("E9999")), CODE_COUNT);
    for (Code code = 0; code < CODE_COUNT; code++) {
        assert_int_equal(code_find(str_of(code_name(code))), code);
        assert_int_equal(code_severity(code) == SEVERITY_ERROR, code_name(code)[0] == 'E');
        assert_true(*code_title(code));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(holds_all_that_was_said, setup, teardown),
        cmocka_unit_test_setup_teardown(counts_by_severity, setup, teardown),
        cmocka_unit_test_setup_teardown(finish_sorts_by_place, setup, teardown),
        cmocka_unit_test_setup_teardown(finish_drops_repeats, setup, teardown),
        cmocka_unit_test_setup_teardown(finish_twice_changes_nothing, setup, teardown),
        cmocka_unit_test(codes_know_their_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
