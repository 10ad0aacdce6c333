/* emit_types: the language's types in C. A type is defined when it is first needed, its parts before it. */
#include "emit_internal.h"

struct TypeText {
    const char *name, *part;
    const char **cases;            /* an enum's constants */
    const char *helpers[TYPE_HELPERS];
};

/* []T and []mut T are one type in C: what may be written, the compiler has checked. */
static Type *same_in_c(Emitter *e, Type *type) {
    return type->kind == TYPE_SLICE && type->mut ? type_of_elem(e->types, TYPE_SLICE, type->elem, false) : type;
}

static struct TypeText *known_text(Emitter *e, Type *type) {
    type = same_in_c(e, type);
    if (type->id >= e->type_capacity) {
        uint32_t capacity = type->id * 2 + 64;
        struct TypeText *more = arena_array(e->arena, struct TypeText, capacity);
        if (e->type_capacity) memcpy(more, e->type_texts, e->type_capacity * sizeof *more);
        e->type_texts = more;
        e->type_capacity = capacity;
    }
    return &e->type_texts[type->id];
}

bool type_helper(Emitter *e, Type *type, TypeHelper helper, const char **name) {
    static const char *const verbs[] = {
        "same", "put", "push", "push_byte", "pop", "remove", "store", "cut", "fill", "from", "try_receive",
    };
    type_c(e, type);
    *name = known_text(e, type)->helpers[helper];
    if (*name) return false;
    const char *wish = str_format(e->arena, "%s_%s", verbs[helper], type_part(e, type)).at;
    *name = known_text(e, type)->helpers[helper] = reserve(e, "%s_%s", wish);
    return true;
}

bool is_scalar(const Type *type) {
    return type->kind <= TYPE_INSTANT || type->kind == TYPE_REF || type->kind == TYPE_SENDER ||
           type->kind == TYPE_RECEIVER || type_is_plain_enum(type);
}

/* The smallest unsigned type that counts so far. */
const char *count_type(uint64_t most) { return most <= 0xff ? "uint8_t" : most <= 0xffff ? "uint16_t" : "uint32_t"; }

void put_declared(Emitter *e, const char *type, const char *name) {
    put_text(e, type);
    if (type[strlen(type) - 1] != '*') put_text(e, " ");
    put_text(e, name);
}

/* ---- names ---- */

static const char *const parts[] = {
    [TYPE_BOOL] = "bool", [TYPE_I8] = "i8", [TYPE_I16] = "i16", [TYPE_I32] = "i32", [TYPE_I64] = "i64", [TYPE_U8] =
    "u8", [TYPE_U16] = "u16", [TYPE_U32] = "u32", [TYPE_U64] = "u64", [TYPE_USIZE] = "usize", [TYPE_F32] = "f32",
    [TYPE_F64] = "f64", [TYPE_DURATION] = "duration", [TYPE_INSTANT] = "instant", [TYPE_STR] = "str", [TYPE_SENDER] =
    "sender", [TYPE_RECEIVER] = "receiver", [TYPE_EVENT] = "event", [TYPE_LOCK] = "lock", [TYPE_CONDITION] =
    "condition", [TYPE_SEMAPHORE] = "semaphore", [TYPE_LIMITER] = "limiter", [TYPE_SEQUENCER] = "sequencer", [TYPE_SCOPE] = "scope", [TYPE_NURSERY] =
    "nursery", [TYPE_TASK] = "handle", [TYPE_LEAF] = "leaf", [TYPE_GROUP] = "group", [TYPE_STATISTICS] = "statistics", [TYPE_NONE] = NULL,
};

static const char *tuple_part(Emitter *e, const Type *type) {
    const char *part = "tuple";
    for (uint32_t i = 0; i < type->items.len; i++)
        part = str_format(e->arena, "%s_%s", part, type_part(e, type->items.at[i])).at;
    return part;
}

static const char *new_part(Emitter *e, Type *type) {
    switch (type->kind) {
    case TYPE_STR_N: return str_format(e->arena, "str_%u", type->count).at;
    case TYPE_ARRAY: return str_format(e->arena, "arr_%u_%s", type->count, type_part(e, type->elem)).at;
    case TYPE_LIST: return str_format(e->arena, "list_%u_%s", type->count, type_part(e, type->elem)).at;
    case TYPE_SLICE: return str_format(e->arena, "slice_%s", type_part(e, type->elem)).at;
    case TYPE_REF: return str_format(e->arena, "ref_%s", type_part(e, type->elem)).at;
    case TYPE_OPTIONAL: return str_format(e->arena, "opt_%s", type_part(e, type->elem)).at;
    case TYPE_TUPLE: return tuple_part(e, type);
    case TYPE_STRUCT: return type->structure->name->text;
    case TYPE_ENUM: return type->enumeration->name->text;
    default: return parts[type->kind] ? parts[type->kind] : "void";
    }
}

