/* Tokens: kinds, values, places. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ast.h"
#include "lex.h"
#include "parser.h"

static Arena arena;
static Names names;
static Diags diags;
static Lexer lexer;
static Token token;

static int setup(void **state) {
    (void)state;
    names_init(&names, &arena);
    diags = (Diags){.arena = &arena};
    return 0;
}

static int teardown(void **state) {
    (void)state;
    names_free(&names);
    arena_free(&arena);
    return 0;
}

static void begin_bytes(const char *text, size_t len) {
    Sources sources = {.arena = &arena};
    Source *source = source_add(&sources, STR("test.tr"), (Str){text, len});
    lex_begin(&lexer, source, &names, &diags, &arena);
}

static void begin(const char *text) { begin_bytes(text, strlen(text)); }

static void expect(int kind) { assert_int_equal(lex_next(&lexer, &token), kind); }

/* The offset and length of the last token; texts begin at place 1. */
static void expect_span(uint32_t offset, uint32_t len) {
    assert_int_equal(token.span.at, offset + 1);
    assert_int_equal(token.span.len, len);
}

static void expect_integer(int kind, uint64_t value) {
    expect(kind);
    assert_true(token.u.integer == value);
}

static void expect_name(const char *text) {
    expect(T_NAME);
    assert_string_equal(token.u.name->text, text);
}

static void expect_text(TextKind kind, const char *text, size_t len) {
    Str got = lex_text(&lexer, token, kind);
    assert_int_equal(got.len, len);
    if (len) assert_memory_equal(got.at, text, len);
}

static void expect_good_end(void) {
    expect(0);
    assert_int_equal(diags.errors, 0);
}

static void expect_error(Code code) {
    assert_true(diags.errors > 0);
    assert_int_equal(diags.list.at[diags.list.len - 1]->code, code);
}

/* ---- words ---- */

static void words_and_names(void **state) {
    (void)state;
    begin("let _x1 = moveOn; fnord fn");
    expect(T_LET);
    expect_span(0, 3);
    expect_name("_x1");
    expect_span(4, 3);
    expect(T_ASSIGN);
    expect_name("moveOn");
    expect(T_SEMI);
    expect_name("fnord");
    expect(T_FN);
    expect_good_end();
}

static void one_kind_for_words_of_one_use(void **state) {
    (void)state;
    begin("move_on_at fail_after true break together");
    expect_integer(T_TIMED, SCOPE_MOVE_ON_AT);
    expect_integer(T_TIMED, SCOPE_FAIL_AFTER);
    expect_integer(T_BOOL, 1);
    expect_integer(T_JUMP, STMT_BREAK);
    expect_integer(T_GROUP, STMT_TOGETHER);
    expect_good_end();
}

static void behind_a_dot_words_are_names(void **state) {
    (void)state;
    begin("x.match.as . if 0..match");
    expect_name("x");
    expect(T_DOT);
    expect_name("match");
    expect(T_DOT);
    expect_name("as");
    expect(T_DOT);
    expect_name("if");
    expect(T_INT);
    expect(T_RANGE);
    expect(T_MATCH);
    expect_good_end();
}

static void as_casts_before_number_types(void **state) {
    (void)state;
    begin("as u8 as\n usize as u8x as bool as i128 as f64");
    expect(T_CAST);
    expect_name("u8");
    expect(T_CAST);
    expect_name("usize");
    expect(T_AS);
    expect_name("u8x");
    expect(T_AS);
    expect_name("bool");
    expect(T_AS);
    expect_name("i128");
    expect(T_CAST);
    expect_name("f64");
    expect_good_end();
}

static void words_that_depend_on_what_follows(void **state) {
    (void)state;
    begin("channel<u8> channel < broadcast<u8> latest(x) n.start_soon {} n.start_soon() start_soon {}");
    expect_integer(T_CHANNEL, CHANNEL_QUEUE);
    expect(T_LT);
    expect_name("u8");
    expect(T_GT);
    expect_name("channel");
    expect(T_LT);
    expect_integer(T_CHANNEL, CHANNEL_BROADCAST);
    expect(T_LT);
    expect_name("u8");
    expect(T_GT);
    expect_name("latest");
    for (int i = 0; i < 3; i++) lex_next(&lexer, &token);
    expect_name("n");
    expect(T_DOT);
    expect(T_START_BLOCK);
    assert_string_equal(token.u.name->text, "start_soon");
    expect(T_LBRACE);
    expect(T_RBRACE);
    expect_name("n");
    expect(T_DOT);
    expect_name("start_soon");
    expect(T_LPAREN);
    expect(T_RPAREN);
    expect_name("start_soon");
}

