#include "diag.h"

#include <stdlib.h>

typedef struct Message {
    const char *name, *title;
    Severity severity;
} Message;

static const Message messages[] = {
#define MESSAGE(code, severity, title) {#code, title, SEVERITY_##severity},
#include "messages.def"
#undef MESSAGE
};

Severity code_severity(Code code) { return messages[code].severity; }
const char *code_name(Code code) { return messages[code].name; }
const char *code_title(Code code) { return messages[code].title; }

Code code_find(Str name) {
    for (Code code = 0; code < CODE_COUNT; code++) {
        if (str_is(name, messages[code].name)) return code;
    }
    return CODE_COUNT;
}

static Str format_text(Arena *arena, const char *format, va_list args) {
    Buf buf = {0};
    buf_vformat(&buf, format, args);
    Str text = str_copy(arena, buf_view(&buf));
    buf_free(&buf);
    return text;
}

static void count(Diags *diags, Code code) {
    if (code_severity(code) == SEVERITY_ERROR) diags->errors++;
    else diags->warnings++;
}

Diag *diag_add(Diags *diags, Code code, Span span, const char *format, ...) {
    Diag *diag = arena_new(diags->arena, Diag);
    diag->code = code;
    diag->span = span;
    va_list args;
    va_start(args, format);
    diag->text = format_text(diags->arena, format, args);
    va_end(args);
    vec_push(diags->arena, &diags->list, diag);
    count(diags, code);
    return diag;
}

void diag_label(Diags *diags, Diag *diag, Span span, const char *format, ...) {
    if (span.at == 0 && span.len == 0) return;
    va_list args;
    va_start(args, format);
    Label label = {span, format_text(diags->arena, format, args)};
    va_end(args);
    vec_push(diags->arena, &diag->labels, label);
}

void diag_note(Diags *diags, Diag *diag, const char *format, ...) {
    va_list args;
    va_start(args, format);
    Str note = format_text(diags->arena, format, args);
    va_end(args);
    vec_push(diags->arena, &diag->notes, note);
}

void diag_fix(Diags *diags, Diag *diag, Span span, Str with, const char *format, ...) {
    va_list args;
    va_start(args, format);
    Fix fix = {span, with, format_text(diags->arena, format, args)};
    va_end(args);
    vec_push(diags->arena, &diag->fixes, fix);
}

/* ---- finishing ---- */

/* A diagnostic and when it was found, since qsort may swap equals. */
typedef struct Found {
    Diag *diag;
    uint32_t order;
} Found;

static int by_place(const void *left, const void *right) {
    const Found *a = left, *b = right;
    Span s = a->diag->span, t = b->diag->span;
    if (s.at != t.at) return s.at < t.at ? -1 : 1;
    if (s.len != t.len) return s.len < t.len ? -1 : 1;
    return a->order < b->order ? -1 : 1;
}

/* Says nothing that the kept ones at the same span (the last of the list) have not said. */
static bool is_repeat(const Diags *diags, const Diag *diag) {
    bool error = code_severity(diag->code) == SEVERITY_ERROR;
    for (uint32_t i = diags->list.len; i-- > 0;) {
        const Diag *kept = diags->list.at[i];
        if (kept->span.at != diag->span.at || kept->span.len != diag->span.len) return false;
        if (kept->code == diag->code) return true;
        if (error && code_severity(kept->code) == SEVERITY_ERROR) return true;
    }
    return false;
}

void diags_finish(Diags *diags) {
    uint32_t len = diags->list.len;
    if (len == 0) return;
    Found *found = arena_array(diags->arena, Found, len);
    for (uint32_t i = 0; i < len; i++) found[i] = (Found){diags->list.at[i], i};
    qsort(found, len, sizeof *found, by_place);

    diags->list.len = diags->errors = diags->warnings = 0;
    for (uint32_t i = 0; i < len; i++) {
        if (is_repeat(diags, found[i].diag)) continue;
        diags->list.at[diags->list.len++] = found[i].diag;
        count(diags, found[i].diag->code);
    }
}