/* Two types never have the same part: with the program's name before it, it is the name of what they become in C. */
const char *type_part(Emitter *e, Type *type) {
    enum { PART_MAX = 60 };
    const char *part = known_text(e, type)->part;
    if (part) return part;
    part = str_format(e->arena, "%.*s", PART_MAX, new_part(e, type)).at;
    bool is_defined = type->kind >= TYPE_STR_N && type->kind <= TYPE_ENUM && type->kind != TYPE_REF;
    if (is_defined) part = reserve(e, "%s_%s", part) + strlen(e->app) + 1;
    return known_text(e, type)->part = part;
}

/* ---- definitions ---- */

static void field(Emitter *e, const char *type, const char *name) {
    out_plain(e->out, 0);
    put_declared(e, type, name);
    put_text(e, ";\n");
}

static void define_items(Emitter *e, const Type *type) {
    uint32_t room = type->count ? type->count : 1;       /* C has no empty arrays */
    if (type->kind == TYPE_STR_N) field(e, count_type(type->count), "len");
    out_plain(e->out, 0);
    put_declared(e, type->kind == TYPE_STR_N ? "char" : type_c(e, type->elem), "at");
    put(e, "[$n];\n", room);
    if (type->kind == TYPE_LIST) field(e, count_type(type->count), "len");
}

static void define_fields(Emitter *e, const FieldList *fields) {
    for (uint32_t i = 0; i < fields->len; i++) field(e, type_c(e, fields->at[i].type), field_name(e, fields, i));
    if (!fields->len) field(e, "uint8_t", "nothing");
}

static void define_tuple(Emitter *e, const Type *type) {
    for (uint32_t i = 0; i < type->items.len; i++)
        field(e, type_c(e, type->items.at[i]), str_format(e->arena, "v%u", i).at);
}

/* enum { app_Op_Read = 3, ... }: for a reader's sake; numbers beyond the smallest int are left without names. */
static void define_cases(Emitter *e, Type *type) {
    const EnumDecl *decl = type->enumeration;
    for (uint32_t i = 0; i < decl->cases.len; i++)
        if (decl->cases.at[i].number < -32768 || decl->cases.at[i].number > 32767) return;
    const char **names = arena_array(e->arena, const char *, decl->cases.len + 1);
    const char *format = str_format(e->arena, "%%s_%s_%%s", type_part(e, type)).at;
    plain(e, "enum {");
    for (uint32_t i = 0; i < decl->cases.len; i++) {
        const EnumCase *each = &decl->cases.at[i];
        names[i] = reserve(e, format, each->name->text);
        put(e, "    $s = $i", names[i], decl->has_payload ? (int64_t)i : each->number);
        put_text(e, i + 1 < decl->cases.len ? ",\n" : "\n");
    }
    plain(e, "};");
    known_text(e, type)->cases = names;
}

const char *case_constant(Emitter *e, const EnumCase *of) {
    Type *type = of->owner->type;
    type_c(e, type);
    const char **cases = known_text(e, type)->cases;
    return cases ? cases[of->index] : NULL;
}

static void define_payload(Emitter *e, const Type *type) {
    const EnumDecl *decl = type->enumeration;
    field(e, count_type(decl->cases.len), "tag");
    open_line(e, "union {");
    for (uint32_t i = 0; i < decl->cases.len; i++) {
        const EnumCase *each = &decl->cases.at[i];
        if (!each->fields.len) continue;
        open_line(e, "struct {");
        define_fields(e, &each->fields);
        close_line(e, "} $s;", case_field(e, each));
    }
    close_line(e, "} u;");
}

static void define_body(Emitter *e, const Type *type) {
    switch (type->kind) {
    case TYPE_STR_N: case TYPE_LIST: case TYPE_ARRAY: define_items(e, type); break;
    case TYPE_SLICE:
        out_plain(e->out, 0);
        put_declared(e, type_c(e, type->elem), "*at;\n");
        field(e, "size_t", "len");
        break;
    case TYPE_OPTIONAL:
        field(e, type_c(e, type->elem), "value");
        field(e, "bool", "has");
        break;
    case TYPE_TUPLE: define_tuple(e, type); break;
    case TYPE_STRUCT: define_fields(e, &type->structure->fields); break;
    default: define_payload(e, type); break;
    }
}

