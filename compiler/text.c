#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- slices ---- */

Str str_of(const char *text) { return (Str){text, strlen(text)}; }

bool str_eq(Str a, Str b) { return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0); }

bool str_is(Str a, const char *text) { return str_eq(a, str_of(text)); }

Str str_copy(Arena *arena, Str s) {
    char *at = arena_alloc(arena, s.len + 1);
    if (s.len) memcpy(at, s.at, s.len);
    return (Str){at, s.len};
}

/* Digits of `value` so that they end before `end`; gives where they begin. */
static char *digits(char *end, uint64_t value) {
    do *--end = (char)('0' + value % 10); while (value /= 10);
    return end;
}

/* What the passes format on their way: %s %.*s %u %d. Gives the length, or -1 if it met anything else or ran out of
   room: then vsnprintf does it, ten times slower. */
static int format_simply(char *at, size_t room, const char *format, va_list args) {
    size_t len = 0;
    for (; *format; format++) {
        char number[24], *end = number + sizeof number;
        Str piece = {format, 1};
        if (*format == '%') {
            format++;
            if (*format == 's') {
                piece = str_of(va_arg(args, const char *));
            } else if (*format == 'u') {
                piece.at = digits(end, va_arg(args, unsigned));
                piece.len = (size_t)(end - piece.at);
            } else if (*format == 'd') {
                int value = va_arg(args, int);
                char *first = digits(end, value < 0 ? 0u - (unsigned)value : (unsigned)value);
                if (value < 0) *--first = '-';
                piece = (Str){first, (size_t)(end - first)};
            } else if (format[0] == '.' && format[1] == '*' && format[2] == 's') {
                format += 2;
                piece.len = (size_t)va_arg(args, int);
                piece.at = va_arg(args, const char *);
                const char *nul = piece.len <= room ? memchr(piece.at, '\0', piece.len) : NULL;
                if (nul) piece.len = (size_t)(nul - piece.at);
            } else {
                return -1;
            }
        }
        if (piece.len > room - len) return -1;
        memcpy(at + len, piece.at, piece.len);
        len += piece.len;
    }
    return (int)len;
}

Str str_format(Arena *arena, const char *format, ...) {
    char small[256];
    va_list args;
    va_start(args, format);
    int len = format_simply(small, sizeof small, format, args);
    va_end(args);
    bool simple = len >= 0;
    if (!simple) {
        va_start(args, format);
        len = vsnprintf(small, sizeof small, format, args);
        va_end(args);
    }
    if (len <= 0) return (Str){"", 0};
    char *at = arena_alloc(arena, (size_t)len + 1);
    if (simple || (size_t)len < sizeof small) {
        memcpy(at, small, (size_t)len);
    } else {
        va_start(args, format);
        vsnprintf(at, (size_t)len + 1, format, args);
        va_end(args);
    }
    return (Str){at, (size_t)len};
}

static unsigned least(unsigned a, unsigned b) { return a < b ? a : b; }

/* Restricted Damerau-Levenshtein, three rows of the table at a time. Names are short: longer ones are never similar. */
unsigned str_distance(Str a, Str b, unsigned limit) {
    enum { LONGEST = 64 };
    unsigned rows[3][LONGEST + 1];
    unsigned *above = rows[0], *last = rows[1], *row = rows[2];
    size_t gap = a.len > b.len ? a.len - b.len : b.len - a.len;
    if (gap > limit || a.len > LONGEST || b.len > LONGEST) return limit + 1;

    for (unsigned j = 0; j <= b.len; j++) last[j] = above[j] = j;
    for (unsigned i = 1; i <= a.len; i++) {
        unsigned best = row[0] = i;
        for (unsigned j = 1; j <= b.len; j++) {
            unsigned replaced = last[j - 1] + (a.at[i - 1] != b.at[j - 1]);
            row[j] = least(replaced, least(last[j], row[j - 1]) + 1);
            bool swapped = i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1];
            if (swapped) row[j] = least(row[j], above[j - 2] + 1);
            best = least(best, row[j]);
        }
        /* A swap reaches back two rows, so one bad row alone does not decide. */
        if (best > limit + 1) return limit + 1;
        unsigned *spare = above;
        above = last;
        last = row;
        row = spare;
    }
    return least(last[b.len], limit + 1);
}

