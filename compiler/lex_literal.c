#include "lex.h"

#include <stdlib.h>

#include "parser.h"
#include "utf8.h"

static Str token_text(const Lexer *lexer, const Token *token) {
    return (Str){(const char *)lexer->text + (token->span.at - lexer->base), token->span.len};
}

static Diag *token_error(Lexer *lexer, const Token *token, Code code, const char *text) {
    uint32_t start = token->span.at - lexer->base;
    return lex_error(lexer, code, start, start + token->span.len, text);
}

/* ---- numbers ---- */

static uint32_t digit_value(char c) {
    if (c >= '0' && c <= '9') return (uint32_t)(c - '0');
    return (uint32_t)((c | 0x20) - 'a' + 10);
}

/* Digits and underscores; false if the value has more than 64 bits. */
static bool read_digits(const char *at, const char *end, uint32_t base, uint64_t *value) {
    uint64_t most = UINT64_MAX / base;
    for (; at < end; at++) {
        if (*at == '_') continue;
        uint32_t digit = digit_value(*at);
        if (*value > most || *value * base > UINT64_MAX - digit) return false;
        *value = *value * base + digit;
    }
    return true;
}

static uint32_t base_of(Str text) {
    if (text.len < 2 || text.at[0] != '0') return 10;
    return text.at[1] == 'x' ? 16 : text.at[1] == 'b' ? 2 : text.at[1] == 'o' ? 8 : 10;
}

int lex_integer(Lexer *lexer, Token *token) {
    Str text = token_text(lexer, token);
    uint32_t base = base_of(text);
    uint32_t prefix = base == 10 ? 0 : 2;
    token->u.integer = 0;
    bool fits = read_digits(text.at + prefix, text.at + text.len, base, &token->u.integer);
    if (!fits) {
        token->u.integer = 0;
        Diag *diag = token_error(lexer, token, CODE_E0111, "this number has more than 64 bits");
        diag_note(lexer->diags, diag, "the largest integer is 18446744073709551615");
    } else if (base == 10 && text.len > 1 && text.at[0] == '0') {
        Diag *diag = token_error(lexer, token, CODE_E0110, "a decimal number does not begin with 0");
        diag_note(lexer->diags, diag, "an octal number is written 0o17");
    }
    return T_INT;
}

/* The literal without underscores, for strtod, which also decides what is too large. */
int lex_float(Lexer *lexer, Token *token) {
    Str text = token_text(lexer, token);
    char *clean = arena_alloc(lexer->arena, text.len + 1), *to = clean;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] != '_') *to++ = text.at[i];
    }
    token->u.number = strtod(clean, NULL);
    bool infinite = token->u.number - token->u.number != 0;
    if (infinite) {
        token->u.number = 0;
        token_error(lexer, token, CODE_E0111, "this number is larger than an f64 can be");
    }
    return T_FLOAT;
}

static uint64_t unit_ns(const char *unit, size_t len) {
    static const struct { const char *text; uint64_t ns; } units[] = {
        {"ns", 1}, {"us", 1000}, {"ms", 1000000}, {"s", 1000000000}, {"min", 60000000000}, {"h", 3600000000000},
    };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (str_is((Str){unit, len}, units[i].text)) return units[i].ns;
    }
    return 0;
}

/* The fraction's digits, times the unit; false if that is no whole number of ns. */
static bool add_fraction(const char *at, const char *end, uint64_t unit, uint64_t *ns) {
    for (; at < end; at++) {
        if (*at == '_') continue;
        uint32_t digit = digit_value(*at);
        if (digit && unit % 10) return false;
        unit /= 10;
        *ns += digit * unit;
    }
    return true;
}

