/* check_type: what written types mean, and where they may stand. */
#include "check.h"

/* ---- what may be kept where ---- */

static const char *holder_text(Holder holder) {
    static const char *const texts[] = {
        [HOLDER_FIELD] = "a field", [HOLDER_ELEMENT] = "an element", [HOLDER_ITEM] = "an item of a channel",
        [HOLDER_ERROR] = "a field of an error", [HOLDER_RESULT] = "a result", [HOLDER_PARAMETER] = "a parameter",
    };
    return texts[holder];
}

static void lend_instead(Checker *c, Diag *diag, Span span, const Type *type) {
    diag_fix(c->diags, diag, (Span){span.at, 0}, STR("&"), "lend it: `&%s`", type_text(c->types, type));
}

static bool is_view(const Type *type) { return type->kind == TYPE_REF || type->kind == TYPE_SLICE; }

bool check_holds(Checker *c, Holder holder, const Type *type, Span span) {
    const char *name = type_text(c->types, type), *place = holder_text(holder);
    if (is_wrong(type)) return true;
    if (is_view(type)) {
        if (holder == HOLDER_PARAMETER) return true;
        Diag *diag = diag_add(c->diags, CODE_E0223, span, "`%s` cannot be %s", name, place);
        diag_note(c->diags, diag,
                  "references and slices are parameters and local variables only: so what they refer to "
                                  "always outlives them");
        return false;
    }
    bool is_record = type->resource && (holder == HOLDER_FIELD || holder == HOLDER_ELEMENT);
    if (is_record && type->kind != TYPE_NURSERY && type->kind != TYPE_SCOPE && type->kind != TYPE_GROUP) return true;
    if (type->resource) {
        Diag *diag = diag_add(c->diags, CODE_E0223, span, "`%s` cannot be %s: it can be neither copied nor moved", name,
                              place);
        if (holder == HOLDER_PARAMETER) lend_instead(c, diag, span, type);
        return false;
    }
    if (type->handle && (holder == HOLDER_ERROR || holder == HOLDER_ITEM || holder == HOLDER_RESULT)) {
        Diag *diag = diag_add(c->diags, CODE_E0223, span, "`%s` cannot be %s", name, place);
        diag_note(c->diags, diag, "a handle stays inside the block that declares its channel");
        return false;
    }
    return true;
}

/* ---- names ---- */

static Type *contains_itself(Checker *c, const TypeExpr *written, Name name, Span declared, uint8_t *state) {
    if (*state == DECL_REPORTED) return c->error;
    *state = DECL_REPORTED;
    Diag *diag = diag_add(c->diags, CODE_E0222, written->span, "`%s` contains itself: a value would have no end",
                          name->text);
    diag_label(c->diags, diag, declared, "`%s` is declared here", name->text);
    diag_note(c->diags, diag, "keep the values in a list or an array, and refer to one by its index");
    return c->error;
}

static Type *type_of_struct(Checker *c, const TypeExpr *written, StructDecl *decl) {
    Type *type = type_struct(c->types, decl);
    if (c->at.behind) return type;
    bool is_open = decl->state == DECL_IN_PROGRESS || decl->state == DECL_REPORTED;
    if (is_open) return contains_itself(c, written, decl->name, decl->span, &decl->state);
    need_complete(c, type);
    return type;
}

static Type *type_of_enum(Checker *c, const TypeExpr *written, EnumDecl *decl) {
    Type *type = type_enum(c->types, decl);
    if (c->at.behind) return type;
    bool is_open = decl->state == DECL_IN_PROGRESS || decl->state == DECL_REPORTED;
    if (is_open) return contains_itself(c, written, decl->name, decl->span, &decl->state);
    need_complete(c, type);
    return type;
}

static void near_type_items(Near *near, const Scope *scope) {
    for (uint32_t i = 0; i < scope->capacity; i++) {
        const Item *item = scope->slots[i];
        if (item && (item->kind == ITEM_STRUCT || item->kind == ITEM_ENUM)) near_try(near, item->name);
    }
}

static Type *unknown_type(Checker *c, const TypeExpr *written) {
    Diag *diag = diag_add(c->diags, CODE_E0208, written->span, "there is no type `%s`", written->name->text);
    Near near = near_to(written->name);
    near_type_items(&near, c->at.module->scope);
    near_types(&near, c->builtins);
    if (near_fix(&near, c->diags, diag, written->span)) return c->error;
    static const struct { const char *name, *meant; } foreign[] = {
        {"int", "i32"}, {"uint", "u32"}, {"float", "f32"}, {"double", "f64"}, {"char", "u8"}, {"byte", "u8"},
        {"string", "str"}, {"String", "str"}, {"boolean", "bool"}, {"size_t", "usize"}, {"isize", "i64"},
    };
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
        if (!str_is(name_text(written->name), foreign[i].name)) continue;
        diag_fix(c->diags, diag, written->span, str_of(foreign[i].meant), "it is called `%s` here", foreign[i].meant);
    }
    return c->error;
}

