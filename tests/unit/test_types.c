/* types: interning, what fits what, printing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "types.h"

static Arena arena;
static Names names;
static Types types;

static int begin(void **state) {
    (void)state;
    names_init(&names, &arena);
    types_init(&types, &arena);
    return 0;
}

static int end(void **state) {
    (void)state;
    types_free(&types);
    names_free(&names);
    arena_free(&arena);
    return 0;
}

static Type *basic(TypeKind kind) { return type_basic(&types, kind); }
static Type *of(TypeKind kind, Type *elem) { return type_of_elem(&types, kind, elem, false); }
static Type *of_mut(TypeKind kind, Type *elem) { return type_of_elem(&types, kind, elem, true); }
static Type *counted(TypeKind kind, Type *elem, uint32_t count) { return type_counted(&types, kind, elem, count); }
static Type *optional(Type *elem) { return of(TYPE_OPTIONAL, elem); }

static void assert_fits(TypeKind from, TypeKind to) { assert_true(type_fits(basic(from), basic(to))); }
static void assert_loses(TypeKind from, TypeKind to) { assert_false(type_fits(basic(from), basic(to))); }
static void assert_prints(const Type *type, const char *text) { assert_string_equal(type_text(&types, type), text); }

static StructDecl *declare(const char *name, Type *const *fields, uint32_t len) {
    StructDecl *decl = arena_new(&arena, StructDecl);
    decl->name = name_str(&names, name);
    decl->span = (Span){types.all.len + 1u, 1};
    for (uint32_t i = 0; i < len; i++) {
        Field field = {.name = decl->name, .type = fields[i]};
        vec_push(&arena, &decl->fields, field);
    }
    type_struct(&types, decl);
    return decl;
}

/* ---- interning ---- */

static void equal_types_are_one_pointer(void **state) {
    (void)state;
    Type *u8 = basic(TYPE_U8);
    assert_ptr_equal(counted(TYPE_ARRAY, u8, 4), counted(TYPE_ARRAY, u8, 4));
    assert_ptr_not_equal(counted(TYPE_ARRAY, u8, 4), counted(TYPE_ARRAY, u8, 5));
    assert_ptr_not_equal(counted(TYPE_ARRAY, u8, 4), counted(TYPE_LIST, u8, 4));
    assert_ptr_equal(of(TYPE_REF, u8), of(TYPE_REF, u8));
    assert_ptr_not_equal(of(TYPE_REF, u8), of_mut(TYPE_REF, u8));
    Type *pair[] = {u8, basic(TYPE_BOOL)}, *other[] = {basic(TYPE_BOOL), u8};
    assert_ptr_equal(type_tuple(&types, pair, 2), type_tuple(&types, pair, 2));
    assert_ptr_not_equal(type_tuple(&types, pair, 2), type_tuple(&types, other, 2));
}

static void many_types_stay_apart(void **state) {
    (void)state;
    Type *made[3000];
    for (uint32_t i = 0; i < 3000; i++) made[i] = counted(TYPE_STR_N, NULL, i + 1);
    for (uint32_t i = 0; i < 3000; i++) assert_ptr_equal(made[i], counted(TYPE_STR_N, NULL, i + 1));
}

static void groups_are_sets_of_errors(void **state) {
    (void)state;
    ErrorDecl a = {.number = 1}, b = {.number = 2};
    ErrorDecl *forward[] = {&a, &b, &a}, *backward[] = {&b, &a};
    Type *group = type_errors(&types, TYPE_GROUP, forward, 3);
    assert_ptr_equal(group, type_errors(&types, TYPE_GROUP, backward, 2));
    assert_int_equal(group->errors.len, 2);
    assert_ptr_equal(group->errors.at[0], &a);
}

