/* flow_imports: imports that nothing in their file asks for. Looked for in the text, where `name.` stands for any
   use: in the tree, constants of other modules have become numbers by now. A comment may hide an import that is not
   used. */
#include "flow.h"

static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

typedef struct Search {
    const ItemList *imports;
    bool *found;                   /* by import */
    uint32_t left;                 /* not found yet */
} Search;

static void find(Search *s, Str word) {
    for (uint32_t i = 0; i < s->imports->len; i++) {
        if (s->found[i] || !str_eq(name_text(s->imports->at[i]->name), word)) continue;
        s->found[i] = true;
        s->left--;
    }
}

static void search_text(Search *s, Str text) {
    for (size_t at = 0; at < text.len && s->left; at++) {
        if (!is_word(text.at[at])) continue;
        size_t first = at;
        while (at < text.len && is_word(text.at[at])) at++;
        size_t end = at;
        while (at < text.len && (text.at[at] == ' ' || text.at[at] == '\n')) at++;
        if (at < text.len && text.at[at] == '.') find(s, (Str){text.at + first, end - first});
        else at = end - 1;
    }
}

void warn_of_unused_imports(Program *program, const Module *module, Arena *scratch) {
    uint32_t count = module->imports.len;
    if (count == 0) return;
    Search s = {&module->imports, arena_array(scratch, bool, count), count};
    search_text(&s, module->source->text);
    for (uint32_t i = 0; i < count && s.left; i++) {
        const Item *import = module->imports.at[i];
        if (s.found[i]) continue;
        diag_add(program->diags, CODE_W0606, import->span, "nothing of the module `%s` is used here",
                 import->name->text);
    }
}
