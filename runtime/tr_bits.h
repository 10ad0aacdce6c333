/* Bits and bytes, for generated C. x is of a type of `width` bits, zero-extended. Results that count are int32_t, as in the
   language. Without TR_CHECKS positions are taken modulo 64 and bytes are read where they are said to be. */
#ifndef TR_BITS_H
#define TR_BITS_H

#include "tr_arith.h"

#if defined(__GNUC__)
static inline int32_t tr_clz_u32(uint32_t x, int32_t width) {
    return x ? __builtin_clzl(x) - ((int32_t)(8 * sizeof(long)) - width) : width;
}
static inline int32_t tr_clz_u64(uint64_t x, int32_t width) { return x ? __builtin_clzll(x) - (64 - width) : width; }
static inline int32_t tr_ctz_u32(uint32_t x, int32_t width) { return x ? __builtin_ctzl(x) : width; }
static inline int32_t tr_ctz_u64(uint64_t x, int32_t width) { return x ? __builtin_ctzll(x) : width; }
static inline int32_t tr_popcount_u32(uint32_t x) { return __builtin_popcountl(x); }
static inline int32_t tr_popcount_u64(uint64_t x) { return __builtin_popcountll(x); }
#else
static inline int32_t tr_popcount_u64(uint64_t x) {
    int32_t count = 0;
    for (; x; x &= x - 1) count++;
    return count;
}
static inline int32_t tr_clz_u64(uint64_t x, int32_t width) {
    for (int shift = 1; shift < 64; shift *= 2) x |= x >> shift;
    return width - tr_popcount_u64(x);
}
static inline int32_t tr_ctz_u64(uint64_t x, int32_t width) { return x ? tr_popcount_u64((x & (0 - x)) - 1) : width; }
static inline int32_t tr_clz_u32(uint32_t x, int32_t width) { return tr_clz_u64(x, width); }
static inline int32_t tr_ctz_u32(uint32_t x, int32_t width) { return tr_ctz_u64(x, width); }
static inline int32_t tr_popcount_u32(uint32_t x) { return tr_popcount_u64(x); }
#endif

/* To the left; by -1 is one to the right. */
static inline uint32_t tr_rotate_u32(uint32_t x, uint32_t count, uint32_t width) {
    count &= width - 1;
    return count ? x << count | x >> (width - count) : x;
}
static inline uint64_t tr_rotate_u64(uint64_t x, uint32_t count) {
    count &= 63;
    return count ? x << count | x >> (64 - count) : x;
}

/* The bits from `low` to `high`, both included, at the bottom of the result. */
static inline uint64_t tr_bits(uint64_t x, uint64_t high, uint64_t low, uint32_t width, const char *file, uint32_t line) {
    if (TR_FAILS(high >= width || low > high)) tr_panic_shift(file, line);
    return (x >> (low & 63)) & (UINT64_MAX >> ((63 - (high - low)) & 63));
}

/* The 128 bits of a product, shifted right; what does not fit 64 bits panics. */
static inline uint64_t tr_mul_high(uint64_t a, uint64_t b) {
    uint64_t low = (a & UINT32_MAX) * (b & UINT32_MAX), left = (a >> 32) * (b & UINT32_MAX);
    uint64_t right = (a & UINT32_MAX) * (b >> 32), middle = (low >> 32) + (left & UINT32_MAX) + (right & UINT32_MAX);
    return (a >> 32) * (b >> 32) + (left >> 32) + (right >> 32) + (middle >> 32);
}
static inline uint64_t tr_mul_shift_u64(uint64_t a, uint64_t b, uint64_t count, const char *file, uint32_t line) {
    uint64_t high = tr_mul_high(a, b), low = a * b;
    if (TR_FAILS(count >= 64)) tr_panic_shift(file, line);
    count &= 63;
    if (TR_FAILS(high >> count)) tr_panic_overflow(file, line);
    return count ? low >> count | high << (64 - count) : low;
}
static inline int64_t tr_mul_shift_i64(int64_t a, int64_t b, uint64_t count, const char *file, uint32_t line) {
    uint64_t high = tr_mul_high((uint64_t)a, (uint64_t)b), low = (uint64_t)a * (uint64_t)b;
    if (a < 0) high -= (uint64_t)b;
    if (b < 0) high -= (uint64_t)a;
    if (TR_FAILS(count >= 64)) tr_panic_shift(file, line);
    count &= 63;
    uint64_t sign = high >> 63 ? UINT64_MAX : 0;
    uint64_t result = count ? low >> count | high << (64 - count) : low;
    uint64_t rest = count ? high >> count | (sign << (64 - count)) : high;
    if (TR_FAILS(rest != sign || (result ^ sign) >> 63)) tr_panic_overflow(file, line);
    return tr_wrap_i64(result);
}

/* ---- numbers in bytes: be16: two, the highest first; le16: the lowest first; and so on -------------------------- */

static inline const uint8_t *tr_bytes(const uint8_t *at, size_t len, size_t index, size_t size, const char *file,
                                      uint32_t line) {
    if (TR_FAILS(index > len || len - index < size)) tr_panic_index(file, line, false, index < len ? len : index, len);
    (void)len, (void)size;
    return at + index;
}

#define TR_BYTES(T, BITS, SIZE)                                                                                        \
    static inline T tr_load_le##BITS(const uint8_t *at, size_t len, size_t index, const char *file, uint32_t line) {   \
        T value = 0;                                                                                                   \
        const uint8_t *from = tr_bytes(at, len, index, SIZE, file, line);                                              \
        for (unsigned i = 0; i < SIZE; i++) value = (T)(value | (T)((T)from[i] << (8 * i)));                           \
        return value;                                                                                                  \
    }                                                                                                                  \
    static inline T tr_load_be##BITS(const uint8_t *at, size_t len, size_t index, const char *file, uint32_t line) {   \
        T value = 0;                                                                                                   \
        const uint8_t *from = tr_bytes(at, len, index, SIZE, file, line);                                              \
        for (unsigned i = 0; i < SIZE; i++) value = (T)(value | (T)((T)from[i] << (8 * (SIZE - 1 - i))));              \
        return value;                                                                                                  \
    }                                                                                                                  \
    static inline void tr_store_le##BITS(uint8_t *at, size_t len, size_t index, T value, const char *file,             \
                                         uint32_t line) {                                                              \
        uint8_t *to = at + (tr_bytes(at, len, index, SIZE, file, line) - at);                                          \
        for (unsigned i = 0; i < SIZE; i++) to[i] = (uint8_t)(value >> (8 * i));                                       \
    }                                                                                                                  \
    static inline void tr_store_be##BITS(uint8_t *at, size_t len, size_t index, T value, const char *file,             \
                                         uint32_t line) {                                                              \
        uint8_t *to = at + (tr_bytes(at, len, index, SIZE, file, line) - at);                                          \
        for (unsigned i = 0; i < SIZE; i++) to[i] = (uint8_t)(value >> (8 * (SIZE - 1 - i)));                          \
    }
TR_BYTES(uint16_t, 16, 2)
TR_BYTES(uint32_t, 32, 4)
TR_BYTES(uint64_t, 64, 8)

#endif
