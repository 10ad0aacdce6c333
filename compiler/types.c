#include "types.h"

#include <stdlib.h>

enum { FIRST_CAPACITY = 256 };

/* ---- making ---- */

static Type *new_type(Types *types, TypeKind kind) {
    Type *type = arena_new(types->arena, Type);
    type->kind = kind;
    return type;
}

static void add_to_all(Types *types, Type *type) {
    type->id = types->all.len;
    vec_push(types->arena, &types->all, type);
}

static bool is_basic(TypeKind kind) {
    switch (kind) {
    case TYPE_STR_N: case TYPE_ARRAY: case TYPE_LIST: case TYPE_SLICE: case TYPE_REF: case TYPE_OPTIONAL:
    case TYPE_TUPLE: case TYPE_STRUCT: case TYPE_ENUM: case TYPE_SENDER: case TYPE_RECEIVER: case TYPE_LEAF:
    case TYPE_GROUP:
        return false;
    default:
        return true;
    }
}

/* What exists once, in a place: a record of the runtime, or errors that are being handled. */
static bool is_resource(TypeKind kind) {
    switch (kind) {
    case TYPE_EVENT: case TYPE_LOCK: case TYPE_SEMAPHORE: case TYPE_CONDITION: case TYPE_LIMITER: case TYPE_SEQUENCER: case TYPE_SCOPE:
    case TYPE_NURSERY: case TYPE_TASK: case TYPE_LEAF: case TYPE_GROUP:
        return true;
    default:
        return false;
    }
}

void types_init(Types *types, Arena *arena) {
    *types = (Types){.arena = arena, .capacity = FIRST_CAPACITY};
    types->slots = arena_array(arena, Type *, types->capacity);
    for (TypeKind kind = TYPE_ERROR_TYPE; kind <= TYPE_NONE; kind++) {
        if (!is_basic(kind)) continue;
        Type *type = types->basic[kind] = new_type(types, kind);
        type->resource = is_resource(kind);
        type->has_ref = kind == TYPE_STR;
        add_to_all(types, type);
    }
}

void types_free(Types *types) { *types = (Types){0}; }

/* ---- interning ---- */

static uint32_t mix(uint32_t hash, uint32_t value) {
    hash = (hash ^ value) * 0x9E3779B1u;
    return hash ^ hash >> 15;
}

/* By ids and numbers, never by addresses. A struct that is not complete yet has no id, but its declaration a place. */
static uint32_t hash_part(uint32_t hash, const Type *part) {
    if (part->kind == TYPE_STRUCT) return mix(hash, part->structure->span.at);
    if (part->kind == TYPE_ENUM) return mix(hash, part->enumeration->span.at);
    return mix(hash, part->id);
}

static uint32_t hash_of(const Type *type) {
    uint32_t hash = mix((uint32_t)type->kind * 2u + type->mut, type->count);
    if (type->elem) hash = hash_part(hash, type->elem);
    for (uint32_t i = 0; i < type->items.len; i++) hash = hash_part(hash, type->items.at[i]);
    for (uint32_t i = 0; i < type->errors.len; i++) hash = mix(hash, type->errors.at[i]->number);
    return hash;
}

static bool same(const Type *a, const Type *b) {
    if (a->kind != b->kind || a->mut != b->mut || a->count != b->count || a->elem != b->elem) return false;
    if (a->items.len != b->items.len || a->errors.len != b->errors.len) return false;
    for (uint32_t i = 0; i < a->items.len; i++) {
        if (a->items.at[i] != b->items.at[i]) return false;
    }
    for (uint32_t i = 0; i < a->errors.len; i++) {
        if (a->errors.at[i] != b->errors.at[i]) return false;
    }
    return true;
}

static void grow(Types *types) {
    uint32_t capacity = types->capacity * 2;
    Type **slots = arena_array(types->arena, Type *, capacity);
    for (uint32_t i = 0; i < types->capacity; i++) {
        Type *type = types->slots[i];
        if (!type) continue;
        uint32_t at = hash_of(type) & (capacity - 1);
        while (slots[at]) at = (at + 1) & (capacity - 1);
        slots[at] = type;
    }
    types->slots = slots;
    types->capacity = capacity;
}

