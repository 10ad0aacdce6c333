/* Arithmetic of the language's integers, for generated C. For each type T of i8 i16 i32 i64 u8 u16 u32 u64 size:

     tr_add_T sub mul div rem neg shl shr (a, b, file, line)    checked: a result that does not fit, a divisor of zero,
                                                                or a shift by the width or more panics
     tr_wadd_T wsub wmul (a, b)                                 wrap
     tr_sadd_T ssub (a, b)                                      stop at the ends of the type
     tr_cast_i64_to_T tr_cast_u64_to_T (value, file, line)      checked
     tr_wrap_T (value)                                          keeps the low bits

   and tr_index. `/` and `%` round towards zero, `%` by -1 is 0, `<<` drops bits, `>>` keeps the sign. Nothing here is
   undefined or left to the implementation, for any operands. Without TR_CHECKS what would panic wraps; a quotient by
   zero is then 0, a rest the dividend, shifts count modulo the width, and indices are taken as they are. */
#ifndef TR_ARITH_H
#define TR_ARITH_H

#include "tr.h"

TR_NORETURN void tr_panic_overflow(const char *file, uint32_t line);
TR_NORETURN void tr_panic_division(const char *file, uint32_t line);
TR_NORETURN void tr_panic_shift(const char *file, uint32_t line);
TR_NORETURN void tr_panic_cast(const char *file, uint32_t line);
TR_NORETURN void tr_panic_index(const char *file, uint32_t line, bool negative, uint64_t index, size_t len);

#if TR_CHECKS
#define TR_FAILS(condition) (condition)
#else
#define TR_FAILS(condition) ((void)file, (void)line, false)
#endif

/* Bytes up to which the compiler's own check of products is used. avr-gcc 5.4 gets widened factors of 64 bits wrong. */
#if defined(__AVR__)
#define TR_MUL_BUILTIN_MAX 4
#else
#define TR_MUL_BUILTIN_MAX 8
#endif

/* Whether the result of an operation fits; *result is the wrapped one in any case. */
#if defined(__clang__) || (defined(__GNUC__) && __GNUC__ >= 5)
#define TR_OVERFLOWS(T, C, U, W, MIN, MAX)                                                                             \
    static inline bool tr_add_overflows_##T(C a, C b, C *result) { return __builtin_add_overflow(a, b, result); }      \
    static inline bool tr_sub_overflows_##T(C a, C b, C *result) { return __builtin_sub_overflow(a, b, result); }      \
    static inline bool tr_mul_overflows_##T(C a, C b, C *result) {                                                     \
        if (sizeof(C) > TR_MUL_BUILTIN_MAX) return tr_mul_divided_##T(a, b, result);                                   \
        return __builtin_mul_overflow(a, b, result);                                                                   \
    }
#else
#define TR_OVERFLOWS(T, C, U, W, MIN, MAX)                                                                             \
    static inline bool tr_add_overflows_##T(C a, C b, C *result) {                                                     \
        *result = tr_wadd_##T(a, b);                                                                                   \
        return b > 0 ? a > MAX - b : a < MIN - b;                                                                      \
    }                                                                                                                  \
    static inline bool tr_sub_overflows_##T(C a, C b, C *result) {                                                     \
        *result = tr_wsub_##T(a, b);                                                                                   \
        return b > 0 ? a < MIN + b : a > MAX + b;                                                                      \
    }                                                                                                                  \
    static inline bool tr_mul_overflows_##T(C a, C b, C *result) { return tr_mul_divided_##T(a, b, result); }
#endif

#define TR_CHECKED(operation, T, C)                                                                                    \
    static inline C tr_##operation##_##T(C a, C b, const char *file, uint32_t line) {                                  \
        C result;                                                                                                      \
        if (tr_##operation##_overflows_##T(a, b, &result) && TR_FAILS(true)) tr_panic_overflow(file, line);            \
        return result;                                                                                                 \
    }

/* What all types have. C: the C type; U: the unsigned one of its width; W: an unsigned one that stays
   unsigned in arithmetic. */
