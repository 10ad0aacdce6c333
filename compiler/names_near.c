/* names_near: did you mean ...? */
#include "names.h"

/* A third of the letters may be wrong, three at most. */
Near near_to(Name wanted) {
    unsigned limit = (wanted->len + 1) / 3;
    return (Near){.wanted = wanted, .distance = (limit < 3 ? limit : 3) + 1};
}

void near_try(Near *near, Name candidate) {
    if (near->distance == 0 || candidate == near->wanted) return;
    unsigned distance = str_distance(name_text(near->wanted), name_text(candidate), near->distance - 1);
    if (distance >= near->distance) return;
    near->best = candidate;
    near->distance = distance;
}

void near_fields(Near *near, const FieldList *fields) {
    for (uint32_t i = 0; i < fields->len; i++) near_try(near, fields->at[i].name);
}

void near_items(Near *near, const Scope *scope) {
    for (uint32_t i = 0; i < scope->capacity; i++) {
        if (scope->slots[i]) near_try(near, scope->slots[i]->name);
    }
}

void near_functions(Near *near, const BuiltinNames *builtins) {
    for (Builtin builtin = BUILTIN_NONE + 1; builtin < BUILTIN_COUNT; builtin++) {
        if (builtin_owner(builtin) == OWNER_none) near_try(near, builtins->names[builtin]);
    }
}

void near_types(Near *near, const BuiltinNames *builtins) {
    for (uint32_t i = 0; i < builtins->capacity; i++) {
        const BuiltinName *entry = &builtins->slots[i];
        if (entry->name && (entry->type != TYPE_ERROR_TYPE || entry->generic)) near_try(near, entry->name);
    }
}

void near_members(Near *near, const BuiltinNames *builtins, const Type *type) {
    for (Builtin builtin = BUILTIN_NONE + 1; builtin < BUILTIN_COUNT; builtin++) {
        if (owner_has(builtin_owner(builtin), type)) near_try(near, builtins->names[builtin]);
    }
}

bool near_fix(const Near *near, Diags *diags, Diag *diag, Span span) {
    if (!near->best) return false;
    diag_fix(diags, diag, span, name_text(near->best), "did you mean `%s`?", near->best->text);
    return true;
}
