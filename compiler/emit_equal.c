/* emit_equal: == and != of values that C cannot compare by itself. Each type has a function, written when needed. */
#include "emit_internal.h"

static const char *need_equal(Emitter *e, Type *type);

/* Compares `a` with `b`, two places of `type` in C. */
static void put_same(Emitter *e, Type *type, const char *a, const char *b) {
    if (is_scalar(type)) put(e, "$s == $s", a, b);
    else if (type->kind == TYPE_STR) put(e, "tr_str_eq($s, $s)", a, b);
    else put(e, "$s(&$s, &$s)", need_equal(e, type), a, b);
}

static void put_same_field(Emitter *e, Type *type, const char *before, const char *name) {
    const char *a = str_format(&e->scratch, "a->%s%s", before, name).at;
    put_same(e, type, a, str_format(&e->scratch, "b->%s%s", before, name).at);
}

static void same_fields(Emitter *e, const FieldList *fields, const char *before) {
    put(e, "    return ");
    for (uint32_t i = 0; i < fields->len; i++) {
        if (i) put_text(e, " && ");
        put_same_field(e, fields->at[i].type, before, field_name(e, fields, i));
    }
    if (!fields->len) put_text(e, "((void)a, (void)b, true)");
    put_text(e, ";\n");
}

static void same_tuple(Emitter *e, const Type *type) {
    put(e, "    return ");
    for (uint32_t i = 0; i < type->items.len; i++) {
        if (i) put_text(e, " && ");
        put_same_field(e, type->items.at[i], "", str_format(&e->scratch, "v%u", i).at);
    }
    put_text(e, ";\n");
}

static void same_cases(Emitter *e, const Type *type) {
    const EnumDecl *decl = type->enumeration;
    plain(e, "    if (a->tag != b->tag) return false;");
    plain(e, "    switch (a->tag) {");
    for (uint32_t i = 0; i < decl->cases.len; i++) {
        const EnumCase *each = &decl->cases.at[i];
        if (!each->fields.len) continue;
        const char *name = case_constant(e, each);
        if (name) put(e, "    case $s:\n    ", name);
        else put(e, "    case $n:\n    ", i);
        same_fields(e, &each->fields, str_format(&e->scratch, "u.%s.", case_field(e, each)).at);
    }
    plain(e, "    default: return true;");
    plain(e, "    }");
}

static void same_items(Emitter *e, const Type *type) {
    if (type->kind == TYPE_STR_N) {
        plain(e, "    return tr_str_eq((tr_str){a->at, a->len}, (tr_str){b->at, b->len});");
        return;
    }
    if (type->kind != TYPE_ARRAY) plain(e, "    if (a->len != b->len) return false;");
    put(e, "    for (size_t each = 0; each < ");
    if (type->kind == TYPE_ARRAY) put(e, "$nu; each++) {\n", type->count);
    else put(e, "a->len; each++) {\n");
    put(e, "        if (!(");
    put_same_field(e, type->elem, "", "at[each]");
    put(e, ")) return false;\n    }\n    return true;\n");
}

static void same_optional(Emitter *e, const Type *type) {
    put(e, "    return a->has == b->has && (!a->has || ");
    put_same_field(e, type->elem, "", "value");
    put(e, ");\n");
}

static const char *need_equal(Emitter *e, Type *type) {
    const char *name;
    if (!type_helper(e, type, TYPE_SAME, &name)) return name;
    Aside aside;
    aside_begin(e, &aside);
    put(e, "static bool $s(const $t *a, const $t *b) {\n", name, type, type);
    switch (type->kind) {
    case TYPE_STRUCT: same_fields(e, &type->structure->fields, ""); break;
    case TYPE_TUPLE: same_tuple(e, type); break;
    case TYPE_ENUM: same_cases(e, type); break;
    case TYPE_OPTIONAL: same_optional(e, type); break;
    default: same_items(e, type); break;
    }
    put_text(e, "}\n\n");
    aside_end(e, &aside, SECTION_HELPERS);
    return name;
}

void put_equal(Emitter *e, const IrExpr *expr) {
    const IrExpr *a = expr->u.of.a, *b = expr->u.of.b;
    if (b->kind == IRX_NONE && is_place(a)) {
        put_text(e, expr->op == OP_EQ ? "!" : "");
        put_place(e, a, true);
        put_text(e, ".has");
        return;
    }
    if (expr->op == OP_NE) put_text(e, "!");
    if (a->type->kind == TYPE_STR) {
        put(e, "tr_str_eq($x, $x)", a, b);
        return;
    }
    put(e, "$s(", need_equal(e, a->type));
    put_address(e, a);
    put_text(e, ", ");
    put_address(e, b);
    put_text(e, ")");
}
