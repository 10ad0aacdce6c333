/* names_builtin: the names that every program knows: types, functions, methods, fields and errors. */
#include "names.h"

typedef struct BuiltinRow {
    const char *name;
    BuiltinOwner owner;
    bool is_field;
} BuiltinRow;

#define IS_FIELD(id) (#id[0] == 'F' && #id[1] == 'I' && #id[2] == 'E')

static const BuiltinRow rows[] = {
    {"", OWNER_none, false},
#define BUILTIN(id, owner, name) {name, OWNER_##owner, IS_FIELD(id)},
#include "builtins.def"
#undef BUILTIN
};

BuiltinOwner builtin_owner(Builtin builtin) { return rows[builtin].owner; }
bool builtin_is_field(Builtin builtin) { return rows[builtin].is_field; }

bool owner_has(BuiltinOwner owner, const Type *type) {
    TypeKind kind = type->kind;
    switch (owner) {
    case OWNER_none: return false;
    case OWNER_unsigned: return type_is_int(type) && !type_is_signed(type);
    case OWNER_Sender: return kind == TYPE_SENDER;
    case OWNER_Receiver: return kind == TYPE_RECEIVER;
    case OWNER_handle: return kind == TYPE_SENDER || kind == TYPE_RECEIVER;
    case OWNER_Event: return kind == TYPE_EVENT;
    case OWNER_sync:
        return kind == TYPE_LOCK || kind == TYPE_CONDITION || kind == TYPE_SEMAPHORE || kind == TYPE_LIMITER;
    case OWNER_Lock: return kind == TYPE_LOCK || kind == TYPE_CONDITION;
    case OWNER_Condition: return kind == TYPE_CONDITION;
    case OWNER_Semaphore: return kind == TYPE_SEMAPHORE;
    case OWNER_CapacityLimiter: return kind == TYPE_LIMITER;
    case OWNER_Nursery: return kind == TYPE_NURSERY;
    case OWNER_CancelScope: return kind == TYPE_SCOPE;
    case OWNER_sequence:
        return (kind >= TYPE_STR && kind <= TYPE_SLICE) || kind == TYPE_GROUP;
    case OWNER_list: return kind == TYPE_LIST || kind == TYPE_STR_N;
    case OWNER_str: return kind == TYPE_STR || kind == TYPE_STR_N;
    case OWNER_error: return kind == TYPE_LEAF;
    case OWNER_Task: return kind == TYPE_TASK;
    case OWNER_enum: return false;
    }
    return false;
}

/* ---- the table ---- */

static BuiltinName *slot_of(const BuiltinNames *builtins, Name name) {
    uint32_t at = name->hash & (builtins->capacity - 1);
    while (builtins->slots[at].name && builtins->slots[at].name != name) at = (at + 1) & (builtins->capacity - 1);
    return &builtins->slots[at];
}

const BuiltinName *builtin_name_find(const BuiltinNames *builtins, Name name) {
    const BuiltinName *found = slot_of(builtins, name);
    return found->name ? found : NULL;
}

static BuiltinName *entry_of(BuiltinNames *builtins, Name name) {
    BuiltinName *entry = slot_of(builtins, name);
    if (!entry->name) builtins->count++;
    entry->name = name;
    return entry;
}

/* Built-ins with one name hang together in the order of builtins.def. */
static void add_builtins(BuiltinNames *builtins, Names *names) {
    for (Builtin builtin = BUILTIN_COUNT - 1; builtin > BUILTIN_NONE; builtin--) {
        Name name = builtins->names[builtin] = name_str(names, rows[builtin].name);
        BuiltinName *entry = entry_of(builtins, name);
        builtins->next[builtin] = (uint16_t)entry->first;
        entry->first = builtin;
    }
}

static void add_types(BuiltinNames *builtins, Names *names) {
    static const struct { const char *name; TypeKind kind; } types[] = {
        {"bool", TYPE_BOOL}, {"i8", TYPE_I8}, {"i16", TYPE_I16}, {"i32", TYPE_I32}, {"i64", TYPE_I64},
        {"u8", TYPE_U8}, {"u16", TYPE_U16}, {"u32", TYPE_U32}, {"u64", TYPE_U64}, {"usize", TYPE_USIZE},
        {"f32", TYPE_F32}, {"f64", TYPE_F64}, {"duration", TYPE_DURATION}, {"instant", TYPE_INSTANT},
        {"str", TYPE_STR}, {"Event", TYPE_EVENT}, {"Lock", TYPE_LOCK}, {"StrictFIFOLock", TYPE_LOCK},
        {"Semaphore", TYPE_SEMAPHORE}, {"Condition", TYPE_CONDITION}, {"CapacityLimiter", TYPE_LIMITER},
        {"Sequencer", TYPE_SEQUENCER},
        {"CancelScope", TYPE_SCOPE}, {"Nursery", TYPE_NURSERY},
    };
    static const struct { const char *name; Generic generic; } generics[] = {
        {"Sender", GENERIC_SENDER}, {"Receiver", GENERIC_RECEIVER}, {"list", GENERIC_LIST}, {"Errors", GENERIC_ERRORS},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        entry_of(builtins, name_str(names, types[i].name))->type = types[i].kind;
    }
    for (size_t i = 0; i < sizeof generics / sizeof *generics; i++) {
        entry_of(builtins, name_str(names, generics[i].name))->generic = generics[i].generic;
    }
}

