/* emit_make: values made of parts: structs, arrays, enums, optionals, texts, and the constants that consist of them. */
#include "emit_internal.h"

/* All its bytes may be zero. */
static bool is_zero(const IrExpr *expr) {
    switch ((IrExprKind)expr->kind) {
    case IRX_INT: return expr->u.integer == 0 && expr->type->kind != TYPE_ENUM;
    case IRX_NONE: return true;
    case IRX_STRUCT: case IRX_ARRAY:
        for (uint32_t i = 0; i < expr->u.make.items.len; i++) if (!is_zero(expr->u.make.items.at[i])) return false;
        return true;
    case IRX_REPEAT: return !expr->u.repeat.value || !expr->u.repeat.count || is_zero(expr->u.repeat.value);
    default: return false;
    }
}

/* ---- inside braces ---- */

static void put_zero(Emitter *e, const Type *type);

static void put_zero_fields(Emitter *e, const FieldList *fields) {
    put_text(e, "{");
    for (uint32_t i = 0; i < fields->len; i++) {
        if (i) put_text(e, ", ");
        put_zero(e, fields->at[i].type);
    }
    put_text(e, fields->len ? "}" : "0}");
}

/* {0} is enough in C, but compilers warn of it inside other braces. */
static void put_zero(Emitter *e, const Type *type) {
    switch (type->kind) {
    case TYPE_STR: case TYPE_SLICE: put_text(e, "{NULL, 0}"); break;
    case TYPE_STR_N: put_text(e, "{0, \"\"}"); break;
    case TYPE_ARRAY: case TYPE_LIST:
        put_text(e, "{{");
        put_zero(e, type->elem);
        put_text(e, type->kind == TYPE_LIST ? "}, 0}" : "}}");
        break;
    case TYPE_OPTIONAL:
        put_text(e, "{");
        put_zero(e, type->elem);
        put_text(e, ", false}");
        break;
    case TYPE_STRUCT: put_zero_fields(e, &type->structure->fields); break;
    case TYPE_TUPLE:
        for (uint32_t i = 0; i < type->items.len; i++) {
            put_text(e, i ? ", " : "{");
            put_zero(e, type->items.at[i]);
        }
        put_text(e, "}");
        break;
    case TYPE_ENUM: put_text(e, type_is_plain_enum(type) ? "0" : "{.tag = 0}"); break;
    case TYPE_REF: case TYPE_SENDER: case TYPE_RECEIVER: put_text(e, "NULL"); break;
    default: put_text(e, type->kind == TYPE_BOOL ? "false" : "0"); break;
    }
}

static void put_items(Emitter *e, const IrExprList *items) {
    for (uint32_t i = 0; i < items->len; i++) {
        if (i) put_text(e, ", ");
        put_initialiser(e, items->at[i]);
    }
}

static void put_case(Emitter *e, const IrExpr *expr) {
    const EnumCase *made = expr->u.make.enum_case;
    const char *name = case_constant(e, made);
    if (name) put(e, "{.tag = $s", name);
    else put(e, "{.tag = $n", made->index);
    if (made->fields.len) {
        put(e, ", .u.$s = {", case_field(e, made));
        put_items(e, &expr->u.make.items);
        put_text(e, "}");
    }
    put_text(e, "}");
}

static void put_array(Emitter *e, const IrExpr *expr) {
    const IrExprList *items = &expr->u.make.items;
    put_text(e, "{{");
    put_items(e, items);
    put_text(e, "}");
    if (expr->type->kind == TYPE_LIST) put(e, ", $n", items->len);
    put_text(e, "}");
}

static void put_copies(Emitter *e, const IrExpr *expr) {
    put_text(e, "{{");
    for (uint32_t i = 0; i < expr->u.repeat.count; i++) {
        if (i) put_text(e, ", ");
        put_initialiser(e, expr->u.repeat.value);
    }
    put_text(e, "}");
    if (expr->type->kind == TYPE_LIST) put(e, ", $n", expr->u.repeat.count);
    put_text(e, "}");
}

/* The bytes of a text in place: a literal would not do, as some compilers warn where no room is left for its end. */
static void put_letters(Emitter *e, Str text) {
    put_text(e, "{");
    for (size_t i = 0; i < text.len; i++) put(e, i ? ", $i" : "$i", (int64_t)(char)text.at[i]);
    put_text(e, text.len ? "}" : "0}");
}

static void put_text_value(Emitter *e, const IrExpr *expr) {
    bool is_inline = expr->type->kind == TYPE_STR_N;
    put_text(e, "{");
    if (is_inline) put(e, "$n, ", (uint32_t)expr->u.text.len);
    if (expr->kind == IRX_BYTES) put_text(e, "(uint8_t *)");
    if (is_inline && expr->u.text.len >= expr->type->count) put_letters(e, expr->u.text);
    else put_string(e, expr->u.text, expr->kind == IRX_STR);
    if (!is_inline) put(e, ", $n", (uint32_t)expr->u.text.len);
    put_text(e, "}");
}

