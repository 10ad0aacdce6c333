/* check_field: what stands behind a dot, without a call. */
#include "check.h"

/* ---- what is not there ---- */

static const FieldList *fields_of(const Type *type) {
    if (type->kind == TYPE_STRUCT) return &type->structure->fields;
    return type->kind == TYPE_LEAF && type->errors.len ? &type->errors.at[0]->fields : NULL;
}

/* What it is called in other languages, or what the other end of a channel has. */
static bool advise_other_name(Checker *c, Diag *diag, const Expr *field, const Type *type) {
    static const struct { const char *name; Builtin meant; } names[] = {
        {"length", BUILTIN_FIELD_LEN}, {"size", BUILTIN_FIELD_LEN}, {"count", BUILTIN_FIELD_LEN},
        {"append", BUILTIN_PUSH}, {"add", BUILTIN_PUSH}, {"insert", BUILTIN_PUSH}, {"put", BUILTIN_SEND},
        {"recv", BUILTIN_RECEIVE}, {"get", BUILTIN_RECEIVE}, {"lock", BUILTIN_ACQUIRE}, {"unlock", BUILTIN_RELEASE},
        {"spawn", BUILTIN_START_SOON}, {"notify", BUILTIN_EVENT_SET}, {"trigger", BUILTIN_EVENT_SET},
    };
    Name name = field->u.field.name;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!str_is(name_text(name), names[i].name) || !owner_has(builtin_owner(names[i].meant), type)) continue;
        const char *meant = builtin_name(names[i].meant);
        diag_fix(c->diags, diag, field->u.field.name_span, str_of(meant), "it is called `%s` here", meant);
        return true;
    }
    TypeKind other = type->kind == TYPE_SENDER ? TYPE_RECEIVER : TYPE_SENDER;
    if (type->kind != TYPE_SENDER && type->kind != TYPE_RECEIVER) return false;
    Type *other_end = type_of_elem(c->types, other, type->elem, false);
    if (builtin_method(c->builtins, other_end, name) == BUILTIN_NONE) return false;
    diag_note(c->diags, diag, "`%s` has it: the other handle of the channel", type_text(c->types, other_end));
    return true;
}

void unknown_member(Checker *c, const Expr *field, const Type *type) {
    const char *name = field->u.field.name->text;
    Span span = field->u.field.name_span;
    Diag *diag = diag_add(c->diags, CODE_E0207, span, "%s has no `%s`", type_name_of(c, type), name);
    if (type->kind == TYPE_OPTIONAL) {
        diag_note(c->diags, diag, "it may be `none`: use `if let x = ... { }`, or `... ?? other`");
        return;
    }
    Near near = near_to(field->u.field.name);
    const FieldList *fields = fields_of(type);
    if (fields) near_fields(&near, fields);
    near_members(&near, c->builtins, type);
    if (near_fix(&near, c->diags, diag, span) || advise_other_name(c, diag, field, type)) return;
    if (type->kind == TYPE_STRUCT) {
        diag_label(c->diags, diag, type->structure->span, "`%s` is declared here", type->structure->name->text);
    }
}

/* ---- cases of enums ---- */

static EnumCase *find_case(const EnumDecl *decl, Name name) {
    for (uint32_t i = 0; i < decl->cases.len; i++) {
        if (decl->cases.at[i].name == name) return &decl->cases.at[i];
    }
    return NULL;
}

EnumCase *check_case_name(Checker *c, Expr *field, EnumDecl *decl) {
    Type *type = type_enum(c->types, decl);
    need_complete(c, type);
    field->u.field.index = -1;
    EnumCase *enum_case = find_case(decl, field->u.field.name);
    if (enum_case) return enum_case;
    Diag *diag = diag_add(c->diags, CODE_E0207, field->u.field.name_span, "`%s` has no case `%s`", decl->name->text,
                          field->u.field.name->text);
    Near near = near_to(field->u.field.name);
    for (uint32_t i = 0; i < decl->cases.len; i++) near_try(&near, decl->cases.at[i].name);
    if (!near_fix(&near, c->diags, diag, field->u.field.name_span)) {
        diag_label(c->diags, diag, decl->span, "`%s` is declared here", decl->name->text);
    }
    return NULL;
}

static Type *check_case(Checker *c, Expr *expr, EnumDecl *decl) {
    EnumCase *enum_case = check_case_name(c, expr, decl);
    if (!enum_case) return c->error;
    unsigned count = enum_case->fields.len;
    if (count) {
        Diag *diag = diag_add(c->diags, CODE_E0209, expr->span, "`%s.%s` carries %u value%s", decl->name->text,
                              enum_case->name->text, count, count == 1 ? "" : "s");
        diag_label(c->diags, diag, enum_case->span, "`%s` is declared here", enum_case->name->text);
        return c->error;
    }
    expr->u.field.enum_case = enum_case;
    return decl->type;
}

/* ---- fields ---- */

static Type *plain_field(Expr *expr, const FieldList *fields) {
    for (uint32_t i = 0; i < fields->len; i++) {
        if (fields->at[i].name != expr->u.field.name) continue;
        expr->u.field.index = (int16_t)i;
        return fields->at[i].type;
    }
    return NULL;
}

