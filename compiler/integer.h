/* integer: whole numbers from -2^63 to 2^64-1, exact: what a constant may be before it has a type. */
#ifndef TRC_INTEGER_H
#define TRC_INTEGER_H

#include "types.h"

typedef struct Integer {
    bool negative;                 /* never of zero */
    uint64_t size;                 /* its distance from zero */
} Integer;

/* The bits of a value of `type`: an integer type, duration, bool or enum. */
Integer integer_of(uint64_t bits, const Type *type);
/* The number in two's complement. */
uint64_t integer_bits(Integer a);
int integer_compare(Integer a, Integer b);
double integer_to_double(Integer a);

/* Each gives false if the result lies outside of what an Integer can hold, or if there is none (division by zero). */
bool integer_add(Integer a, Integer b, Integer *sum);
bool integer_subtract(Integer a, Integer b, Integer *difference);
bool integer_multiply(Integer a, Integer b, Integer *product);
bool integer_divide(Integer a, Integer b, Integer *quotient);
bool integer_remainder(Integer a, Integer b, Integer *rest);
static inline Integer integer_negate(Integer a) { return (Integer){a.size != 0 && !a.negative, a.size}; }

/* The least and the greatest value of an integer type or duration. usize counts as 32 bits. */
Integer integer_least(const Type *type);
Integer integer_greatest(const Type *type);
bool integer_fits(Integer a, const Type *type);
/* The number that the low bits of `bits`, as many as the type has, mean in it. */
Integer integer_wrap(uint64_t bits, const Type *type);

/* In decimal, in the arena, NUL-terminated. */
const char *integer_text(Arena *arena, Integer a);

#endif