/* Printed as (T){first, len}, of which the braces are wanted. */
static void put_slice_value(Emitter *e, const IrExpr *expr) {
    Buf *text = &e->out->text;
    size_t start = text->len;
    put_expr(e, expr);
    char *brace = memchr(text->at + start, '{', text->len - start);
    size_t rest = (size_t)(text->at + text->len - brace);
    memmove(text->at + start, brace, rest);
    text->len = start + rest;
}

static void put_whole(Emitter *e, const IrExpr *expr) {
    if (is_zero(expr)) put_zero(e, expr->type);
    else if (expr->kind == IRX_ARRAY) put_array(e, expr);
    else if (expr->kind == IRX_REPEAT) put_copies(e, expr);
    else {
        put_text(e, "{");
        put_items(e, &expr->u.make.items);
        put_text(e, "}");
    }
}

/* What stands for `expr` in the braces of an initialiser: of constant parts, a constant. */
void put_initialiser(Emitter *e, const IrExpr *expr) {
    switch ((IrExprKind)expr->kind) {
    case IRX_STR: case IRX_BYTES: put_text_value(e, expr); break;
    case IRX_NONE: put_zero(e, expr->type); break;
    case IRX_SOME:
        put_text(e, "{");
        put_initialiser(e, expr->u.of.a);
        put_text(e, ", true}");
        break;
    case IRX_STRUCT: case IRX_ARRAY: case IRX_REPEAT: put_whole(e, expr); break;
    case IRX_CASE:
        if (type_is_plain_enum(expr->type)) put_int(e, expr->type, (uint64_t)expr->u.make.enum_case->number);
        else put_case(e, expr);
        break;
    case IRX_GLOBAL:
        if (expr->u.global->is_static || is_scalar(expr->type)) put_expr(e, expr);
        else put_initialiser(e, expr->u.global->value);
        break;
    case IRX_SLICE:
        if (expr->u.of.b || expr->u.of.c) put_expr(e, expr);
        else put_slice_value(e, expr);
        break;
    default: put_expr(e, expr); break;
    }
}

/* ---- as an expression ---- */

/* [v; N] of many elements is made by a loop. */
bool fills_by_loop(const IrExpr *repeat) {
    enum { COPIES_MAX = 16 };
    if (repeat->kind != IRX_REPEAT || !repeat->u.repeat.value) return false;
    return repeat->u.repeat.count > COPIES_MAX && !is_zero(repeat);
}

/* A function that gives an array of equal elements. */
static const char *need_fill(Emitter *e, Type *type) {
    const char *name;
    if (!type_helper(e, type, TYPE_FILL, &name)) return name;
    Aside aside;
    aside_begin(e, &aside);
    put(e, "static $t $s(", type, name);
    put_declared(e, type_c(e, type->elem), "value) {\n");
    plain(e, "    $t all;", type);
    plain(e, "    for (size_t each = 0; each < $nu; each++) all.at[each] = value;", type->count);
    if (type->kind == TYPE_LIST) plain(e, "    all.len = $nu;", type->count);
    plain(e, "    return all;");
    put_text(e, "}\n\n");
    aside_end(e, &aside, SECTION_HELPERS);
    return name;
}

void put_make(Emitter *e, const IrExpr *expr) {
    if (expr->kind == IRX_STR && expr->type->kind == TYPE_STR && expr->u.text.len < 4000) {
        put_text(e, "TR_STR(");
        put_string(e, expr->u.text, true);
        put_text(e, ")");
    } else if (expr->kind == IRX_CASE && type_is_plain_enum(expr->type)) {
        put_int(e, expr->type, (uint64_t)expr->u.make.enum_case->number);
    } else if (fills_by_loop(expr)) {
        put(e, "$s($x)", need_fill(e, expr->type), expr->u.repeat.value);
    } else {
        put(e, "($t)", expr->type);
        if (is_zero(expr)) put_text(e, "{0}");
        else put_initialiser(e, expr);
    }
}

/* ---- constants and statics ---- */

static uint32_t index_of(const Emitter *e, const IrGlobal *global) {
    uint32_t index = 0;
    while (e->ir->globals.at[index] != global) index++;
    return index;
}

/* Constants lie in flash, each if it is used. */
static const char *need_constant(Emitter *e, const IrGlobal *global) {
    const char **name = &e->constants[index_of(e, global)];
    if (*name) return *name;
    *name = reserve(e, "%s_%s", global->name);
    type_c(e, global->type);
    Aside aside;
    aside_begin(e, &aside);
    put(e, "static const $t $s = ", global->type, *name);
    put_initialiser(e, global->value);
    put_text(e, ";\n");
    aside_end(e, &aside, SECTION_CONSTANTS);
    return *name;
}

void put_global(Emitter *e, const IrGlobal *global) {
    if (global->is_static) put(e, "$a->statics.$s", static_name(e, global));
    else put_text(e, need_constant(e, global));
}

void emit_statics(Emitter *e) {
    for (uint32_t i = 0; i < e->ir->globals.len; i++) {
        const IrGlobal *global = e->ir->globals.at[i];
        if (!global->is_static || !global->value) continue;
        put(e, "    app->statics.$s = $x;\n", static_name(e, global), global->value);
    }
    if (e->ir->init) plain(e, "$f(app);", e->ir->init);
}
