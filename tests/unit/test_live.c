/* live: what lives across a suspension, and what may share bytes. */
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

/* ---- straight on ---- */

static void lives_from_writing_to_reading(void **state) {
    (void)state;
    begin_fn("f");
    IrVar *before = var("before", t(TYPE_I64)), *over = var("over", t(TYPE_I64)), *after = var("after", t(TYPE_I64));
    set(before);
    set(over);
    use(before);
    pause();
    use(over);
    set(after);
    use(after);
    analyse();
    assert_true(across(1, over));
    assert_false(across(1, before));
    assert_false(across(1, after));
    assert_int_equal(before->place, IR_LOCAL);
    assert_int_equal(over->place, IR_FRAME);
    assert_int_equal(after->place, IR_LOCAL);
}

static void a_variable_that_nothing_mentions_is_nowhere(void **state) {
    (void)state;
    begin_fn("f");
    IrVar *unused = var("unused", t(TYPE_I64));
    begin(unused);
    pause();
    analyse();
    assert_int_equal(unused->place, IR_NOWHERE);
}

static void a_result_is_written_after_the_wait(void **state) {
    (void)state;
    IrFn callee = {.name = "g", .is_async = true, .points = 1, .size = 8, .align = 8};
    begin_fn("f");
    IrVar *x = var("x", t(TYPE_I64));
    await_fn(&callee, x, NULL);
    use(x);
    analyse();
    assert_false(across(1, x));
}

static void what_receive_writes_lives_across_it(void **state) {
    (void)state;
    begin_fn("f");
    IrVar *rx = var("rx", t(TYPE_RECEIVER)), *item = var("item", t(TYPE_I64));
    set(rx);
    IrStmt *receive = stmt(IRS_AWAIT);
    receive->u.await.op = IRW_RECEIVE;
    receive->u.await.wait = record(IRV_CHANNEL_WAIT, "wait");
    receive->u.await.to = var_expr(item);
    vec_push(&arena, &receive->u.await.args, var_expr(rx));
    analyse();
    assert_true(across(1, item));
    assert_false(across(1, rx));
    assert_true(across(1, receive->u.await.wait));
}

/* ---- branches and loops ---- */

static void one_branch_is_enough(void **state) {
    (void)state;
    begin_fn("f");
    IrVar *c = var("c", t(TYPE_BOOL)), *x = var("x", t(TYPE_I64));
    set(c);
    set(x);
    pause();
    IrStmt *branch = open_if(var_expr(c));
    set(x);
    open_else(branch);
    pause();
    close();
    use(x);
    analyse();
    assert_true(across(1, c));
    assert_true(across(1, x));
    assert_true(across(2, x));
    assert_false(across(2, c));
}

static void a_loop_brings_it_back(void **state) {
    (void)state;
    begin_fn("f");
    IrVar *kept = var("kept", t(TYPE_I64)), *fresh = var("fresh", t(TYPE_I64));
    set(kept);
    open_loop(NULL);
    set(fresh);
    use(fresh);
    use(kept);
    pause();
    close();
    analyse();
    assert_true(across(1, kept));
    assert_false(across(1, fresh));
}

/* Only at the outer head is x read; on the way from there through the inner loop it was written. */
static void writing_on_the_way_back_ends_it(void **state) {
    (void)state;
    begin_fn("f");
    IrVar *x = var("x", t(TYPE_I64)), *y = var("y", t(TYPE_I64));
    set(x);
    set(y);
    open_loop(NULL);
    use(x);
    use(y);
    open_loop(number(1));
    pause();
    close();
    set(x);
    close();
    analyse();
    assert_false(across(1, x));
    assert_true(across(1, y));
}

static void it_begins_anew_in_each_round(void **state) {
    (void)state;
    begin_fn("f");
    IrVar *x = var("x", t(TYPE_I64));
    open_loop(NULL);
    begin(x);
    use_address(x);
    pause();
    close();
    analyse();
    assert_false(across(1, x));
}

static void without_a_beginning_it_comes_from_the_round_before(void **state) {
    (void)state;
    begin_fn("f");
    IrVar *x = var("x", t(TYPE_I64));
    open_loop(NULL);
    use_address(x);
    pause();
    close();
    analyse();
    assert_true(across(1, x));
}

