/* ir: names, nodes, what a statement does with variables, what the verifier finds, and how it all looks as text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ir_build.h"

static int free_arena(void **state) {
    (void)state;
    arena_free(&arena);
    return 0;
}

/* ---- names ---- */

static void a_variable_keeps_its_name_if_it_can(void **state) {
    (void)state;
    begin_fn("f");
    assert_string_equal(var("total", t(TYPE_I64))->name, "total");
    assert_string_equal(var("total", t(TYPE_I64))->name, "total_2");
    assert_string_equal(var("total_3", t(TYPE_I64))->name, "total_3");
    assert_string_equal(var("total", t(TYPE_I64))->name, "total_4");
    assert_string_equal(var("total_2", t(TYPE_I64))->name, "total_2_2");
}

static void words_of_c_are_not_names(void **state) {
    (void)state;
    static const char *const rows[][2] = {
        {"int", "v_int"}, {"while", "v_while"}, {"memcpy", "v_memcpy"}, {"tr_now", "v_tr_now"},
        {"INT32_MAX", "v_INT32_MAX"}, {"_Bool", "v__Bool"}, {"__x", "v___x"}, {"_x", "_x"}, {"N", "N"}, {"integer", "integer"}, {"while_", "while_"},
    };
    begin_fn("f");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_string_equal(var(rows[i][0], t(TYPE_I64))->name, rows[i][1]);
    }
    assert_string_equal(var("int", t(TYPE_I64))->name, "v_int_2");
}

static void names_stay_apart_when_the_table_grows(void **state) {
    (void)state;
    begin_fn("f");
    for (uint32_t i = 1; i <= 500; i++) {
        const IrVar *made = var("t", t(TYPE_I64));
        assert_string_equal(made->name, i == 1 ? "t" : str_format(&arena, "t_%u", i).at);
        assert_int_equal(made->id, i - 1);
    }
    assert_string_equal(ir_name(&arena, fn, "t_7"), "t_7_2");
    assert_string_equal(ir_name(&arena, fn, "u"), "u");
}

/* ---- nodes ---- */

/* In one arena without the sanitizer's gaps, what is allocated next lies behind. */
static void a_node_is_as_large_as_its_kind_needs(void **state) {
    (void)state;
    IrExpr *leaf = ir_expr(&arena, IRX_VAR, NULL, 0);
    size_t small = (size_t)(arena.at - (char *)leaf);
    IrExpr *call = ir_expr(&arena, IRX_CALL, NULL, 0);
    assert_true(small < (size_t)(arena.at - (char *)call));
    IrStmt *jumps = ir_stmt(&arena, IRS_BREAK, (Span){0, 0}, 0);
    size_t jump_size = (size_t)(arena.at - (char *)jumps);
    IrStmt *start = ir_stmt(&arena, IRS_START, (Span){0, 0}, 0);
    assert_true(jump_size < (size_t)(arena.at - (char *)start));
    assert_true((size_t)(arena.at - (char *)start) >= sizeof(IrStmt));
}

/* ---- places and operands ---- */

static IrExpr *index_of(IrExpr *of, IrExpr *index) {
    IrExpr *made = expr(IRX_INDEX, t(TYPE_I64));
    made->u.of.a = of;
    made->u.of.b = index;
    return made;
}

static void a_place_lies_in_its_variable_unless_behind_a_reference(void **state) {
    (void)state;
    begin_fn("f");
    Type array = {.kind = TYPE_ARRAY, .count = 3, .elem = t(TYPE_I64)};
    Type slice = {.kind = TYPE_SLICE, .elem = t(TYPE_I64)};
    IrVar *a = var("a", &array), *s = var("s", &slice), *r = var("r", t(TYPE_REF)), *i = var("i", t(TYPE_I64));
    bool whole;
    assert_ptr_equal(ir_place_var(var_expr(a), &whole), a);
    assert_true(whole);
    assert_ptr_equal(ir_place_var(index_of(var_expr(a), var_expr(i)), &whole), a);
    assert_false(whole);
    assert_null(ir_place_var(index_of(var_expr(s), var_expr(i)), &whole));
    IrExpr *behind = expr(IRX_DEREF, t(TYPE_I64));
    behind->u.of.a = var_expr(r);
    assert_null(ir_place_var(behind, &whole));
}

