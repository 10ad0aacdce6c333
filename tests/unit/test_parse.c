/* The parser: places in the tree, values of blocks, depth, and going on after errors. What trees look like is in
   tests/golden/syntax. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "ast.h"
#include "program.h"

static Arena arena;
static Names names;
static Sources sources;
static Diags diags;
static Program program;
static const Source *source;

static int setup(void **state) {
    (void)state;
    names_init(&names, &arena);
    sources = (Sources){.arena = &arena};
    diags = (Diags){.arena = &arena};
    program = (Program){.arena = &arena, .names = &names, .sources = &sources, .diags = &diags};
    return 0;
}

static int teardown(void **state) {
    (void)state;
    names_free(&names);
    arena_free(&arena);
    return 0;
}

static const Module *parse_text(const char *text) {
    Source *added = source_add(&sources, STR("test.tr"), str_of(text));
    source = added;
    return parse(&program, added, name_str(&names, "main"));
}

/* The statements of the only function. */
static StmtList body_of(const char *text) {
    const Module *module = parse_text(text);
    assert_int_equal(diags.errors, 0);
    assert_int_equal(module->items.len, 1);
    assert_int_equal(module->items.at[0]->kind, ITEM_FN);
    return module->items.at[0]->u.fn->body->stmts;
}

static void expect_span(Span span, const char *text) {
    Str got = {source->text.at + (span.at - source->base), span.len};
    if (!str_is(got, text)) fail_msg("span is \"%.*s\", not \"%s\"", (int)got.len, got.at, text);
}

static void expect_codes(const char *text, const Code *codes, size_t count) {
    uint32_t before = diags.list.len;
    parse_text(text);
    if (diags.list.len - before != count) fail_msg("%u messages for: %s", diags.list.len - before, text);
    for (size_t i = 0; i < count; i++) assert_int_equal(diags.list.at[before + i]->code, codes[i]);
}

static void expect_code(const char *text, Code code) { expect_codes(text, &code, 1); }

/* ---- places ---- */

static void spans_of_expressions(void **state) {
    (void)state;
    StmtList body = body_of("fn f() { x = (a + b) * g(c.d, -e[1])[2..3] as u8; }");
    const Expr *cast = body.at[0]->u.assign.value;
    expect_span(body.at[0]->span, "x = (a + b) * g(c.d, -e[1])[2..3] as u8;");
    expect_span(cast->span, "(a + b) * g(c.d, -e[1])[2..3] as u8");
    /* `as` binds tighter than `*`. */
    assert_int_equal(cast->kind, EXPR_BINARY);
    expect_span(cast->u.binary.left->span, "(a + b)");
    assert_true(cast->u.binary.left->paren);
    expect_span(cast->u.binary.left->u.binary.right->span, "b");
    const Expr *slice = cast->u.binary.right->u.cast.of;
    expect_span(slice->span, "g(c.d, -e[1])[2..3]");
    const Expr *call = slice->u.slice.of;
    expect_span(call->u.call.args.at[0].value->span, "c.d");
    expect_span(call->u.call.args.at[0].value->u.field.name_span, "d");
    expect_span(call->u.call.args.at[1].value->span, "-e[1]");
}

static void spans_in_strings(void **state) {
    (void)state;
    StmtList body = body_of("fn f() { print(\"a {x + 1:04} {g(\"{y}\")} b\"); }");
    const Expr *text = body.at[0]->u.expr->u.call.args.at[0].value;
    expect_span(text->span, "\"a {x + 1:04} {g(\"{y}\")} b\"");
    assert_int_equal(text->u.parts.len, 5);
    expect_span(text->u.parts.at[1].expr->span, "x + 1");
    assert_int_equal(text->u.parts.at[1].width, 4);
    assert_true(text->u.parts.at[1].zero);
    const Expr *inner = text->u.parts.at[3].expr->u.call.args.at[0].value;
    expect_span(inner->span, "\"{y}\"");
    expect_span(inner->u.parts.at[0].expr->span, "y");
}

