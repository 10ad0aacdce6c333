/* text: string slices, interned names, a text builder. Knows nothing of the language. */
#ifndef TRC_TEXT_H
#define TRC_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "vec.h"

/* A slice of bytes that somebody else owns; not NUL-terminated. */
typedef struct Str {
    const char *at;
    size_t len;
} Str;

#define STR(literal) ((Str){(literal), sizeof(literal) - 1})

Str str_of(const char *text);
bool str_eq(Str a, Str b);
bool str_is(Str a, const char *text);
Str str_copy(Arena *arena, Str s);
/* printf into the arena; the result is also NUL-terminated. */
Str str_format(Arena *arena, const char *format, ...);
/* Edits (insert, delete, replace, swap of neighbours) that turn `a` into `b`; stops counting above `limit`. */
unsigned str_distance(Str a, Str b, unsigned limit);

/* An interned identifier: two names are the same text exactly if they are the same pointer. */
typedef struct NameText {
    uint32_t len;
    uint32_t hash;
    uint32_t word;       /* token kind if the text is a word of the language, else 0 (written by the lexer's set-up) */
    char text[];         /* NUL-terminated */
} NameText;
typedef const NameText *Name;

typedef struct Names {
    Arena *arena;        /* where the texts live */
    NameText **slots;    /* open addressing, capacity a power of two; malloc'ed */
    size_t capacity, count;
} Names;

void names_init(Names *names, Arena *arena);
void names_free(Names *names);
Name name_of(Names *names, const char *at, size_t len);
/* The same entry, writable: for the lexer's set-up of words. */
NameText *name_slot(Names *names, const char *at, size_t len);
Name name_str(Names *names, const char *text);
static inline Str name_text(Name name) { return (Str){name->text, name->len}; }

/* A growing text; `{0}` is empty. malloc'ed, freed by buf_free. */
typedef struct Buf {
    char *at;
    size_t len, capacity;
} Buf;

void buf_free(Buf *buf);
void buf_grow(Buf *buf, size_t more);
/* Room for `more` bytes behind the text. */
static inline void buf_reserve(Buf *buf, size_t more) {
    if (buf->capacity - buf->len < more) buf_grow(buf, more);
}
static inline void buf_bytes(Buf *buf, const char *at, size_t len) {
    if (len == 0) return;
    buf_reserve(buf, len);
    memcpy(buf->at + buf->len, at, len);
    buf->len += len;
}
static inline void buf_char(Buf *buf, char c) {
    buf_reserve(buf, 1);
    buf->at[buf->len++] = c;
}
static inline void buf_str(Buf *buf, Str s) { buf_bytes(buf, s.at, s.len); }
static inline void buf_text(Buf *buf, const char *text) { buf_bytes(buf, text, strlen(text)); }
void buf_uint(Buf *buf, uint64_t value);
void buf_int(Buf *buf, int64_t value);
void buf_format(Buf *buf, const char *format, ...);
void buf_vformat(Buf *buf, const char *format, va_list args);
static inline Str buf_view(const Buf *buf) { return (Str){buf->at, buf->len}; }
/* The text as a NUL-terminated string; valid until the next change. */
const char *buf_cstr(Buf *buf);

/* A long text, in pieces so that what stands is not moved when it grows. */
typedef VEC(Str) Texts;
/* Of malloc'ed pieces. */
void texts_free(Texts *texts);

#endif
