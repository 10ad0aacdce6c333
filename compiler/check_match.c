/* check_match: patterns, and whether they can fit what they are held against. */
#include "check.h"

static void check_pattern(Checker *c, Pattern *pattern, Type *type);

static void wrong_pattern(Checker *c, Pattern *pattern, const char *why) {
    diag_add(c->diags, CODE_E0218, pattern->span, "%s", why);
    pattern->kind = PATTERN_WRONG;
}

/* What a pattern other than `none` is held against: the value inside of an optional. */
static Type *core_of(Type *type) { return type->kind == TYPE_OPTIONAL ? type->elem : type; }

/* ---- names ---- */

/* A name fits whatever is there, but not `none`, and takes a copy. */
static void check_binding(Checker *c, Pattern *pattern, Type *type) {
    Type *core = core_of(type);
    Var *var = pattern->var;
    if (var->type && var->type != core && !is_wrong(var->type) && !is_wrong(core)) {
        Diag *diag = diag_add(c->diags, CODE_E0218, pattern->span, "`%s` is `%s` here, and `%s` in another alternative",
                              var->name->text, type_text(c->types, core), type_text(c->types, var->type));
        diag_label(c->diags, diag, var->span, "there it is bound first");
        return;
    }
    if (core->handle || core->resource) {
        diag_add(c->diags, CODE_E0226, pattern->span, "%s cannot be copied into a name of a pattern",
                 type_name_of(c, core));
        core = c->error;
    }
    if (!var->type) var->type = core;
}

/* ---- cases ---- */

static void wrong_item_count(Checker *c, Pattern *pattern, const char *name, const FieldList *fields, Span declared) {
    Diag *diag = diag_add(c->diags, CODE_E0218, pattern->span, "`%s` carries %u value%s, and the pattern has %u", name,
                          (unsigned)fields->len, fields->len == 1 ? "" : "s", (unsigned)pattern->items.len);
    if (declared.len) diag_label(c->diags, diag, declared, "`%s` is declared here", name);
    if (pattern->items.len == 0) {
        Buf with = {0};
        for (uint32_t i = 0; i < fields->len; i++) buf_text(&with, i ? ", _" : "(_");
        buf_char(&with, ')');
        Span end = {pattern->span.at + pattern->span.len, 0};
        diag_fix(c->diags, diag, end, str_copy(c->arena, buf_view(&with)), "`_` fits any value");
        buf_free(&with);
    }
}

static void check_items(Checker *c, Pattern *pattern, const char *name, const FieldList *fields, Span declared) {
    bool good = pattern->items.len == fields->len;
    if (!good) wrong_item_count(c, pattern, name, fields, declared);
    for (uint32_t i = 0; i < pattern->items.len; i++) {
        check_pattern(c, pattern->items.at[i], good ? fields->at[i].type : c->error);
    }
    if (!good) pattern->kind = PATTERN_WRONG;
}

static void check_error_case(Checker *c, Pattern *pattern, ErrorDecl *error, const Type *type) {
    bool listed = type->kind == TYPE_LEAF && type->errors.len == 0;
    for (uint32_t i = 0; type->kind == TYPE_LEAF && i < type->errors.len; i++) listed |= type->errors.at[i] == error;
    if (!listed && !is_wrong(type)) {
        diag_add(c->diags, CODE_E0218, pattern->span, "the value is %s: it is never `%s`", type_name_of(c, type),
                 error->name->text);
        type = c->error;
    }
    need_error_fields(c, error);
    pattern->kind = PATTERN_CASE;
    pattern->error = error;
    check_items(c, pattern, error->name->text, &error->fields, error->span);
    if (is_wrong(type)) pattern->kind = PATTERN_WRONG;
}

static void check_enum_case(Checker *c, Pattern *pattern, EnumDecl *decl, const Type *type) {
    EnumCase *enum_case = check_case_name(c, pattern->value, decl);
    pattern->value->type = decl->type;
    if (!enum_case) {
        pattern->kind = PATTERN_WRONG;
        for (uint32_t i = 0; i < pattern->items.len; i++) check_pattern(c, pattern->items.at[i], c->error);
        return;
    }
    pattern->kind = PATTERN_CASE;
    pattern->enum_case = enum_case;
    if (type != decl->type && !is_wrong(type)) {
        diag_add(c->diags, CODE_E0218, pattern->span, "the value is %s: it is never a `%s`", type_name_of(c, type),
                 decl->name->text);
        type = c->error;
    }
    check_items(c, pattern, enum_case->name->text, &enum_case->fields, enum_case->span);
    if (is_wrong(type)) pattern->kind = PATTERN_WRONG;
}

/* E.B   E.B(x)   Flaky(id): true if the pattern's value names a case or an error, and has been checked. */
static bool check_named(Checker *c, Pattern *pattern, const Type *type) {
    Expr *value = pattern->value;
    become_name(value);
    Item *item = item_named(value);
    if (item && item->kind == ITEM_ERROR) {
        value->type = c->error;
        check_error_case(c, pattern, item->u.error, type);
        return true;
    }
    if (value->kind != EXPR_FIELD) return false;
    become_name(value->u.field.of);
    item = item_named(value->u.field.of);
    if (!item || item->kind != ITEM_ENUM) return false;
    value->u.field.of->type = type_enum(c->types, item->u.enumeration);
    check_enum_case(c, pattern, item->u.enumeration, type);
    return true;
}

