/* frame and layout: how small frames get, and that sizes are those of C. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../runtime/tr.h"
#include "ir_build.h"
#include "layout.h"

static int free_arena(void **state) {
    (void)state;
    arena_free(&arena);
    return 0;
}

static IrFn *callee_of(const char *name, uint64_t size) {
    IrFn *callee = arena_new(&arena, IrFn);
    callee->name = name;
    callee->is_async = true;
    callee->points = 1;
    callee->size = size;
    callee->align = 8;
    return callee;
}

static uint64_t offset_in(const IrSlot *slot, const IrVar *of) {
    if (slot->var == of) return slot->offset;
    for (uint32_t i = 0; i < slot->parts.len; i++) {
        uint64_t offset = offset_in(slot->parts.at[i], of);
        if (offset != UINT64_MAX) return offset;
    }
    return UINT64_MAX;
}

static uint64_t offset(const IrVar *of) {
    for (uint32_t i = 0; i < fn->layout.len; i++) {
        uint64_t found = offset_in(fn->layout.at[i], of);
        if (found != UINT64_MAX) return found;
    }
    return UINT64_MAX;
}

static IrVar *callee_var(const IrStmt *await) { return await->u.await_call.callee; }

/* ---- layout ---- */

/* The table in layout.c against the runtime on this machine. */
static void records_have_the_sizes_of_the_runtime(void **state) {
    (void)state;
    if (sizeof(void *) != target_host.pointer.size) skip();
#define SAME_SIZE(name)                                                                                              \
    assert_int_equal(target_host.name.size, sizeof(tr_##name));                                                       \
    assert_int_equal(target_host.name.align, offsetof(struct { char before; tr_##name it; }, it));
    RECORDS(SAME_SIZE)
#undef SAME_SIZE
    assert_int_equal(target_host.tick.size, sizeof(tr_instant));
}

static void types_have_the_sizes_of_c(void **state) {
    (void)state;
    typedef struct { const char *at; size_t len; } Slice;
    struct { Type type; size_t size; } rows[] = {
        {{.kind = TYPE_BOOL}, sizeof(bool)},
        {{.kind = TYPE_U16}, 2},
        {{.kind = TYPE_F64}, sizeof(double)},
        {{.kind = TYPE_USIZE}, sizeof(size_t)},
        {{.kind = TYPE_DURATION}, 8},
        {{.kind = TYPE_STR}, sizeof(Slice)},
        {{.kind = TYPE_STR_N, .count = 8}, sizeof(struct { uint8_t len; char at[8]; })},
        {{.kind = TYPE_STR_N, .count = 0}, sizeof(struct { uint8_t len; char at[1]; })},
        {{.kind = TYPE_STR_N, .count = 300}, sizeof(struct { uint16_t len; char at[300]; })},
        {{.kind = TYPE_ARRAY, .count = 3, .elem = t(TYPE_I32)}, sizeof(int32_t[3])},
        {{.kind = TYPE_LIST, .count = 3, .elem = t(TYPE_I16)}, sizeof(struct { uint8_t len; int16_t at[3]; })},
        {{.kind = TYPE_OPTIONAL, .elem = t(TYPE_I32)}, sizeof(struct { int32_t value; bool has; })},
        {{.kind = TYPE_SENDER, .elem = t(TYPE_I32)}, sizeof(void *)},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(size_of_type(&target_host, NULL, &rows[i].type).size, rows[i].size);
    }
}

/* ---- what shares ---- */

static void two_callees_share(void **state) {
    (void)state;
    begin_fn("f");
    IrStmt *g = await_fn(callee_of("g", 40), NULL, NULL), *h = await_fn(callee_of("h", 24), NULL, NULL);
    analyse();
    assert_int_equal(offset(callee_var(g)), 0);
    assert_int_equal(offset(callee_var(h)), 0);
    assert_string_equal(callee_var(h)->path, "u1.h");
    assert_int_equal(fn->size, 48);
}

static void waits_of_one_kind_are_one_field(void **state) {
    (void)state;
    begin_fn("f");
    IrStmt *first = pause(), *second = pause();
    IrVar *x = var("x", t(TYPE_I64));
    set(x);
    IrStmt *third = pause();
    use(x);
    analyse();
    assert_string_equal(first->u.await.wait->path, second->u.await.wait->path);
    assert_string_equal(first->u.await.wait->path, third->u.await.wait->path);
    assert_int_equal(fn->size, sizeof(tr_sleep_wait) + 8 + 8);
}

/* A small frame and what lives with it lie together in the bytes of a large one. */
static void a_struct_beside_a_large_frame(void **state) {
    (void)state;
    begin_fn("f");
    IrVar *a = var("a", t(TYPE_I64)), *c = var("c", t(TYPE_I64));
    set(a);
    IrStmt *g = await_fn(callee_of("g", 40), NULL, NULL);
    set(c);
    IrStmt *h = await_fn(callee_of("h", 24), NULL, NULL);
    use(c);
    use(a);
    analyse();
    assert_int_equal(fn->layout.len, 3);
    assert_int_equal(offset(callee_var(g)), 0);
    assert_int_equal(offset(callee_var(h)), 0);
    assert_int_equal(offset(c), 24);
    assert_string_equal(c->path, "u1.s1.c");
    assert_int_equal(offset(a), 40);
    assert_int_equal(fn->size, 56);
}

/* Four pairs in a ring: each shares with the one opposite. */
static void what_is_opposite_in_a_ring_shares(void **state) {
    (void)state;
    begin_fn("f");
    IrVar *v[4];
    for (int i = 0; i < 4; i++) v[i] = var("v", t(TYPE_I64));
    set(v[0]);
    for (int i = 0; i < 3; i++) {
        set(v[i + 1]);
        IrStmt *wait = stmt(IRS_AWAIT);
        wait->u.await.op = IRW_CHECKPOINT;
        use(v[i]);
    }
    use(v[3]);
    analyse();
    assert_int_equal(fn->size, 24);
    assert_int_equal(offset(v[0]), offset(v[2]));
    assert_int_equal(offset(v[1]), offset(v[3]));
}

/* ---- fields ---- */

static void small_fields_and_the_resume_point_leave_no_holes(void **state) {
    (void)state;
    begin_fn("f");
    IrVar *small = var("small", t(TYPE_U8)), *middle = var("middle", t(TYPE_I16)), *large = var("large", t(TYPE_I64));
    IrVar *four = var("four", t(TYPE_I32)), *all[] = {small, middle, large, four};
    for (int i = 0; i < 4; i++) set(all[i]);
    stmt(IRS_AWAIT)->u.await.op = IRW_CHECKPOINT;
    for (int i = 0; i < 4; i++) use(all[i]);
    analyse();
    assert_int_equal(offset(large), 0);
    assert_int_equal(offset(four), 8);
    assert_int_equal(offset(middle), 12);
    assert_int_equal(offset(small), 14);
    assert_int_equal(fn->layout.at[4]->kind, IR_SLOT_AT);
    assert_int_equal(fn->layout.at[4]->offset, 15);
    assert_int_equal(fn->size, 16);
}

static void a_variable_called_at_keeps_its_name(void **state) {
    (void)state;
    begin_fn("f");
    IrVar *at = var("at", t(TYPE_I64));
    set(at);
    pause();
    use(at);
    analyse();
    assert_string_equal(at->path, "at");
    assert_string_equal(fn->layout.at[fn->layout.len - 1]->name, "at_2");
}

static void many_points_need_two_bytes(void **state) {
    (void)state;
    begin_fn("f");
    for (int i = 0; i < 256; i++) stmt(IRS_AWAIT)->u.await.op = IRW_CHECKPOINT;
    analyse();
    assert_int_equal(fn->size, 2);
}

static void without_a_suspension_only_parameters_are_there(void **state) {
    (void)state;
    begin_fn("f");
    IrVar *a = param("a", t(TYPE_I32)), *b = param("b", t(TYPE_I32)), *unused = param("unused", t(TYPE_I64));
    IrVar *local = var("local", t(TYPE_I64));
    set(local);
    use(local);
    use(a);
    use(b);
    analyse();
    assert_int_equal(fn->size, 8);
    assert_int_not_equal(offset(a), offset(b));
    assert_int_equal(unused->place, IR_NOWHERE);
    assert_int_equal(local->place, IR_LOCAL);
}

static void a_plain_function_has_no_frame(void **state) {
    (void)state;
    begin_fn("f");
    fn->is_async = false;
    IrVar *a = param("a", t(TYPE_I32));
    use(a);
    analyse();
    assert_int_equal(fn->size, 0);
    assert_int_equal(a->place, IR_LOCAL);
}

static void the_result_lies_in_the_same_bytes(void **state) {
    (void)state;
    Type big = {.kind = TYPE_ARRAY, .count = 100, .elem = t(TYPE_U8)};
    begin_fn("f");
    fn->result_type = &big;
    fn->result = var("result", &big);
    pause();
    set(fn->result);
    jump(IRS_RETURN, NULL);
    analyse();
    assert_int_equal(fn->result->place, IR_LOCAL);
    assert_int_equal(fn->size, 104);
}

static void children_lie_one_behind_the_other(void **state) {
    (void)state;
    IrVar slots = {.kind = IRV_SLOTS, .count = 3};
    IrChild small = {callee_of("small", 8), false}, large = {callee_of("large", 40), false};
    vec_push(&arena, &slots.children, small);
    vec_push(&arena, &slots.children, large);
    uint64_t taken = 8;            /* which are, as bits, behind them */
    assert_int_equal(size_of_var(&target_host, NULL, &slots).size, 3 * (sizeof(tr_task) + 40) + taken);
    IrChild scoped = {small.fn, true};
    vec_push(&arena, &slots.children, scoped);
    uint64_t larger = sizeof(tr_scoped_task) + 8;
    assert_int_equal(size_of_var(&target_host, NULL, &slots).size, 3 * larger + taken);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_have_the_sizes_of_the_runtime),
        cmocka_unit_test(types_have_the_sizes_of_c),
        cmocka_unit_test_teardown(two_callees_share, free_arena),
        cmocka_unit_test_teardown(waits_of_one_kind_are_one_field, free_arena),
        cmocka_unit_test_teardown(a_struct_beside_a_large_frame, free_arena),
        cmocka_unit_test_teardown(what_is_opposite_in_a_ring_shares, free_arena),
        cmocka_unit_test_teardown(small_fields_and_the_resume_point_leave_no_holes, free_arena),
        cmocka_unit_test_teardown(a_variable_called_at_keeps_its_name, free_arena),
        cmocka_unit_test_teardown(many_points_need_two_bytes, free_arena),
        cmocka_unit_test_teardown(without_a_suspension_only_parameters_are_there, free_arena),
        cmocka_unit_test_teardown(a_plain_function_has_no_frame, free_arena),
        cmocka_unit_test_teardown(the_result_lies_in_the_same_bytes, free_arena),
        cmocka_unit_test_teardown(children_lie_one_behind_the_other, free_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