static Type *no_type(Checker *c, const TypeExpr *written, const Item *item) {
    static const char *const what[] = {
        [ITEM_FN] = "a function", [ITEM_ERROR] = "an error", [ITEM_CONST] = "a constant",
        [ITEM_STATIC] = "a variable", [ITEM_IMPORT] = "a module", [ITEM_CHANNEL] = "a channel",
    };
    Diag *diag = diag_add(c->diags, CODE_E0208, written->span, "`%s` is %s, not a type", written->name->text,
                          what[item->kind]);
    if (item->span.len) diag_label(c->diags, diag, item->span, "`%s` is declared here", item->name->text);
    return c->error;
}

static Type *type_of_item(Checker *c, const TypeExpr *written, Item *item) {
    if (item->kind == ITEM_STRUCT) return type_of_struct(c, written, item->u.structure);
    if (item->kind == ITEM_ENUM) return type_of_enum(c, written, item->u.enumeration);
    return no_type(c, written, item);
}

/* radio.Frame */
static Type *type_in_module(Checker *c, const TypeExpr *written) {
    const Item *import = scope_find(c->at.module->scope, written->module);
    if (!import || import->kind != ITEM_IMPORT) {
        Diag *diag = diag_add(c->diags, CODE_E0208, written->span, "no module `%s` is imported here",
                              written->module->text);
        diag_note(c->diags, diag, "`import %s;` at the top of the file reads %s.tr", written->module->text,
                  written->module->text);
        return c->error;
    }
    if (!import->u.module) return c->error;
    Item *item = scope_find(import->u.module->scope, written->name);
    if (item && item->is_pub) return type_of_item(c, written, item);
    Diag *diag = diag_add(c->diags, CODE_E0208, written->span,
                          item ? "`%s` is not `pub` in `%s`" : "there is no `%s` in `%s`",
                          written->name->text, written->module->text);
    if (item) {
        diag_label(c->diags, diag, item->span, "`%s` is declared here", written->name->text);
        return c->error;
    }
    Near near = near_to(written->name);
    near_type_items(&near, import->u.module->scope);
    if (!near.best) return c->error;
    Str with = str_format(c->arena, "%s.%s", written->module->text, near.best->text);
    diag_fix(c->diags, diag, written->span, with, "did you mean `%s`?", with.at);
    return c->error;
}

static Type *type_of_name(Checker *c, const TypeExpr *written) {
    if (written->module) return type_in_module(c, written);
    const BuiltinName *builtin = builtin_name_find(c->builtins, written->name);
    if (builtin && builtin->type != TYPE_ERROR_TYPE) return type_basic(c->types, builtin->type);
    if (builtin && builtin->generic) {
        const char *example = builtin->generic == GENERIC_LIST ? "list<T, N>"
            : builtin->generic == GENERIC_ERRORS ? "Errors<E>" : builtin->generic == GENERIC_SENDER ? "Sender<T>"
            : "Receiver<T>";
        diag_add(c->diags, CODE_E0208, written->span, "`%s` is not complete: write `%s`", written->name->text, example);
        return c->error;
    }
    Item *item = scope_find(c->at.module->scope, written->name);
    if (!item && builtin) item = builtin->item;
    return item ? type_of_item(c, written, item) : unknown_type(c, written);
}

/* ---- types with parts ---- */

static bool check_arguments(Checker *c, const TypeExpr *written, uint32_t count, bool counted) {
    if (written->args.len == count && (written->count != NULL) == counted) return true;
    diag_add(c->diags, CODE_E0208, written->span, counted ? "`%s` has a type and a number: `list<T, N>`"
                                                          : "`%s` has one type as argument", written->name->text);
    return false;
}

static Type *type_of_handle(Checker *c, const TypeExpr *written, TypeKind kind) {
    if (!check_arguments(c, written, 1, false)) return c->error;
    c->at.behind++;
    Type *elem = check_type(c, written->elem);
    c->at.behind--;
    if (is_wrong(elem) || !check_holds(c, HOLDER_ITEM, elem, written->elem->span)) return c->error;
    return type_of_elem(c->types, kind, elem, false);
}

static Type *type_of_list(Checker *c, const TypeExpr *written) {
    uint32_t count;
    if (!check_arguments(c, written, 1, true)) return c->error;
    Type *elem = check_type(c, written->elem);
    if (!check_count(c, written->count, 1, "the size of a list", &count) || is_wrong(elem)) return c->error;
    if (elem->resource) {
        diag_add(c->diags, CODE_E0223, written->elem->span,
                 "`%s` cannot be an element of a list: it stays where it is made",
                 type_text(c->types, elem));
        return c->error;
    }
    if (!check_holds(c, HOLDER_ELEMENT, elem, written->elem->span)) return c->error;
    return type_counted(c->types, TYPE_LIST, elem, count);
}

