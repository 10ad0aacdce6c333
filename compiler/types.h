/* types: what types there are. Interned: two types are equal exactly if they are the same pointer. */
#ifndef TRC_TYPES_H
#define TRC_TYPES_H

#include "source.h"

typedef struct Type Type;
typedef struct Expr Expr;          /* ast.h, for the passes that see the tree */
typedef struct TypeExpr TypeExpr;
typedef struct Module Module;
typedef struct StructDecl StructDecl;
typedef struct EnumDecl EnumDecl;
typedef struct EnumCase EnumCase;
typedef struct ErrorDecl ErrorDecl;

typedef enum TypeKind {
    TYPE_ERROR_TYPE,               /* of what is wrong already: fits everywhere, silences what follows */
    TYPE_EMPTY,                    /* of a function without a result */
    TYPE_NEVER,                    /* of panic() and sleep_forever(): fits everywhere */
    TYPE_BOOL,
    TYPE_I8, TYPE_I16, TYPE_I32, TYPE_I64, TYPE_U8, TYPE_U16, TYPE_U32, TYPE_U64, TYPE_USIZE,
    TYPE_F32, TYPE_F64,
    TYPE_DURATION, TYPE_INSTANT,
    TYPE_STR,                      /* str: a view */
    TYPE_STR_N,                    /* str[count] */
    TYPE_ARRAY,                    /* [count]elem */
    TYPE_LIST,                     /* list<elem, count> */
    TYPE_SLICE,                    /* []elem, []mut elem */
    TYPE_REF,                      /* &elem, &mut elem */
    TYPE_OPTIONAL,                 /* elem? */
    TYPE_TUPLE,                    /* (items) */
    TYPE_STRUCT, TYPE_ENUM,
    TYPE_SENDER, TYPE_RECEIVER,    /* Sender<elem> */
    TYPE_EVENT, TYPE_LOCK, TYPE_SEMAPHORE, TYPE_CONDITION, TYPE_LIMITER, TYPE_SEQUENCER,
    TYPE_SCOPE, TYPE_NURSERY, TYPE_TASK,
    TYPE_LEAF,                     /* what `catch E as e` binds: one error of the kinds in `errors` */
    TYPE_GROUP,                    /* Errors<E0, E1>: what `catch* ... as g` binds */
    TYPE_STATISTICS,               /* of a channel; fields buffered, capacity, senders, ... */
    TYPE_NONE                      /* of `none` alone: fits every optional */
} TypeKind;

struct Type {
    TypeKind kind;
    bool mut;                      /* REF, SLICE */
    bool handle;                   /* moves instead of copying: Sender, Receiver, and what holds them */
    bool resource;                 /* neither copies nor moves: Event, Lock, Semaphore, ..., and what holds them */
    bool has_ref;                  /* a reference, slice or str, or holds one */
    uint32_t id;                   /* order of making; the emitter's key */
    uint32_t count;                /* ARRAY, LIST, STR_N */
    Type *elem;
    struct { Type **at; uint32_t len, capacity; } items;        /* TUPLE */
    StructDecl *structure;
    EnumDecl *enumeration;
    struct { ErrorDecl **at; uint32_t len, capacity; } errors;  /* LEAF, GROUP; in order of their numbers */
};

/* ---- what is declared: made by the parser ---- */

typedef struct Field {
    Name name;
    Span span;
    TypeExpr *written;
    Type *type;                    /* check */
} Field;
typedef struct FieldList { Field *at; uint32_t len, capacity; } FieldList;

struct StructDecl {
    Name name; Span span; FieldList fields;
    Type *type;                    /* check */
    Module *module;
    uint8_t state;                 /* check: against a struct that contains itself */
};
struct EnumCase {
    Name name; Span span; FieldList fields;
    Expr *value;                   /* A = 3; or NULL */
    int64_t number; EnumDecl *owner; uint32_t index; /* check */
};
struct EnumDecl {
    Name name; Span span;
    TypeExpr *base;                /* enum Op: u8, or NULL */
    struct { EnumCase *at; uint32_t len, capacity; } cases;
    Type *type;
    bool has_payload;              /* check */
    Module *module;
    uint8_t state;                 /* check: against an enum that contains itself */
};
struct ErrorDecl {
    Name name; Span span; FieldList fields;
    uint32_t number;               /* resolve: from 1, built-in errors first, then in order of declaration */
    Module *module;                /* NULL: built in */
    bool used;
};

typedef struct Types {
    Arena *arena;
    Type *basic[TYPE_NONE + 1];    /* the types without parts, by kind; NULL for the others */
    Type **slots;                  /* hash table of the others */
    uint32_t capacity, count;
    VEC(Type *) all;               /* in order of making: parts before wholes, structs when complete */
} Types;

void types_init(Types *types, Arena *arena);
void types_free(Types *types);
static inline Type *type_basic(const Types *types, TypeKind kind) { return types->basic[kind]; }
Type *type_counted(Types *types, TypeKind kind, Type *elem, uint32_t count);  /* ARRAY, LIST, STR_N (elem NULL) */
Type *type_of_elem(Types *types, TypeKind kind, Type *elem, bool mut); /* SLICE, REF, OPTIONAL, SENDER, RECEIVER */
Type *type_tuple(Types *types, Type *const *items, uint32_t len);
Type *type_struct(Types *types, StructDecl *decl);                            /* its own for each declaration */
Type *type_enum(Types *types, EnumDecl *decl);
/* The fields of this struct or enum have their types now: it takes its place in `all`. */
void type_complete(Types *types, Type *type);
Type *type_errors(Types *types, TypeKind kind, ErrorDecl *const *errors, uint32_t len); /* LEAF, GROUP */

bool type_is_int(const Type *type);
bool type_is_signed(const Type *type);
bool type_is_float(const Type *type);
bool type_is_number(const Type *type);
bool type_is_plain_enum(const Type *type); /* no case has a payload: a number in C */
bool type_is_printable(const Type *type); /* types_printable.c: it may stand in an interpolation */
/* Width in bits of an integer type; usize counts as 32 for what may be lost and 64 for what may be gained. */
uint32_t type_bits(const Type *type);
/* A value of `from` becomes one of `to` by itself, losing nothing; also T to T?, &mut T to &T, &[N]T to []T, text to
   str[N], which is checked when it happens. */
bool type_fits(const Type *from, const Type *to);
/* The type that both operands of an operator become by themselves, or NULL. */
Type *type_common(Type *a, Type *b);
/* What is behind a reference; any other type is itself. */
static inline Type *type_behind(Type *type) { return type->kind == TYPE_REF ? type->elem : type; }
/* == is defined. */
bool type_has_equality(const Type *type);
/* As written in the language; for messages. NUL-terminated, in the arena. */
const char *type_text(Types *types, const Type *type);

/* ---- operators: of the tree and of the IR ---- */

typedef enum Op {
    OP_ADD, OP_SUB, OP_MUL, OP_DIV, OP_REM,          /* + - * / %   trap */
    OP_WADD, OP_WSUB, OP_WMUL,                       /* +% -% *%    wrap */
    OP_SADD, OP_SSUB,                                /* +| -|       saturate */
    OP_SHL, OP_SHR, OP_AND, OP_XOR, OP_OR,           /* << >> & ^ | */
    OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE,
    OP_LOGIC_AND, OP_LOGIC_OR, OP_COALESCE,          /* && || ?? */
    OP_NEG, OP_NOT, OP_INVERT                        /* unary - ! ~ */
} Op;

#endif
