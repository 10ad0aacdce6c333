/* out: see out.h. Lines, literals and comments. */
#include "out.h"

/* ---- lines ---- */

static void indent(Out *out, uint32_t levels) {
    static const char blanks[] = "                                                                ";
    size_t width = (size_t)levels * 4;
    while (width > sizeof blanks - 1) {
        buf_bytes(&out->text, blanks, sizeof blanks - 1);
        width -= sizeof blanks - 1;
    }
    buf_bytes(&out->text, blanks, width);
}

void out_code(Out *out) {
    out->before = out->start;
    out->before_end = out->text.len;
    if (out->line && out->believed != out->line) {
        buf_bytes(&out->text, "#line ", 6);
        buf_uint(&out->text, out->line);
        buf_char(&out->text, '\n');
        out->believed = out->line;
    }
    out->start = out->text.len;
    indent(out, out->indent);
}

/* Not a branch, a loop, a block or a label: nothing before it or behind it on its line changes its meaning. */
static bool is_simple_statement(const char *at, const char *end) {
    static const char *const others[] = {"if ", "for ", "while ", "switch ", "else ", "}", "{"};
    while (at < end && *at == ' ') at++;
    if (at == end || end[-1] != ';') return false;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        size_t len = strlen(others[i]);
        if ((size_t)(end - at) >= len && memcmp(at, others[i], len) == 0) return false;
    }
    return true;
}

void out_code_end(Out *out) {
    Buf *text = &out->text;
    size_t width = (size_t)out->indent * 4, start = out->before, end = out->before_end;
    /* Between the two there is only the directive that would become superfluous. */
    bool follows = start < end && out->start > end && text->at[end - 1] == '\n' && out->believed == out->line &&
                   memcmp(text->at + end, "#line ", 6) == 0 && !memchr(text->at + start, '\n', end - 1 - start);
    bool same_line = follows && out->joins == out->line && out->line;
    size_t own = text->len - out->start - width;
    if (!same_line || end - 1 - start + 1 + own > OUT_WIDTH || start + width > end ||
        text->at[start + width] == ' ' || (width && text->at[start + width - 1] != ' ') ||
        !is_simple_statement(text->at + start, text->at + end - 1) ||
        !is_simple_statement(text->at + out->start, text->at + text->len)) {
        out->joins = out->line;
        out_end(out);
        return;
    }
    text->at[end - 1] = ' ';
    memmove(text->at + end, text->at + out->start + width, own);
    text->len = end + own;
    out->start = start;
    out_end(out);
}

void out_open(Out *out) {
    Opened opened = {out->start, out->text.len, out->line};
    if (out->opened && out->indent < OPENED_MAX) out->opened[out->indent] = opened;
    out->indent++;
}

void out_else(Out *out) {
    out->start = out->text.len;
    out_plain(out, 0);
    buf_text(&out->text, "} else {");
    out_end(out);
    out_open(out);
}

/* The statement of a block that consists of one, and comes from the line of the source that opened it. */
static Str only_statement(const Out *out, const Opened *opened) {
    Str none = {NULL, 0};
    const char *at = out->text.at + opened->end, *end = out->text.at + out->text.len;
    if (at >= end || end[-1] != '\n' || end - at < 6 || memcmp(at, "#line ", 6) != 0) return none;
    const char *rest = memchr(at, '\n', (size_t)(end - at));
    at += 6;
    uint32_t number = 0;
    while (*at >= '0' && *at <= '9') number = number * 10 + (uint32_t)(*at++ - '0');
    if (at != rest || number != opened->line) return none;
    at = rest + 1;
    end--;
    if (at >= end || memchr(at, '\n', (size_t)(end - at)) || !is_simple_statement(at, end)) return none;
    while (*at == ' ') at++;
    return (Str){at, (size_t)(end - at)};
}

static bool close_on_line(Out *out) {
    if (!out->opened || out->indent >= OPENED_MAX) return false;
    const Opened *opened = &out->opened[out->indent];
    const char *head = out->text.at + opened->start;
    while (*head == ' ') head++;
    if (memcmp(head, "if (", 4) != 0) return false;
    Str only = only_statement(out, opened);
    if (!only.len || opened->end - opened->start + only.len + 2 > OUT_WIDTH) return false;
    /* Without braces, if it is one statement. */
    size_t end = opened->end;
    bool is_one = !memchr(only.at, ';', only.len - 1);
    if (is_one) end -= 2;
    out->text.at[end - 1] = ' ';
    memmove(out->text.at + end, only.at, only.len);
    out->text.len = end + only.len;
    buf_text(&out->text, is_one ? "\n" : " }\n");
    out->believed = opened->line + 1;
    out->start = opened->start;
    return true;
}

void out_close(Out *out, const char *brace) {
    out->indent--;
    if (brace[1] == '\0' && close_on_line(out)) return;
    out_plain(out, 0);
    buf_text(&out->text, brace);
    out_end(out);
}

