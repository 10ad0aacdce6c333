/* emit_print: formatted text: what print, format, interpolation and failing checks say. */
#include "emit_internal.h"

/* The text of a print goes through a sink: the program's output, or one around a str[N]. */

bool has_instant(const Type *type) {
    switch (type->kind) {
    case TYPE_INSTANT: return true;
    case TYPE_ARRAY: case TYPE_LIST: case TYPE_SLICE: case TYPE_OPTIONAL: return has_instant(type->elem);
    case TYPE_TUPLE:
        for (uint32_t i = 0; i < type->items.len; i++) if (has_instant(type->items.at[i])) return true;
        return false;
    case TYPE_STRUCT:
        for (uint32_t i = 0; i < type->structure->fields.len; i++)
            if (has_instant(type->structure->fields.at[i].type)) return true;
        return false;
    case TYPE_ENUM:
        for (uint32_t k = 0; k < type->enumeration->cases.len; k++) {
            const FieldList *fields = &type->enumeration->cases.at[k].fields;
            for (uint32_t i = 0; i < fields->len; i++) if (has_instant(fields->at[i].type)) return true;
        }
        return false;
    default: return false;
    }
}

/* ---- inside the functions that print a type ---- */

static const char *need_put(Emitter *e, Type *type);

static void put_constant(Emitter *e, const char *text) { plain(e, "tr_put_str(sink, TR_STR(\"$s\"));", text); }

/* Prints `value`, C text of a place of `type`, as it would be written in an expression. */
static void put_part(Emitter *e, Type *type, const char *value) {
    if (type->kind == TYPE_REF) {
        put_part(e, type->elem, str_format(&e->scratch, "(*%s)", value).at);
    } else if (type->kind == TYPE_BOOL) {
        plain(e, "tr_put_bool(sink, $s);", value);
    } else if (type_is_int(type)) {
        plain(e, type_is_signed(type) ? "tr_put_int(sink, $s);" : "tr_put_uint(sink, $s);", value);
    } else if (type_is_float(type)) {
        plain(e, "tr_put_float(sink, $s, (tr_format){0, $s, false, -1});", value, type->kind == TYPE_F32 ? "'s'" : "0");
    } else if (type->kind == TYPE_DURATION) {
        plain(e, "tr_put_duration(sink, $s);", value);
    } else if (type->kind == TYPE_INSTANT) {
        uses(e, USES_UPTIME);
        plain(e, "tr_put_instant(sink, $s, rt->start);", value);
    } else if (type->kind == TYPE_STR || type->kind == TYPE_STR_N) {
        need(e, HELPER_QUOTED);
        if (type->kind == TYPE_STR) plain(e, "@_put_quoted(sink, $s);", value);
        else plain(e, "@_put_quoted(sink, (tr_str){$s.at, $s.len});", value, value);
    } else if (type->kind == TYPE_LEAF) {
        need(e, HELPER_PUT_LEAF);
        plain(e, e->leaf_rt ? "@_put_leaf(sink, &$s, rt);" : "@_put_leaf(sink, &$s);", value);
    } else {
        plain(e, has_instant(type) ? "$s(sink, &$s, rt);" : "$s(sink, &$s);", need_put(e, type), value);
    }
}

void put_fields_text(Emitter *e, const FieldList *fields, const char *before) {
    if (!fields->len) return;
    for (uint32_t i = 0; i < fields->len; i++) {
        put_constant(e, str_format(&e->scratch, "%s%s: ", i ? ", " : "(", fields->at[i].name->text).at);
        put_part(e, fields->at[i].type, str_format(&e->scratch, "%s%s", before, field_name(e, fields, i)).at);
    }
    put_constant(e, ")");
}

static void put_tuple(Emitter *e, const Type *type) {
    for (uint32_t i = 0; i < type->items.len; i++) {
        put_constant(e, i ? ", " : "(");
        put_part(e, type->items.at[i], str_format(&e->scratch, "value->v%u", i).at);
    }
    put_constant(e, ")");
}

static void put_items(Emitter *e, const Type *type) {
    put_constant(e, "[");
    if (type->kind == TYPE_ARRAY) open_line(e, "for (size_t each = 0; each < $nu; each++) {", type->count);
    else open_line(e, "for (size_t each = 0; each < value->len; each++) {");
    plain(e, "if (each) tr_put_str(sink, TR_STR(\", \"));");
    put_part(e, type->elem, "value->at[each]");
    close_line(e, "}");
    put_constant(e, "]");
}

static void put_optional(Emitter *e, const Type *type) {
    open_line(e, "if (value->has) {");
    put_part(e, type->elem, "value->value");
    e->out->indent--;
    open_line(e, "} else {");
    put_constant(e, "none");
    close_line(e, "}");
}

