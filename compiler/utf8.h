/* utf8: one character at a time. */
#ifndef TRC_UTF8_H
#define TRC_UTF8_H

#include <stddef.h>
#include <stdint.h>

#define UTF8_INVALID 0xFFFFFFFFu

/* The character at `at` (which is before `end`) into *code; gives its length in bytes. What is no UTF-8 (overlong forms
   and surrogates too) counts as one byte with the code UTF8_INVALID. */
static inline size_t utf8_next(const char *at, const char *end, uint32_t *code) {
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char first = (unsigned char)*at;
    *code = first;
    if (first < 0x80) return 1;

    size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    uint32_t value = first & (0x7Fu >> length);
    int good = first >= 0xC0 && first < 0xF8 && (size_t)(end - at) >= length;
    for (size_t i = 1; good && i < length; i++) {
        good = ((unsigned char)at[i] & 0xC0) == 0x80;
        value = value << 6 | ((unsigned char)at[i] & 0x3F);
    }
    if (good && value >= least[length] && value <= 0x10FFFF && !(value >= 0xD800 && value < 0xE000)) {
        *code = value;
        return length;
    }
    *code = UTF8_INVALID;
    return 1;
}

#endif
