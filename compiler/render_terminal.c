#include "render.h"
#include "utf8.h"

enum {
    LINE_BYTES = 160,    /* of a longer source line only this much is shown, around the first place in it */
    BEFORE_BYTES = 40,   /* how much of that before the place */
    TAB_CELLS = 4
};

/* ---- the page ---- */

typedef enum Paint { PAINT_ERROR, PAINT_WARNING, PAINT_FRAME, PAINT_FIX, PAINT_STRONG } Paint;

typedef struct Page {
    Buf *out;
    const Sources *sources;
    Arena *arena;
    bool color;
    uint32_t margin;     /* digits of the largest line number of this diagnostic */
} Page;

static void paint(Page *page, Paint paint) {
    static const char *const codes[] = {"\x1b[1;31m", "\x1b[1;33m", "\x1b[1;34m", "\x1b[1;32m", "\x1b[1m"};
    if (page->color) buf_text(page->out, codes[paint]);
}

static void unpaint(Page *page) {
    if (page->color) buf_text(page->out, "\x1b[0m");
}

static void repeat(Page *page, char c, uint32_t count) {
    while (count--) buf_char(page->out, c);
}

static uint32_t digits_of(uint32_t number) {
    uint32_t digits = 1;
    while (number /= 10) digits++;
    return digits;
}

/* ---- cells ---- */

/* Columns of a character on a terminal: none for combining marks, two for the scripts and signs drawn double. */
static uint32_t cells_of(uint32_t code) {
    static const struct { uint32_t first, last, cells; } ranges[] = {
        {0x300, 0x36F, 0},     {0x1100, 0x115F, 2},   {0x200B, 0x200F, 0},   {0x2E80, 0xA4CF, 2},
        {0xAC00, 0xD7A3, 2},   {0xF900, 0xFAFF, 2},   {0xFE00, 0xFE0F, 0},   {0xFE30, 0xFE6F, 2},
        {0xFF00, 0xFF60, 2},   {0x1F300, 0x1F64F, 2}, {0x1F900, 0x1F9FF, 2}, {0x20000, 0x3FFFD, 2},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if (code >= ranges[i].first && code <= ranges[i].last) return ranges[i].cells;
    }
    return 1;
}

/* Control characters, the escapes that could command the terminal among them, and stray bytes. */
static bool is_unprintable(uint32_t code) {
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == UTF8_INVALID;
}

/* Prints `text` so that it does nothing but appear; gives the columns it takes. `out` may be NULL: only measures. */
static uint32_t put_cells(Buf *out, Str text) {
    uint32_t cells = 0;
    for (const char *at = text.at, *end = at + text.len; at < end;) {
        uint32_t code;
        size_t length = utf8_next(at, end, &code);
        if (code == '\t') {
            if (out) buf_bytes(out, "    ", TAB_CELLS);
            cells += TAB_CELLS;
        } else if (is_unprintable(code)) {
            if (out) buf_char(out, '?');
            cells++;
        } else {
            if (out) buf_bytes(out, at, length);
            cells += cells_of(code);
        }
        at += length;
    }
    return cells;
}

/* Prose of a message; its further lines begin under the first. */
static void put_prose(Page *page, Str text, uint32_t indent) {
    for (size_t start = 0, at = 0; at <= text.len; at++) {
        if (at < text.len && text.at[at] != '\n') continue;
        if (start) repeat(page, ' ', indent);
        put_cells(page->out, (Str){text.at + start, at - start});
        buf_char(page->out, '\n');
        start = at + 1;
    }
}

/* ---- marked places ---- */

/* A stretch of one source line to be underlined. */
typedef struct Mark {
    Source *source;
    uint32_t line;
    size_t from, to;     /* bytes of that line */
    Str text;
    bool main;           /* the place of the diagnostic itself */
} Mark;

typedef VEC(Mark) Marks;

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

static Mark mark_of(Page *page, Span span, Str text, bool main) {
    Place place = source_place(page->sources, span.at);
    Source *source = source_at(page->sources, place.source->base);
    size_t length = source_line(source, place.line).len;
    size_t from = smaller(place.column - 1, length);
    return (Mark){source, place.line, from, smaller(from + span.len, length), text, main};
}

/* Files in order of first mention, the main one first; within a file by line and column. */
static bool goes_before(const Marks *marks, const Mark *a, const Mark *b) {
    if (a->source != b->source) {
        for (uint32_t i = 0; i < marks->len; i++) {
            if (marks->at[i].source == a->source) return true;
            if (marks->at[i].source == b->source) return false;
        }
    }
    return a->line != b->line ? a->line < b->line : a->from < b->from;
}