static void compound_statements_end_before_their_block(void **state) {
    (void)state;
    StmtList body = body_of("async fn f() {\n"
                            "    if a == b { } else { }\n"
                            "    outer: for i in 0..3\n    { }\n"
                            "    move_on_after 1s shield as s { } else { }\n"
                            "    try { } catch* A | B as g { }\n"
                            "    match x { 1 | 2 if y => { } }\n"
                            "    n.start_soon { };\n"
                            "}");
    expect_span(body.at[0]->span, "if a == b");
    expect_span(body.at[0]->u.branch.then->span, "{ }");
    expect_span(body.at[1]->span, "outer: for i in 0..3");
    expect_span(body.at[2]->span, "move_on_after 1s shield as s");
    expect_span(body.at[2]->u.scope.var->span, "s");
    expect_span(body.at[3]->u.attempt.clauses.at[0]->span, "catch* A | B as g");
    expect_span(body.at[4]->u.match.arms.at[0].span, "1 | 2 if y");
    expect_span(body.at[5]->span, "n.start_soon { }");
}

static void spans_of_declarations(void **state) {
    (void)state;
    const Module *module = parse_text("pub async fn name(a: i32) -> i32 raises A, m.B* { return a; }\n"
                                      "extern fn c(b: &mut []u8);\n"
                                      "struct P { x: list<u8, 4>, }\n"
                                      "import std . net;\n");
    assert_int_equal(diags.errors, 0);
    const Fn *fn = module->items.at[0]->u.fn;
    assert_true(fn->is_pub);
    expect_span(fn->span, "name");
    expect_span(fn->head, "fn name(a: i32) -> i32 raises A, m.B*");
    expect_span(fn->raise_spans.at[1], "m.B");
    assert_true(fn->raise_stars.at[1]);
    expect_span(fn->params.at[0]->written->span, "i32");
    expect_span(module->items.at[1]->u.fn->head, "fn c(b: &mut []u8)");
    expect_span(module->items.at[1]->u.fn->params.at[0]->written->span, "&mut []u8");
    expect_span(module->items.at[2]->u.structure->fields.at[0].written->span, "list<u8, 4>");
    const Item *import = module->items.at[3];
    assert_string_equal(import->name->text, "net");
    assert_string_equal(import->path->text, "std.net");
    assert_ptr_equal(module->imports.at[0], import);
}

static void spans_where_two_brackets_are_one_token(void **state) {
    (void)state;
    StmtList body = body_of("fn f() { let a: Sender<list<u8, 4>> = b; let c = channel<list<u8, 4>>(1); }");
    const TypeExpr *sender = body.at[0]->u.let.type;
    expect_span(sender->span, "Sender<list<u8, 4>>");
    const Expr *channel = body.at[1]->u.let.value;
    expect_span(channel->u.channel.elem->span, "list<u8, 4>");
}

static void places_of_the_second_file(void **state) {
    (void)state;
    parse_text("fn f() { }");
    StmtList body = body_of("fn g() { x; }");
    expect_span(body.at[0]->u.expr->span, "x");
    assert_ptr_equal(source_at(&sources, body.at[0]->span.at), source);
}

/* ---- values of blocks ---- */

static void an_if_at_the_end_of_a_value_is_a_value(void **state) {
    (void)state;
    StmtList body = body_of("fn f() { let x = if a { if b { 1 } else { 2 } } else { 3 }; }");
    const Expr *outer = body.at[0]->u.let.value;
    const Stmt *last = outer->u.branch.then->stmts.at[0];
    assert_int_equal(last->kind, STMT_EXPR);
    assert_false(last->has_semicolon);
    assert_int_equal(last->u.expr->kind, EXPR_IF);
    expect_span(last->span, "if b { 1 } else { 2 }");
}

static void an_if_without_values_stays_a_statement(void **state) {
    (void)state;
    StmtList body = body_of("fn f() { let x = g() catch E { if b { return; } else { return; } }; }");
    const Block *handler = body.at[0]->u.let.value->u.caught.clause->block;
    assert_int_equal(handler->stmts.at[0]->kind, STMT_IF);
}

