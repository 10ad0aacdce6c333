/* out: literals, comments, names, and lines of C that lead back to the source. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "out.h"

static Buf text;
static Arena arena;
static Opened opened[OPENED_MAX];

static int forget(void **state) {
    (void)state;
    buf_free(&text);
    arena_free(&arena);
    return 0;
}

/* ---- literals and comments ---- */

static void assert_literal(const char *bytes, size_t len, bool utf8, const char *literal) {
    text.len = 0;
    out_string(&text, (Str){bytes, len}, utf8);
    assert_string_equal(buf_cstr(&text), literal);
}

static void literals_have_escapes(void **state) {
    (void)state;
    assert_literal("a\"b\\c\n\t", 7, true, "\"a\\\"b\\\\c\\n\\t\"");
    assert_literal("\0" "1", 2, true, "\"\\0001\"");
    assert_literal("", 0, true, "\"\"");
}

static void literals_have_no_trigraphs(void **state) {
    (void)state;
    assert_literal("what?\?!", 7, true, "\"what?\\?!\"");
    assert_literal("?", 1, true, "\"?\"");
}

static void letters_stay_and_bytes_do_not(void **state) {
    (void)state;
    assert_literal("\xc3\xb6", 2, true, "\"\xc3\xb6\"");
    assert_literal("\xc3\xb6", 2, false, "\"\\303\\266\"");
    assert_literal("\xc3", 1, true, "\"\\303\"");
    assert_literal("\xe2\x80\xae", 3, true, "\"\\342\\200\\256\"");      /* turns the direction of reading */
}

static void comments_end_where_they_should(void **state) {
    (void)state;
    out_comment(&text, STR("  a */ b /* c\n   d\x01"));
    assert_string_equal(buf_cstr(&text), " a * / b / * c d?");
}

/* ---- names ---- */

static void names_are_given_once(void **state) {
    (void)state;
    Idents idents = {.arena = &arena};
    assert_string_equal(ident(&idents, "app_run"), "app_run");
    assert_string_equal(ident(&idents, "app_run"), "app_run_2");
    assert_string_equal(ident(&idents, "app_run_2"), "app_run_2_2");
    for (int i = 0; i < 1000; i++) ident(&idents, "x");
    assert_string_equal(ident(&idents, "x"), "x_1001");
    assert_true(ident_taken(&idents, "x_500"));
    assert_false(ident_taken(&idents, "y"));
}

static void families_are_given_with_all_their_endings(void **state) {
    (void)state;
    static const char *const endings[] = {"_step", "_begin", NULL};
    Idents idents = {.arena = &arena, .endings = endings};
    assert_string_equal(ident_family(&idents, "app_f"), "app_f");
    assert_true(ident_taken(&idents, "app_f_step"));
    assert_false(ident_taken(&idents, "app_f_st"));
    assert_string_equal(ident_family(&idents, "app_f_begin"), "app_f_begin_2");
    assert_string_equal(ident(&idents, "app_g_step"), "app_g_step");
    assert_string_equal(ident_family(&idents, "app_g"), "app_g_2");
    assert_false(ident_taken(&idents, "app_g_step_begin"));
}

static void words_of_c_are_known(void **state) {
    (void)state;
    assert_true(out_is_word("int"));
    assert_true(out_is_word("INT32_MAX"));
    assert_true(out_is_word("_Bool"));
    assert_false(out_is_word("integer"));
    assert_false(out_is_word("DR"));
}

/* ---- lines ---- */

static void code(Out *out, uint32_t line, const char *statement) {
    out->line = line;
    out_code(out);
    buf_text(&out->text, statement);
    out_code_end(out);
}

static void open(Out *out, uint32_t line, const char *head) {
    out->line = line;
    out_code(out);
    buf_text(&out->text, head);
    out_end(out);
    out_open(out);
}

static void assert_lines(Out *out, const char *lines) {
    assert_string_equal(buf_cstr(&out->text), lines);
    buf_free(&out->text);
}

static void directives_stand_where_counting_goes_wrong(void **state) {
    (void)state;
    Out out = {0};
    code(&out, 7, "a();");
    code(&out, 8, "b();");
    code(&out, 10, "c();");
    assert_lines(&out, "#line 7\na();\nb();\n#line 10\nc();\n");
}

static void simple_statements_of_a_line_are_joined(void **state) {
    (void)state;
    Out out = {.indent = 1};
    code(&out, 7, "a();");
    code(&out, 7, "b();");
    code(&out, 7, "if (c) d();");
    code(&out, 7, "e();");
    code(&out, 8, "f();");
    assert_lines(&out, "#line 7\n    a(); b();\n#line 7\n    if (c) d();\n#line 7\n    e();\n    f();\n");
}

static void an_if_with_one_statement_is_one_line(void **state) {
    (void)state;
    Out out = {.opened = opened};
    open(&out, 7, "if (a) {");
    code(&out, 7, "b();");
    out_close(&out, "}");
    open(&out, 7, "if (c) {");
    code(&out, 7, "d();");
    code(&out, 7, "e();");
    out_close(&out, "}");
    open(&out, 7, "if (f) {");
    code(&out, 8, "g();");
    out_close(&out, "}");
    assert_lines(&out, "#line 7\nif (a) b();\n#line 7\nif (c) { d(); e(); }\n#line 7\nif (f) {\n    g();\n}\n");
}

static void an_else_needs_no_directive(void **state) {
    (void)state;
    Out out = {.opened = opened};
    open(&out, 7, "if (a) {");
    code(&out, 7, "b();");
    out.indent--;
    out_else(&out);
    code(&out, 7, "c();");
    out_close(&out, "}");
    assert_lines(&out, "#line 7\nif (a) {\n#line 7\n    b();\n} else {\n#line 7\n    c();\n}\n");
}

static void a_last_line_can_be_replaced(void **state) {
    (void)state;
    Out out = {.indent = 1};
    code(&out, 7, "if (s) return s;");
    assert_false(out_replace(&out, "return t;", ""));
    assert_false(out_replace(&out, "(s) return s;", ""));
    assert_true(out_replace(&out, "if (s) return s;", "return s;"));
    assert_lines(&out, "#line 7\n    return s;\n");
}

static void a_last_statement_can_be_dropped(void **state) {
    (void)state;
    Out out = {0};
    code(&out, 7, "a = 1;");
    code(&out, 7, "goto end;");
    assert_true(out_drop(&out, "goto end;"));
    code(&out, 8, "if (b) goto end;");
    assert_false(out_drop(&out, "goto end;"));
    assert_lines(&out, "#line 7\na = 1;\nif (b) goto end;\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(literals_have_escapes, forget),
        cmocka_unit_test_teardown(literals_have_no_trigraphs, forget),
        cmocka_unit_test_teardown(letters_stay_and_bytes_do_not, forget),
        cmocka_unit_test_teardown(comments_end_where_they_should, forget),
        cmocka_unit_test_teardown(names_are_given_once, forget),
        cmocka_unit_test_teardown(families_are_given_with_all_their_endings, forget),
        cmocka_unit_test(words_of_c_are_known),
        cmocka_unit_test(directives_stand_where_counting_goes_wrong),
        cmocka_unit_test(simple_statements_of_a_line_are_joined),
        cmocka_unit_test(an_if_with_one_statement_is_one_line),
        cmocka_unit_test(an_else_needs_no_directive),
        cmocka_unit_test(a_last_line_can_be_replaced),
        cmocka_unit_test(a_last_statement_can_be_dropped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