static Marks sorted(Page *page, const Marks *marks) {
    Marks result = {0};
    for (uint32_t i = 0; i < marks->len; i++) {
        vec_push(page->arena, &result, marks->at[i]);
        for (uint32_t j = i; j > 0 && goes_before(marks, &result.at[j], &result.at[j - 1]); j--) {
            Mark moved = result.at[j];
            result.at[j] = result.at[j - 1];
            result.at[j - 1] = moved;
        }
    }
    return result;
}

static Marks collect(Page *page, const Diag *diag) {
    Marks marks = {0};
    vec_push(page->arena, &marks, mark_of(page, diag->span, (Str){"", 0}, true));
    for (uint32_t i = 0; i < diag->labels.len; i++) {
        vec_push(page->arena, &marks, mark_of(page, diag->labels.at[i].span, diag->labels.at[i].text, false));
    }
    return sorted(page, &marks);
}

/* ---- snippets ---- */

static void put_margin(Page *page, uint32_t line, char edge) {
    paint(page, PAINT_FRAME);
    repeat(page, ' ', page->margin - (line ? digits_of(line) : 0) + 1);
    if (line) buf_uint(page->out, line);
    buf_char(page->out, ' ');
    buf_char(page->out, edge);
    unpaint(page);
}

static void put_arrow(Page *page, const Mark *mark) {
    repeat(page, ' ', page->margin + 1);
    paint(page, PAINT_FRAME);
    buf_text(page->out, "--> ");
    unpaint(page);
    put_cells(page->out, mark->source->path);
    buf_char(page->out, ':');
    buf_uint(page->out, mark->line);
    buf_char(page->out, ':');
    buf_uint(page->out, mark->from + 1);
    buf_char(page->out, '\n');
}

/* The part of a line that is shown: bytes [from, to). */
typedef struct Window {
    size_t from, to;
} Window;

static Window window_of(Str line, size_t place) {
    if (line.len <= LINE_BYTES) return (Window){0, line.len};
    size_t from = place > BEFORE_BYTES ? place - BEFORE_BYTES : 0;
    return (Window){from, smaller(from + LINE_BYTES, line.len)};
}

static void put_line(Page *page, uint32_t number, char edge, Str line, Window window) {
    put_margin(page, number, edge);
    if (window.to > window.from) buf_char(page->out, ' ');
    if (window.from) buf_text(page->out, "...");
    put_cells(page->out, (Str){line.at + window.from, window.to - window.from});
    if (window.to < line.len) buf_text(page->out, "...");
    buf_char(page->out, '\n');
}

static void put_underline(Page *page, const Mark *mark, Paint color, Str line, Window window) {
    size_t from = smaller(mark->from, window.to), to = smaller(mark->to, window.to);
    uint32_t before = put_cells(NULL, (Str){line.at + window.from, from - window.from}) + (window.from ? 3 : 0);
    uint32_t under = put_cells(NULL, (Str){line.at + from, to - from});
    put_margin(page, 0, '|');
    repeat(page, ' ', before + 1);
    paint(page, mark->main ? color : PAINT_FRAME);
    repeat(page, mark->main ? '^' : '-', under ? under : 1);
    if (mark->text.len) {
        buf_char(page->out, ' ');
        put_prose(page, mark->text, page->margin + 3 + before + 1 + (under ? under : 1) + 1);
    }
    unpaint(page);
    if (!mark->text.len) buf_char(page->out, '\n');
}

/* What stands between two shown lines: nothing, the one line between, or dots. */
static void put_between(Page *page, Source *source, uint32_t above, uint32_t below) {
    if (below - above == 2) {
        Str line = source_line(source, above + 1);
        put_line(page, above + 1, '|', line, window_of(line, 0));
    } else if (below - above > 2) {
        buf_text(page->out, "...\n");
    }
}

/* All marks of one file, from `first` on; gives the index behind the last. */
static uint32_t put_snippet(Page *page, const Marks *marks, uint32_t first, Paint color) {
    Source *source = marks->at[first].source;
    uint32_t end = first, named = first;
    for (; end < marks->len && marks->at[end].source == source; end++) {
        if (marks->at[end].main) named = end;
    }
    put_arrow(page, &marks->at[named]);
    put_margin(page, 0, '|');
    buf_char(page->out, '\n');

    Str line = {0};
    Window window = {0};
    for (uint32_t i = first; i < end; i++) {
        const Mark *mark = &marks->at[i];
        if (i == first || mark->line != mark[-1].line) {
            if (i > first) put_between(page, source, mark[-1].line, mark->line);
            line = source_line(source, mark->line);
            window = window_of(line, mark->from);
            put_line(page, mark->line, '|', line, window);
        }
        put_underline(page, mark, color, line, window);
    }
    return end;
}