static void reserved_words_are_told_from_others(void **state) {
    (void)state;
    lex_words(&names);
    assert_int_equal(lex_reserved(name_str(&names, "match")), T_MATCH);
    assert_int_equal(lex_reserved(name_str(&names, "at")), 0);
    assert_int_equal(lex_reserved(name_str(&names, "foo")), 0);
}

/* ---- signs ---- */

static void longest_sign_wins(void **state) {
    (void)state;
    begin("<<= << <= < ..= .. . -> => -= - ?? ? +%= +% +|= a+%b");
    expect_integer(T_ASSIGN_OP, OP_SHL);
    expect_integer(T_SHL, OP_SHL);
    expect_integer(T_COMPARE, OP_LE);
    expect_integer(T_LT, OP_LT);
    expect_integer(T_RANGE, 1);
    expect_integer(T_RANGE, 0);
    expect(T_DOT);
    expect(T_ARROW);
    expect(T_FAT_ARROW);
    expect_integer(T_ASSIGN_OP, OP_SUB);
    expect_integer(T_MINUS, OP_SUB);
    expect(T_COALESCE);
    expect(T_QUESTION);
    expect_integer(T_ASSIGN_OP, OP_WADD);
    expect_integer(T_PLUS, OP_WADD);
    expect_integer(T_ASSIGN_OP, OP_SADD);
    expect_name("a");
    expect_integer(T_PLUS, OP_WADD);
    expect_name("b");
    expect_good_end();
}

/* ---- numbers ---- */

static void integers_in_all_bases(void **state) {
    (void)state;
    begin("0 42 1_000_000 0xFf 0b1010 0o17 18446744073709551615 0xffff_ffff_ffff_ffff 'a' '\\n' '\\'' '\\xff' '\"'");
    const uint64_t values[] = {0,          42,  1000000, 255,  10,   15, UINT64_MAX,
                               UINT64_MAX, 'a', '\n',    '\'', 0xFF, '"'};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) expect_integer(T_INT, values[i]);
    expect_good_end();
}

static void floats_and_ranges(void **state) {
    (void)state;
    begin("1.5 2e-3 1_0.2_5 1..2 3.x");
    expect(T_FLOAT);
    assert_true(token.u.number == 1.5);
    expect(T_FLOAT);
    assert_true(token.u.number == 2e-3);
    expect(T_FLOAT);
    assert_true(token.u.number == 10.25);
    expect(T_INT);
    expect(T_RANGE);
    expect(T_INT);
    expect(T_INT);
    expect(T_DOT);
    expect_name("x");
    expect_good_end();
}

static void durations_are_nanoseconds(void **state) {
    (void)state;
    begin("10ns 50us 500ms 1.5s 2min 1h 0.000_001ms 2562047h 9223372036854775807ns");
    expect_integer(T_DURATION, 10);
    expect_integer(T_DURATION, 50000);
    expect_integer(T_DURATION, 500000000);
    expect_integer(T_DURATION, 1500000000);
    expect_integer(T_DURATION, 120000000000);
    expect_integer(T_DURATION, 3600000000000);
    expect_integer(T_DURATION, 1);
    expect_integer(T_DURATION, 2562047 * 3600000000000u);
    expect_integer(T_DURATION, INT64_MAX);
    expect_good_end();
}

/* Wrong ones are tokens of the same kind, so that nothing follows from them. */
static void numbers_that_do_not_fit(void **state) {
    (void)state;
    static const struct { const char *text; int kind; Code code; } cases[] = {
        {"18446744073709551616", T_INT, CODE_E0111},  {"0x1_0000_0000_0000_0000", T_INT, CODE_E0111},
        {"1e999", T_FLOAT, CODE_E0111},               {"0.5ns", T_DURATION, CODE_E0112},
        {"9223372036854775808ns", T_DURATION, CODE_E0112}, {"99999999999999999999h", T_DURATION, CODE_E0112},
        {"2562048h", T_DURATION, CODE_E0112},         {"9223372036.854775808s", T_DURATION, CODE_E0112},
        {"10foo", T_INT, CODE_E0110},                 {"0xg", T_INT, CODE_E0110},
        {"017", T_INT, CODE_E0110},                   {"'ab'", T_INT, CODE_E0108},
        {"''", T_INT, CODE_E0108},                    {"'a", T_INT, CODE_E0108},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin(cases[i].text);
        expect(cases[i].kind);
        expect_error(cases[i].code);
        expect(0);
        assert_int_equal(diags.list.len, i + 1);
    }
}

