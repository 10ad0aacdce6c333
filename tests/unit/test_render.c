/* The three printers of diagnostics. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "render.h"

static Arena arena;
static Sources sources;
static Diags diags;
static Buf out;

static int setup(void **state) {
    (void)state;
    sources = (Sources){.arena = &arena};
    diags = (Diags){.arena = &arena};
    return 0;
}

static int teardown(void **state) {
    (void)state;
    buf_free(&out);
    arena_free(&arena);
    return 0;
}

/* The span of `text` where it first stands in the source. */
static Span span_of(const Source *source, const char *text) {
    const char *at = strstr(source->text.at, text);
    assert_non_null(at);
    return (Span){source->base + (uint32_t)(at - source->text.at), (uint32_t)strlen(text)};
}

static void expect_terminal(const char *wanted) {
    render_terminal(&out, &diags, &sources, false);
    assert_string_equal(buf_cstr(&out), wanted);
}

static void nothing_to_say_is_no_text(void **state) {
    (void)state;
    expect_terminal("");
    render_lines(&out, &diags, &sources);
    assert_int_equal(out.len, 0);
}

static void the_place_is_underlined(void **state) {
    (void)state;
    Source *a = source_add(&sources, STR("a.tr"), STR("fn f() {\n    return y;\n}\n"));
    diag_add(&diags, CODE_E0201, span_of(a, "y"), "no `y` here");
    expect_terminal("error[E0201]: no `y` here\n"
                    "  --> a.tr:2:12\n"
                    "   |\n"
                    " 2 |     return y;\n"
                    "   |            ^\n"
                    "\n"
                    "1 error\n");
}

static void labels_share_the_snippet_of_their_file(void **state) {
    (void)state;
    Source *a = source_add(&sources, STR("a.tr"), STR("let a = 1;\n\nlet b = 2;\n\n\n\n\n\n\nf(b, a);\n"));
    Source *b = source_add(&sources, STR("lib/b.tr"), STR("fn f(x: i32) {}\n"));
    Diag *diag = diag_add(&diags, CODE_E0203, span_of(a, "f(b, a)"), "wrong");
    diag_label(&diags, diag, span_of(b, "x: i32"), "one parameter");
    diag_label(&diags, diag, span_of(a, "b = 2"), "from here");
    diag_label(&diags, diag, span_of(a, "a = 1"), "and\nhere");
    diag_note(&diags, diag, "first line\nsecond line");
    expect_terminal("error[E0203]: wrong\n"
                    "   --> a.tr:10:1\n"
                    "    |\n"
                    "  1 | let a = 1;\n"
                    "    |     ----- and\n"
                    "                here\n"
                    "  2 |\n"
                    "  3 | let b = 2;\n"
                    "    |     ----- from here\n"
                    "...\n"
                    " 10 | f(b, a);\n"
                    "    | ^^^^^^^\n"
                    "   --> lib/b.tr:1:6\n"
                    "    |\n"
                    "  1 | fn f(x: i32) {}\n"
                    "    |      ------ one parameter\n"
                    "    = note: first line\n"
                    "            second line\n"
                    "\n"
                    "1 error\n");
}

static void two_places_in_one_line(void **state) {
    (void)state;
    Source *a = source_add(&sources, STR("a.tr"), STR("let x: i32 = name;\n"));
    Diag *diag = diag_add(&diags, CODE_E0203, span_of(a, "name"), "wrong");
    diag_label(&diags, diag, span_of(a, "i32"), "wanted here");
    expect_terminal("error[E0203]: wrong\n"
                    "  --> a.tr:1:14\n"
                    "   |\n"
                    " 1 | let x: i32 = name;\n"
                    "   |        --- wanted here\n"
                    "   |              ^^^^\n"
                    "\n"
                    "1 error\n");
}