static void put_cases(Emitter *e, const Type *type) {
    const EnumDecl *decl = type->enumeration;
    bool plain_enum = type_is_plain_enum(type);
    plain(e, plain_enum ? "switch (*value) {" : "switch (value->tag) {");
    for (uint32_t i = 0; i < decl->cases.len; i++) {
        const EnumCase *each = &decl->cases.at[i];
        const char *name = case_constant(e, each);
        if (name) open_line(e, "case $s:", name);
        else open_line(e, "case $i:", plain_enum ? each->number : (int64_t)i);
        put_constant(e, str_format(&e->scratch, "%s.%s", decl->name->text, each->name->text).at);
        put_fields_text(e, &each->fields, str_format(&e->scratch, "value->u.%s.", case_field(e, each)).at);
        plain(e, "break;");
        e->out->indent--;
    }
    plain(e, "default: break;");
    plain(e, "}");
}

/* The function that prints values of a type. */
static const char *need_put(Emitter *e, Type *type) {
    const char *name;
    if (!type_helper(e, type, TYPE_PUT, &name)) return name;
    Aside aside;
    aside_begin(e, &aside);
    open_line(e, has_instant(type) ? "static void $s(tr_sink *sink, const $t *value, const tr_rt *rt) {"
                                   : "static void $s(tr_sink *sink, const $t *value) {", name, type);
    switch (type->kind) {
    case TYPE_STRUCT:
        put_constant(e, type->structure->name->text);
        put_fields_text(e, &type->structure->fields, "value->");
        if (!type->structure->fields.len) put_constant(e, "()"), plain(e, "(void)value;");
        break;
    case TYPE_TUPLE: put_tuple(e, type); break;
    case TYPE_ENUM: put_cases(e, type); break;
    case TYPE_OPTIONAL: put_optional(e, type); break;
    default: put_items(e, type); break;
    }
    close_line(e, "}");
    put_text(e, "\n");
    aside_end(e, &aside, SECTION_HELPERS);
    return name;
}

/* ---- a value in a text ---- */

static bool has_format(const IrPart *part) { return part->width || part->kind || part->zero || part->precision >= 0; }

static void put_format(Emitter *e, const IrPart *part, const char *kind) {
    put(e, "(tr_format){$n, ", (uint32_t)part->width);
    if (part->kind) put(e, "'$s'", (const char[]){part->kind, 0});
    else put_text(e, kind);
    put(e, part->zero ? ", true, $i}" : ", false, $i}", (int64_t)part->precision);
}

static void put_number(Emitter *e, const char *sink, const IrPart *part) {
    const IrExpr *value = part->value;
    bool is_signed = type_is_signed(value->type);
    put(e, "tr_put_$s", is_signed ? "int" : "uint");
    if (!has_format(part)) {
        put(e, "($s, $x);", sink, value);
        return;
    }
    put(e, "_as($s, $x, ", sink, value);
    if (is_signed) put(e, "$n, ", type_bits(value->type));
    put_format(e, part, "0");
    put_text(e, ");");
}

static void put_text_value(Emitter *e, const char *sink, const IrPart *part) {
    put(e, has_format(part) ? "tr_put_str_as($s, " : "tr_put_str($s, ", sink);
    const IrExpr *value = part->value;
    if (value->type->kind == TYPE_STR_N) {
        IrExpr view = {.kind = IRX_SLICE, .line = value->line, .type = type_basic(e->types, TYPE_STR)};
        view.u.of.a = (IrExpr *)value;
        put_expr(e, &view);
    } else if (value->type->kind == TYPE_BOOL) {
        put(e, "$e ? TR_STR(\"true\") : TR_STR(\"false\")", value);
    } else {
        put_expr(e, value);
    }
    if (has_format(part)) {
        put_text(e, ", ");
        put_format(e, part, "0");
    }
    put_text(e, ");");
}

/* One statement that puts a value into `sink`, C text of a pointer. */
static void put_value(Emitter *e, const char *sink, const IrPart *part) {
    const IrExpr *value = part->value;
    Type *type = value->type;
    out_code(e->out);
    if (type_is_int(type)) {
        put_number(e, sink, part);
    } else if (type->kind == TYPE_STR || type->kind == TYPE_STR_N || (type->kind == TYPE_BOOL && has_format(part))) {
        put_text_value(e, sink, part);
    } else if (type->kind == TYPE_BOOL) {
        put(e, "tr_put_bool($s, $x);", sink, value);
    } else if (type_is_float(type)) {
        put(e, "tr_put_float($s, $x, ", sink, value);
        put_format(e, part, type->kind == TYPE_F32 ? "'s'" : "0");
        put_text(e, ");");
    } else if (type->kind == TYPE_DURATION) {
        put(e, "tr_put_duration($s, $x);", sink, value);
    } else if (type->kind == TYPE_INSTANT) {
        uses(e, USES_UPTIME);
        put(e, "tr_put_instant($s, $x, $a->rt.start);", sink, value);
    } else {
        bool is_leaf = type->kind == TYPE_LEAF;
        if (is_leaf) need(e, HELPER_PUT_LEAF);
        if (is_leaf) put(e, "@_put_leaf($s, ", sink);
        else put(e, "$s($s, ", need_put(e, type), sink);
        put_address(e, value);
        put(e, (is_leaf ? e->leaf_rt : has_instant(type)) ? ", $r);" : ");");
    }
    out_code_end(e->out);
}