/* ---- strings ---- */

static void plain_strings_lie_in_the_source(void **state) {
    (void)state;
    const char *text = "\"abc\" \"\"";
    begin(text);
    expect(T_STRING);
    expect_span(0, 5);
    assert_ptr_equal(lex_text(&lexer, token, TEXT_STRING).at, text + 1);
    expect(T_STRING);
    expect_text(TEXT_STRING, "", 0);
    expect_good_end();
}

static void escapes(void **state) {
    (void)state;
    begin("\"\\n\\r\\t\\0\\\\\\\"\\'\\x41\\u{e9}\\u{20ac}\\u{1f600}{{}}\" b\"\\xff{{\"");
    expect(T_STRING);
    expect_text(TEXT_STRING, "\n\r\t\0\\\"'A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80{}", 19);
    expect(T_BYTES);
    expect_text(TEXT_BYTES, "\xFF{{", 3);
    expect_good_end();
}

static void wrong_escapes_point_at_themselves(void **state) {
    (void)state;
    begin("\"ab\\q\"");
    expect(T_STRING);
    assert_int_equal(diags.errors, 0);
    expect_text(TEXT_STRING, "ab", 2);
    expect_error(CODE_E0109);
    assert_int_equal(diags.list.at[0]->span.at, 1 + 3);
    assert_int_equal(diags.list.at[0]->span.len, 2);
}

static void holes_hold_tokens(void **state) {
    (void)state;
    begin("\"a{x}{f(y, {})[1]:04x}b\" z");
    expect(T_STRING_HEAD);
    expect_span(0, 3);
    expect_name("x");
    expect_span(3, 1);
    expect(T_STRING_MIDDLE);
    expect_span(4, 2);
    static const int kinds[] = {
        T_NAME, T_LPAREN, T_NAME, T_COMMA, T_LBRACE, T_RBRACE, T_RPAREN, T_LBRACKET, T_INT, T_RBRACKET,
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) expect(kinds[i]);
    expect(T_FORMAT);
    assert_int_equal(token.u.inner.len, 3);
    expect(T_STRING_TAIL);
    expect_text(TEXT_STRING, "b", 1);
    expect_name("z");
    expect_good_end();
}

static void a_colon_in_brackets_is_no_format(void **state) {
    (void)state;
    begin("\"{P(a: 1)}\"");
    expect(T_STRING_HEAD);
    expect_name("P");
    expect(T_LPAREN);
    expect_name("a");
    expect(T_COLON);
    expect(T_INT);
    expect(T_RPAREN);
    expect(T_STRING_TAIL);
    expect_good_end();
}

static void strings_in_holes(void **state) {
    (void)state;
    begin("\"{\"{\"x\"}\"}\"");
    static const int kinds[] = {T_STRING_HEAD, T_STRING_HEAD, T_STRING, T_STRING_TAIL, T_STRING_TAIL};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) expect(kinds[i]);
    expect_good_end();
}

static void a_string_ends_with_its_line(void **state) {
    (void)state;
    begin("\"abc\nx");
    expect(T_STRING);
    expect_error(CODE_E0106);
    expect_name("x");
    expect(0);
    assert_int_equal(diags.errors, 1);
}

static void all_open_strings_end_with_the_line(void **state) {
    (void)state;
    begin("\"{f(\"{x\ny");
    expect(T_STRING_HEAD);
    expect_name("f");
    expect(T_LPAREN);
    expect(T_STRING_HEAD);
    expect_name("x");
    expect(T_STRING_TAIL);
    expect(T_STRING_TAIL);
    expect_name("y");
    expect(0);
    assert_int_equal(diags.errors, 1);
    assert_int_equal(diags.list.at[0]->span.at, 1);
}

static void strings_nest_to_a_limit(void **state) {
    (void)state;
    char text[4 * HOLES_MAX + 3];
    size_t len = 0;
    for (int i = 0; i <= HOLES_MAX; i++) {
        text[len++] = '"';
        text[len++] = '{';
    }
    text[len] = '\0';
    begin(text);
    for (int i = 0; i < HOLES_MAX; i++) expect(T_STRING_HEAD);
    expect(T_STRING);
    assert_int_equal(diags.list.at[diags.list.len - 1]->code, CODE_E0106);
}

/* ---- comments and bytes ---- */

