/* emit_text: templates and lines. Not printf: this is where most of the compiler's output passes through. */
#include "emit_internal.h"

/* One $ directive; `kind` is the letter behind it. */
static void put_directive(Emitter *e, char kind, va_list *args) {
    Buf *to = &e->out->text;
    switch (kind) {
    case 's': buf_text(to, va_arg(*args, const char *)); break;
    case 'n': buf_uint(to, va_arg(*args, uint32_t)); break;
    case 'i': buf_int(to, va_arg(*args, int64_t)); break;
    case 'e': put_operand(e, va_arg(*args, const IrExpr *)); break;
    case 'x': put_expr(e, va_arg(*args, const IrExpr *)); break;
    case 'p': e->up->place(e, va_arg(*args, const IrExpr *), true); break;
    case 'o': e->up->object(e, va_arg(*args, const IrExpr *)); break;
    case 'v': put_var(e, va_arg(*args, const IrVar *), true); break;
    case 'w': put_var(e, va_arg(*args, const IrVar *), false); break;
    case 't': buf_text(to, e->up->type(e, va_arg(*args, Type *))); break;
    case 'k': {
        const IrChild *child = va_arg(*args, const IrChild *);
        buf_text(to, emit_fn_of(e, child->fn)->name);
        if (child->scoped) buf_text(to, "_scoped");
        break;
    }
    case 'f': buf_text(to, emit_fn_of(e, va_arg(*args, IrFn *))->name); break;
    case 'l': put_where(e, va_arg(*args, const IrExpr *)->line); break;
    case 'r':
        buf_bytes(to, "&app->rt", 8);
        e->fn.uses_app = true;
        break;
    case 'a':
        buf_bytes(to, "app", 3);
        e->fn.uses_app = true;
        break;
    default: break;
    }
}

/* Plain letters go straight to the text, where there is room for them. */
static void put_list(Emitter *e, const char *format, va_list *args) {
    enum { ROOM = 64 };
    for (;;) {
        Buf *text = &e->out->text;
        buf_reserve(text, ROOM);
        char *at = text->at + text->len;
        size_t len = 0;
        while (len < ROOM && *format && *format != '$' && *format != '@') at[len++] = *format++;
        text->len += len;
        if (!*format) return;
        if (*format == '@') {
            buf_text(text, e->app);
            format++;
        } else if (*format == '$') {
            put_directive(e, format[1], args);
            format += 2;
        }
    }
}

/* va_list may be an array, which cannot be passed on by address from a parameter: each of these has its own. */
#define PUT_ARGS(e, format)           \
    do {                              \
        va_list args;                 \
        va_start(args, format);       \
        put_list((e), format, &args); \
        va_end(args);                 \
    } while (0)

void put(Emitter *e, const char *format, ...) { PUT_ARGS(e, format); }

void line(Emitter *e, const char *format, ...) {
    out_code(e->out);
    PUT_ARGS(e, format);
    out_code_end(e->out);
}

void plain(Emitter *e, const char *format, ...) {
    out_plain(e->out, 0);
    PUT_ARGS(e, format);
    out_end(e->out);
}

void open_line(Emitter *e, const char *format, ...) {
    out_code(e->out);
    PUT_ARGS(e, format);
    out_end(e->out);
    out_open(e->out);
}

void close_line(Emitter *e, const char *format, ...) {
    if (strcmp(format, "}") == 0) {
        out_close(e->out, format);
        return;
    }
    e->out->indent--;
    out_plain(e->out, 0);
    PUT_ARGS(e, format);
    out_end(e->out);
}

void label(Emitter *e, const char *format, ...) {
    out_plain(e->out, 1);
    PUT_ARGS(e, format);
    out_end(e->out);
}

/* C99 compilers need not take literals of more than 4095 characters. */
enum { LITERAL_MAX = 4000 };

/* 'a', 'b', ... of a text that is too long for a literal, as a constant of its own. */
static const char *long_text(Emitter *e, Str text) {
    const char *name = reserve(e, "%s_text", NULL);
    Aside aside;
    aside_begin(e, &aside);
    plain(e, "static const char $s[] = {", name);
    for (size_t i = 0; i < text.len; i++) {
        put_text(e, i % 16 ? " " : "    ");
        buf_int(&e->out->text, (signed char)text.at[i]);
        put_text(e, i % 16 == 15 || i + 1 == text.len ? ",\n" : ",");
    }
    plain(e, "};");
    aside_end(e, &aside, SECTION_CONSTANTS);
    return name;
}

void put_string(Emitter *e, Str text, bool utf8) {
    if (text.len <= LITERAL_MAX) out_string(&e->out->text, text, utf8);
    else put_text(e, long_text(e, text));
}

/* ---- asides ---- */

void aside_begin(Emitter *e, Aside *aside) {
    *aside = (Aside){.out = e->out};
    e->out = &aside->text;
}

void aside_end(Emitter *e, Aside *aside, Section section) {
    e->out = aside->out;
    out_move(&e->sections[section], &aside->text);
}

/* ---- where a check points ---- */

/* The constant that holds a source's name, for checks. */
const char *file_name(Emitter *e, const Source *source) {
    uint32_t index = 0;
    while (index + 1 < e->ir->sources->files.len && e->ir->sources->files.at[index] != source) index++;
    while (e->files.len <= index) vec_push(e->arena, &e->files, NULL);
    if (!e->files.at[index]) {
        e->files.at[index] = reserve(e, "%s_file", NULL);
        Aside aside;
        aside_begin(e, &aside);
        put(e, "static const char $s[] = ", e->files.at[index]);
        put_string(e, source->path, true);
        put_text(e, ";\n");
        aside_end(e, &aside, SECTION_CONSTANTS);
    }
    return e->files.at[index];
}

void put_where(Emitter *e, uint32_t line_number) { put(e, "$s, $n", file_name(e, e->fn.fn->source), line_number); }
