/* out_names: which names C has taken, and which this file has given away. */
#include "out.h"

#include <stdlib.h>

/* Sorted. */
static const char *const words[] = {
    "NULL", "alignas", "alignof", "asm", "auto", "bool", "break", "case", "char", "const", "constexpr", "continue",
    "default", "do", "double", "else", "enum", "extern", "false", "float", "for", "goto", "i386", "if", "inline",
    "int", "linux", "long", "nullptr", "offsetof", "register", "restrict", "return", "short", "signed", "sizeof",
    "static", "static_assert", "struct", "switch", "thread_local", "true", "typedef", "typeof", "union", "unix",
    "unsigned", "void", "volatile", "while",
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

static uint32_t hash_of(const char *name, size_t len) {
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < len; i++) hash = (hash ^ (unsigned char)name[i]) * 16777619u;
    return hash ^ hash >> 15;
}

/* Where the name is, or belongs. */
static Ident *find(const Idents *idents, const char *name, size_t len, uint32_t hash) {
    uint32_t mask = idents->capacity - 1, i = hash & mask;
    for (Ident *slot; (slot = &idents->slots[i])->name; i = (i + 1) & mask)
        if (slot->hash == hash && strncmp(slot->name, name, len) == 0 && !slot->name[len]) break;
    return &idents->slots[i];
}

static bool is_of_family(const Idents *idents, const char *name, size_t len) {
    for (const char *const *ending = idents->endings; ending && *ending; ending++) {
        size_t own = strlen(*ending);
        if (len <= own || memcmp(name + len - own, *ending, own) != 0) continue;
        const Ident *base = find(idents, name, len - own, hash_of(name, len - own));
        if (base->name && base->family) return true;
    }
    return false;
}

bool ident_taken(const Idents *idents, const char *name) {
    size_t len = strlen(name);
    if (!idents->capacity) return false;
    return find(idents, name, len, hash_of(name, len))->name || is_of_family(idents, name, len);
}

static void resize(Idents *idents, uint32_t capacity) {
    Ident *slots = arena_array(idents->arena, Ident, capacity);
    for (uint32_t i = 0; i < idents->capacity; i++) {
        const Ident *slot = &idents->slots[i];
        uint32_t at = slot->hash & (capacity - 1);
        if (!slot->name) continue;
        while (slots[at].name) at = (at + 1) & (capacity - 1);
        slots[at] = *slot;
    }
    idents->slots = slots;
    idents->capacity = capacity;
}

void idents_reserve(Idents *idents, uint32_t count) {
    uint32_t capacity = 256;
    while (capacity / 2 < count) capacity *= 2;
    if (capacity > idents->capacity) resize(idents, capacity);
}

static void take(Idents *idents, const char *name, bool family) {
    size_t len = strlen(name);
    uint32_t hash = hash_of(name, len);
    idents_reserve(idents, idents->count + 1);
    *find(idents, name, len, hash) = (Ident){name, hash, family};
    idents->count++;
}

const char *ident(Idents *idents, const char *wish) {
    const char *name = str_copy(idents->arena, str_of(wish)).at;
    for (uint32_t copy = 2; ident_taken(idents, name); copy++) name = str_format(idents->arena, "%s_%u", wish, copy).at;
    take(idents, name, false);
    return name;
}

/* `text` holds the name and has room for an ending, which it leaves again. */
static bool family_is_free(const Idents *idents, char *text, size_t len) {
    bool is_free = !ident_taken(idents, text);
    for (const char *const *ending = idents->endings; ending && *ending && is_free; ending++) {
        memcpy(text + len, *ending, strlen(*ending) + 1);
        is_free = !ident_taken(idents, text);
    }
    text[len] = '\0';
    return is_free;
}

const char *ident_family(Idents *idents, const char *wish) {
    enum { LONGEST_ENDING = 16 };
    Str name = str_of(wish);
    for (uint32_t copy = 2;; copy++) {
        char *text = arena_alloc(idents->arena, name.len + LONGEST_ENDING);
        memcpy(text, name.at, name.len);
        if (family_is_free(idents, text, name.len)) {
            take(idents, text, true);
            return text;
        }
        name = str_format(idents->arena, "%s_%u", wish, copy);
    }
}