static void parts_stand_before_wholes(void **state) {
    (void)state;
    Type *fields[] = {counted(TYPE_ARRAY, basic(TYPE_U8), 7)};
    StructDecl *decl = declare("Frame", fields, 1);
    type_complete(&types, decl->type);
    Type *list = counted(TYPE_LIST, decl->type, 3);
    assert_true(fields[0]->id < decl->type->id && decl->type->id < list->id);
    for (uint32_t i = 0; i < types.all.len; i++) assert_int_equal(types.all.at[i]->id, i);
}

static void a_struct_is_as_its_fields(void **state) {
    (void)state;
    Type *plain[] = {basic(TYPE_I32)}, *handle[] = {of(TYPE_SENDER, basic(TYPE_I32))};
    Type *resource[] = {counted(TYPE_ARRAY, basic(TYPE_EVENT), 2)}, *text[] = {basic(TYPE_STR)};
    Type *made[] = {declare("A", plain, 1)->type, declare("B", handle, 1)->type, declare("C", resource, 1)->type,
                    declare("D", text, 1)->type};
    for (int i = 0; i < 4; i++) type_complete(&types, made[i]);
    assert_false(made[0]->handle || made[0]->resource || made[0]->has_ref);
    assert_true(made[1]->handle && !made[1]->resource);
    assert_true(made[2]->resource && !made[2]->handle);
    assert_true(made[3]->has_ref);
    assert_true(counted(TYPE_ARRAY, made[1], 2)->handle);
    assert_false(of(TYPE_REF, made[1])->handle);
}

/* ---- fitting ---- */

static void integers_widen_where_nothing_is_lost(void **state) {
    (void)state;
    assert_fits(TYPE_U8, TYPE_I16);
    assert_fits(TYPE_U8, TYPE_U64);
    assert_fits(TYPE_I8, TYPE_I64);
    assert_loses(TYPE_U8, TYPE_I8);
    assert_loses(TYPE_I8, TYPE_U16);
    assert_loses(TYPE_U32, TYPE_I32);
    assert_loses(TYPE_I64, TYPE_I32);
}

static void usize_has_at_least_32_and_at_most_64_bits(void **state) {
    (void)state;
    assert_fits(TYPE_U32, TYPE_USIZE);
    assert_loses(TYPE_U64, TYPE_USIZE);
    assert_fits(TYPE_USIZE, TYPE_U64);
    assert_loses(TYPE_USIZE, TYPE_U32);
    assert_loses(TYPE_USIZE, TYPE_I64);
    assert_loses(TYPE_I32, TYPE_USIZE);
}

static void floats_take_what_they_hold_exactly(void **state) {
    (void)state;
    assert_fits(TYPE_I32, TYPE_F64);
    assert_fits(TYPE_U16, TYPE_F32);
    assert_loses(TYPE_I32, TYPE_F32);
    assert_loses(TYPE_I64, TYPE_F64);
    assert_fits(TYPE_F32, TYPE_F64);
    assert_loses(TYPE_F64, TYPE_F32);
    assert_loses(TYPE_F32, TYPE_I64);
}

static void optionals_take_values_and_none(void **state) {
    (void)state;
    Type *maybe = optional(basic(TYPE_I32));
    assert_true(type_fits(basic(TYPE_I32), maybe));
    assert_true(type_fits(basic(TYPE_U8), maybe));
    assert_true(type_fits(basic(TYPE_NONE), maybe));
    assert_false(type_fits(maybe, basic(TYPE_I32)));
    assert_false(type_fits(optional(basic(TYPE_U8)), maybe));
}

static void references_and_slices_only_lose_mut(void **state) {
    (void)state;
    Type *u8 = basic(TYPE_U8), *array = counted(TYPE_ARRAY, u8, 4), *list = counted(TYPE_LIST, u8, 4);
    assert_true(type_fits(of_mut(TYPE_REF, u8), of(TYPE_REF, u8)));
    assert_false(type_fits(of(TYPE_REF, u8), of_mut(TYPE_REF, u8)));
    assert_true(type_fits(of(TYPE_REF, array), of(TYPE_SLICE, u8)));
    assert_true(type_fits(of_mut(TYPE_REF, list), of_mut(TYPE_SLICE, u8)));
    assert_false(type_fits(of(TYPE_REF, array), of_mut(TYPE_SLICE, u8)));
    assert_true(type_fits(of_mut(TYPE_SLICE, u8), of(TYPE_SLICE, u8)));
    assert_false(type_fits(array, of(TYPE_SLICE, u8)));
    assert_false(type_fits(u8, of(TYPE_REF, u8)));
}

