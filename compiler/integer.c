#include "integer.h"

#define TOP ((uint64_t)1 << 63)

static Integer of_signed(uint64_t bits) { return bits & TOP ? (Integer){true, 0 - bits} : (Integer){false, bits}; }

static bool is_signed(const Type *type) { return type_is_signed(type) || type->kind == TYPE_DURATION; }

static uint32_t width(const Type *type) { return type_is_int(type) ? type_bits(type) : 64; }

Integer integer_of(uint64_t bits, const Type *type) {
    return is_signed(type) ? of_signed(bits) : (Integer){false, bits};
}

uint64_t integer_bits(Integer a) { return a.negative ? 0 - a.size : a.size; }

int integer_compare(Integer a, Integer b) {
    if (a.negative != b.negative) return a.negative ? -1 : 1;
    if (a.size == b.size) return 0;
    return (a.size < b.size) == a.negative ? 1 : -1;
}

double integer_to_double(Integer a) { return a.negative ? -(double)a.size : (double)a.size; }

/* ---- arithmetic ---- */

static bool make(bool negative, uint64_t size, Integer *result) {
    if (negative && size > TOP) return false;
    *result = (Integer){negative && size != 0, size};
    return true;
}

bool integer_add(Integer a, Integer b, Integer *sum) {
    if (a.negative == b.negative) return a.size <= UINT64_MAX - b.size && make(a.negative, a.size + b.size, sum);
    bool first = a.size >= b.size;
    return make(first ? a.negative : b.negative, first ? a.size - b.size : b.size - a.size, sum);
}

bool integer_subtract(Integer a, Integer b, Integer *difference) {
    return integer_add(a, integer_negate(b), difference);
}

bool integer_multiply(Integer a, Integer b, Integer *product) {
    if (a.size != 0 && b.size > UINT64_MAX / a.size) return false;
    return make(a.negative != b.negative, a.size * b.size, product);
}

bool integer_divide(Integer a, Integer b, Integer *quotient) {
    return b.size != 0 && make(a.negative != b.negative, a.size / b.size, quotient);
}

bool integer_remainder(Integer a, Integer b, Integer *rest) {
    return b.size != 0 && make(a.negative, a.size % b.size, rest);
}

/* ---- ranges ---- */

Integer integer_least(const Type *type) {
    return is_signed(type) ? (Integer){true, (uint64_t)1 << (width(type) - 1)} : (Integer){false, 0};
}

Integer integer_greatest(const Type *type) {
    if (type->kind == TYPE_BOOL) return (Integer){false, 1};
    uint32_t bits = width(type) - is_signed(type);
    return (Integer){false, UINT64_MAX >> (64 - bits)};
}

bool integer_fits(Integer a, const Type *type) {
    return integer_compare(a, integer_least(type)) >= 0 && integer_compare(a, integer_greatest(type)) <= 0;
}

Integer integer_wrap(uint64_t bits, const Type *type) {
    uint32_t gone = 64 - width(type);
    uint64_t top = bits << gone;
    if (!is_signed(type)) return (Integer){false, top >> gone};
    Integer wide = of_signed(top);
    wide.size >>= gone;  /* exact: the low bits are zero */
    return wide;
}

const char *integer_text(Arena *arena, Integer a) {
    return str_format(arena, "%s%llu", a.negative ? "-" : "", (unsigned long long)a.size).at;
}