static void break_leads_behind_the_loop(void **state) {
    (void)state;
    begin_fn("f");
    IrVar *x = var("x", t(TYPE_I64)), *y = var("y", t(TYPE_I64));
    set(x);
    set(y);
    IrStmt *loop = open_loop(NULL);
    pause();
    open_if(number(1));
    jump(IRS_BREAK, loop);
    close();
    use(y);
    close();
    use(x);
    pause();
    analyse();
    assert_true(across(1, x));
    assert_true(across(1, y));
    assert_false(across(2, x));
}

static void continue_leads_to_the_step(void **state) {
    (void)state;
    begin_fn("f");
    IrVar *i = var("i", t(TYPE_I64)), *x = var("x", t(TYPE_I64));
    set(i);
    IrStmt *loop = open_loop(NULL);
    set(x);
    pause();
    jump(IRS_CONTINUE, loop);
    use(x);
    close();
    open(&loop->u.loop.step);
    use(i);
    close();
    analyse();
    assert_true(across(1, i));
    assert_false(across(1, x));
}

/* ---- regions ---- */

static void a_cleanup_reads_it_on_every_way(void **state) {
    (void)state;
    begin_fn("f");
    IrVar *x = var("x", t(TYPE_I64));
    set(x);
    IrRegion *region = open_region(IR_REGION_CLEANUP);
    pause();
    open_cleanup(region);
    use(x);
    close();
    pause();
    analyse();
    assert_true(across(1, x));
    assert_false(across(2, x));
    assert_int_equal(region->why->place, IR_LOCAL);
}

/* await a; result = 1; return: the result is not there yet while a is awaited, though the cleanup passes it on. */
static void a_result_lives_only_on_the_way_of_the_return(void **state) {
    (void)state;
    begin_fn("f");
    fn->result = var("result", t(TYPE_I64));
    fn->result_type = t(TYPE_I64);
    IrRegion *region = open_region(IR_REGION_CLEANUP);
    add_exit(region, IR_EXIT_RETURN, NULL);
    pause();
    set(fn->result);
    jump(IRS_RETURN, NULL);
    open_cleanup(region);
    pause();
    close();
    analyse();
    assert_false(across(1, fn->result));
    assert_true(across(2, fn->result));
    assert_false(across(1, region->why));
    assert_true(across(2, region->why));
}

static void a_jump_passes_all_cleanups_on_its_way(void **state) {
    (void)state;
    begin_fn("f");
    IrVar *a = var("a", t(TYPE_I64)), *b = var("b", t(TYPE_I64)), *c = var("c", t(TYPE_I64));
    set(a);
    set(b);
    set(c);
    IrStmt *loop = open_loop(NULL);
    IrRegion *outer = open_region(IR_REGION_CLEANUP);
    add_exit(outer, IR_EXIT_BREAK, loop);
    IrRegion *inner = open_region(IR_REGION_CLEANUP);
    add_exit(inner, IR_EXIT_BREAK, loop);
    pause();
    jump(IRS_BREAK, loop);
    open_cleanup(inner);
    use(a);
    close();
    open_cleanup(outer);
    use(b);
    close();
    close();
    use(c);
    analyse();
    assert_true(across(1, a));
    assert_true(across(1, b));
    assert_true(across(1, c));
}

static void errors_live_through_the_cleanup_that_follows_them(void **state) {
    (void)state;
    begin_fn("f");
    fn->leaf_max = 1;
    fn->errs = leaves("errs", 1);
    IrFn callee = {.name = "g", .is_async = true, .points = 1, .leaf_max = 1, .size = 8, .align = 8};
    IrRegion *region = open_region(IR_REGION_CLEANUP);
    region->errs = fn->errs;
    pause();
    await_fn(&callee, NULL, NULL)->u.await_call.errs = fn->errs;
    open_cleanup(region);
    pause();
    close();
    pause();
    analyse();
    assert_false(across(1, fn->errs));
    assert_false(across(2, fn->errs));
    assert_true(across(3, fn->errs));
    assert_false(across(4, fn->errs));
}

