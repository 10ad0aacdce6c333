#include "render.h"

const char *severity_word(Code code) { return code_severity(code) == SEVERITY_ERROR ? "error" : "warning"; }

void render_head(Buf *out, Code code) {
    buf_text(out, severity_word(code));
    buf_char(out, '[');
    buf_text(out, code_name(code));
    buf_char(out, ']');
}

/* Text that stays on its line. */
static void put_flat(Buf *out, Str text) {
    for (size_t i = 0; i < text.len; i++) buf_char(out, (unsigned char)text.at[i] < ' ' ? ' ' : text.at[i]);
}

void render_lines(Buf *out, const Diags *diags, const Sources *sources) {
    for (uint32_t i = 0; i < diags->list.len; i++) {
        const Diag *diag = diags->list.at[i];
        Place place = source_place(sources, diag->span.at);
        if (place.source) {
            buf_str(out, place.source->path);
            buf_char(out, ':');
            buf_uint(out, place.line);
            buf_char(out, ':');
            buf_uint(out, place.column);
            buf_text(out, ": ");
        }
        render_head(out, diag->code);
        buf_text(out, ": ");
        put_flat(out, diag->text);
        buf_char(out, '\n');
    }
}