static Type *keep(Types *types, const Type *wanted) {
    Type *type = arena_new(types->arena, Type);
    *type = *wanted;
    if (type->items.len) {
        type->items.at = arena_array(types->arena, Type *, type->items.len);
        memcpy(type->items.at, wanted->items.at, sizeof(Type *) * type->items.len);
    }
    if (type->errors.len) {
        type->errors.at = arena_array(types->arena, ErrorDecl *, type->errors.len);
        memcpy(type->errors.at, wanted->errors.at, sizeof(ErrorDecl *) * type->errors.len);
    }
    add_to_all(types, type);
    return type;
}

/* The one type that is like `wanted`, whose lists may be the caller's. */
static Type *intern(Types *types, const Type *wanted) {
    uint32_t mask = types->capacity - 1;
    uint32_t at = hash_of(wanted) & mask;
    for (; types->slots[at]; at = (at + 1) & mask) {
        if (same(types->slots[at], wanted)) return types->slots[at];
    }
    Type *type = types->slots[at] = keep(types, wanted);
    if (++types->count * 2 > types->capacity) grow(types);
    return type;
}

/* What holds a part is as hard to copy as the part. */
static void take_nature(Type *whole, const Type *part) {
    whole->handle |= part->handle;
    whole->resource |= part->resource;
    whole->has_ref |= part->has_ref;
}

Type *type_counted(Types *types, TypeKind kind, Type *elem, uint32_t count) {
    Type wanted = {.kind = kind, .elem = elem, .count = count};
    if (elem) take_nature(&wanted, elem);
    return intern(types, &wanted);
}

Type *type_of_elem(Types *types, TypeKind kind, Type *elem, bool mut) {
    Type wanted = {.kind = kind, .elem = elem, .mut = mut};
    if (kind == TYPE_OPTIONAL) take_nature(&wanted, elem);
    wanted.handle |= kind == TYPE_SENDER || kind == TYPE_RECEIVER;
    wanted.has_ref |= kind == TYPE_REF || kind == TYPE_SLICE;
    return intern(types, &wanted);
}

Type *type_tuple(Types *types, Type *const *items, uint32_t len) {
    Type wanted = {.kind = TYPE_TUPLE};
    wanted.items.at = arena_array(types->arena, Type *, len);
    wanted.items.len = wanted.items.capacity = len;
    for (uint32_t i = 0; i < len; i++) {
        wanted.items.at[i] = items[i];
        take_nature(&wanted, items[i]);
    }
    return intern(types, &wanted);
}

Type *type_struct(Types *types, StructDecl *decl) {
    if (!decl->type) {
        decl->type = new_type(types, TYPE_STRUCT);
        decl->type->structure = decl;
    }
    return decl->type;
}

Type *type_enum(Types *types, EnumDecl *decl) {
    if (!decl->type) {
        decl->type = new_type(types, TYPE_ENUM);
        decl->type->enumeration = decl;
    }
    return decl->type;
}

static void take_fields(Type *whole, const FieldList *fields) {
    for (uint32_t i = 0; i < fields->len; i++) take_nature(whole, fields->at[i].type);
}

void type_complete(Types *types, Type *type) {
    if (type->kind == TYPE_STRUCT) take_fields(type, &type->structure->fields);
    if (type->kind == TYPE_ENUM) {
        EnumDecl *decl = type->enumeration;
        for (uint32_t i = 0; i < decl->cases.len; i++) take_fields(type, &decl->cases.at[i].fields);
    }
    add_to_all(types, type);
}

static int by_number(const void *left, const void *right) {
    const ErrorDecl *const *a = left, *const *b = right;
    return (*a)->number < (*b)->number ? -1 : (*a)->number > (*b)->number;
}

Type *type_errors(Types *types, TypeKind kind, ErrorDecl *const *errors, uint32_t len) {
    Type wanted = {.kind = kind, .resource = true};
    if (len) {
        wanted.errors.at = arena_array(types->arena, ErrorDecl *, len);
        memcpy(wanted.errors.at, errors, sizeof *errors * len);
        qsort(wanted.errors.at, len, sizeof *errors, by_number);
    }
    for (uint32_t i = 0; i < len; i++) {
        ErrorDecl *error = wanted.errors.at[i];
        if (i == 0 || error != wanted.errors.at[wanted.errors.len - 1]) wanted.errors.at[wanted.errors.len++] = error;
    }
    return intern(types, &wanted);
}

