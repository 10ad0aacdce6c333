#include "tokens.h"

#include "lex.h"

static void put_token(Buf *out, const Sources *sources, const Source *source, Span span, int kind) {
    Place place = source_place(sources, span.at);
    buf_uint(out, place.line);
    buf_char(out, ':');
    buf_uint(out, place.column);
    buf_char(out, ' ');
    buf_text(out, token_names[kind]);
    if (span.len) buf_char(out, ' ');
    for (uint32_t i = 0; i < span.len; i++) {
        char c = source->text.at[span.at - source->base + i];
        if (c == '\n') buf_text(out, "\\n");
        else buf_char(out, c);
    }
    buf_char(out, '\n');
}

void tokens_dump(Buf *out, const Source *source, const Sources *sources, Names *names, Diags *diags) {
    Lexer lexer;
    lex_begin(&lexer, source, names, diags, diags->arena);
    Token token;
    int kind;
    do {
        kind = lex_next(&lexer, &token);
        put_token(out, sources, source, token.span, kind);
    } while (kind != 0);
}
