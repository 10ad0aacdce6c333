#include "json.h"
#include "render.h"

static void put_text(Buf *out, const char *key, Str text) {
    json_key(out, key);
    json_string(out, text);
}

static void put_number(Buf *out, const char *key, uint32_t number) {
    json_key(out, key);
    buf_uint(out, number);
}

static void put_place(Buf *out, const char *key, const Sources *sources, uint32_t at) {
    Place place = source_place(sources, at);
    json_key(out, key);
    buf_char(out, '{');
    put_number(out, "line", place.line);
    put_number(out, "column", place.column);
    put_number(out, "offset", place.source ? place.source->lines[place.line - 1] + place.column - 1 : 0);
    buf_char(out, '}');
}

/* The fields that say where, into an open object. */
static void put_span(Buf *out, const Sources *sources, Span span) {
    Place place = source_place(sources, span.at);
    put_text(out, "path", place.source ? place.source->path : STR(""));
    put_place(out, "start", sources, span.at);
    put_place(out, "end", sources, span.at + span.len);
}

static void put_labels(Buf *out, const Diag *diag, const Sources *sources) {
    json_key(out, "labels");
    buf_char(out, '[');
    for (uint32_t i = 0; i < diag->labels.len; i++) {
        buf_text(out, i ? ",{" : "{");
        put_span(out, sources, diag->labels.at[i].span);
        put_text(out, "text", diag->labels.at[i].text);
        buf_char(out, '}');
    }
    buf_char(out, ']');
}

static void put_notes(Buf *out, const Diag *diag) {
    json_key(out, "notes");
    buf_char(out, '[');
    for (uint32_t i = 0; i < diag->notes.len; i++) {
        if (i) buf_char(out, ',');
        json_string(out, diag->notes.at[i]);
    }
    buf_char(out, ']');
}

static void put_fixes(Buf *out, const Diag *diag, const Sources *sources) {
    json_key(out, "fixes");
    buf_char(out, '[');
    for (uint32_t i = 0; i < diag->fixes.len; i++) {
        const Fix *fix = &diag->fixes.at[i];
        buf_text(out, i ? ",{" : "{");
        put_span(out, sources, fix->span);
        put_text(out, "with", fix->with);
        put_text(out, "text", fix->text);
        buf_char(out, '}');
    }
    buf_char(out, ']');
}

void render_json(Buf *out, const Diags *diags, const Sources *sources) {
    buf_char(out, '[');
    for (uint32_t i = 0; i < diags->list.len; i++) {
        const Diag *diag = diags->list.at[i];
        buf_text(out, i ? ",\n{" : "\n{");
        put_text(out, "code", str_of(code_name(diag->code)));
        put_text(out, "severity", str_of(severity_word(diag->code)));
        put_text(out, "title", str_of(code_title(diag->code)));
        put_text(out, "text", diag->text);
        put_span(out, sources, diag->span);
        put_labels(out, diag, sources);
        put_notes(out, diag);
        put_fixes(out, diag, sources);
        buf_char(out, '}');
    }
    buf_text(out, "\n]\n");
}