/* A field that all kinds of errors of a leaf have, with one type. */
static Type *leaf_field(Checker *c, Expr *expr, const Type *leaf) {
    Type *type = NULL;
    for (uint32_t i = leaf->errors.len; i-- > 0;) {
        need_error_fields(c, leaf->errors.at[i]);
        Type *found = plain_field(expr, &leaf->errors.at[i]->fields);
        if (!found || (type && type != found)) return NULL;
        type = found;
    }
    return type;
}

static Type *statistics_field(Checker *c, Expr *expr) {
    static const char *const names[] = {
        "buffered", "capacity", "senders", "receivers", "waiting_senders", "waiting_receivers",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!str_is(name_text(expr->u.field.name), names[i])) continue;
        expr->u.field.index = (int16_t)i;
        return c->usize;
    }
    return NULL;
}

static Type *field_of_type(Checker *c, Expr *expr, Type *of) {
    switch (of->kind) {
    case TYPE_STRUCT:
        need_complete(c, of);
        return plain_field(expr, &of->structure->fields);
    case TYPE_LEAF: return leaf_field(c, expr, of);
    case TYPE_STATISTICS: return statistics_field(c, expr);
    default: return NULL;
    }
}

static Type *builtin_field(Checker *c, Expr *expr, Type *of, Builtin builtin) {
    expr->u.field.builtin = (uint16_t)builtin;
    switch (builtin) {
    case BUILTIN_FIELD_LEN:
        if (of->kind == TYPE_ARRAY && storage_of(expr->u.field.of).is_place) {
            set_integer(c, expr, (Integer){false, of->count}, c->usize);
        }
        return c->usize;
    case BUILTIN_FIELD_CANCEL_SCOPE: return type_basic(c->types, TYPE_SCOPE);
    case BUILTIN_FIELD_CANCEL_CALLED: case BUILTIN_FIELD_CANCELLED_CAUGHT: case BUILTIN_FIELD_STOPPING: case BUILTIN_FIELD_SHIELD:
    case BUILTIN_FIELD_IS_DONE:
        return c->boolean;
    case BUILTIN_FIELD_DEADLINE: case BUILTIN_FIELD_CANCELLED_AT: return c->instant;
    case BUILTIN_FIELD_CANCEL_REASON: {
        Type *reason = type_enum(c->types, c->program->cancel_reason);
        need_complete(c, reason);
        return reason;
    }
    case BUILTIN_FIELD_VALUE: case BUILTIN_FIELD_TOTAL_TOKENS: case BUILTIN_FIELD_BORROWED_TOKENS:
    case BUILTIN_FIELD_AVAILABLE_TOKENS:
        return c->i32;
    case BUILTIN_FIELD_ERROR_NAME: case BUILTIN_FIELD_ERROR_WHERE: return c->str;
    default: return c->error;
    }
}

static Type *member(Checker *c, Expr *expr, Type *of) {
    Type *type = field_of_type(c, expr, of);
    if (type) return type;
    expr->u.field.index = -1;
    Builtin builtin = builtin_method(c->builtins, of, expr->u.field.name);
    if (builtin == BUILTIN_NONE) {
        unknown_member(c, expr, of);
        return c->error;
    }
    if (builtin_is_field(builtin)) return builtin_field(c, expr, of, builtin);
    Diag *diag = diag_add(c->diags, CODE_E0211, expr->u.field.name_span, "`%s` is a method, not a value",
                          expr->u.field.name->text);
    diag_fix(c->diags, diag, (Span){expr->span.at + expr->span.len, 0}, STR("()"), "call it: `%s(...)`",
             expr->u.field.name->text);
    return c->error;
}

/* static channel<T>(N) name;   name.tx   name.rx */
static Type *channel_end(Checker *c, Expr *expr, Item *item) {
    need_channel(c, item);
    Type *ends = item->u.channel.var->type;
    expr->u.field.of->type = ends;
    if (is_wrong(ends)) return ends;
    for (int16_t i = 0; i < 2; i++) {
        if (!str_is(name_text(expr->u.field.name), i ? "rx" : "tx")) continue;
        expr->u.field.index = i;
        return ends->items.at[i];
    }
    diag_add(c->diags, CODE_E0207, expr->u.field.name_span, "the handles of `%s` are `%s.tx` and `%s.rx`",
             item->name->text,
             item->name->text, item->name->text);
    return c->error;
}

Type *check_field(Checker *c, Expr *expr) {
    if (become_name(expr)) return check_item_name(c, expr, expr->u.name.item);
    Expr *of = expr->u.field.of;
    become_name(of);
    Item *item = item_named(of);
    expr->u.field.index = -1;
    if (item && item->kind == ITEM_IMPORT) return c->error;  /* resolve has said what is wrong */
    if (item && item->kind == ITEM_ENUM) {
        of->type = type_enum(c->types, item->u.enumeration);
        return check_case(c, expr, item->u.enumeration);
    }
    if (item && item->kind == ITEM_CHANNEL) return channel_end(c, expr, item);
    Type *type = check_value(c, of, NULL);
    return is_wrong(type) ? type : member(c, expr, type_behind(type));
}