static ErrorDecl *error_named(Checker *c, const TypeExpr *written) {
    const BuiltinName *builtin = builtin_name_find(c->builtins, written->name);
    const Item *item = builtin && builtin->item ? builtin->item : scope_find(c->at.module->scope, written->name);
    if (item && item->kind == ITEM_ERROR) return item->u.error;
    diag_add(c->diags, CODE_E0208, written->span, "there is no error `%s`", written->name->text);
    return NULL;
}

static Type *type_of_group(Checker *c, const TypeExpr *written) {
    struct { ErrorDecl **at; uint32_t len, capacity; } errors = {0};
    for (uint32_t i = 0; i < written->args.len; i++) {
        const TypeExpr *arg = written->args.at[i];
        ErrorDecl *error = arg->kind == TYPE_EXPR_NAME ? error_named(c, arg) : NULL;
        if (!error) return c->error;
        vec_push(c->arena, &errors, error);
    }
    return type_errors(c->types, TYPE_GROUP, errors.at, errors.len);
}

static Type *type_of_apply(Checker *c, const TypeExpr *written) {
    const BuiltinName *builtin = builtin_name_find(c->builtins, written->name);
    switch (builtin ? builtin->generic : GENERIC_NONE) {
    case GENERIC_SENDER: return type_of_handle(c, written, TYPE_SENDER);
    case GENERIC_RECEIVER: return type_of_handle(c, written, TYPE_RECEIVER);
    case GENERIC_LIST: return type_of_list(c, written);
    case GENERIC_ERRORS: return type_of_group(c, written);
    case GENERIC_NONE: break;
    }
    diag_add(c->diags, CODE_E0208, written->span,
             "`%s` is no type with arguments: there are `Sender<T>`, `Receiver<T>`, "
             "`list<T, N>` and `Errors<E>`", written->name->text);
    return c->error;
}

static Type *type_of_array(Checker *c, const TypeExpr *written) {
    uint32_t count;
    Type *elem = check_type(c, written->elem);
    if (!check_count(c, written->count, 1, "the size of an array", &count) || is_wrong(elem)) return c->error;
    if (!check_holds(c, HOLDER_ELEMENT, elem, written->elem->span)) return c->error;
    return type_counted(c->types, TYPE_ARRAY, elem, count);
}

/* &T and []T: what is behind them may be incomplete. */
static Type *type_of_view(Checker *c, const TypeExpr *written, TypeKind kind) {
    c->at.behind++;
    Type *elem = check_type(c, written->elem);
    c->at.behind--;
    if (is_wrong(elem)) return elem;
    if (is_view(elem)) {
        diag_add(c->diags, CODE_E0223, written->span, "`%s` is a reference already", type_text(c->types, elem));
        return c->error;
    }
    return type_of_elem(c->types, kind, elem, written->mut);
}

static Type *type_of_optional(Checker *c, const TypeExpr *written) {
    Type *elem = check_type(c, written->elem);
    if (is_wrong(elem)) return elem;
    if (elem->kind == TYPE_OPTIONAL || elem->resource) {
        diag_add(c->diags, CODE_E0223, written->span, "`%s` cannot be optional", type_text(c->types, elem));
        return c->error;
    }
    if (!check_holds(c, HOLDER_ELEMENT, elem, written->elem->span)) return c->error;
    return type_of_elem(c->types, TYPE_OPTIONAL, elem, false);
}

static Type *type_of_tuple(Checker *c, const TypeExpr *written) {
    Type **items = arena_array(c->arena, Type *, written->args.len);
    for (uint32_t i = 0; i < written->args.len; i++) {
        items[i] = check_type(c, written->args.at[i]);
        if (is_wrong(items[i]) || !check_holds(c, HOLDER_ELEMENT, items[i], written->args.at[i]->span)) return c->error;
    }
    return type_tuple(c->types, items, written->args.len);
}

static Type *type_of_kind(Checker *c, const TypeExpr *written) {
    uint32_t count;
    switch (written->kind) {
    case TYPE_EXPR_NAME: return type_of_name(c, written);
    case TYPE_EXPR_APPLY: return type_of_apply(c, written);
    case TYPE_EXPR_STR:
        if (!check_count(c, written->count, 1, "the size of a `str`", &count)) return c->error;
        return type_counted(c->types, TYPE_STR_N, NULL, count);
    case TYPE_EXPR_ARRAY: return type_of_array(c, written);
    case TYPE_EXPR_SLICE: return type_of_view(c, written, TYPE_SLICE);
    case TYPE_EXPR_REF: return type_of_view(c, written, TYPE_REF);
    case TYPE_EXPR_OPTIONAL: return type_of_optional(c, written);
    case TYPE_EXPR_TUPLE: return type_of_tuple(c, written);
    case TYPE_EXPR_WRONG: break;
    }
    return c->error;
}

Type *check_type(Checker *c, TypeExpr *written) {
    if (!written->type) written->type = type_of_kind(c, written);
    return written->type;
}
