/* float: decimal text of binary floating point, exact, in integer arithmetic. Without a precision the fewest digits
   that read back as the same value (Steele, White: How to print floating-point numbers accurately, 1990, free-format),
   laid out as Python does; with one, correctly rounded, ties to even, to no more than MAX_DIGITS significant digits. */
#include <float.h>
#include <string.h>

#include "tr_text.h"

#define MAX_DIGITS 40
/* Room for the scaled value, whichever its exponent, and a factor of ten on the way. */
#define WORDS ((DBL_MANT_DIG - DBL_MIN_EXP + 31) / 32 + 1)

typedef struct big {
    uint32_t word[WORDS];   /* lowest first */
} big;

/* mantissa * 2^exponent; the next smaller value is only half as far away as the next larger one if `narrow`. */
typedef struct binary {
    uint64_t mantissa;
    int exponent;
    bool negative, narrow, special;
} binary;

/* 0.digits * 10^point */
typedef struct decimal {
    char digits[MAX_DIGITS];
    int count, point;
} decimal;

/* Takes an IEEE number apart whose fraction has `width` bits, and whose exponent the rest below the sign. */
static binary take_apart(uint64_t bits, unsigned total, unsigned width) {
    uint64_t fraction = bits & (((uint64_t)1 << width) - 1);
    int exponents = 1 << (total - width - 1);
    int exponent = (int)(bits >> width) & (exponents - 1);
    binary result = {.negative = bits >> (total - 1) & 1, .special = exponent == exponents - 1};
    result.mantissa = exponent ? fraction | (uint64_t)1 << width : fraction;
    result.exponent = (exponent ? exponent : 1) - (exponents / 2 - 1) - (int)width;
    result.narrow = fraction == 0 && exponent > 1;
    return result;
}

static binary of_float(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return take_apart(bits, 32, FLT_MANT_DIG - 1);
}

#if DBL_MANT_DIG > FLT_MANT_DIG
static binary of_double(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return take_apart(bits, 64, DBL_MANT_DIG - 1);
}
#else
static binary of_double(double value) { return of_float((float)value); }
#endif

static void set_shifted(big *a, uint64_t value, int shift) {
    memset(a, 0, sizeof *a);
    int at = shift / 32;
    unsigned bits = (unsigned)(shift % 32);
    uint64_t low = (value & UINT32_MAX) << bits;
    uint64_t high = (value >> 32 << bits) + (low >> 32);
    const uint32_t words[] = {(uint32_t)low, (uint32_t)high, (uint32_t)(high >> 32)};
    for (int i = 0; i < 3 && at + i < WORDS; i++) a->word[at + i] = words[i];
}

static void times_ten(big *a) {
    uint64_t carry = 0;
    for (int i = 0; i < WORDS; i++) {
        carry += (uint64_t)a->word[i] * 10;
        a->word[i] = (uint32_t)carry;
        carry >>= 32;
    }
}

/* The sign of a + times * b - c. */
static int compare(const big *a, unsigned times, const big *b, const big *c) {
    uint64_t carry = 0;
    int order = 0;
    for (int i = 0; i < WORDS; i++) {
        carry += (uint64_t)b->word[i] * times + a->word[i];
        uint32_t word = (uint32_t)carry;
        carry >>= 32;
        if (word != c->word[i]) order = word > c->word[i] ? 1 : -1;
    }
    return carry ? 1 : order;
}

/* a / b, less than ten; `a` keeps the rest. */
static int take_quotient(big *a, const big *b) {
    int quotient = 0;
    for (; compare(a, 0, a, b) >= 0; quotient++) {
        uint32_t borrow = 0;
        for (int i = 0; i < WORDS; i++) {
            uint64_t word = (uint64_t)a->word[i] - b->word[i] - borrow;
            a->word[i] = (uint32_t)word;
            borrow = (uint32_t)(word >> 32) & 1;
        }
    }
    return quotient;
}

/* The value is rest / whole * 10^point; those between rest - margin and rest + up * margin (ends included if `even`)
   read back as it. */
typedef struct scaled {
    big rest, whole, margin;
    unsigned up;
    bool even;
} scaled;

static bool reaches_above(const scaled *s) { return compare(&s->rest, s->up, &s->margin, &s->whole) >= !s->even; }

static bool reaches_below(const scaled *s) { return compare(&s->rest, 0, &s->rest, &s->margin) < s->even; }