static void a_fix_shows_the_changed_lines(void **state) {
    (void)state;
    Source *a = source_add(&sources, STR("a.tr"), STR("x\n    g(jobs);\n    h(\n1);\n"));
    Diag *diag = diag_add(&diags, CODE_W0605, span_of(a, "g"), "wrong");
    diag_fix(&diags, diag, (Span){span_of(a, "jobs").at + 4, 0}, STR(".clone()"), "lend another");
    diag_fix(&diags, diag, span_of(a, "(\n1)"), STR("(1);\n    i()"), "other");
    expect_terminal("warning[W0605]: wrong\n"
                    "  --> a.tr:2:5\n"
                    "   |\n"
                    " 2 |     g(jobs);\n"
                    "   |     ^\n"
                    "   = fix: lend another\n"
                    "   |\n"
                    " 2 +     g(jobs.clone());\n"
                    "   = fix: other\n"
                    "   |\n"
                    " 3 +     h(1);\n"
                    " 4 +     i();\n"
                    "\n"
                    "1 warning\n");
}

static void underlines_fit_tabs_and_wide_characters(void **state) {
    (void)state;
    Source *a = source_add(&sources, STR("a.tr"), STR("\t\"\xE6\x97\xA5\" \xC3\xA9 e\xCC\x81 x\n"));
    diag_add(&diags, CODE_E0201, span_of(a, "x"), "here");
    expect_terminal("error[E0201]: here\n"
                    "  --> a.tr:1:15\n"
                    "   |\n"
                    " 1 |     \"\xE6\x97\xA5\" \xC3\xA9 e\xCC\x81 x\n"
                    "   |              ^\n"
                    "\n"
                    "1 error\n");
}

static void the_source_cannot_command_the_terminal(void **state) {
    (void)state;
    Source *a = source_add(&sources, STR("a.tr"), STR("\x1b[2J \xff \xc2\x9b x\n"));
    diag_add(&diags, CODE_E0201, span_of(a, "x"), "no \x1b[2J");
    expect_terminal("error[E0201]: no ?[2J\n"
                    "  --> a.tr:1:11\n"
                    "   |\n"
                    " 1 | ?[2J ? ? x\n"
                    "   |          ^\n"
                    "\n"
                    "1 error\n");
}

static void long_lines_are_cut(void **state) {
    (void)state;
    char line[2000];
    memset(line, 'a', sizeof line);
    memcpy(line + 1000, "name", 4);
    source_add(&sources, STR("a.tr"), (Str){line, sizeof line});
    diag_add(&diags, CODE_E0201, (Span){1001, 4}, "here");
    render_terminal(&out, &diags, &sources, false);
    assert_true(out.len < 600);
    const char *shown = strstr(buf_cstr(&out), "name"), *carets = strstr(out.at, "^^^^");
    assert_non_null(shown);
    assert_non_null(carets);
    const char *line_start = strstr(out.at, " 1 |"), *caret_start = strstr(line_start, "\n   |") + 1;
    assert_int_equal(shown - line_start, carets - caret_start);
}

static void a_span_over_lines_is_underlined_on_the_first(void **state) {
    (void)state;
    Source *a = source_add(&sources, STR("a.tr"), STR("if x {\n}\n"));
    diag_add(&diags, CODE_E0201, span_of(a, "x {\n}"), "here");
    expect_terminal("error[E0201]: here\n"
                    "  --> a.tr:1:4\n"
                    "   |\n"
                    " 1 | if x {\n"
                    "   |    ^^^\n"
                    "\n"
                    "1 error\n");
}

static void the_end_of_the_file_is_a_place(void **state) {
    (void)state;
    Source *a = source_add(&sources, STR("a.tr"), STR("fn f() {\n"));
    diag_add(&diags, CODE_E0102, (Span){a->base + (uint32_t)a->text.len, 0}, "expected `}`");
    expect_terminal("error[E0102]: expected `}`\n"
                    "  --> a.tr:2:1\n"
                    "   |\n"
                    " 2 |\n"
                    "   | ^\n"
                    "\n"
                    "1 error\n");
}

static void without_a_place_there_is_no_snippet(void **state) {
    (void)state;
    source_add(&sources, STR("a.tr"), STR(""));
    diag_add(&diags, CODE_E0201, (Span){0, 0}, "no `main`");
    diag_add(&diags, CODE_W0605, (Span){0, 0}, "dull");
    expect_terminal("error[E0201]: no `main`\n\nwarning[W0605]: dull\n\n1 error, 1 warning\n");
}