static void wrong_types_and_never_fit_everywhere(void **state) {
    (void)state;
    assert_fits(TYPE_ERROR_TYPE, TYPE_DURATION);
    assert_fits(TYPE_DURATION, TYPE_ERROR_TYPE);
    assert_fits(TYPE_NEVER, TYPE_I32);
    assert_loses(TYPE_I32, TYPE_NEVER);
    assert_loses(TYPE_DURATION, TYPE_I64);
}

static void the_wider_of_two_types_is_common(void **state) {
    (void)state;
    Type *str = basic(TYPE_STR), *u8 = basic(TYPE_U8), *i32 = basic(TYPE_I32);
    assert_ptr_equal(type_common(u8, i32), i32);
    assert_ptr_equal(type_common(i32, u8), i32);
    assert_null(type_common(i32, basic(TYPE_U32)));
    assert_ptr_equal(type_common(basic(TYPE_NONE), optional(i32)), optional(i32));
    assert_ptr_equal(type_common(counted(TYPE_STR_N, NULL, 4), str), str);
    assert_ptr_equal(type_common(str, counted(TYPE_STR_N, NULL, 4)), str);
}

/* ---- equality ---- */

static void equality_is_that_of_the_parts(void **state) {
    (void)state;
    Type *event[] = {basic(TYPE_EVENT)}, *number[] = {basic(TYPE_F32)};
    assert_true(type_has_equality(counted(TYPE_ARRAY, basic(TYPE_STR), 2)));
    assert_true(type_has_equality(optional(basic(TYPE_INSTANT))));
    assert_false(type_has_equality(of(TYPE_SENDER, basic(TYPE_I32))));
    assert_false(type_has_equality(of(TYPE_REF, basic(TYPE_I32))));
    assert_false(type_has_equality(declare("E", event, 1)->type));
    assert_true(type_has_equality(declare("N", number, 1)->type));
}

/* ---- printing ---- */

static void types_print_as_they_are_written(void **state) {
    (void)state;
    Type *i32 = basic(TYPE_I32);
    Type *pair[] = {of(TYPE_SENDER, i32), of(TYPE_RECEIVER, i32)};
    assert_prints(i32, "i32");
    assert_prints(counted(TYPE_ARRAY, counted(TYPE_STR_N, NULL, 8), 3), "[3]str[8]");
    assert_prints(of_mut(TYPE_REF, counted(TYPE_LIST, optional(i32), 4)), "&mut list<i32?, 4>");
    assert_prints(of_mut(TYPE_SLICE, basic(TYPE_U8)), "[]mut u8");
    assert_prints(type_tuple(&types, pair, 2), "(Sender<i32>, Receiver<i32>)");
    assert_prints(declare("Point", NULL, 0)->type, "Point");
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
        TEST(equal_types_are_one_pointer),
        TEST(many_types_stay_apart),
        TEST(groups_are_sets_of_errors),
        TEST(parts_stand_before_wholes),
        TEST(a_struct_is_as_its_fields),
        TEST(integers_widen_where_nothing_is_lost),
        TEST(usize_has_at_least_32_and_at_most_64_bits),
        TEST(floats_take_what_they_hold_exactly),
        TEST(optionals_take_values_and_none),
        TEST(references_and_slices_only_lose_mut),
        TEST(wrong_types_and_never_fit_everywhere),
        TEST(the_wider_of_two_types_is_common),
        TEST(equality_is_that_of_the_parts),
        TEST(types_print_as_they_are_written),
#undef TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