/* Scales until the first digit is the one behind the point; gives the point. */
static int scale(scaled *s, const binary *value, bool shortest) {
    int exponent = value->exponent;
    int doubled = value->narrow ? 2 : 1;
    s->even = !(value->mantissa & 1);
    s->up = shortest ? 1u << (doubled - 1) : 0;
    set_shifted(&s->rest, value->mantissa, (exponent > 0 ? exponent : 0) + doubled);
    set_shifted(&s->whole, 1, (exponent < 0 ? -exponent : 0) + doubled);
    set_shifted(&s->margin, shortest, exponent > 0 ? exponent : 0);
    int point = 0;
    for (; reaches_above(s); point++) times_ten(&s->whole);
    for (;; point--) {
        times_ten(&s->rest);
        times_ten(&s->margin);
        if (reaches_above(s)) break;
    }
    times_ten(&s->whole);   /* takes the last step back */
    return point;
}

static void shortest_digits(decimal *result, const binary *value) {
    scaled s;
    result->point = scale(&s, value, true);
    for (;;) {
        times_ten(&s.rest);
        times_ten(&s.margin);
        int digit = take_quotient(&s.rest, &s.whole);
        bool below = reaches_below(&s), above = reaches_above(&s);
        int half = compare(&s.rest, 1, &s.rest, &s.whole);
        if (above && (!below || half > 0 || (half == 0 && digit % 2))) digit++;
        result->digits[result->count++] = (char)('0' + digit);
        if (below || above) return;
    }
}

static void round_up(decimal *result) {
    int i = result->count;
    while (i && result->digits[i - 1] == '9') result->digits[--i] = '0';
    if (i) {
        result->digits[i - 1]++;
        return;
    }
    result->digits[0] = '1';
    result->point++;
    if (result->count == 0) result->count = 1;
}

static void rounded_digits(decimal *result, const binary *value, int precision) {
    scaled s;
    result->point = scale(&s, value, false);
    int wanted = result->point + precision;
    if (wanted < 0) return;
    while (result->count < wanted && result->count < MAX_DIGITS) {
        times_ten(&s.rest);
        result->digits[result->count++] = (char)('0' + take_quotient(&s.rest, &s.whole));
    }
    int half = compare(&s.rest, 1, &s.rest, &s.whole);
    bool odd = result->count && result->digits[result->count - 1] % 2;
    if (half > 0 || (half == 0 && odd)) round_up(result);
}

static void put_digits(tr_sink *sink, const decimal *number, int from, int to) {
    for (int i = from; i < to; i++) {
        tr_put_repeated(sink, i >= 0 && i < number->count ? number->digits[i] : '0', 1);
    }
}

static void put_sign(tr_sink *sink, bool negative, int len, tr_format format) {
    tr_format padding = {.width = format.width > len ? (uint8_t)(format.width - len) : 0, .zero = format.zero};
    tr_put_padded(sink, negative ? TR_STR("-") : TR_STR(""), TR_STR(""), padding);
}

static void put_positional(tr_sink *sink, const decimal *number, bool negative, int precision, tr_format format) {
    int whole = number->point > 0 ? number->point : 1;
    put_sign(sink, negative, whole + (precision ? 1 + precision : 0), format);
    put_digits(sink, number, number->point - whole, number->point);
    if (precision == 0) return;
    tr_put_str(sink, TR_STR("."));
    put_digits(sink, number, number->point, number->point + precision);
}

static void put_scientific(tr_sink *sink, const decimal *number, bool negative, tr_format format) {
    int exponent = number->point - 1;
    bool down = exponent < 0;
    uint64_t size = (uint64_t)(down ? -exponent : exponent);
    int fraction = number->count > 1 ? number->count : 0;
    put_sign(sink, negative, 1 + fraction + (size < 100 ? 4 : 5), format);
    put_digits(sink, number, 0, 1);
    if (fraction) tr_put_str(sink, TR_STR("."));
    put_digits(sink, number, 1, number->count);
    tr_put_str(sink, down ? TR_STR("e-") : TR_STR("e+"));
    tr_put_uint_as(sink, size, (tr_format){.width = 2, .zero = true});
}

void tr_put_float(tr_sink *sink, double value, tr_format format) {
    binary parts = format.kind == 's' ? of_float((float)value) : of_double(value);
    if (parts.special) {
        tr_str sign = parts.negative && value == value ? TR_STR("-") : TR_STR("");
        tr_put_padded(sink, sign, value == value ? TR_STR("inf") : TR_STR("nan"), (tr_format){.width = format.width});
        return;
    }
    decimal number = {.count = 0};
    if (format.precision >= 0) {
        if (parts.mantissa) rounded_digits(&number, &parts, format.precision);
        put_positional(sink, &number, parts.negative, format.precision, format);
        return;
    }
    if (parts.mantissa) shortest_digits(&number, &parts);
    if (number.point < -3 || number.point > 16) {
        put_scientific(sink, &number, parts.negative, format);
        return;
    }
    int precision = number.count - number.point;
    put_positional(sink, &number, parts.negative, precision > 0 ? precision : 1, format);
}