/* What is awaited in a cleanup may be cancelled: then the rest of it is skipped, and the errors go on. */
static void a_cancelled_cleanup_lets_errors_pass(void **state) {
    (void)state;
    begin_fn("f");
    fn->leaf_max = 1;
    fn->errs = leaves("errs", 1);
    IrVar *x = var("x", t(TYPE_I64));
    set(x);
    IrRegion *region = open_region(IR_REGION_CLEANUP);
    region->errs = fn->errs;
    IrStmt *raise = stmt(IRS_CALL);
    raise->u.call.op = IRT_LOCK_ACQUIRE_NOWAIT;
    raise->u.call.errs = fn->errs;
    open_cleanup(region);
    pause();
    use(x);
    pause();
    close();
    analyse();
    assert_true(across(1, fn->errs));
    assert_true(across(2, fn->errs));
    assert_true(across(1, x));
    assert_false(across(2, x));
}

static void a_handler_reads_what_was_there_before(void **state) {
    (void)state;
    begin_fn("f");
    IrVar *errs = leaves("errs", 1), *x = var("x", t(TYPE_I64)), *y = var("y", t(TYPE_I64));
    set(x);
    set(y);
    IrStmt *attempt = open_try(errs);
    pause();
    use(y);
    open_handler(attempt);
    use(x);
    pause();
    use(errs);
    close();
    analyse();
    assert_true(across(1, x));
    assert_true(across(1, y));
    assert_false(across(1, errs));
    assert_true(across(2, errs));
    assert_false(across(2, attempt->u.attempt.why));
}

static void a_scope_lives_to_its_end_and_as_long_as_it_is_asked(void **state) {
    (void)state;
    begin_fn("f");
    IrVar *one = record(IRV_SCOPE, "one"), *two = record(IRV_SCOPE, "two");
    IrVar *scopes[] = {one, two};
    for (int i = 0; i < 2; i++) {
        stmt(IRS_SCOPE_ENTER)->u.scope.var = scopes[i];
        open_region(IR_REGION_SCOPE)->var = scopes[i];
        pause();
        close();
    }
    pause();
    use_address(two);
    analyse();
    assert_true(across(1, one));
    assert_false(across(1, two));
    assert_false(across(2, one));
    assert_true(across(2, two));
    assert_false(across(3, one));
    assert_true(across(3, two));
    assert_false(apart(one, two));
}

/* ---- nurseries ---- */

static IrRegion *open_nursery(IrFn *child) {
    IrVar *slots = record(IRV_SLOTS, "slots");
    slots->count = 1;
    IrChild in_slot = {child, false};
    vec_push(&arena, &slots->children, in_slot);
    IrStmt *opening = stmt(IRS_NURSERY_OPEN);
    opening->u.nursery.var = record(IRV_NURSERY, "n");
    opening->u.nursery.leaves = leaves("leaves", 1);
    vec_push(&arena, &opening->u.nursery.slots, slots);
    IrRegion *region = open_region(IR_REGION_NURSERY);
    region->var = opening->u.nursery.var;
    region->leaves = opening->u.nursery.leaves;
    vec_push(&arena, &region->slots, slots);
    return region;
}

static void start_child(IrRegion *region, IrVar *lent) {
    IrStmt *start = stmt(IRS_START_SOON);
    start->u.start.fn = region->slots.at[0]->children.at[0].fn;
    start->u.start.nursery = address(region->var);
    start->u.start.slots = region->slots.at[0];
    if (!lent) return;
    vec_push(&arena, &start->u.start.keeps, lent);
    vec_push(&arena, &region->keeps, lent);
}

static void the_join_keeps_what_children_use(void **state) {
    (void)state;
    IrFn child = {.name = "child", .is_async = true, .size = 16, .align = 8};
    begin_fn("f");
    fn->leaf_max = 1;
    fn->errs = leaves("errs", 1);
    IrVar *lent = var("lent", t(TYPE_I64));
    set(lent);
    IrRegion *region = open_nursery(&child);
    region->errs = fn->errs;
    start_child(region, lent);
    pause();
    close();
    pause();
    analyse();
    IrVar *slots = region->slots.at[0];
    for (uint32_t point = 1; point <= 2; point++) {
        assert_true(across(point, region->var));
        assert_true(across(point, region->leaves));
        assert_true(across(point, slots));
        assert_true(across(point, lent));
        assert_false(across(point, region->why));
        assert_false(across(point, fn->errs));
    }
    assert_false(across(3, slots));
    assert_false(across(3, lent));
    assert_true(apart(slots, lent));
    assert_true(apart(slots, region->leaves));
    assert_true(apart(slots, region->var));
}