int lex_duration(Lexer *lexer, Token *token) {
    Str text = token_text(lexer, token);
    const char *end = text.at + text.len, *point = text.at, *unit;
    while (*point != '.' && (*point == '_' || (*point >= '0' && *point <= '9'))) point++;
    for (unit = point; *unit == '.' || *unit == '_' || (*unit >= '0' && *unit <= '9'); unit++) {}

    uint64_t whole = 0, ns = unit_ns(unit, (size_t)(end - unit)), fraction = 0;
    token->u.integer = 0;
    bool fits = read_digits(text.at, point, 10, &whole) && whole <= INT64_MAX / ns;
    if (point < unit && !add_fraction(point + 1, unit, ns, &fraction)) {
        Diag *diag = token_error(lexer, token, CODE_E0112, "this is no whole number of nanoseconds");
        diag_note(lexer->diags, diag, "1ns is the smallest duration");
    } else if (!fits || fraction > INT64_MAX - whole * ns) {
        Diag *diag = token_error(lexer, token, CODE_E0112, "this duration is too long");
        diag_note(lexer->diags, diag, "the longest is about 292 years: 2562047h");
    } else {
        token->u.integer = whole * ns + fraction;
    }
    return T_DURATION;
}

int lex_bad_number(Lexer *lexer, Token *token) {
    Diag *diag = token_error(lexer, token, CODE_E0110, "this begins like a number but is none");
    Str text = token_text(lexer, token);
    if (text.at[0] == '0' && text.len > 1 && (text.at[1] | 0x20) >= 'a' && (text.at[1] | 0x20) <= 'z') {
        diag_note(lexer->diags, diag, "hexadecimal is 0xff, binary 0b1010, octal 0o17");
    } else {
        diag_note(lexer->diags, diag, "units of time are ns, us, ms, s, min and h; no name begins with a digit");
    }
    token->u.integer = 0;
    return T_INT;
}

/* ---- escapes ---- */

/* A text that is being decoded: from source bytes to the value's. */
typedef struct Decoder {
    Lexer *lexer;
    const char *at, *end;
    char *to;
    TextKind kind;
} Decoder;

static bool is_hex(const char *at, const char *end) {
    return at < end && ((*at >= '0' && *at <= '9') || ((*at | 0x20) >= 'a' && (*at | 0x20) <= 'f'));
}

static void bad_escape(Decoder *decoder, const char *start, const char *end, const char *text) {
    const char *base = (const char *)decoder->lexer->text;
    lex_error(decoder->lexer, CODE_E0109, (uint32_t)(start - base), (uint32_t)(end - base), text);
}

