/* emit_list: what lists and inline strings can do. Each operation on a type is a function, written when needed. */
#include "emit_internal.h"

/* The type that `pointer` points to. */
static Type *pointed(const IrExpr *pointer) {
    return pointer->kind == IRX_ADDRESS ? pointer->u.of.a->type : pointer->type->elem;
}

/* ---- list ---- */

static const char *need_push(Emitter *e, Type *type) {
    const char *name;
    if (!type_helper(e, type, TYPE_PUSH, &name)) return name;
    Aside aside;
    aside_begin(e, &aside);
    put(e, "static bool $s($t *list, ", name, type);
    put_declared(e, type_c(e, type->elem), "item) {\n");
    plain(e, "    if (list->len == $nu) return false;", type->count);
    plain(e, "    list->at[list->len++] = item;");
    plain(e, "    return true;");
    put_text(e, "}\n\n");
    aside_end(e, &aside, SECTION_HELPERS);
    return name;
}

static const char *need_pop(Emitter *e, Type *type, Type *optional) {
    const char *name;
    type_c(e, optional);
    if (!type_helper(e, type, TYPE_POP, &name)) return name;
    Aside aside;
    aside_begin(e, &aside);
    put(e, "static $t $s($t *list) {\n", optional, name, type);
    plain(e, "    if (!list->len) return ($t){0};", optional);
    plain(e, "    return ($t){list->at[--list->len], true};", optional);
    put_text(e, "}\n\n");
    aside_end(e, &aside, SECTION_HELPERS);
    return name;
}

static const char *need_remove(Emitter *e, Type *type) {
    const char *name;
    if (!type_helper(e, type, TYPE_REMOVE, &name)) return name;
    Aside aside;
    aside_begin(e, &aside);
    put_text(e, "static ");
    put_declared(e, type_c(e, type->elem), name);
    put(e, "($t *list, size_t index) {\n", type);
    plain(e, "    $t item = list->at[index];", type->elem);
    plain(e, "    list->len--;");
    plain(e, "    for (; index < list->len; index++) list->at[index] = list->at[index + 1];");
    plain(e, "    return item;");
    put_text(e, "}\n\n");
    aside_end(e, &aside, SECTION_HELPERS);
    return name;
}

/* list.remove(i): the index is checked as that of an element. */
static void put_remove(Emitter *e, const IrExpr *expr) {
    const IrExpr *pointer = expr->u.built.items.at[0], *index = expr->u.built.items.at[1];
    IrExpr list = {.kind = IRX_DEREF, .type = pointed(pointer), .u.of.a = (IrExpr *)pointer};
    IrExpr element = {.kind = IRX_INDEX, .line = expr->line, .type = list.type->elem};
    element.u.of.a = &list;
    element.u.of.b = (IrExpr *)index;
    put(e, "$s($o, ", need_remove(e, list.type), pointer);
    put_index(e, &element);
    put_text(e, ")");
}

void put_list_op(Emitter *e, const IrExpr *expr) {
    const IrExprList *items = &expr->u.built.items;
    const IrExpr *list = items->at[0];
    switch ((IrOp)expr->irop) {
    case IROP_LIST_PUSH: put(e, "$s($o, $x)", need_push(e, pointed(list)), list, items->at[1]); break;
    case IROP_LIST_POP: put(e, "$s($o)", need_pop(e, pointed(list), expr->type), list); break;
    case IROP_LIST_REMOVE: put_remove(e, expr); break;
    default:
        put_arrow(e, list);
        put_text(e, "len = 0");
        break;
    }
}

/* ---- str[N] ---- */

static const char *need_str_push(Emitter *e, Type *type, bool byte) {
    const char *name;
    if (!type_helper(e, type, byte ? TYPE_PUSH_BYTE : TYPE_PUSH, &name)) return name;
    const char *count = count_type(type->count);
    Aside aside;
    aside_begin(e, &aside);
    put(e, "static bool $s($t *to, $s) {\n", name, type, byte ? "uint8_t byte" : "tr_str text");
    if (byte) {
        plain(e, "    if (to->len == $nu) return false;", type->count);
        plain(e, "    to->at[to->len++] = (char)byte;");
    } else {
        plain(e, "    if (text.len > $nu - to->len) return false;", type->count);
        plain(e, "    if (text.len) memmove(to->at + to->len, text.at, text.len);");
        plain(e, "    to->len = ($s)(to->len + text.len);", count);
    }
    plain(e, "    return true;");
    put_text(e, "}\n\n");
    aside_end(e, &aside, SECTION_HELPERS);
    return name;
}

/* An assignment; the text may lie in the string itself. */
static const char *need_store(Emitter *e, Type *type) {
    const char *name;
    if (!type_helper(e, type, TYPE_STORE, &name)) return name;
    Aside aside;
    aside_begin(e, &aside);
    put(e, "static void $s($t *to, tr_str text, const char *file, uint32_t line) {\n", name, type);
    plain(e, "    if (text.len > $nu) tr_panic(file, line, \"the text is too long for str[$n]\");", type->count,
          type->count);
    plain(e, "    if (text.len) memmove(to->at, text.at, text.len);");
    plain(e, "    to->len = ($s)text.len;", count_type(type->count));
    put_text(e, "}\n\n");
    aside_end(e, &aside, SECTION_HELPERS);
    return name;
}

void put_str_op(Emitter *e, const IrExpr *expr) {
    const IrExprList *items = &expr->u.built.items;
    const IrExpr *text = items->at[0];
    switch ((IrOp)expr->irop) {
    case IROP_STR_PUSH: {
        bool byte = items->at[1]->type->kind != TYPE_STR;
        put(e, "$s($o, $x)", need_str_push(e, pointed(text), byte), text, items->at[1]);
        break;
    }
    case IROP_STR_STORE: put(e, "$s($o, $x, $l)", need_store(e, pointed(text)), text, items->at[1], expr); break;
    case IROP_STR_BYTES:
        type_c(e, expr->type);
        need(e, HELPER_STR_BYTES);
        put(e, "@_str_bytes($x)", text);
        break;
    case IROP_STR_FROM:
        type_c(e, text->type);
        type_c(e, expr->type);
        need(e, HELPER_STR_FROM);
        put(e, "@_str_from($x)", text);
        break;
    default:
        put_arrow(e, text);
        put_text(e, "len = 0");
        break;
    }
}
