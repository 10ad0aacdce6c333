/* check_decl: the fields of structs, enums and errors, and the numbers of cases. */
#include "check.h"

/* ---- fields ---- */

enum { FIELDS_MAX = 1000, CASES_MAX = 10000 };

static void check_fields(Checker *c, const FieldList *fields, Holder holder) {
    if (fields->len > FIELDS_MAX) {
        diag_add(c->diags, CODE_E0223, fields->at[FIELDS_MAX].span, "more than %d fields", FIELDS_MAX);
    }
    for (uint32_t i = 0; i < fields->len; i++) {
        Field *field = &fields->at[i];
        if (field->type) continue;
        Span span = field->written->span;
        field->type = check_type(c, field->written);
        if (!check_holds(c, holder, field->type, span)) field->type = c->error;
    }
}

static void check_unique_fields(Checker *c, const FieldList *fields) {
    for (uint32_t i = 1; i < fields->len && i < FIELDS_MAX; i++) {
        const Field *field = &fields->at[i];
        for (uint32_t k = 0; k < i; k++) {
            if (fields->at[k].name != field->name) continue;
            Diag *diag = diag_add(c->diags, CODE_E0202, field->span, "field `%s` is declared twice", field->name->text);
            diag_label(c->diags, diag, fields->at[k].span, "`%s` is declared here first", field->name->text);
            break;
        }
    }
}

/* Types that hold one another, the last one declared last. */
static bool is_too_long(Checker *c, Span span) {
    if (c->chain < CHAIN_MAX) return false;
    Diag *diag = diag_add(c->diags, CODE_E0223, span, "more than %d types hold one another here", CHAIN_MAX);
    diag_note(c->diags, diag, "declare what is used before what uses it");
    return true;
}

static void forget_fields(Checker *c, const FieldList *fields) {
    for (uint32_t i = 0; i < fields->len; i++) fields->at[i].type = c->error;
}

static Context chain_enter(Checker *c, Module *module) {
    c->chain++;
    return context_enter(c, module, NULL);
}

static void chain_leave(Checker *c, Context old) {
    context_leave(c, old);
    c->chain--;
}

static void complete_struct(Checker *c, StructDecl *decl) {
    if (decl->state != DECL_UNSEEN) return;
    decl->state = DECL_IN_PROGRESS;
    if (is_too_long(c, decl->span)) forget_fields(c, &decl->fields);
    Context old = chain_enter(c, decl->module);
    check_unique_fields(c, &decl->fields);
    check_fields(c, &decl->fields, HOLDER_FIELD);
    chain_leave(c, old);
    decl->state = DECL_DONE;
    type_complete(c->types, type_struct(c->types, decl));
}

/* ---- enums ---- */

static Type *base_of(Checker *c, const EnumDecl *decl) {
    if (!decl->base) return c->i64;
    Type *base = check_type(c, decl->base);
    if (type_is_int(base) || is_wrong(base)) return base;
    diag_add(c->diags, CODE_E0203, decl->base->span, "the numbers of an enum are of an integer type, not `%s`",
             type_text(c->types, base));
    return c->error;
}

static void number_case(Checker *c, EnumCase *enum_case, int64_t next, Type *base) {
    const EnumDecl *decl = enum_case->owner;
    enum_case->number = next;
    if (enum_case->value) {
        if (check_constant(c, enum_case->value, (Wanted){.type = base}, "the number of a case")) {
            enum_case->number = (int64_t)enum_case->value->u.integer;
        }
    } else if (decl->base && !is_wrong(base)) {
        Integer number = integer_of((uint64_t)next, c->i64);
        if (!integer_fits(number, base)) does_not_fit(c, enum_case->span, number, base);
    }
    for (uint32_t i = 0; i < enum_case->index; i++) {
        const EnumCase *other = &decl->cases.at[i];
        if (other->number != enum_case->number) continue;
        Diag *diag = diag_add(c->diags, CODE_E0202, enum_case->span, "`%s` has the number %lld already",
                              other->name->text, (long long)other->number);
        diag_label(c->diags, diag, other->span, "`%s` is declared here", other->name->text);
        break;
    }
}

static bool is_repeated_case(const EnumDecl *decl, uint32_t index, uint32_t *first) {
    for (*first = 0; *first < index; ++*first) {
        if (decl->cases.at[*first].name == decl->cases.at[index].name) return true;
    }
    return false;
}