static void why_lives_across_the_join_if_there_is_a_jump_to_remember(void **state) {
    (void)state;
    IrFn child = {.name = "child", .is_async = true, .size = 16, .align = 8};
    begin_fn("f");
    IrStmt *loop = open_loop(NULL);
    IrRegion *region = open_nursery(&child);
    add_exit(region, IR_EXIT_BREAK, loop);
    start_child(region, NULL);
    jump(IRS_BREAK, loop);
    close();
    close();
    analyse();
    assert_true(across(1, region->why));
}

/* What is declared in the nursery's block is no child's before it is there, even if the join keeps it. */
static void what_is_lent_lives_from_its_beginning(void **state) {
    (void)state;
    IrFn child = {.name = "child", .is_async = true, .size = 16, .align = 8};
    begin_fn("f");
    IrVar *lent = var("lent", t(TYPE_I64));
    IrRegion *region = open_nursery(&child);
    pause();
    begin(lent);
    set(lent);
    start_child(region, lent);
    pause();
    close();
    analyse();
    assert_false(across(1, lent));
    assert_true(across(2, lent));
    assert_true(across(3, lent));
}

static void a_start_keeps_what_the_child_writes_to(void **state) {
    (void)state;
    IrFn child = {.name = "child", .is_async = true, .starts = true, .start_type = t(TYPE_I64), .size = 16, .align = 8};
    begin_fn("f");
    IrVar *x = var("x", t(TYPE_I64)), *lent = var("lent", t(TYPE_I64));
    set(lent);
    IrRegion *region = open_nursery(&child);
    start_child(region, lent);
    IrStmt *start = blocks[depth]->at[blocks[depth]->len - 1];
    IrStmt *waits = stmt(IRS_START);
    waits->u.start = start->u.start;
    waits->u.start.starting = record(IRV_STARTING, "starting");
    waits->u.start.value = var("value", t(TYPE_I64));
    waits->u.start.to = var_expr(x);
    pause();
    use(x);
    close();
    analyse();
    assert_true(across(1, waits->u.start.starting));
    assert_true(across(1, waits->u.start.value));
    assert_true(across(1, lent));
    assert_false(across(1, x));
    assert_true(apart(x, waits->u.start.value));
}

/* ---- references ---- */

static void a_reference_keeps_what_it_points_into(void **state) {
    (void)state;
    begin_fn("f");
    IrVar *x = var("x", t(TYPE_I64)), *r = var("r", t(TYPE_REF)), *rr = var("rr", t(TYPE_REF));
    vec_push(&arena, &r->roots, x);
    vec_push(&arena, &rr->roots, r);
    set(x);
    set_to(r, address(x));
    set_to(rr, address(r));
    pause();
    use(rr);
    pause();
    analyse();
    assert_true(across(1, x));
    assert_true(across(1, r));
    assert_true(across(1, rr));
    assert_false(across(2, x));
}

static void what_is_lent_to_a_callee_stays(void **state) {
    (void)state;
    IrFn callee = {.name = "g", .is_async = true, .points = 1, .size = 8, .align = 8};
    vec_push(&arena, &callee.params, NULL);
    begin_fn("f");
    IrVar *x = var("x", t(TYPE_I64)), *y = var("y", t(TYPE_I64));
    set(x);
    set(y);
    await_fn(&callee, NULL, address(x));
    await_fn(&callee, NULL, var_expr(y));
    analyse();
    assert_true(across(1, x));
    assert_true(across(1, y));
    assert_false(across(2, x));
    assert_false(across(2, y));
}

static void an_object_begins_with_its_init(void **state) {
    (void)state;
    begin_fn("f");
    IrVar *event = var("event", t(TYPE_I64));
    open_loop(NULL);
    pause();
    stmt(IRS_DO)->u.set.value = op(IROP_EVENT_INIT, address(event));
    pause();
    use_address(event);
    close();
    analyse();
    assert_false(across(1, event));
    assert_true(across(2, event));
}

/* ---- sharing ---- */

static void one_after_the_other_they_share(void **state) {
    (void)state;
    begin_fn("f");
    IrVar *x = var("x", t(TYPE_I64)), *y = var("y", t(TYPE_I64)), *z = var("z", t(TYPE_I64));
    set(x);
    pause();
    set_to(y, var_expr(x));
    pause();
    set(z);
    use(y);
    pause();
    use(z);
    analyse();
    assert_false(apart(x, y));
    assert_false(apart(x, z));
    assert_true(apart(y, z));
}