/* ---- names ---- */

static NameText **new_slots(size_t capacity) {
    NameText **slots = calloc(capacity, sizeof *slots);
    if (!slots) out_of_memory(capacity * sizeof *slots);
    return slots;
}

void names_init(Names *names, Arena *arena) {
    *names = (Names){.arena = arena, .capacity = 1024};
    names->slots = new_slots(names->capacity);
}

void names_free(Names *names) {
    free(names->slots);
    *names = (Names){0};
}

/* FNV-1a with a last mix, since the table uses the low bits. */
static uint32_t hash_of(const char *at, size_t len) {
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < len; i++) hash = (hash ^ (unsigned char)at[i]) * 16777619u;
    return hash ^ hash >> 15;
}

static void names_grow(Names *names) {
    size_t capacity = names->capacity * 2;
    NameText **slots = new_slots(capacity);
    for (size_t i = 0; i < names->capacity; i++) {
        NameText *name = names->slots[i];
        if (!name) continue;
        size_t at = name->hash & (capacity - 1);
        while (slots[at]) at = (at + 1) & (capacity - 1);
        slots[at] = name;
    }
    free(names->slots);
    names->slots = slots;
    names->capacity = capacity;
}

static NameText *new_name(Names *names, const char *at, size_t len, uint32_t hash) {
    NameText *name = arena_alloc(names->arena, sizeof *name + len + 1);
    name->len = (uint32_t)len;
    name->hash = hash;
    if (len) memcpy(name->text, at, len);
    return name;
}

NameText *name_slot(Names *names, const char *at, size_t len) {
    uint32_t hash = hash_of(at, len);
    size_t mask = names->capacity - 1;
    size_t slot = hash & mask;
    for (NameText *name; (name = names->slots[slot]); slot = (slot + 1) & mask) {
        if (name->hash == hash && name->len == len && memcmp(name->text, at, len) == 0) return name;
    }
    NameText *name = names->slots[slot] = new_name(names, at, len, hash);
    names->count++;
    if (names->count * 2 > names->capacity) names_grow(names);
    return name;
}

Name name_of(Names *names, const char *at, size_t len) { return name_slot(names, at, len); }

Name name_str(Names *names, const char *text) { return name_slot(names, text, strlen(text)); }

/* ---- the text builder ---- */

void buf_free(Buf *buf) {
    free(buf->at);
    *buf = (Buf){0};
}

/* Apart from buf_reserve, so that the usual case of enough room stays small. */
void buf_grow(Buf *buf, size_t more) {
    size_t capacity = buf->capacity ? buf->capacity * 2 : 256;
    while (capacity - buf->len < more) capacity *= 2;
    buf->at = realloc(buf->at, capacity);
    if (!buf->at) out_of_memory(capacity);
    buf->capacity = capacity;
}

void buf_uint(Buf *buf, uint64_t value) {
    char digits[20];
    char *at = digits + sizeof digits;
    do *--at = (char)('0' + value % 10);
    while (value /= 10);
    buf_bytes(buf, at, (size_t)(digits + sizeof digits - at));
}

void buf_int(Buf *buf, int64_t value) {
    if (value < 0) buf_char(buf, '-');
    buf_uint(buf, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

void buf_format(Buf *buf, const char *format, ...) {
    va_list args;
    va_start(args, format);
    buf_vformat(buf, format, args);
    va_end(args);
}

void buf_vformat(Buf *buf, const char *format, va_list args) {
    va_list again;
    va_copy(again, args);
    buf_reserve(buf, 64);
    size_t room = buf->capacity - buf->len;
    int len = vsnprintf(buf->at + buf->len, room, format, args);
    if (len >= 0 && (size_t)len >= room) {
        buf_reserve(buf, (size_t)len + 1);
        vsnprintf(buf->at + buf->len, (size_t)len + 1, format, again);
    }
    if (len > 0) buf->len += (size_t)len;
    va_end(again);
}

const char *buf_cstr(Buf *buf) {
    buf_reserve(buf, 1);
    buf->at[buf->len] = '\0';
    return buf->at;
}

void texts_free(Texts *texts) {
    for (uint32_t i = 0; i < texts->len; i++) free((char *)(uintptr_t)texts->at[i].at);
    *texts = (Texts){0};
}