static void comments_are_blanks_and_nest(void **state) {
    (void)state;
    begin("a//b\n/*c/*d*/e*/f /**/ /// g");
    expect_name("a");
    expect_name("f");
    expect_good_end();
}

static void a_comment_needs_its_end(void **state) {
    (void)state;
    begin("a /* /* */ b");
    expect_name("a");
    expect(0);
    expect_error(CODE_E0107);
    assert_int_equal(diags.list.at[0]->span.at, 1 + 2);
}

static void the_mark_of_utf8_is_skipped(void **state) {
    (void)state;
    begin("\xEF\xBB\xBF" "a\r\nb");
    expect_name("a");
    expect_span(3, 1);
    expect_name("b");
    expect_good_end();
}

static void unknown_characters_are_reported_whole(void **state) {
    (void)state;
    begin("a \xE2\x82\xAC b");
    expect_name("a");
    expect_name("b");
    expect(0);
    assert_int_equal(diags.errors, 1);
    assert_int_equal(diags.list.at[0]->span.len, 3);
}

static void bytes_that_are_no_text_are_reported_once(void **state) {
    (void)state;
    static const char text[] = "a \xFF\xFE b \0 \x80 \"\0\xC0\" c";
    begin_bytes(text, sizeof text - 1);
    expect_name("a");
    expect_name("b");
    expect(T_STRING);
    expect_name("c");
    expect(0);
    assert_int_equal(diags.errors, 1);
    expect_error(CODE_E0105);
    assert_int_equal(diags.list.at[0]->span.at, 1 + 2);
}

static void a_bad_byte_is_found_far_inside(void **state) {
    (void)state;
    char text[200];
    for (size_t at = 0; at < 150; at++) {
        memset(text, ' ', sizeof text);
        text[at] = at % 2 ? '\0' : '\x80';
        begin_bytes(text, 199);
        expect_error(CODE_E0105);
        assert_int_equal(diags.list.at[diags.list.len - 1]->span.at, 1 + at);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(words_and_names, setup, teardown),
        cmocka_unit_test_setup_teardown(one_kind_for_words_of_one_use, setup, teardown),
        cmocka_unit_test_setup_teardown(behind_a_dot_words_are_names, setup, teardown),
        cmocka_unit_test_setup_teardown(as_casts_before_number_types, setup, teardown),
        cmocka_unit_test_setup_teardown(words_that_depend_on_what_follows, setup, teardown),
        cmocka_unit_test_setup_teardown(reserved_words_are_told_from_others, setup, teardown),
        cmocka_unit_test_setup_teardown(longest_sign_wins, setup, teardown),
        cmocka_unit_test_setup_teardown(integers_in_all_bases, setup, teardown),
        cmocka_unit_test_setup_teardown(floats_and_ranges, setup, teardown),
        cmocka_unit_test_setup_teardown(durations_are_nanoseconds, setup, teardown),
        cmocka_unit_test_setup_teardown(numbers_that_do_not_fit, setup, teardown),
        cmocka_unit_test_setup_teardown(plain_strings_lie_in_the_source, setup, teardown),
        cmocka_unit_test_setup_teardown(escapes, setup, teardown),
        cmocka_unit_test_setup_teardown(wrong_escapes_point_at_themselves, setup, teardown),
        cmocka_unit_test_setup_teardown(holes_hold_tokens, setup, teardown),
        cmocka_unit_test_setup_teardown(a_colon_in_brackets_is_no_format, setup, teardown),
        cmocka_unit_test_setup_teardown(strings_in_holes, setup, teardown),
        cmocka_unit_test_setup_teardown(a_string_ends_with_its_line, setup, teardown),
        cmocka_unit_test_setup_teardown(all_open_strings_end_with_the_line, setup, teardown),
        cmocka_unit_test_setup_teardown(strings_nest_to_a_limit, setup, teardown),
        cmocka_unit_test_setup_teardown(comments_are_blanks_and_nest, setup, teardown),
        cmocka_unit_test_setup_teardown(a_comment_needs_its_end, setup, teardown),
        cmocka_unit_test_setup_teardown(the_mark_of_utf8_is_skipped, setup, teardown),
        cmocka_unit_test_setup_teardown(unknown_characters_are_reported_whole, setup, teardown),
        cmocka_unit_test_setup_teardown(bytes_that_are_no_text_are_reported_once, setup, teardown),
        cmocka_unit_test_setup_teardown(a_bad_byte_is_found_far_inside, setup, teardown),
    };
    return cmocka_run_group_tests_name("lex", tests, NULL, NULL);
}