static void what_nobody_reads_is_still_written(void **state) {
    (void)state;
    begin_fn("f");
    IrVar *x = var("x", t(TYPE_I64)), *y = var("y", t(TYPE_I64));
    set(x);
    pause();
    use(x);
    set(y);
    pause();
    set(x);
    use(y);
    analyse();
    assert_true(apart(x, y));
}

static void parameters_arrive_together(void **state) {
    (void)state;
    begin_fn("f");
    IrVar *a = param("a", t(TYPE_I64)), *b = param("b", t(TYPE_I64));
    use(a);
    pause();
    set(b);
    pause();
    use(b);
    analyse();
    assert_true(apart(a, b));
    assert_int_equal(a->place, IR_FRAME);
}

static void a_record_of_one_wait_is_beside_what_lives_then(void **state) {
    (void)state;
    IrFn callee = {.name = "g", .is_async = true, .points = 1, .size = 8, .align = 8};
    vec_push(&arena, &callee.params, NULL);
    begin_fn("f");
    IrVar *x = var("x", t(TYPE_I64)), *arg = var("arg", t(TYPE_I64)), *result = var("result", t(TYPE_I64));
    set(x);
    set(arg);
    pause();
    await_fn(&callee, result, var_expr(arg));
    pause();
    use(x);
    use(result);
    analyse();
    assert_int_equal(fn->moments.len, 3);
    const IrMoment *call = fn->moments.at;
    while (call->var->kind != IRV_CALLEE) call++;
    assert_true(bits_has(call->interferes, x->live - 1));
    assert_false(bits_has(call->interferes, arg->live - 1));
    assert_false(bits_has(call->interferes, result->live - 1));
}

static void a_callee_that_never_suspends_is_called(void **state) {
    (void)state;
    IrFn callee = {.name = "g", .is_async = true, .size = 8, .align = 8};
    begin_fn("f");
    IrVar *x = var("x", t(TYPE_I64));
    set(x);
    IrStmt *call = await_fn(&callee, NULL, NULL);
    use(x);
    analyse();
    assert_int_equal(fn->points, 0);
    assert_int_equal(fn->size, 1);
    assert_int_equal(x->place, IR_LOCAL);
    assert_int_equal(call->u.await_call.callee->place, IR_LOCAL);
}

/* x[i] = await g(): the element is looked for when g is done. */
static void the_place_of_a_result_is_found_after_the_wait(void **state) {
    (void)state;
    Type array = {.kind = TYPE_ARRAY, .count = 3, .elem = t(TYPE_I64)};
    IrFn callee = {.name = "g", .is_async = true, .points = 1, .size = 8, .align = 8};
    begin_fn("f");
    IrVar *x = var("x", &array), *i = var("i", t(TYPE_I64));
    set(i);
    IrExpr *element = expr(IRX_INDEX, t(TYPE_I64));
    element->u.of.a = var_expr(x);
    element->u.of.b = var_expr(i);
    await_fn(&callee, NULL, NULL)->u.await_call.to = element;
    use(x);
    analyse();
    assert_true(across(1, i));
    assert_true(across(1, x));
}

/* A limiter's holder is in use until its release. */
static void a_record_that_is_mentioned_elsewhere_lasts(void **state) {
    (void)state;
    begin_fn("f");
    IrVar *holder = record(IRV_HOLDER, "holder"), *twice = record(IRV_HOLDER, "twice");
    IrVar *holders[] = {holder, twice, twice};
    for (int i = 0; i < 3; i++) {
        IrStmt *acquire = stmt(IRS_AWAIT);
        acquire->u.await.op = IRW_LIMITER_ACQUIRE;
        acquire->u.await.wait = holders[i];
    }
    use_address(holder);
    analyse();
    assert_true(across(1, holder));
    assert_true(across(2, holder));
    assert_true(across(3, holder));
    assert_false(across(1, twice));
    assert_true(across(2, twice));
    assert_true(across(3, twice));
    assert_true(apart(holder, twice));
    assert_int_equal(fn->moments.len, 0);
}

