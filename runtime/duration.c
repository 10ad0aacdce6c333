/* duration: "1.5s", "10ms", "0s". */
#include "tr_text.h"

#define NANOSECONDS 1000000000u

/* Nanoseconds of `ticks`, less than a second of them. Usual ticks need no 64-bit division. */
static uint32_t nanoseconds(uint32_t ticks) {
    if (NANOSECONDS % TR_TICKS_PER_SECOND == 0) return ticks * (NANOSECONDS / TR_TICKS_PER_SECOND);
    return (uint32_t)((uint64_t)ticks * NANOSECONDS / TR_TICKS_PER_SECOND);
}

/* `fraction` of `digits` decimal digits, without the zeros at its end. */
static void put_fraction(tr_sink *sink, uint32_t fraction, unsigned digits) {
    char text[10] = ".";
    unsigned last = 0;
    for (unsigned i = digits; i; i--) {
        text[i] = (char)('0' + fraction % 10);
        if (!last && text[i] != '0') last = i;
        fraction /= 10;
    }
    if (last) tr_put_str(sink, (tr_str){text, last + 1});
}

static void put_parts(tr_sink *sink, uint64_t whole, uint32_t fraction, unsigned digits, tr_str unit) {
    tr_put_uint(sink, whole);
    put_fraction(sink, fraction, digits);
    tr_put_str(sink, unit);
}

void tr_put_duration(tr_sink *sink, tr_duration value) {
    tr_instant ticks = (tr_instant)value;
    if (value < 0) {
        tr_put_str(sink, TR_STR("-"));
        ticks = 0 - ticks;
    }
    uint32_t rest = nanoseconds((uint32_t)(ticks % TR_TICKS_PER_SECOND));
    if (ticks >= TR_TICKS_PER_SECOND || ticks == 0) put_parts(sink, ticks / TR_TICKS_PER_SECOND, rest, 9, TR_STR("s"));
    else if (rest >= 1000000) put_parts(sink, rest / 1000000, rest % 1000000, 6, TR_STR("ms"));
    else if (rest >= 1000) put_parts(sink, rest / 1000, rest % 1000, 3, TR_STR("us"));
    else put_parts(sink, rest, 0, 0, TR_STR("ns"));
}

void tr_put_instant(tr_sink *sink, tr_instant value, tr_instant start) {
    if (value == TR_NEVER) tr_put_str(sink, TR_STR("never"));
    else tr_put_duration(sink, (tr_duration)(value - start));
}