/* The parts that have to be complete before. */
static void define_parts(Emitter *e, const Type *type) {
    if (type->elem) type_c(e, type->elem);
    for (uint32_t i = 0; i < type->items.len; i++) type_c(e, type->items.at[i]);
    const FieldList *fields = type->kind == TYPE_STRUCT ? &type->structure->fields : NULL;
    for (uint32_t i = 0; fields && i < fields->len; i++) type_c(e, fields->at[i].type);
    for (uint32_t k = 0; type->kind == TYPE_ENUM && k < type->enumeration->cases.len; k++) {
        const FieldList *payload = &type->enumeration->cases.at[k].fields;
        for (uint32_t i = 0; i < payload->len; i++) type_c(e, payload->at[i].type);
    }
}

static const char *define(Emitter *e, Type *type) {
    const char *name = str_format(e->arena, "struct %s_%s", e->app, type_part(e, type)).at;
    known_text(e, type)->name = name;
    define_parts(e, type);
    Aside aside;
    aside_begin(e, &aside);
    if (type->kind == TYPE_ENUM) define_cases(e, type);
    open_line(e, "$s {", name);
    define_body(e, type);
    close_line(e, "};");
    put_text(e, "\n");
    aside_end(e, &aside, SECTION_TYPES);
    return name;
}

/* typedef uint8_t app_Op; */
static const char *define_plain_enum(Emitter *e, Type *type) {
    const EnumDecl *decl = type->enumeration;
    int64_t least = 0, most = 0;
    for (uint32_t i = 0; i < decl->cases.len; i++) {
        int64_t number = decl->cases.at[i].number;
        if (number < least) least = number;
        if (number > most) most = number;
    }
    const char *base = least >= 0 ? (most <= UINT32_MAX ? count_type((uint64_t)most) : "uint64_t")
                     : least >= -128 && most <= 127 ? "int8_t" : least >= -32768 && most <= 32767 ? "int16_t"
                     : least >= INT32_MIN && most <= INT32_MAX ? "int32_t" : "int64_t";
    const char *name = str_format(e->arena, "%s_%s", e->app, type_part(e, type)).at;
    known_text(e, type)->name = name;
    Aside aside;
    aside_begin(e, &aside);
    plain(e, "typedef $s $s;", base, name);
    define_cases(e, type);
    put_text(e, "\n");
    aside_end(e, &aside, SECTION_TYPES);
    return name;
}

static const char *pointer_to(Emitter *e, Type *elem) {
    if (elem->kind == TYPE_GROUP) {
        e->has_groups = true;
        return str_format(e->arena, "struct %s_group", e->app).at;
    }
    const char *text = type_c(e, elem);
    return str_format(e->arena, text[strlen(text) - 1] == '*' ? "%s*" : "%s *", text).at;
}

const char *type_c(Emitter *e, Type *type) {
    static const char *const basic[] = {
        [TYPE_EMPTY] = "void", [TYPE_NEVER] = "void", [TYPE_BOOL] = "bool", [TYPE_I8] = "int8_t", [TYPE_I16] =
        "int16_t", [TYPE_I32] = "int32_t", [TYPE_I64] = "int64_t", [TYPE_U8] = "uint8_t", [TYPE_U16] = "uint16_t",
        [TYPE_U32] = "uint32_t", [TYPE_U64] = "uint64_t", [TYPE_USIZE] = "size_t", [TYPE_F32] = "float", [TYPE_F64] =
        "double", [TYPE_DURATION] = "tr_duration", [TYPE_INSTANT] = "tr_instant", [TYPE_STR] = "tr_str", [TYPE_SENDER]
        = "tr_channel *", [TYPE_RECEIVER] = "tr_channel *", [TYPE_EVENT] = "tr_event", [TYPE_LOCK] = "tr_lock",
        [TYPE_CONDITION] = "tr_condition",
        [TYPE_SEMAPHORE] = "tr_semaphore", [TYPE_LIMITER] = "tr_limiter", [TYPE_SEQUENCER] = "tr_sequencer", [TYPE_SCOPE] = "tr_scope", [TYPE_NURSERY] =
        "tr_nursery", [TYPE_TASK] = "tr_handle", [TYPE_STATISTICS] = "tr_channel_stats", [TYPE_NONE] = NULL,
    };
    if (basic[type->kind]) return basic[type->kind];
    const char *name = known_text(e, type)->name;
    if (name) return name;
    type = same_in_c(e, type);
    if (type->kind == TYPE_LEAF || type->kind == TYPE_GROUP) name = str_format(e->arena, "struct %s_leaf", e->app).at;
    else if (type->kind == TYPE_REF) name = pointer_to(e, type->elem);
    else return type_is_plain_enum(type) ? define_plain_enum(e, type) : define(e, type);
    return known_text(e, type)->name = name;
}
