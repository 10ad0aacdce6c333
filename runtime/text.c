/* text: formatted output into a buffer or to the port; strings and whole numbers. */
#include <string.h>

#include "tr_text.h"

bool tr_str_eq(tr_str a, tr_str b) { return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0); }

/* How many of the first `room` bytes of `text`, which is longer, are whole characters. */
static size_t whole_characters(tr_str text, size_t room) {
    while (room && ((unsigned char)text.at[room] & 0xc0) == 0x80) room--;
    return room;
}

void tr_put_str(tr_sink *sink, tr_str text) {
    if (!sink->at) {
        tr_port_write(text.at, text.len, sink->error);
        sink->len += text.len;
        return;
    }
    if (sink->full || text.len == 0) return;
    size_t room = sink->capacity - sink->len;
    if (text.len > room) {
        sink->full = true;
        text.len = whole_characters(text, room);
    }
    memcpy(sink->at + sink->len, text.at, text.len);
    sink->len += text.len;
}

void tr_put_repeated(tr_sink *sink, char c, size_t count) {
    while (count--) tr_put_str(sink, (tr_str){&c, 1});
}

void tr_put_padded(tr_sink *sink, tr_str sign, tr_str digits, tr_format format) {
    size_t len = sign.len + digits.len;
    size_t padding = format.width > len ? format.width - len : 0;
    if (!format.zero) tr_put_repeated(sink, ' ', padding);
    tr_put_str(sink, sign);
    if (format.zero) tr_put_repeated(sink, '0', padding);
    tr_put_str(sink, digits);
}

/* The width of text counts characters, not bytes. */
static size_t characters(tr_str text) {
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) count += ((unsigned char)text.at[i] & 0xc0) != 0x80;
    return count;
}

void tr_put_str_as(tr_sink *sink, tr_str text, tr_format format) {
    size_t width = characters(text);
    tr_put_str(sink, text);
    if (format.width > width) tr_put_repeated(sink, ' ', format.width - width);
}

/* Divides by ten and gives the rest. Small machines have no 64-bit division and large numbers are rare there: those go
   in pieces of 16 bits. */
static unsigned take_digit(uint64_t *value) {
    if (*value <= UINT32_MAX) {
        uint32_t small = (uint32_t)*value;
        *value = small / 10;
        return (unsigned)(small % 10);
    }
    uint64_t quotient = 0;
    uint32_t rest = 0;
    for (unsigned shift = 64; shift;) {
        shift -= 16;
        rest = rest << 16 | (uint32_t)(*value >> shift & 0xffff);
        quotient |= (uint64_t)(rest / 10) << shift;
        rest %= 10;
    }
    *value = quotient;
    return (unsigned)rest;
}

tr_str tr_decimal(uint64_t value, char digits[TR_DECIMAL_MAX]) {
    size_t at = TR_DECIMAL_MAX;
    do digits[--at] = (char)('0' + take_digit(&value));
    while (value);
    return (tr_str){digits + at, TR_DECIMAL_MAX - at};
}

/* In base 16 or 2: `bits` are 4 or 1. */
static void put_bits(tr_sink *sink, uint64_t value, unsigned bits, tr_format format) {
    const char *names = format.kind == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
    char digits[64];
    size_t at = sizeof digits;
    do {
        digits[--at] = names[value & ((1u << bits) - 1)];
        value >>= bits;
    } while (value);
    tr_put_padded(sink, TR_STR(""), (tr_str){digits + at, sizeof digits - at}, format);
}

void tr_put_uint_as(tr_sink *sink, uint64_t value, tr_format format) {
    char digits[TR_DECIMAL_MAX];
    switch (format.kind) {
    case 'x':
    case 'X': put_bits(sink, value, 4, format); return;
    case 'b': put_bits(sink, value, 1, format); return;
    case 'c':
        digits[0] = (char)(unsigned char)value;
        tr_put_str_as(sink, (tr_str){digits, 1}, format);
        return;
    default: tr_put_padded(sink, TR_STR(""), tr_decimal(value, digits), format);
    }
}

void tr_put_int_as(tr_sink *sink, int64_t value, uint8_t bits, tr_format format) {
    char digits[TR_DECIMAL_MAX];
    uint64_t pattern = (uint64_t)value;
    if (value >= 0) tr_put_uint_as(sink, pattern, format);
    else if (format.kind) tr_put_uint_as(sink, pattern & UINT64_MAX >> (64 - bits), format);
    else tr_put_padded(sink, TR_STR("-"), tr_decimal(0 - pattern, digits), format);
}

void tr_put_int(tr_sink *sink, int64_t value) { tr_put_int_as(sink, value, 64, (tr_format){0}); }

void tr_put_uint(tr_sink *sink, uint64_t value) { tr_put_uint_as(sink, value, (tr_format){0}); }

void tr_put_bool(tr_sink *sink, bool value) { tr_put_str(sink, value ? TR_STR("true") : TR_STR("false")); }