static void check_case(Checker *c, Pattern *pattern, Type *type) {
    if (check_named(c, pattern, type)) return;
    for (uint32_t i = 0; i < pattern->items.len; i++) check_pattern(c, pattern->items.at[i], c->error);
    const Item *item = item_named(pattern->value);
    pattern->value->type = c->error;
    bool is_reported = pattern->value->kind == EXPR_NAME && !item && pattern->value->u.name.var;
    if (is_reported) pattern->kind = PATTERN_WRONG;
    else wrong_pattern(c, pattern, "this is no case of an enum and no error");
}

/* ---- values ---- */

static bool has_literals(const Type *type) {
    return type_is_int(type) || type->kind == TYPE_BOOL || type->kind == TYPE_DURATION || type->kind == TYPE_STR ||
           type->kind == TYPE_STR_N;
}

static void check_value_pattern(Checker *c, Pattern *pattern, Type *type) {
    Expr *value = pattern->value;
    Type *core = core_of(type);
    if (value->kind == EXPR_NONE) {
        value->type = type;
        if (type->kind != TYPE_OPTIONAL && !is_wrong(type)) wrong_pattern(c, pattern, "this value is never `none`");
        return;
    }
    if (check_named(c, pattern, core)) return;
    if (is_wrong(core)) {
        check_value(c, value, NULL);
        pattern->kind = PATTERN_WRONG;
    } else if (!has_literals(core)) {
        if (is_wrong(check_value(c, value, NULL))) pattern->kind = PATTERN_WRONG;
        else wrong_pattern(c, pattern, str_format(c->arena, "%s cannot be compared with a literal",
                                                  type_name_of(c, core)).at);
    } else {
        Type *want = core->kind == TYPE_STR_N ? c->str : core;
        if (!check_constant(c, value, wanted(want), "a pattern")) pattern->kind = PATTERN_WRONG;
    }
}

static void check_range_pattern(Checker *c, Pattern *pattern, Type *type) {
    Expr *range = pattern->value, *ends[] = {range->u.binary.left, range->u.binary.right};
    Type *core = core_of(type);
    range->type = core;
    bool good = type_is_int(core);
    if (!good && !is_wrong(core)) {
        wrong_pattern(c, pattern, str_format(c->arena, "a range fits whole numbers, not %s", type_name_of(c, core)).at);
        return;
    }
    for (int i = 0; i < 2; i++) {
        if (ends[i]) good &= check_constant(c, ends[i], wanted(core), "the end of a range");
    }
    if (!good) {
        pattern->kind = PATTERN_WRONG;
        return;
    }
    if (!ends[0] || !ends[1]) return;
    int order = integer_compare(constant_of(c, ends[0]), constant_of(c, ends[1]));
    if (order > 0 || (order == 0 && !range->inclusive)) wrong_pattern(c, pattern, "this range holds no number");
}

/* ---- alternatives ---- */

static uint32_t count_bindings(const Pattern *pattern) {
    uint32_t count = pattern->kind == PATTERN_BIND;
    uint32_t len = pattern->kind == PATTERN_OR ? 1 : pattern->items.len;
    for (uint32_t i = 0; i < len && i < pattern->items.len; i++) count += count_bindings(pattern->items.at[i]);
    return count;
}

/* All alternatives bind the same names: resolve gives equal names one variable, so their number decides. */
static void check_alternatives(Checker *c, Pattern *pattern, Type *type) {
    uint32_t count = count_bindings(pattern);
    for (uint32_t i = 0; i < pattern->items.len; i++) {
        Pattern *item = pattern->items.at[i];
        uint32_t own = count_bindings(item);
        if (own != count) {
            diag_add(c->diags, CODE_E0218, item->span, "this alternative does not bind the same names as the first");
        }
        check_pattern(c, item, type);
    }
}

static void check_pattern(Checker *c, Pattern *pattern, Type *type) {
    switch (pattern->kind) {
    case PATTERN_ANY: case PATTERN_WRONG: break;
    case PATTERN_BIND: check_binding(c, pattern, type); break;
    case PATTERN_VALUE: check_value_pattern(c, pattern, type); break;
    case PATTERN_RANGE: check_range_pattern(c, pattern, type); break;
    case PATTERN_CASE: check_case(c, pattern, core_of(type)); break;
    case PATTERN_OR: check_alternatives(c, pattern, type); break;
    }
}

/* ---- match ---- */

static bool can_match(const Type *type) {
    const Type *core = type->kind == TYPE_OPTIONAL ? type->elem : type;
    return is_wrong(core) || has_literals(core) || core->kind == TYPE_ENUM || core->kind == TYPE_LEAF ||
           type->kind == TYPE_OPTIONAL;
}

void check_match(Checker *c, Stmt *stmt) {
    Expr *of = stmt->u.match.of;
    Type *type = type_behind(check_value(c, of, NULL));
    if (type->kind == TYPE_ENUM) need_complete(c, type);
    if (!can_match(type)) {
        diag_add(c->diags, CODE_E0203, of->span,
                 "`match` looks at integers, enums, optionals, texts and errors, not at %s", type_name_of(c, type));
        type = c->error;
    }
    uint32_t errors = c->diags->errors;
    for (uint32_t i = 0; i < stmt->u.match.arms.len; i++) check_pattern(c, stmt->u.match.arms.at[i].pattern, type);
    bool good = c->diags->errors == errors && !is_wrong(type);
    for (uint32_t i = 0; i < stmt->u.match.arms.len; i++) {
        Arm *arm = &stmt->u.match.arms.at[i];
        if (arm->guard) check_condition(c, arm->guard, "if");
        check_block(c, arm->block);
    }
    if (good) check_cover(c, stmt, type);
}