/* ---- what follows the snippets ---- */

static void put_remark(Page *page, Paint color, const char *kind, Str text) {
    repeat(page, ' ', page->margin + 2);
    paint(page, PAINT_FRAME);
    buf_text(page->out, "= ");
    paint(page, color);
    buf_text(page->out, kind);
    buf_char(page->out, ':');
    unpaint(page);
    buf_char(page->out, ' ');
    put_prose(page, text, page->margin + 4 + (uint32_t)str_of(kind).len + 2);
}

/* The changed lines as they would be after the fix. */
static void put_fix(Page *page, const Fix *fix) {
    put_remark(page, PAINT_FIX, "fix", fix->text);
    Mark mark = mark_of(page, fix->span, (Str){"", 0}, false);
    Place last = source_place(page->sources, fix->span.at + fix->span.len);
    Str head = source_line(mark.source, mark.line), tail = source_line(mark.source, last.line);
    size_t kept = smaller(last.column - 1, tail.len);

    Buf changed = {0};
    buf_bytes(&changed, head.at, mark.from);
    buf_str(&changed, fix->with);
    buf_bytes(&changed, tail.at + kept, tail.len - kept);

    put_margin(page, 0, '|');
    buf_char(page->out, '\n');
    uint32_t number = mark.line;
    for (size_t start = 0, at = 0; at <= changed.len; at++) {
        if (at < changed.len && changed.at[at] != '\n') continue;
        Str line = {changed.at + start, at - start};
        put_line(page, number, '+', line, window_of(line, number == mark.line ? mark.from : 0));
        start = at + 1;
        number++;
    }
    buf_free(&changed);
}

static uint32_t larger(uint32_t a, uint32_t b) { return a > b ? a : b; }

static uint32_t margin_of(const Page *page, const Marks *marks, const Diag *diag) {
    uint32_t largest = 1;
    for (uint32_t i = 0; i < marks->len; i++) largest = larger(largest, marks->at[i].line);
    for (uint32_t i = 0; i < diag->fixes.len; i++) {
        largest = larger(largest, source_place(page->sources, diag->fixes.at[i].span.at).line);
    }
    return digits_of(largest);
}

static void put_diag(Page *page, const Diag *diag) {
    Paint color = code_severity(diag->code) == SEVERITY_ERROR ? PAINT_ERROR : PAINT_WARNING;
    paint(page, color);
    render_head(page->out, diag->code);
    unpaint(page);
    buf_text(page->out, ": ");
    paint(page, PAINT_STRONG);
    put_prose(page, diag->text, 0);
    unpaint(page);

    page->margin = 1;
    if (diag->span.at) {
        Marks marks = collect(page, diag);
        page->margin = margin_of(page, &marks, diag);
        for (uint32_t i = 0; i < marks.len;) i = put_snippet(page, &marks, i, color);
    }
    for (uint32_t i = 0; i < diag->notes.len; i++) put_remark(page, PAINT_STRONG, "note", diag->notes.at[i]);
    for (uint32_t i = 0; i < diag->fixes.len; i++) put_fix(page, &diag->fixes.at[i]);
    buf_char(page->out, '\n');
}

static void put_count(Page *page, Paint color, uint32_t count, const char *what) {
    paint(page, color);
    buf_uint(page->out, count);
    buf_char(page->out, ' ');
    buf_text(page->out, what);
    if (count != 1) buf_char(page->out, 's');
    unpaint(page);
}

void render_terminal(Buf *out, const Diags *diags, const Sources *sources, bool color) {
    Page page = {.out = out, .sources = sources, .arena = diags->arena, .color = color};
    for (uint32_t i = 0; i < diags->list.len; i++) put_diag(&page, diags->list.at[i]);

    if (diags->errors) put_count(&page, PAINT_ERROR, diags->errors, "error");
    if (diags->errors && diags->warnings) buf_text(out, ", ");
    if (diags->warnings) put_count(&page, PAINT_WARNING, diags->warnings, "warning");
    if (diags->errors || diags->warnings) buf_char(out, '\n');
}