/* Nobody gets to the join, but the children write to their slots while the loop runs. */
static void a_loop_without_end_keeps_what_is_around_it(void **state) {
    (void)state;
    IrFn child = {.name = "child", .is_async = true, .size = 16, .align = 8};
    begin_fn("f");
    IrRegion *region = open_nursery(&child);
    start_child(region, NULL);
    IrStmt *attempt = open_try(leaves("errs", 1));
    pause();
    open_handler(attempt);
    close();
    open_loop(NULL);
    close();
    close();
    analyse();
    assert_true(across(1, region->slots.at[0]));
    assert_true(across(1, region->var));
}

static void what_a_loop_with_breaks_finds_is_not_there_before(void **state) {
    (void)state;
    begin_fn("f");
    IrVar *x = var("x", t(TYPE_I64));
    IrStmt *loop = open_loop(NULL);
    pause();
    set(x);
    jump(IRS_BREAK, loop);
    close();
    pause();
    use(x);
    analyse();
    assert_false(across(1, x));
    assert_true(across(2, x));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(lives_from_writing_to_reading, free_arena),
        cmocka_unit_test_teardown(a_variable_that_nothing_mentions_is_nowhere, free_arena),
        cmocka_unit_test_teardown(a_result_is_written_after_the_wait, free_arena),
        cmocka_unit_test_teardown(what_receive_writes_lives_across_it, free_arena),
        cmocka_unit_test_teardown(one_branch_is_enough, free_arena),
        cmocka_unit_test_teardown(a_loop_brings_it_back, free_arena),
        cmocka_unit_test_teardown(writing_on_the_way_back_ends_it, free_arena),
        cmocka_unit_test_teardown(it_begins_anew_in_each_round, free_arena),
        cmocka_unit_test_teardown(without_a_beginning_it_comes_from_the_round_before, free_arena),
        cmocka_unit_test_teardown(break_leads_behind_the_loop, free_arena),
        cmocka_unit_test_teardown(continue_leads_to_the_step, free_arena),
        cmocka_unit_test_teardown(a_cleanup_reads_it_on_every_way, free_arena),
        cmocka_unit_test_teardown(a_result_lives_only_on_the_way_of_the_return, free_arena),
        cmocka_unit_test_teardown(a_jump_passes_all_cleanups_on_its_way, free_arena),
        cmocka_unit_test_teardown(errors_live_through_the_cleanup_that_follows_them, free_arena),
        cmocka_unit_test_teardown(a_cancelled_cleanup_lets_errors_pass, free_arena),
        cmocka_unit_test_teardown(a_handler_reads_what_was_there_before, free_arena),
        cmocka_unit_test_teardown(a_scope_lives_to_its_end_and_as_long_as_it_is_asked, free_arena),
        cmocka_unit_test_teardown(the_join_keeps_what_children_use, free_arena),
        cmocka_unit_test_teardown(why_lives_across_the_join_if_there_is_a_jump_to_remember, free_arena),
        cmocka_unit_test_teardown(what_is_lent_lives_from_its_beginning, free_arena),
        cmocka_unit_test_teardown(a_start_keeps_what_the_child_writes_to, free_arena),
        cmocka_unit_test_teardown(a_reference_keeps_what_it_points_into, free_arena),
        cmocka_unit_test_teardown(what_is_lent_to_a_callee_stays, free_arena),
        cmocka_unit_test_teardown(an_object_begins_with_its_init, free_arena),
        cmocka_unit_test_teardown(one_after_the_other_they_share, free_arena),
        cmocka_unit_test_teardown(what_nobody_reads_is_still_written, free_arena),
        cmocka_unit_test_teardown(parameters_arrive_together, free_arena),
        cmocka_unit_test_teardown(a_record_of_one_wait_is_beside_what_lives_then, free_arena),
        cmocka_unit_test_teardown(a_callee_that_never_suspends_is_called, free_arena),
        cmocka_unit_test_teardown(the_place_of_a_result_is_found_after_the_wait, free_arena),
        cmocka_unit_test_teardown(a_record_that_is_mentioned_elsewhere_lasts, free_arena),
        cmocka_unit_test_teardown(a_loop_without_end_keeps_what_is_around_it, free_arena),
        cmocka_unit_test_teardown(what_a_loop_with_breaks_finds_is_not_there_before, free_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