bool out_drop(Out *out, const char *text) {
    Buf *all = &out->text;
    size_t len = strlen(text), start = out->start;
    if (all->len < start + len + 1 || all->at[all->len - 1] != '\n') return false;
    size_t end = all->len - 1;
    if (memcmp(all->at + end - len, text, len) != 0) return false;
    if (!is_simple_statement(all->at + start, all->at + end)) return false;
    if (memchr(all->at + start, '\n', end - start)) return false;
    end -= len;
    while (end > start && all->at[end - 1] == ' ') end--;
    all->len = end;
    if (end > start) buf_char(all, '\n');
    else if (out->believed) out->believed--;
    return true;
}

bool out_replace(Out *out, const char *tail, const char *with) {
    Buf *all = &out->text;
    size_t len = strlen(tail);
    if (all->len < len + 1 || all->at[all->len - 1] != '\n') return false;
    size_t start = all->len - 1 - len, before = start;
    while (before && all->at[before - 1] == ' ') before--;
    if (memcmp(all->at + start, tail, len) != 0 || (before && all->at[before - 1] != '\n')) return false;
    all->len = start;
    buf_text(all, with);
    buf_char(all, '\n');
    return true;
}

void out_plain(Out *out, uint32_t less) { indent(out, out->indent > less ? out->indent - less : 0); }

void out_move(Out *to, Out *from) {
    buf_bytes(&to->text, from->text.at, from->text.len);
    buf_free(&from->text);
    *from = (Out){0};
}

/* ---- literals and comments ---- */

/* Length of the UTF-8 sequence at `at` if it may stand in a C file as it is; 0 if not. Marks that turn the direction of
   writing may not: they would show the reader something else than the compiler sees. */
static size_t plain_letter(const char *at, size_t len) {
    unsigned char first = (unsigned char)*at;
    size_t need = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || need > len) return 0;
    for (size_t i = 1; i < need; i++) if (((unsigned char)at[i] & 0xc0) != 0x80) return 0;
    if (need == 2) return memcmp(at, "\xd8\x9c", 2) == 0 || (first == 0xc2 && (unsigned char)at[1] < 0xa0) ? 0 : 2;
    unsigned char last = (unsigned char)at[need - 1];
    if (need == 3 && memcmp(at, "\xe2\x80", 2) == 0 && last >= 0x8b && last <= 0xae) return 0;
    if (need == 3 && memcmp(at, "\xe2\x81", 2) == 0 && last >= 0xa0) return 0;
    return need;
}

static void octal(Buf *to, unsigned char byte) {
    char digits[4] = {'\\', (char)('0' + (byte >> 6)), (char)('0' + (byte >> 3 & 7)), (char)('0' + (byte & 7))};
    buf_bytes(to, digits, 4);
}

static bool is_simple(char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\' && c != '?'; }

void out_string(Buf *to, Str text, bool utf8) {
    buf_char(to, '"');
    for (size_t i = 0; i < text.len;) {
        size_t run = i;
        while (run < text.len && is_simple(text.at[run])) run++;
        buf_bytes(to, text.at + i, run - i);
        i = run;
        if (i == text.len) break;
        char c = text.at[i];
        size_t letter = utf8 && (unsigned char)c >= 0x80 ? plain_letter(text.at + i, text.len - i) : 0;
        if (letter) buf_bytes(to, text.at + i, letter);
        else if (c == '\n') buf_bytes(to, "\\n", 2);
        else if (c == '\t') buf_bytes(to, "\\t", 2);
        else if (c == '"' || c == '\\') buf_char(to, '\\'), buf_char(to, c);
        else if (c == '?') buf_text(to, i && text.at[i - 1] == '?' ? "\\?" : "?");   /* no trigraphs */
        else octal(to, (unsigned char)c);
        i += letter ? letter : 1;
    }
    buf_char(to, '"');
}

/* Where a run of letters ends that stand in a comment as they are; a blank may lie between two of them. */
static size_t comment_run(Str text, size_t from) {
    size_t i = from;
    for (; i < text.len; i++) {
        char c = text.at[i];
        if (c == ' ' && i > from && text.at[i - 1] != ' ') continue;
        if (c <= ' ' || c > '~' || (c == '/' && i > from) || (c == '*' && i > from)) break;
    }
    while (i > from && text.at[i - 1] == ' ') i--;
    return i;
}

void out_comment(Buf *to, Str text) {
    bool blank = true;             /* blanks that would begin the text, or repeat, are left out */
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
            blank = true;
            continue;
        }
        if (blank && i) buf_char(to, ' ');
        blank = false;
        bool joins = i && ((c == '/' && text.at[i - 1] == '*') || (c == '*' && text.at[i - 1] == '/'));
        if (joins) buf_char(to, ' ');
        size_t run = comment_run(text, i) - i;
        size_t letter = (unsigned char)c >= 0x80 ? plain_letter(text.at + i, text.len - i) : 0;
        if (run) buf_bytes(to, text.at + i, run), i += run - 1;
        else if (letter) buf_bytes(to, text.at + i, letter), i += letter - 1;
        else buf_char(to, '?');
    }
}