static void check_cases(Checker *c, EnumDecl *decl) {
    if (is_too_long(c, decl->span)) {
        for (uint32_t i = 0; i < decl->cases.len; i++) forget_fields(c, &decl->cases.at[i].fields);
    }
    Type *base = base_of(c, decl);
    int64_t next = 0;
    bool numbered = decl->base != NULL;
    for (uint32_t i = 0; i < decl->cases.len; i++) {
        EnumCase *enum_case = &decl->cases.at[i];
        enum_case->owner = decl;
        enum_case->index = i;
        uint32_t first;
        if (is_repeated_case(decl, i, &first)) {
            Diag *diag = diag_add(c->diags, CODE_E0202, enum_case->span, "case `%s` is declared twice",
                                  enum_case->name->text);
            diag_label(c->diags, diag, decl->cases.at[first].span, "`%s` is declared here first",
                       enum_case->name->text);
        }
        numbered |= enum_case->value != NULL;
        if (numbered) number_case(c, enum_case, next, base);
        else enum_case->number = next;
        next = (int64_t)((uint64_t)enum_case->number + 1);
        if (enum_case->fields.len) decl->has_payload = true;
        check_unique_fields(c, &enum_case->fields);
        check_fields(c, &enum_case->fields, HOLDER_FIELD);
    }
}

static void refuse_resources(Checker *c, const EnumDecl *decl) {
    for (uint32_t i = 0; i < decl->cases.len; i++) {
        const FieldList *fields = &decl->cases.at[i].fields;
        for (uint32_t k = 0; k < fields->len; k++) {
            if (!fields->at[k].type->resource) continue;
            diag_add(c->diags, CODE_E0223, fields->at[k].span,
                     "`%s` cannot be part of an enum: it stays where it is made",
                     type_text(c->types, fields->at[k].type));
            fields->at[k].type = c->error;
        }
    }
}

static void complete_enum(Checker *c, EnumDecl *decl) {
    if (decl->state != DECL_UNSEEN) return;
    decl->state = DECL_IN_PROGRESS;
    if (!decl->module) {           /* built in: all is known but that it is used */
        decl->state = DECL_DONE;
        type_complete(c->types, type_enum(c->types, decl));
        return;
    }
    if (decl->cases.len > CASES_MAX) {
        diag_add(c->diags, CODE_E0223, decl->span, "`%s` has more than %d cases", decl->name->text, CASES_MAX);
        decl->cases.len = CASES_MAX;
    }
    Context old = chain_enter(c, decl->module);
    check_cases(c, decl);
    refuse_resources(c, decl);
    if (decl->has_payload && decl->base) {
        diag_add(c->diags, CODE_E0223, decl->base->span, "an enum whose cases carry values has no numbers");
    }
    if (decl->cases.len == 0) diag_add(c->diags, CODE_E0223, decl->span, "`%s` has no case", decl->name->text);
    chain_leave(c, old);
    decl->state = DECL_DONE;
    type_complete(c->types, type_enum(c->types, decl));
}

void complete_type(Checker *c, Type *type) {
    if (type->kind == TYPE_STRUCT) complete_struct(c, type->structure);
    if (type->kind == TYPE_ENUM) complete_enum(c, type->enumeration);
}

/* Every error has these two, besides its own. */
static void refuse_taken_names(Checker *c, const FieldList *fields) {
    for (uint32_t i = 0; i < fields->len; i++) {
        const Name name = fields->at[i].name;
        bool taken = name == c->builtins->names[BUILTIN_FIELD_ERROR_NAME] ||
                     name == c->builtins->names[BUILTIN_FIELD_ERROR_WHERE];
        if (taken) diag_add(c->diags, CODE_E0202, fields->at[i].span, "every error has a `%s` already", name->text);
    }
}

void need_error_fields(Checker *c, ErrorDecl *error) {
    bool is_done = !error->module || error->fields.len == 0 || error->fields.at[0].type;
    if (is_done) return;
    check_unique_fields(c, &error->fields);
    refuse_taken_names(c, &error->fields);
    Context old = context_enter(c, error->module, NULL);
    check_fields(c, &error->fields, HOLDER_ERROR);
    context_leave(c, old);
}
