/* names: what is known by name, before and beside the variables: the items of a module, and what is built in; and which
   name was meant by one that is not known. */
#ifndef TRC_NAMES_H
#define TRC_NAMES_H

#include "program.h"

/* ---- the items of a module: names.c ---- */

struct Scope {
    Item **slots;                  /* open addressing, capacity a power of two */
    uint32_t capacity, count;
};

Item *scope_find(const Scope *scope, Name name);
/* Adds an item; gives the one that has its name already, if there is one, and adds nothing then. */
Item *scope_add(Arena *arena, Scope *scope, Item *item);

/* ---- what is built in: names_builtin.c ---- */

/* Whose method or field a built-in is: OWNER_none are functions. */
typedef enum BuiltinOwner {
    OWNER_none, OWNER_unsigned, OWNER_Sender, OWNER_Receiver, OWNER_handle, OWNER_Event, OWNER_sync, OWNER_Lock, OWNER_Condition,
    OWNER_Semaphore, OWNER_CapacityLimiter, OWNER_Nursery, OWNER_CancelScope, OWNER_sequence, OWNER_list, OWNER_str,
    OWNER_error, OWNER_Task, OWNER_enum
} BuiltinOwner;

/* Type names that are followed by arguments. */
typedef enum Generic { GENERIC_NONE, GENERIC_SENDER, GENERIC_RECEIVER, GENERIC_LIST, GENERIC_ERRORS } Generic;

/* All that one name means; a name may be a type and a function. */
typedef struct BuiltinName {
    Name name;
    Builtin first;                 /* of the built-ins with this name; the others hang behind it by `next` */
    TypeKind type;                 /* the type without parts that it names, or TYPE_ERROR_TYPE */
    Generic generic;
    Item *item;                    /* an error or enum that is built in; or NULL */
} BuiltinName;

typedef struct BuiltinNames {
    BuiltinName *slots;
    uint32_t capacity, count;
    Name names[BUILTIN_COUNT];
    uint16_t next[BUILTIN_COUNT];
} BuiltinNames;

/* Also makes the declarations of the built-in errors, and puts them into program->errors. */
BuiltinNames *builtin_names_make(Program *program);
const BuiltinName *builtin_name_find(const BuiltinNames *builtins, Name name);
/* It means something without a dot in front. */
bool builtin_stands_alone(const BuiltinNames *builtins, Name name);
BuiltinOwner builtin_owner(Builtin builtin);
/* Read without parentheses. */
bool builtin_is_field(Builtin builtin);
/* A value of this type (not a reference) has the methods and fields of this owner. */
bool owner_has(BuiltinOwner owner, const Type *type);
Builtin builtin_function(const BuiltinNames *builtins, Name name);
Builtin builtin_method(const BuiltinNames *builtins, const Type *type, Name name);

/* ---- which name was meant: names_near.c ---- */

/* The nearest of several candidates; of equally near ones the first. */
typedef struct Near {
    Name wanted;
    Name best;                     /* NULL if none is near enough */
    unsigned distance;             /* of best; before: one more than what counts as near */
} Near;

Near near_to(Name wanted);
void near_try(Near *near, Name candidate);
void near_fields(Near *near, const FieldList *fields);
void near_items(Near *near, const Scope *scope);
void near_functions(Near *near, const BuiltinNames *builtins);
void near_types(Near *near, const BuiltinNames *builtins);
void near_members(Near *near, const BuiltinNames *builtins, const Type *type);
/* Adds the fix "did you mean ...?" if there is a near one; gives whether. */
bool near_fix(const Near *near, Diags *diags, Diag *diag, Span span);

#endif