static void colors_are_balanced(void **state) {
    (void)state;
    Source *a = source_add(&sources, STR("a.tr"), STR("let x: i32 = name;\n"));
    Diag *diag = diag_add(&diags, CODE_E0203, span_of(a, "name"), "wrong");
    diag_label(&diags, diag, span_of(a, "i32"), "wanted here");
    diag_note(&diags, diag, "note");
    diag_fix(&diags, diag, span_of(a, "name"), STR("1"), "fix");
    render_terminal(&out, &diags, &sources, true);
    const char *text = buf_cstr(&out), *last = NULL;
    for (const char *at = text; (at = strstr(at, "\x1b[")); at++) last = at;
    assert_non_null(strstr(text, "\x1b[1;31merror[E0203]\x1b[0m"));
    assert_memory_equal(last, "\x1b[0m", 4);
}

static void lines_are_one_each(void **state) {
    (void)state;
    Source *a = source_add(&sources, STR("a.tr"), STR("x\n  y\n"));
    diag_add(&diags, CODE_E0201, span_of(a, "y"), "no\n`y`");
    diag_add(&diags, CODE_W0605, span_of(a, "x"), "dull");
    diags_finish(&diags);
    render_lines(&out, &diags, &sources);
    assert_string_equal(buf_cstr(&out), "a.tr:1:1: warning[W0605]: dull\na.tr:2:3: error[E0201]: no `y`\n");
}

static void json_says_everything(void **state) {
    (void)state;
    Source *a = source_add(&sources, STR("a\".tr"), STR("x\n  y\n"));
    Diag *diag = diag_add(&diags, CODE_E0203, span_of(a, "y"), "\xff\t\x01\\ \xC3\xA9");
    diag_label(&diags, diag, span_of(a, "x"), "label");
    diag_note(&diags, diag, "note");
    diag_fix(&diags, diag, (Span){1, 0}, STR("&"), "lend it");
    render_json(&out, &diags, &sources);
    assert_string_equal(
        buf_cstr(&out),
        "[\n{\"code\":\"E0203\",\"severity\":\"error\",\"title\":\"types do not match\","
        "\"text\":\"\\ufffd\\t\\u0001\\\\ \xC3\xA9\",\"path\":\"a\\\".tr\","
        "\"start\":{\"line\":2,\"column\":3,\"offset\":4},\"end\":{\"line\":2,\"column\":4,\"offset\":5},"
        "\"labels\":[{\"path\":\"a\\\".tr\",\"start\":{\"line\":1,\"column\":1,\"offset\":0},"
        "\"end\":{\"line\":1,\"column\":2,\"offset\":1},\"text\":\"label\"}],\"notes\":[\"note\"],"
        "\"fixes\":[{\"path\":\"a\\\".tr\",\"start\":{\"line\":1,\"column\":1,\"offset\":0},"
        "\"end\":{\"line\":1,\"column\":1,\"offset\":0},\"with\":\"&\",\"text\":\"lend it\"}]}\n]\n");
}

static void json_of_nothing_is_an_array(void **state) {
    (void)state;
    render_json(&out, &diags, &sources);
    assert_string_equal(buf_cstr(&out), "[\n]\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_to_say_is_no_text, setup, teardown),
        cmocka_unit_test_setup_teardown(the_place_is_underlined, setup, teardown),
        cmocka_unit_test_setup_teardown(labels_share_the_snippet_of_their_file, setup, teardown),
        cmocka_unit_test_setup_teardown(two_places_in_one_line, setup, teardown),
        cmocka_unit_test_setup_teardown(a_fix_shows_the_changed_lines, setup, teardown),
        cmocka_unit_test_setup_teardown(underlines_fit_tabs_and_wide_characters, setup, teardown),
        cmocka_unit_test_setup_teardown(the_source_cannot_command_the_terminal, setup, teardown),
        cmocka_unit_test_setup_teardown(long_lines_are_cut, setup, teardown),
        cmocka_unit_test_setup_teardown(a_span_over_lines_is_underlined_on_the_first, setup, teardown),
        cmocka_unit_test_setup_teardown(the_end_of_the_file_is_a_place, setup, teardown),
        cmocka_unit_test_setup_teardown(without_a_place_there_is_no_snippet, setup, teardown),
        cmocka_unit_test_setup_teardown(colors_are_balanced, setup, teardown),
        cmocka_unit_test_setup_teardown(lines_are_one_each, setup, teardown),
        cmocka_unit_test_setup_teardown(json_says_everything, setup, teardown),
        cmocka_unit_test_setup_teardown(json_of_nothing_is_an_array, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
