#include "out.h"

#include <stdlib.h>

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
    if (out->line && out->believed != out->line) {
        buf_bytes(&out->text, "#line ", 6);
        buf_uint(&out->text, out->line);
        buf_char(&out->text, '\n');
        out->believed = out->line;
    }
    indent(out, out->indent);
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
    if (need == 3 && memcmp(at, "\xe2\x80", 2) == 0 && (unsigned char)at[2] >= 0x8b && (unsigned char)at[2] <= 0xae) return 0;
    if (need == 3 && memcmp(at, "\xe2\x81", 2) == 0 && (unsigned char)at[2] >= 0xa0) return 0;
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
        size_t letter = (unsigned char)c >= 0x80 ? plain_letter(text.at + i, text.len - i) : 0;
        if (letter) buf_bytes(to, text.at + i, letter), i += letter - 1;
        else buf_char(to, c < ' ' || c > '~' ? '?' : c);
    }
}

/* ---- names ---- */

/* Sorted. */
static const char *const words[] = {
    "NULL", "alignas", "alignof", "asm", "auto", "bool", "break", "case", "char", "const", "constexpr", "continue", "default",
    "do", "double", "else", "enum", "extern", "false", "float", "for", "goto", "i386", "if", "inline", "int", "linux", "long",
    "nullptr", "offsetof", "register", "restrict", "return", "short", "signed", "sizeof", "static", "static_assert", "struct",
    "switch", "thread_local", "true", "typedef", "typeof", "union", "unix", "unsigned", "void", "volatile", "while",
};

static int by_text(const void *name, const void *entry) { return strcmp(name, *(const char *const *)entry); }

/* INT32_MAX and its like; what begins with _ may be the implementation's. */
static bool may_be_macro(const char *name) {
    static const char *const starts[] = {"INT", "UINT", "SIZE_", "PTRDIFF_", "WCHAR_", "WINT_", "SIG_", "TR_", "_"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (strncmp(name, starts[i], strlen(starts[i])) == 0) return true;
    return false;
}

bool out_is_word(const char *name) {
    if (may_be_macro(name)) return true;
    return bsearch(name, words, sizeof words / sizeof *words, sizeof *words, by_text) != NULL;
}

static uint32_t hash_of(const char *name) {
    uint32_t hash = 2166136261u;
    for (; *name; name++) hash = (hash ^ (unsigned char)*name) * 16777619u;
    return hash ^ hash >> 15;
}

static const char **find(const Idents *idents, const char *name) {
    uint32_t mask = idents->capacity - 1, i = hash_of(name) & mask;
    while (idents->slots[i] && strcmp(idents->slots[i], name) != 0) i = (i + 1) & mask;
    return &idents->slots[i];
}

bool ident_taken(const Idents *idents, const char *name) { return idents->capacity && *find(idents, name); }

static void grow(Idents *idents) {
    Idents bigger = {idents->arena, NULL, idents->capacity ? idents->capacity * 2 : 256, idents->count};
    bigger.slots = arena_array(idents->arena, const char *, bigger.capacity);
    for (uint32_t i = 0; i < idents->capacity; i++) if (idents->slots[i]) *find(&bigger, idents->slots[i]) = idents->slots[i];
    *idents = bigger;
}

void ident_take(Idents *idents, const char *name) {
    if (idents->count * 2 >= idents->capacity) grow(idents);
    const char **slot = find(idents, name);
    if (!*slot) idents->count++;
    *slot = name;
}

const char *ident(Idents *idents, const char *wish) {
    const char *name = str_copy(idents->arena, str_of(wish)).at;
    for (uint32_t copy = 2; ident_taken(idents, name); copy++) name = str_format(idents->arena, "%s_%u", wish, copy).at;
    ident_take(idents, name);
    return name;
}
