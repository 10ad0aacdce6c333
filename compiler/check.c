/* check: what all rooms of the pass ask for. */
#include "check.h"

/* ---- contexts ---- */

Context context_enter(Checker *c, Module *module, Fn *fn) {
    Context old = c->at;
    c->at = (Context){.module = module, .fn = fn};
    return old;
}

void context_leave(Checker *c, Context old) { c->at = old; }

void not_supported(Checker *c, Span span, const char *what) {
    Diag *diag = diag_add(c->diags, CODE_E0199, span, "this version of trc cannot compile %s", what);
    diag_note(c->diags, diag, "it is part of the language, and is read, but nothing is made of it yet");
}

bool is_literal(const Checker *c, const Type *type) {
    return type == &c->literal || type == &c->negative || type == &c->real;
}

/* ---- texts for messages ---- */

Str text_of(Checker *c, Span span) {
    const Source *source = c->at.module->source;
    return (Str){source->text.at + (span.at - source->base), span.len};
}

const char *type_name_of(Checker *c, const Type *type) {
    if (type == &c->real) return "a number";
    if (is_literal(c, type)) return "a whole number";
    if (type->kind == TYPE_EMPTY) return "nothing";
    if (type->kind == TYPE_LEAF) return "an error";
    return str_format(c->arena, "`%s`", type_text(c->types, type)).at;
}