/* ---- asking ---- */

bool type_is_int(const Type *type) { return type->kind >= TYPE_I8 && type->kind <= TYPE_USIZE; }
bool type_is_signed(const Type *type) { return type->kind >= TYPE_I8 && type->kind <= TYPE_I64; }
bool type_is_float(const Type *type) { return type->kind == TYPE_F32 || type->kind == TYPE_F64; }
bool type_is_number(const Type *type) { return type->kind >= TYPE_I8 && type->kind <= TYPE_F64; }

bool type_is_plain_enum(const Type *type) { return type->kind == TYPE_ENUM && !type->enumeration->has_payload; }

uint32_t type_bits(const Type *type) {
    switch (type->kind) {
    case TYPE_I8: case TYPE_U8: return 8;
    case TYPE_I16: case TYPE_U16: return 16;
    case TYPE_I32: case TYPE_U32: case TYPE_USIZE: return 32;
    case TYPE_I64: case TYPE_U64: return 64;
    default: return 0;
    }
}

static bool int_fits(const Type *from, const Type *to) {
    uint32_t bits = from->kind == TYPE_USIZE ? 64 : type_bits(from);
    if (type_is_float(to)) return bits <= (to->kind == TYPE_F32 ? 16u : 32u);
    if (!type_is_int(to)) return false;
    if (type_is_signed(from)) return type_is_signed(to) && bits <= type_bits(to);
    return type_is_signed(to) ? bits < type_bits(to) : bits <= type_bits(to);
}

/* &[N]T and &list<T, N> lend their elements. */
static bool ref_fits(const Type *from, const Type *to) {
    if (to->kind == TYPE_REF) return from->elem == to->elem && (from->mut || !to->mut);
    if (to->kind != TYPE_SLICE) return false;
    bool is_sequence = from->elem->kind == TYPE_ARRAY || from->elem->kind == TYPE_LIST;
    return is_sequence && from->elem->elem == to->elem && (from->mut || !to->mut);
}

bool type_fits(const Type *from, const Type *to) {
    if (from == to || from->kind == TYPE_ERROR_TYPE || to->kind == TYPE_ERROR_TYPE) return true;
    if (from->kind == TYPE_NEVER) return true;
    if (to->kind == TYPE_OPTIONAL) {
        return from->kind == TYPE_NONE || (from->kind != TYPE_OPTIONAL && type_fits(from, to->elem));
    }
    if (type_is_int(from)) return int_fits(from, to);
    switch (from->kind) {
    case TYPE_F32: return to->kind == TYPE_F64;
    case TYPE_STR: return to->kind == TYPE_STR_N;
    case TYPE_STR_N: return to->kind == TYPE_STR || to->kind == TYPE_STR_N;
    case TYPE_REF: return ref_fits(from, to);
    case TYPE_SLICE: return to->kind == TYPE_SLICE && from->elem == to->elem && from->mut;
    default: return false;
    }
}

Type *type_common(Type *a, Type *b) {
    if (a->kind == TYPE_STR_N && b->kind == TYPE_STR) return b;
    if (type_fits(b, a)) return a->kind == TYPE_ERROR_TYPE ? b : a;
    return type_fits(a, b) ? b : NULL;
}

static bool fields_have_equality(const FieldList *fields) {
    for (uint32_t i = 0; i < fields->len; i++) {
        if (!type_has_equality(fields->at[i].type)) return false;
    }
    return true;
}

static bool enum_has_equality(const EnumDecl *decl) {
    for (uint32_t i = 0; i < decl->cases.len; i++) {
        if (!fields_have_equality(&decl->cases.at[i].fields)) return false;
    }
    return true;
}

bool type_has_equality(const Type *type) {
    switch (type->kind) {
    case TYPE_ERROR_TYPE: case TYPE_NEVER: case TYPE_BOOL: case TYPE_DURATION: case TYPE_INSTANT: case TYPE_STR:
    case TYPE_STR_N: case TYPE_NONE:
        return true;
    case TYPE_ARRAY: case TYPE_LIST: case TYPE_SLICE: case TYPE_OPTIONAL:
        return type_has_equality(type->elem);
    case TYPE_TUPLE:
        for (uint32_t i = 0; i < type->items.len; i++) {
            if (!type_has_equality(type->items.at[i])) return false;
        }
        return true;
    case TYPE_STRUCT: return fields_have_equality(&type->structure->fields);
    case TYPE_ENUM: return enum_has_equality(type->enumeration);
    default: return type_is_number(type);
    }
}