static uint32_t count_role(const IrOperands *list, const IrVar *of, IrRole role) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < list->len; i++) count += list->at[i].var == of && list->at[i].role == role;
    return count;
}

static void writing_an_element_uses_the_index_and_a_part(void **state) {
    (void)state;
    begin_fn("f");
    Type array = {.kind = TYPE_ARRAY, .count = 3, .elem = t(TYPE_I64)};
    IrVar *a = var("a", &array), *i = var("i", t(TYPE_I64)), *x = var("x", t(TYPE_I64));
    IrStmt *set_element = stmt(IRS_SET);
    set_element->u.set.to = index_of(var_expr(a), var_expr(i));
    set_element->u.set.value = var_expr(x);
    IrOperands list = {0};
    ir_operands(&arena, &list, set_element);
    assert_int_equal(list.len, 3);
    assert_int_equal(count_role(&list, x, IR_USE), 1);
    assert_int_equal(count_role(&list, i, IR_USE), 1);
    assert_int_equal(count_role(&list, a, IR_PART), 1);
}

/* ---- the verifier ---- */

static void assert_finds(const char *what) {
    Str text = ir_verify(&arena, fn);
    if (!strstr(text.at, what)) fail_msg("\"%s\" is not in \"%s\"", what, text.at);
}

static void the_verifier_is_silent_about_what_is_right(void **state) {
    (void)state;
    begin_fn("f");
    IrVar *x = var("x", t(TYPE_I64));
    IrStmt *loop = open_loop(var_expr(x));
    IrRegion *region = open_region(IR_REGION_CLEANUP);
    add_exit(region, IR_EXIT_BREAK, loop);
    pause();
    jump(IRS_BREAK, loop);
    open_cleanup(region);
    use(x);
    assert_string_equal(ir_verify(&arena, fn).at, "");
}

static void a_jump_must_be_known_to_the_regions_it_leaves(void **state) {
    (void)state;
    begin_fn("f");
    IrStmt *loop = open_loop(NULL);
    open_region(IR_REGION_CLEANUP);
    jump(IRS_CONTINUE, loop);
    assert_finds("f, line 3: a jump leaves a region that does not know it");
}

static void a_jump_must_stay_in_its_cleanup(void **state) {
    (void)state;
    begin_fn("f");
    IrRegion *region = open_region(IR_REGION_CLEANUP);
    open_cleanup(region);
    jump(IRS_RETURN, NULL);
    assert_finds("a jump leaves a cleanup");
}

static void a_jump_needs_its_loop_around_it(void **state) {
    (void)state;
    begin_fn("f");
    IrStmt *loop = open_loop(NULL);
    close();
    jump(IRS_BREAK, loop);
    assert_finds("a jump to a loop that is not around it");
}

static void regions_know_that_they_unwind(void **state) {
    (void)state;
    begin_fn("f");
    IrRegion *outer = open_region(IR_REGION_CLEANUP), *inner = open_region(IR_REGION_CLEANUP);
    open_cleanup(inner);
    pause();
    assert_string_equal(ir_verify(&arena, fn).at, "");
    outer->unwinds = false;
    assert_finds("a region does not know that it unwinds");
    outer->unwinds = true;
    inner->unwinds = false;
    assert_finds("a region does not know that it unwinds");
}

static void errors_are_put_where_they_are_looked_for(void **state) {
    (void)state;
    begin_fn("f");
    fn->leaf_max = 1;
    fn->errs = leaves("errs", 1);
    IrStmt *attempt = open_try(leaves("tried", 1));
    IrStmt *call = stmt(IRS_CALL);
    call->u.call.op = IRT_LOCK_ACQUIRE_NOWAIT;
    call->u.call.errs = attempt->u.attempt.errs;
    assert_string_equal(ir_verify(&arena, fn).at, "");
    call->u.call.errs = fn->errs;
    assert_finds("errors are not put where they are looked for");
}