#define TR_ARITHMETIC(T, C, U, W, MIN, MAX)                                                                            \
    static inline C tr_wadd_##T(C a, C b) { return tr_wrap_##T((W)((W)a + (W)b)); }                                    \
    static inline C tr_wsub_##T(C a, C b) { return tr_wrap_##T((W)((W)a - (W)b)); }                                    \
    static inline C tr_wmul_##T(C a, C b) { return tr_wrap_##T((W)((W)a * (W)b)); }                                    \
    static inline bool tr_mul_divided_##T(C a, C b, C *result) {                                                       \
        *result = tr_wmul_##T(a, b);                                                                                   \
        if (a == 0 || b == 0) return false;                                                                            \
        if ((a < 1) == (b < 1)) return a < 1 ? a < MAX / b : a > MAX / b;                                              \
        return a < 1 ? a < MIN / b : b < MIN / a;                                                                      \
    }                                                                                                                  \
    TR_OVERFLOWS(T, C, U, W, MIN, MAX)                                                                                 \
    TR_CHECKED(add, T, C)                                                                                              \
    TR_CHECKED(sub, T, C)                                                                                              \
    TR_CHECKED(mul, T, C)                                                                                              \
    static inline C tr_neg_##T(C a, const char *file, uint32_t line) { return tr_sub_##T(0, a, file, line); }          \
    static inline unsigned tr_shift_##T(uint64_t count, const char *file, uint32_t line) {                             \
        if (TR_FAILS(count >= sizeof(C) * 8)) tr_panic_shift(file, line);                                              \
        return (unsigned)count & (unsigned)(sizeof(C) * 8 - 1);                                                        \
    }                                                                                                                  \
    static inline C tr_shl_##T(C a, uint64_t count, const char *file, uint32_t line) {                                 \
        return tr_wrap_##T((W)((W)a << tr_shift_##T(count, file, line)));                                              \
    }

#define TR_SIGNED(T, C, U, W, MIN, MAX)                                                                                \
    static inline C tr_wrap_##T(uint64_t value) {                                                                      \
        U bits = (U)value;                                                                                             \
        return bits <= (U)MAX ? (C)bits : (C)((C)(U)(bits - (U)MAX - 1) + MIN);                                        \
    }                                                                                                                  \
    TR_ARITHMETIC(T, C, U, W, MIN, MAX)                                                                                \
    static inline C tr_sadd_##T(C a, C b) {                                                                            \
        C result;                                                                                                      \
        return !tr_add_overflows_##T(a, b, &result) ? result : a < 0 ? MIN : MAX;                                      \
    }                                                                                                                  \
    static inline C tr_ssub_##T(C a, C b) {                                                                            \
        C result;                                                                                                      \
        return !tr_sub_overflows_##T(a, b, &result) ? result : a < 0 ? MIN : MAX;                                      \
    }                                                                                                                  \
    static inline C tr_div_##T(C a, C b, const char *file, uint32_t line) {                                            \
        if (b == -1) return tr_neg_##T(a, file, line);                                                                 \
        if (b != 0) return (C)(a / b);                                                                                 \
        if (TR_FAILS(true)) tr_panic_division(file, line);                                                             \
        return 0;                                                                                                      \
    }                                                                                                                  \
    static inline C tr_rem_##T(C a, C b, const char *file, uint32_t line) {                                            \
        if (b == -1) return 0;                                                                                         \
        if (b != 0) return (C)(a % b);                                                                                 \
        if (TR_FAILS(true)) tr_panic_division(file, line);                                                             \
        return a;                                                                                                      \
    }                                                                                                                  \
    static inline C tr_shr_##T(C a, uint64_t count, const char *file, uint32_t line) {                                 \
        unsigned n = tr_shift_##T(count, file, line);                                                                  \
        return (C)(a < 0 ? ~(~a >> n) : a >> n);                                                                       \
    }                                                                                                                  \
    static inline C tr_cast_i64_to_##T(int64_t value, const char *file, uint32_t line) {                               \
        C result = tr_wrap_##T((uint64_t)value);                                                                       \
        if (TR_FAILS(result != value)) tr_panic_cast(file, line);                                                      \
        return result;                                                                                                 \
    }                                                                                                                  \
    static inline C tr_cast_u64_to_##T(uint64_t value, const char *file, uint32_t line) {                              \
        C result = tr_wrap_##T(value);                                                                                 \
        if (TR_FAILS(result < 0 || (uint64_t)result != value)) tr_panic_cast(file, line);                              \
        return result;                                                                                                 \
    }