static ErrorDecl *add_error(BuiltinNames *builtins, Program *program, const char *text) {
    ErrorDecl *error = arena_new(program->arena, ErrorDecl);
    error->name = name_str(program->names, text);
    vec_push(program->arena, &program->errors, error);
    error->number = program->errors.len;

    Item *item = arena_new(program->arena, Item);
    *item = (Item){.kind = ITEM_ERROR, .name = error->name, .is_pub = true, .u.error = error};
    entry_of(builtins, error->name)->item = item;
    return error;
}

static void add_errors(BuiltinNames *builtins, Program *program) {
    static const char *const names[] = {
#define ERROR_NAME(id, name) name,
        BUILTIN_ERRORS(ERROR_NAME)
#undef ERROR_NAME
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ErrorDecl *error = add_error(builtins, program, names[i]);
        if (error->number != BUILTIN_ERROR_IO_ERROR) continue;
        Field code = {.name = name_str(program->names, "code"), .type = type_basic(&program->types, TYPE_I32)};
        vec_push(program->arena, &error->fields, code);
    }
}

static EnumCase case_of(Program *program, EnumDecl *decl, const char *name) {
    uint32_t index = decl->cases.len;
    return (EnumCase){.name = name_str(program->names, name), .owner = decl, .index = index, .number = index};
}

/* enum CancelReason { None, Deadline, Explicit(text: str, where: str), ChildError, Parent }: as tr_reason. */
static void add_reason(BuiltinNames *builtins, Program *program) {
    static const char *const names[] = {"None", "Deadline", "Explicit", "ChildError", "Parent"};
    static const char *const fields[] = {"text", "where"};
    EnumDecl *decl = arena_new(program->arena, EnumDecl);
    decl->name = name_str(program->names, "CancelReason");
    decl->has_payload = true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        EnumCase one = case_of(program, decl, names[i]);
        for (size_t k = 0; k < 2 && i == REASON_EXPLICIT; k++) {
            Field field = {.name = name_str(program->names, fields[k]), .type = type_basic(&program->types, TYPE_STR)};
            vec_push(program->arena, &one.fields, field);
        }
        vec_push(program->arena, &decl->cases, one);
    }
    Item *item = arena_new(program->arena, Item);
    *item = (Item){.kind = ITEM_ENUM, .name = decl->name, .is_pub = true, .u.enumeration = decl};
    entry_of(builtins, decl->name)->item = item;
    program->cancel_reason = decl;
}

BuiltinNames *builtin_names_make(Program *program) {
    enum { CAPACITY = 512 };       /* a power of two, more than twice the names */
    BuiltinNames *builtins = arena_new(program->arena, BuiltinNames);
    builtins->capacity = CAPACITY;
    builtins->slots = arena_array(program->arena, BuiltinName, CAPACITY);
    add_builtins(builtins, program->names);
    add_types(builtins, program->names);
    add_errors(builtins, program);
    add_reason(builtins, program);
    return builtins;
}

Builtin builtin_function(const BuiltinNames *builtins, Name name) {
    const BuiltinName *entry = builtin_name_find(builtins, name);
    Builtin builtin = entry ? entry->first : BUILTIN_NONE;
    while (builtin != BUILTIN_NONE && rows[builtin].owner != OWNER_none) builtin = (Builtin)builtins->next[builtin];
    return builtin;
}

bool builtin_stands_alone(const BuiltinNames *builtins, Name name) {
    const BuiltinName *entry = builtin_name_find(builtins, name);
    if (!entry) return false;
    bool is_type = entry->type != TYPE_ERROR_TYPE || entry->generic != GENERIC_NONE;
    return is_type || entry->item || builtin_function(builtins, name) != BUILTIN_NONE;
}

Builtin builtin_method(const BuiltinNames *builtins, const Type *type, Name name) {
    const BuiltinName *entry = builtin_name_find(builtins, name);
    Builtin builtin = entry ? entry->first : BUILTIN_NONE;
    while (builtin != BUILTIN_NONE && !owner_has(rows[builtin].owner, type)) builtin = (Builtin)builtins->next[builtin];
    return builtin;
}
