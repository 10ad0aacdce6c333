#include "lex.h"

#include "utf8.h"

Diag *lex_error(Lexer *lexer, Code code, uint32_t start, uint32_t end, const char *text) {
    if (lexer->trouble < end) lexer->trouble = end;
    return diag_add(lexer->diags, code, (Span){lexer->base + start, end - start}, "%s", text);
}

enum { STRIDE = 32 };

/* Of STRIDE bytes none is NUL and none has its high bit set. */
static bool is_plain(const unsigned char *at) {
    uint64_t words[STRIDE / 8], bad = 0;
    memcpy(words, at, sizeof words);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) bad |= words[i] | (words[i] - 0x0101010101010101u);
    return (bad & 0x8080808080808080u) == 0;
}

/* The first byte that is no part of a text in UTF-8; `end` if all is well. */
static const unsigned char *first_bad_byte(const unsigned char *at, const unsigned char *end) {
    while (at < end) {
        if (end - at >= STRIDE && is_plain(at)) {
            at += STRIDE;
            continue;
        }
        uint32_t c;
        size_t len = utf8_next((const char *)at, (const char *)end, &c);
        if (c == 0 || c == UTF8_INVALID) return at;
        at += len;
    }
    return end;
}

/* One message for all: a file with one such byte often has many. The lexer then steps over them. */
static void check_text(Lexer *lexer) {
    const unsigned char *bad = first_bad_byte(lexer->text, lexer->end);
    if (bad == lexer->end) return;
    Span span = {lexer->base + (uint32_t)(bad - lexer->text), 1};
    Diag *diag = diag_add(lexer->diags, CODE_E0105, span, "the byte 0x%02x does not belong to a text in UTF-8", *bad);
    diag_note(lexer->diags, diag, "save the file as UTF-8; only the first such byte is reported");
}

void lex_begin(Lexer *lexer, const Source *source, Names *names, Diags *diags, Arena *arena) {
    lex_words(names);
    const unsigned char *text = (const unsigned char *)source->text.at;
    *lexer = (Lexer){
        .text = text, .at = text, .end = text + source->text.len, .base = source->base,
        .names = names, .diags = diags, .arena = arena,
    };
    check_text(lexer);
    bool has_mark = source->text.len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0;
    if (has_mark) lexer->at += 3;
}