#define TR_UNSIGNED(T, C, W, MAX)                                                                                      \
    static inline C tr_wrap_##T(uint64_t value) { return (C)value; }                                                   \
    TR_ARITHMETIC(T, C, C, W, 0u, MAX)                                                                                 \
    static inline C tr_sadd_##T(C a, C b) {                                                                            \
        C result;                                                                                                      \
        return tr_add_overflows_##T(a, b, &result) ? MAX : result;                                                     \
    }                                                                                                                  \
    static inline C tr_ssub_##T(C a, C b) { return a < b ? 0 : (C)(a - b); }                                           \
    static inline C tr_div_##T(C a, C b, const char *file, uint32_t line) {                                            \
        if (b != 0) return (C)(a / b);                                                                                 \
        if (TR_FAILS(true)) tr_panic_division(file, line);                                                             \
        return 0;                                                                                                      \
    }                                                                                                                  \
    static inline C tr_rem_##T(C a, C b, const char *file, uint32_t line) {                                            \
        if (b != 0) return (C)(a % b);                                                                                 \
        if (TR_FAILS(true)) tr_panic_division(file, line);                                                             \
        return a;                                                                                                      \
    }                                                                                                                  \
    static inline C tr_shr_##T(C a, uint64_t count, const char *file, uint32_t line) {                                 \
        return (C)(a >> tr_shift_##T(count, file, line));                                                              \
    }                                                                                                                  \
    static inline C tr_cast_i64_to_##T(int64_t value, const char *file, uint32_t line) {                               \
        C result = (C)(uint64_t)value;                                                                                 \
        if (TR_FAILS(value < 0 || result != (uint64_t)value)) tr_panic_cast(file, line);                               \
        return result;                                                                                                 \
    }                                                                                                                  \
    static inline C tr_cast_u64_to_##T(uint64_t value, const char *file, uint32_t line) {                              \
        C result = (C)value;                                                                                           \
        if (TR_FAILS(result != value)) tr_panic_cast(file, line);                                                      \
        return result;                                                                                                 \
    }

TR_SIGNED(i8, int8_t, uint8_t, unsigned, INT8_MIN, INT8_MAX)
TR_SIGNED(i16, int16_t, uint16_t, unsigned, INT16_MIN, INT16_MAX)
TR_SIGNED(i32, int32_t, uint32_t, uint32_t, INT32_MIN, INT32_MAX)
TR_SIGNED(i64, int64_t, uint64_t, uint64_t, INT64_MIN, INT64_MAX)
TR_UNSIGNED(u8, uint8_t, unsigned, UINT8_MAX)
TR_UNSIGNED(u16, uint16_t, unsigned, UINT16_MAX)
TR_UNSIGNED(u32, uint32_t, uint32_t, UINT32_MAX)
TR_UNSIGNED(u64, uint64_t, uint64_t, UINT64_MAX)
TR_UNSIGNED(size, size_t, size_t, SIZE_MAX)

/* `index` if it is one of `len` elements. */
static inline size_t tr_index(size_t index, size_t len, const char *file, uint32_t line) {
    if (TR_FAILS(index >= len)) tr_panic_index(file, line, false, index, len);
    return index;
}

static inline size_t tr_index_u64(uint64_t index, size_t len, const char *file, uint32_t line) {
    if (TR_FAILS(index >= len)) tr_panic_index(file, line, false, index, len);
    return (size_t)index;
}

static inline size_t tr_index_i64(int64_t index, size_t len, const char *file, uint32_t line) {
    if (TR_FAILS((uint64_t)index >= len)) tr_panic_index(file, line, index < 0, (uint64_t)index, len);
    return (size_t)index;
}

#endif