static void only_values_go_without_semicolon(void **state) {
    (void)state;
    body_of("fn f() { let x = g() catch E { 1 }; h(if a { 1 } else { 2 }); }");
    expect_code("fn f() { g() }", CODE_E0103);
    expect_code("fn f() { while a { g() } }", CODE_E0103);
    expect_code("fn f() { if a { 1 } else { 2 } g(); }", CODE_E0103);
    expect_code("fn f() { if a { if b { 1 } else { 2 } } }", CODE_E0103);
    expect_code("fn f() { try { g(); } catch E { 1 } }", CODE_E0103);
    expect_code("fn f() { n.start_soon { g() } }", CODE_E0103);
}

/* ---- depth ---- */

/* `open` n times, `middle`, `close` n times, in a function. */
static char *nested(const char *open, const char *middle, const char *close, size_t n) {
    Buf text = {0};
    buf_text(&text, "fn f() { ");
    for (size_t i = 0; i < n; i++) buf_text(&text, open);
    buf_text(&text, middle);
    for (size_t i = 0; i < n; i++) buf_text(&text, close);
    buf_text(&text, " }");
    char *copy = arena_alloc(&arena, text.len + 1);
    memcpy(copy, text.at, text.len);
    buf_free(&text);
    return copy;
}

static void deep_nesting_is_read(void **state) {
    (void)state;
    body_of(nested("if a { ", "g();", " }", AST_DEPTH_MAX - 10));
    expect_code(nested("(", "a", ")", 3 * AST_DEPTH_MAX), CODE_E0103);
}

static void too_deep_is_reported_once(void **state) {
    (void)state;
    expect_code(nested("if a { ", "g();", " }", 100000), CODE_E0119);
    expect_code(nested("(", "a", ");", 100000), CODE_E0119);
}

static uint32_t height(const Expr *expr) {
    uint32_t levels = 0;
    while (expr->kind == EXPR_BINARY) {
        levels++;
        expr = expr->u.binary.left;
    }
    return levels;
}

static void chains_have_a_limit(void **state) {
    (void)state;
    Buf text = {0};
    buf_text(&text, "fn f() { x = a");
    for (int i = 0; i < 5000; i++) buf_text(&text, " + a");
    buf_text(&text, "; }");
    const Module *module = parse_text(buf_cstr(&text));
    assert_int_equal(diags.errors, 1);
    assert_int_equal(diags.list.at[0]->code, CODE_E0119);
    assert_true(height(module->items.at[0]->u.fn->body->stmts.at[0]->u.assign.value) <= AST_DEPTH_MAX);
    buf_free(&text);
}

/* ---- going on after errors ---- */

static void each_statement_has_its_error(void **state) {
    (void)state;
    const Code codes[] = {CODE_E0102, CODE_E0102, CODE_E0104, CODE_E0103, CODE_E0117};
    expect_codes("fn f() { let = 1; let x = ; g(]; let y = 1\n g(); }\nfn g() { 5 = x; }", codes, 5);
}

static void what_is_right_survives(void **state) {
    (void)state;
    const Module *module = parse_text("fn f() { let = 1; good(); }\nstruct P { a: u8, b = 3, c: u8 }\nfn g() { }\n");
    assert_int_equal(diags.errors, 2);
    assert_int_equal(module->items.len, 3);
    StmtList body = module->items.at[0]->u.fn->body->stmts;
    assert_int_equal(body.len, 2);
    assert_int_equal(body.at[0]->kind, STMT_WRONG);
    assert_int_equal(body.at[1]->kind, STMT_EXPR);
    assert_string_equal(module->items.at[2]->name->text, "g");
}

static void lexical_errors_bring_no_others(void **state) {
    (void)state;
    expect_code("fn f() { let x = @; g(); }", CODE_E0101);
    expect_code("fn f() { let x = \"abc\n g(); }", CODE_E0106);
    expect_code("fn f() { print(\"abc {x y\n); g(); }", CODE_E0106);
    expect_code("fn f() { g(); /* }", CODE_E0107);
    expect_code("fn f() { let x = 'abc; g(); }", CODE_E0108);
}