static void put_utf8(Decoder *decoder, uint32_t c) {
    char *to = decoder->to;
    if (c < 0x80) {
        *to++ = (char)c;
    } else if (c < 0x800) {
        *to++ = (char)(0xC0 | c >> 6);
        *to++ = (char)(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        *to++ = (char)(0xE0 | c >> 12);
        *to++ = (char)(0x80 | (c >> 6 & 0x3F));
        *to++ = (char)(0x80 | (c & 0x3F));
    } else {
        *to++ = (char)(0xF0 | c >> 18);
        *to++ = (char)(0x80 | (c >> 12 & 0x3F));
        *to++ = (char)(0x80 | (c >> 6 & 0x3F));
        *to++ = (char)(0x80 | (c & 0x3F));
    }
    decoder->to = to;
}

/* \xNN, `start` at the backslash. Above 0x7f it is a byte but no character. */
static void hex_escape(Decoder *decoder, const char *start) {
    const char *digits = start + 2;
    if (!is_hex(digits, decoder->end) || !is_hex(digits + 1, decoder->end)) {
        bad_escape(decoder, start, digits, "`\\x` is followed by two hexadecimal digits: `\\x1b`");
        return;
    }
    uint32_t value = digit_value(digits[0]) * 16 + digit_value(digits[1]);
    decoder->at = digits + 2;
    if (decoder->kind == TEXT_STRING && value > 0x7F) {
        bad_escape(decoder, start, decoder->at,
                   "in a string `\\x` goes up to `\\x7f`: write `\\u{e9}`, or bytes: b\"\\xe9\"");
    } else {
        *decoder->to++ = (char)value;
    }
}

/* \u{NNNN} */
static void unicode_escape(Decoder *decoder, const char *start) {
    const char *at = start + 2;
    uint32_t value = 0;
    bool good = at < decoder->end && *at == '{' && is_hex(at + 1, decoder->end);
    if (good) at++;
    for (; good && is_hex(at, decoder->end); at++) {
        if (value <= 0x10FFFF) value = value * 16 + digit_value(*at);
    }
    good = good && at < decoder->end && *at == '}';
    if (!good) {
        bad_escape(decoder, start, start + 2, "`\\u` is followed by a code point in braces: `\\u{1f600}`");
        return;
    }
    decoder->at = at + 1;
    if (value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) {
        bad_escape(decoder, start, decoder->at, "there is no character with this number");
    } else {
        put_utf8(decoder, value);
    }
}

static void escape(Decoder *decoder) {
    const char *start = decoder->at;
    uint32_t c = 0;
    size_t len = start + 1 < decoder->end ? utf8_next(start + 1, decoder->end, &c) : 0;
    decoder->at = start + 1 + len;
    switch (c) {
    case 'n': *decoder->to++ = '\n'; break;
    case 'r': *decoder->to++ = '\r'; break;
    case 't': *decoder->to++ = '\t'; break;
    case '0': *decoder->to++ = '\0'; break;
    case '\\': case '"': case '\'': *decoder->to++ = (char)c; break;
    case 'x': hex_escape(decoder, start); break;
    case 'u': unicode_escape(decoder, start); break;
    case '{': case '}': bad_escape(decoder, start, decoder->at, "a brace that is text is doubled: `{{`, `}}`"); break;
    default:
        bad_escape(decoder, start, decoder->at,
                   "no such escape: there are `\\n \\r \\t \\0 \\\\ \\\" \\' \\xNN \\u{NNNN}`");
    }
}

static void decode(Decoder *decoder) {
    while (decoder->at < decoder->end) {
        char c = *decoder->at;
        if (c == '\\') {
            escape(decoder);
            continue;
        }
        *decoder->to++ = c;
        decoder->at++;
        bool doubled = decoder->kind == TEXT_STRING && (c == '{' || c == '}') && decoder->at < decoder->end;
        if (doubled && *decoder->at == c) decoder->at++;
    }
}

static bool needs_decoding(Str raw) {
    return raw.len && (memchr(raw.at, '\\', raw.len) || memchr(raw.at, '{', raw.len) || memchr(raw.at, '}', raw.len));
}

Str lex_text(Lexer *lexer, Token token, TextKind kind) {
    Str raw = {(const char *)lexer->text + token.u.inner.at, token.u.inner.len};
    if (!needs_decoding(raw)) return raw;
    char *text = arena_alloc(lexer->arena, raw.len);    /* no escape is shorter than what it means */
    Decoder decoder = {lexer, raw.at, raw.at + raw.len, text, kind};
    decode(&decoder);
    return (Str){text, (size_t)(decoder.to - text)};
}

/* ---- characters ---- */

int lex_character(Lexer *lexer, Token *token) {
    token->u.inner.at = token->span.at - lexer->base + 1;
    token->u.inner.len = token->span.len - 2;
    uint32_t errors = lexer->diags->errors;
    Str text = lex_text(lexer, *token, TEXT_BYTES);
    if (text.len != 1 && errors == lexer->diags->errors) {
        Diag *diag = token_error(lexer, token, CODE_E0108, "a character in quotes is one byte, a u8");
        diag_note(lexer->diags, diag, "text is written with double quotes: \"...\"");
    }
    token->u.integer = text.len == 1 ? (unsigned char)text.at[0] : 0;
    return T_INT;
}

int lex_open_character(Lexer *lexer, Token *token) {
    Diag *diag = token_error(lexer, token, CODE_E0108, "the closing `'` of this character is missing");
    diag_note(lexer->diags, diag,
              "a character is one byte in single quotes: 'a'; text is written with double quotes: \"...\"");
    /* What follows on the line may be anything. */
    while (lexer->at < lexer->end && *lexer->at != '\n' && *lexer->at != ';' && *lexer->at != ')') lexer->at++;
    lexer->trouble = (uint32_t)(lexer->at - lexer->text);
    token->u.integer = 0;
    return T_INT;
}