/* ---- printing ---- */

static const char *basic_text(TypeKind kind) {
    switch (kind) {
    case TYPE_EMPTY: return "nothing";
    case TYPE_NEVER: return "never";
    case TYPE_BOOL: return "bool";
    case TYPE_I8: return "i8";
    case TYPE_I16: return "i16";
    case TYPE_I32: return "i32";
    case TYPE_I64: return "i64";
    case TYPE_U8: return "u8";
    case TYPE_U16: return "u16";
    case TYPE_U32: return "u32";
    case TYPE_U64: return "u64";
    case TYPE_USIZE: return "usize";
    case TYPE_F32: return "f32";
    case TYPE_F64: return "f64";
    case TYPE_DURATION: return "duration";
    case TYPE_INSTANT: return "instant";
    case TYPE_STR: return "str";
    case TYPE_EVENT: return "Event";
    case TYPE_LOCK: return "Lock";
    case TYPE_SEMAPHORE: return "Semaphore";
    case TYPE_CONDITION: return "Condition";
    case TYPE_LIMITER: return "CapacityLimiter";
    case TYPE_SEQUENCER: return "Sequencer";
    case TYPE_SCOPE: return "CancelScope";
    case TYPE_NURSERY: return "Nursery";
    case TYPE_TASK: return "Task";
    case TYPE_STATISTICS: return "Statistics";
    case TYPE_NONE: return "none";
    default: return "?";
    }
}

static void put_type(Buf *out, const Type *type);

static void put_errors(Buf *out, const Type *type) {
    buf_text(out, "Errors<");
    for (uint32_t i = 0; i < type->errors.len; i++) {
        if (i) buf_text(out, ", ");
        buf_text(out, type->errors.at[i]->name->text);
    }
    buf_text(out, ">");
}

static void put_leaf(Buf *out, const Type *type) {
    buf_text(out, "error");
    for (uint32_t i = 0; i < type->errors.len; i++) {
        buf_format(out, "%s %s", i ? " |" : "", type->errors.at[i]->name->text);
    }
}

static void put_tuple(Buf *out, const Type *type) {
    for (uint32_t i = 0; i < type->items.len; i++) {
        buf_text(out, i ? ", " : "(");
        put_type(out, type->items.at[i]);
    }
    buf_char(out, ')');
}

static void put_around(Buf *out, const char *before, const Type *elem, const char *after) {
    buf_text(out, before);
    put_type(out, elem);
    buf_text(out, after);
}

static void put_type(Buf *out, const Type *type) {
    switch (type->kind) {
    case TYPE_STR_N: buf_format(out, "str[%u]", (unsigned)type->count); break;
    case TYPE_ARRAY:
        buf_format(out, "[%u]", (unsigned)type->count);
        put_type(out, type->elem);
        break;
    case TYPE_LIST:
        put_around(out, "list<", type->elem, "");
        buf_format(out, ", %u>", (unsigned)type->count);
        break;
    case TYPE_SLICE: put_around(out, type->mut ? "[]mut " : "[]", type->elem, ""); break;
    case TYPE_REF: put_around(out, type->mut ? "&mut " : "&", type->elem, ""); break;
    case TYPE_OPTIONAL: put_around(out, "", type->elem, "?"); break;
    case TYPE_SENDER: put_around(out, "Sender<", type->elem, ">"); break;
    case TYPE_RECEIVER: put_around(out, "Receiver<", type->elem, ">"); break;
    case TYPE_TUPLE: put_tuple(out, type); break;
    case TYPE_STRUCT: buf_text(out, type->structure->name->text); break;
    case TYPE_ENUM: buf_text(out, type->enumeration->name->text); break;
    case TYPE_GROUP: put_errors(out, type); break;
    case TYPE_LEAF: put_leaf(out, type); break;
    default: buf_text(out, basic_text(type->kind)); break;
    }
}

const char *type_text(Types *types, const Type *type) {
    if (is_basic(type->kind)) return basic_text(type->kind);
    Buf out = {0};
    put_type(&out, type);
    const char *text = str_copy(types->arena, buf_view(&out)).at;
    buf_free(&out);
    return text;
}