static void the_end_comes_too_early(void **state) {
    (void)state;
    static const char *const texts[] = {
        "fn f() {", "fn f(", "fn", "struct P {", "enum E { A(", "fn f() { g(a, [1", "fn f() { if a { loop {",
        "fn f() { let x = if a { 1", "async", "error E(", "fn f() { match x {", "fn f() { match x { 1 =>",
        "test \"a\" {", "if const A {", "fn f() { print(\"{", "fn f() { select {", "fn f() { n.start_soon {", "const A = ", "pub",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        uint32_t before = diags.errors;
        parse_text(texts[i]);
        assert_true(diags.errors > before);
        assert_true(diags.errors <= before + 2);
    }
}

/* All prefixes, and all texts with one token's worth of bytes left out: no crash, and places inside of the file. */
static void damaged_texts_are_harmless(void **state) {
    (void)state;
    static const char text[] =
        "import a.b; error E(id: i32); struct P { a: [4]u8, b: list<u8, N>, }\n"
        "enum K: u8 { A = 1, B(x: Sender<list<u8, 2>>) }\n"
        "async fn f(a: &mut P) -> (i32, u8)? starts u8 raises E*, m.G {\n"
        "outer: for i, x in l { if let y = g()?? 1 { break outer; }\n"
        "nursery n[8] { n.start_soon(f(\"{x:04x} {{}} {g(\"{y}\")}\")) as t; n.start_soon { } }\n"
        "try { } catch* E | F as e { raise; }\n"
        "select { await r.receive() as c if d => { } after 5s => { } } match x { 1..=2 | A.B(_, y) => { } }\n"
        "move_on_after 1s shield as s { } else { } let (a, b) = channel<u8>(1)[2]; x[1..] +%= -b as u8; } }\n";
    char damaged[sizeof text];
    for (size_t cut = 0; cut <= 9; cut++) {
        for (size_t at = 0; at + cut < sizeof text; at++) {
            memcpy(damaged, text, at);
            if (cut) memcpy(damaged + at, text + at + cut, sizeof text - at - cut);
            damaged[cut ? sizeof text - 1 - cut : at] = '\0';
            uint32_t first = diags.list.len;
            parse_text(damaged);
            for (uint32_t i = first; i < diags.list.len; i++) {
                Span span = diags.list.at[i]->span;
                assert_true(span.at >= source->base && span.at + span.len <= source->base + source->text.len);
            }
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(spans_of_expressions, setup, teardown),
        cmocka_unit_test_setup_teardown(spans_in_strings, setup, teardown),
        cmocka_unit_test_setup_teardown(compound_statements_end_before_their_block, setup, teardown),
        cmocka_unit_test_setup_teardown(spans_of_declarations, setup, teardown),
        cmocka_unit_test_setup_teardown(spans_where_two_brackets_are_one_token, setup, teardown),
        cmocka_unit_test_setup_teardown(places_of_the_second_file, setup, teardown),
        cmocka_unit_test_setup_teardown(an_if_at_the_end_of_a_value_is_a_value, setup, teardown),
        cmocka_unit_test_setup_teardown(an_if_without_values_stays_a_statement, setup, teardown),
        cmocka_unit_test_setup_teardown(only_values_go_without_semicolon, setup, teardown),
        cmocka_unit_test_setup_teardown(deep_nesting_is_read, setup, teardown),
        cmocka_unit_test_setup_teardown(too_deep_is_reported_once, setup, teardown),
        cmocka_unit_test_setup_teardown(chains_have_a_limit, setup, teardown),
        cmocka_unit_test_setup_teardown(each_statement_has_its_error, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_right_survives, setup, teardown),
        cmocka_unit_test_setup_teardown(lexical_errors_bring_no_others, setup, teardown),
        cmocka_unit_test_setup_teardown(the_end_comes_too_early, setup, teardown),
        cmocka_unit_test_setup_teardown(damaged_texts_are_harmless, setup, teardown),
    };
    return cmocka_run_group_tests_name("parse", tests, NULL, NULL);
}