static void a_plain_function_does_not_suspend(void **state) {
    (void)state;
    begin_fn("f");
    fn->is_async = false;
    pause();
    assert_finds("a plain function suspends");
}

static void other_things_the_verifier_finds(void **state) {
    (void)state;
    IrFn callee = {.name = "g", .is_async = true};
    begin_fn("g");
    IrVar *foreign = var("foreign", t(TYPE_I64));
    begin_fn("f");
    var("x", NULL);
    use(foreign);
    stmt(IRS_SET)->u.set.to = number(1);
    await_fn(&callee, NULL, number(1));
    pause()->u.await.wait = record(IRV_WAIT, "wrong");
    assert_finds("a variable has no type");
    assert_finds("a variable of another function");
    assert_finds("what is written is not a place");
    assert_finds("an operand is missing");
    assert_finds("a call has too many or too few arguments");
    assert_finds("a wait has the wrong record");
}

/* ---- text ---- */

static void functions_as_text(void **state) {
    (void)state;
    Types types;
    types_init(&types, &arena);
    begin_fn("f");
    IrVar *n = param("n", type_basic(&types, TYPE_I32)), *i = var("i", type_basic(&types, TYPE_I32));
    IrVar *errs = leaves("errs", 2);
    IrStmt *loop = open_loop(var_expr(n));
    IrRegion *region = open_region(IR_REGION_CLEANUP);
    region->unwinds = true;
    add_exit(region, IR_EXIT_BREAK, loop);
    pause();
    jump(IRS_BREAK, loop);
    open_cleanup(region);
    set(i);
    close();
    close();
    IrStmt *cleared = stmt(IRS_LEAVES);
    cleared->u.leaves.op = IRL_CLEAR;
    cleared->u.leaves.to = errs;
    suspend(fn);
    Buf text = {0};
    ir_dump(&text, &types, fn);
    assert_string_equal(buf_cstr(&text),
        "async fn f {\n"
        "    param n: i32\n"
        "    var i: i32\n"
        "    var errs: leaves[2]\n"
        "    var why: why\n"
        "    var sleep: sleep\n"
        "    loop 0 while n {\n"
        "        region why why unwinds exits break 0 {\n"
        "            await sleep(1) in sleep  @1\n"
        "            break 0\n"
        "        } cleanup {\n"
        "            i = 1\n"
        "        }\n"
        "    }\n"
        "    clear errs\n"
        "}\n");
    buf_free(&text);
    types_free(&types);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(a_variable_keeps_its_name_if_it_can, free_arena),
        cmocka_unit_test_teardown(words_of_c_are_not_names, free_arena),
        cmocka_unit_test_teardown(names_stay_apart_when_the_table_grows, free_arena),
        cmocka_unit_test_teardown(a_node_is_as_large_as_its_kind_needs, free_arena),
        cmocka_unit_test_teardown(a_place_lies_in_its_variable_unless_behind_a_reference, free_arena),
        cmocka_unit_test_teardown(writing_an_element_uses_the_index_and_a_part, free_arena),
        cmocka_unit_test_teardown(the_verifier_is_silent_about_what_is_right, free_arena),
        cmocka_unit_test_teardown(a_jump_must_be_known_to_the_regions_it_leaves, free_arena),
        cmocka_unit_test_teardown(a_jump_must_stay_in_its_cleanup, free_arena),
        cmocka_unit_test_teardown(a_jump_needs_its_loop_around_it, free_arena),
        cmocka_unit_test_teardown(regions_know_that_they_unwind, free_arena),
        cmocka_unit_test_teardown(errors_are_put_where_they_are_looked_for, free_arena),
        cmocka_unit_test_teardown(a_plain_function_does_not_suspend, free_arena),
        cmocka_unit_test_teardown(other_things_the_verifier_finds, free_arena),
        cmocka_unit_test_teardown(functions_as_text, free_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