/* ---- statements ---- */

static void put_literal(Emitter *e, const char *sink, Str text) {
    out_code(e->out);
    put(e, "tr_put_str($s, TR_STR(", sink);
    out_string(&e->out->text, text, true);
    put_text(e, "));");
    out_code_end(e->out);
}

/* Literals of C have a greatest length. */
static void put_constant_text(Emitter *e, const char *sink, Str text) {
    enum { PIECE = 1000 };
    while (text.len > PIECE) {
        put_literal(e, sink, (Str){text.at, PIECE});
        text = (Str){text.at + PIECE, text.len - PIECE};
    }
    if (text.len) put_literal(e, sink, text);
}

static void put_parts(Emitter *e, const char *sink, const IrPart *at, uint32_t len, bool newline) {
    for (uint32_t i = 0; i < len; i++) {
        if (at[i].value) {
            put_value(e, sink, &at[i]);
        } else if (newline && i + 1 == len) {
            put_constant_text(e, sink, str_format(&e->scratch, "%.*s\n", (int)at[i].text.len, at[i].text.at));
            newline = false;
        } else {
            put_constant_text(e, sink, at[i].text);
        }
    }
    if (newline) put_literal(e, sink, STR("\n"));
    e->out->joins = 0;             /* what follows begins a line of its own */
}

/* Text is added to a str[N]: a sink around the room that is left in it. */
static void print_into(Emitter *e, const IrStmt *stmt) {
    const IrExpr *into = stmt->u.print.into;
    uint32_t room = into->type->count;
    open_line(e, "{");
    line(e, "tr_sink out = {$p.at + $p.len, $nu - $p.len, 0, false, false};", into, into, room, into);
    put_parts(e, "&out", stmt->u.print.parts.at, stmt->u.print.parts.len, stmt->u.print.newline);
    line(e, "$p.len = ($s)($p.len + out.len);", into, count_type(room), into);
    if (stmt->u.print.fits) line(e, "$w = !out.full;", stmt->u.print.fits);
    else {
        out_code(e->out);
        put_text(e, "if (out.full) tr_panic(");
        put_where(e, stmt->line);
        put(e, ", \"the text is too long for str[$n]\");", room);
        out_code_end(e->out);
    }
    close_line(e, "}");
}

void emit_print(Emitter *e, const IrStmt *stmt) {
    if (stmt->u.print.into) {
        print_into(e, stmt);
        return;
    }
    need(e, stmt->u.print.error ? HELPER_ERROR_OUT : HELPER_OUT);
    const char *sink = str_format(&e->scratch, stmt->u.print.error ? "&%s_error_out" : "&%s_out", e->app).at;
    put_parts(e, sink, stmt->u.print.parts.at, stmt->u.print.parts.len, stmt->u.print.newline);
}

/* A message of several pieces goes out as it is put together. */
static void panic_with_parts(Emitter *e, const IrStmt *stmt) {
    out_code(e->out);
    put_text(e, "tr_sink out = tr_panic_begin(");
    put_where(e, stmt->line);
    put_text(e, ");");
    out_code_end(e->out);
    put_parts(e, "&out", stmt->u.check.parts.at, stmt->u.check.parts.len, false);
    line(e, "tr_panic_end(&out);");
}

void emit_check(Emitter *e, const IrStmt *stmt) {
    const IrExpr *cond = stmt->u.check.cond;
    bool is_simple = stmt->u.check.parts.len == 1 && !stmt->u.check.parts.at[0].value &&
                     stmt->u.check.parts.at[0].text.len < 1000;
    if (!is_simple) {
        if (cond) open_line(e, "if (!$e) {", cond);
        else open_line(e, "{");
        panic_with_parts(e, stmt);
        close_line(e, "}");
        return;
    }
    out_code(e->out);
    if (cond) put(e, "if (!$e) ", cond);
    put_text(e, "tr_panic(");
    put_where(e, stmt->line);
    put_text(e, ", ");
    out_string(&e->out->text, stmt->u.check.parts.at[0].text, true);
    put_text(e, ");");
    out_code_end(e->out);
}
