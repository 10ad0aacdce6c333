/* ast: the syntax tree, and what the passes up to `flow` write onto it. Made by the parser; each field that a later
   pass fills names that pass. Everything lies in the unit's arena and is never freed singly. */
#ifndef TRC_AST_H
#define TRC_AST_H

#include "types.h"

typedef struct Stmt Stmt;
typedef struct Pattern Pattern;
typedef struct Var Var;
typedef struct Fn Fn;
typedef struct Item Item;
typedef struct Scope Scope;        /* of names; resolve's own */

/* ---- lists: arrays in the arena --------------------------------------------------------------------------------- */

typedef struct ExprList { Expr **at; uint32_t len, capacity; } ExprList;
typedef struct StmtList { Stmt **at; uint32_t len, capacity; } StmtList;
typedef struct VarList { Var **at; uint32_t len, capacity; } VarList;
typedef struct ItemList { Item **at; uint32_t len, capacity; } ItemList;

/* race, together: a nursery without a name, and each arm is a child. */
typedef struct Group {
    struct Block *block;           /* the arms as written */
    Stmt *nursery;                 /* resolve: a STMT_NURSERY; its block has a `start_soon` for each arm */
} Group;

/* { ... } */
typedef struct Block {
    StmtList stmts;
    Span span;                     /* from { to } */
} Block;

/* ---- written types ------------------------------------------------------------------------------------------------- */

typedef enum TypeExprKind {
    TYPE_EXPR_NAME,                /* i32  Event  Point  radio.Frame */
    TYPE_EXPR_APPLY,               /* Sender<T>  Receiver<T>  list<T, N>  Errors<E0, E1> */
    TYPE_EXPR_STR,                 /* str[N] */
    TYPE_EXPR_ARRAY,               /* [N]T */
    TYPE_EXPR_SLICE,               /* []T  []mut T */
    TYPE_EXPR_REF,                 /* &T  &mut T */
    TYPE_EXPR_OPTIONAL,            /* T? */
    TYPE_EXPR_TUPLE,               /* (A, B) */
    TYPE_EXPR_WRONG                /* what the parser gave up on */
} TypeExprKind;

struct TypeExpr {
    TypeExprKind kind;
    Span span;
    bool mut;                      /* REF, SLICE */
    Name module;                   /* NAME: `radio` of radio.Frame, or NULL */
    Name name;                     /* NAME, APPLY */
    TypeExpr *elem;                /* ARRAY, SLICE, REF, OPTIONAL; APPLY: the first argument */
    Expr *count;                   /* ARRAY, STR; list's N */
    struct { TypeExpr **at; uint32_t len, capacity; } args; /* TUPLE; APPLY: all type arguments */
    Type *type;                    /* check: what it means; the error type if it means nothing */
};

/* ---- expressions -------------------------------------------------------------------------------------------------- */

typedef enum ExprKind {
    EXPR_INT,                      /* 42  0xff  'a' */
    EXPR_FLOAT,                    /* 1.5 */
    EXPR_DURATION,                 /* 10ms */
    EXPR_BOOL,                     /* true */
    EXPR_NONE,                     /* none */
    EXPR_STRING,                   /* "plain" (text has the escapes resolved) */
    EXPR_INTERPOLATION,            /* "hi {name}, {x:04x}" */
    EXPR_BYTES,                    /* b"..." */
    EXPR_NAME,                     /* x  f  Point  n */
    EXPR_FIELD,                    /* x.f  E.A  radio.send  s.cancelled_caught */
    EXPR_INDEX,                    /* a[i] */
    EXPR_SLICE,                    /* a[i..j]  a[..]  a[i..] */
    EXPR_CALL,                     /* f(a, b)  Point(x: 1)  E.B(1)  tx.send(v)  u8(x)  Event() */
    EXPR_CHANNEL,                  /* channel<T>(N)  channel<T>(N)[K] */
    EXPR_UNARY,                    /* -a  !a  ~a */
    EXPR_DEREF,                    /* *r */
    EXPR_REF,                      /* &a  &mut a */
    EXPR_BINARY,                   /* a + b  a == b  a && b  a ?? b */
    EXPR_CAST,                     /* a as u8 */
    EXPR_AWAIT,                    /* await f(x) */
    EXPR_IF,                       /* if c { a } else { b } */
    EXPR_ARRAY,                    /* [a, b] */
    EXPR_REPEAT,                   /* [v; N] */
    EXPR_TUPLE,                    /* (a, b) */
    EXPR_RANGE,                    /* a..b  a..=b   only after `for x in` and in patterns */
    EXPR_CATCH,                    /* f() catch E { ... } */
    EXPR_RACE,                     /* let winner = race { a(); b(); }; */
    EXPR_WRONG                     /* what the parser gave up on */
} ExprKind;

/* A value in an argument list; `name` is NULL where none was written. */
typedef struct Arg {
    Name name;
    Span name_span;
    Expr *value;
} Arg;
typedef struct ArgList { Arg *at; uint32_t len, capacity; } ArgList;

/* A piece of an interpolation: text, or an expression with its format. */
typedef struct Part {
    Str text;                      /* if expr is NULL; escapes resolved */
    Expr *expr;
    uint8_t width;                 /* {x:04x}: 4 */
    bool zero;                     /* a leading 0 of the width */
    char kind;                     /* 0, 'x', 'X', 'b', 'c' */
    int8_t precision;              /* {x:.2}: 2; -1 if none */
} Part;
typedef struct PartList { Part *at; uint32_t len, capacity; } PartList;

/* What a call does; written by check into Expr.call.what. */
typedef enum CallKind {
    CALL_UNKNOWN,                  /* before check, or wrong */
    CALL_FN,                       /* a function of the program: call.fn */
    CALL_STRUCT,                   /* Point(1, 2): call.args are in order of the fields after check, all there */
    CALL_CASE,                     /* E.B(1): call.enum_case */
    CALL_ERROR,                    /* Flaky(id): only after raise: call.error */
    CALL_CONVERT,                  /* u8(x): checked conversion to Expr.type */
    CALL_BUILTIN                   /* call.builtin; a method's receiver is call.self */
} CallKind;

typedef enum Builtin {
    BUILTIN_NONE,
#define BUILTIN(id, owner, name) BUILTIN_##id,
#include "builtins.def"
#undef BUILTIN
    BUILTIN_COUNT
} Builtin;

/* The rare parts of a start: a child written in place, and the task's name. */
typedef struct ChildStart {
    Block *block;                  /* n.start_soon { ... }, or NULL */
    Fn *fn;                        /* resolve: the function made of the block (FN_CHILD) */
    Name as;                       /* ... as t, or NULL */
    Var *as_var;                   /* resolve */
} ChildStart;

/* channel<T>(N) and its kin: the `op` of an EXPR_CHANNEL. */
typedef enum ChannelKind { CHANNEL_QUEUE, CHANNEL_LATEST, CHANNEL_BROADCAST } ChannelKind;
enum { BROADCAST_MAX = 250 };      /* receivers: the runtime numbers them with a byte */

/* No expression is a taller tree, nor lies in more blocks: so no pass runs out of stack. */
enum { AST_DEPTH_MAX = 1000 };

/* Nodes are allocated only as large as their kind needs: never copy one whole, never turn one into a larger kind. */
struct Expr {
    uint8_t kind;                  /* ExprKind */
    uint8_t op;                    /* UNARY, BINARY: Op; CHANNEL: ChannelKind */
    uint16_t depth;                /* height of the tree below, without blocks; 0 for a leaf */
    bool mut : 1;                  /* REF: &mut */
    bool inclusive : 1;            /* RANGE: ..= */
    bool paren : 1;                /* was written in parentheses; they belong to its span */
    bool constant : 1;             /* check: its value is known: INT, FLOAT, DURATION, BOOL, STRING after folding */
    bool moves : 1;                /* check: a NAME (or place) that is a handle, read by value: it is moved away here */
    bool awaited : 1;              /* check: a CALL directly under an AWAIT */
    Span span;
    Type *type;                    /* check: never NULL after it; the error type where wrong (silences what follows) */
    union {
        uint64_t integer;          /* INT, BOOL, DURATION (ns, two's complement). Folding makes other kinds INT in place. */
        double number;             /* FLOAT */
        Str text;                  /* STRING, BYTES */
        PartList parts;            /* INTERPOLATION */
        struct {                   /* NAME; one of the pointers is set by resolve, none if it is wrong or a builtin's name */
            Name name;
            Var *var;
            Item *item;            /* a function, struct, enum, error, constant, static or module */
        } name;
        struct {                   /* FIELD */
            Expr *of;
            Name name;
            Span name_span;
            int16_t index;         /* check: of the struct's or tuple's or error's field; -1 if it is no plain field */
            uint16_t builtin;      /* check: x.len, s.cancelled_caught, n.cancel_scope, e.name ...; else BUILTIN_NONE */
            EnumCase *enum_case;   /* check: E.A without payload; else NULL */
            Item *item;            /* resolve: radio.BAUD; else NULL */
        } field;
        struct { Expr *of, *at; } index;              /* INDEX */
        struct { Expr *of, *low, *high; } slice;      /* SLICE; low, high may be NULL */
        struct {                   /* CALL */
            Expr *callee;          /* NAME, or FIELD for methods and cases */
            ArgList args;
            struct ChildStart *child; /* n.start_soon { ... } and ... as t; else NULL */
            uint8_t what;          /* check: CallKind */
            uint16_t builtin;      /* check: Builtin */
            Expr *self;            /* check: a method's receiver as written; its type may be a reference to the object */
            union {                /* check, by `what` */
                Fn *fn;            /* FN */
                EnumCase *enum_case; /* CASE */
                ErrorDecl *error;  /* ERROR */
            } to;
        } call;
        struct {                   /* CHANNEL; its type is a tuple of Sender and Receivers (or of arrays of them) */
            uint32_t receivers;    /* check: of a broadcast: as many as there are names for them */
            TypeExpr *elem;
            Expr *capacity, *copies; /* copies: the [K], or NULL */
        } channel;
        struct { Expr *left, *right; } binary;        /* BINARY, RANGE (either may be NULL in patterns) */
        Expr *operand;             /* UNARY, DEREF, REF, AWAIT */
        struct { Expr *of; TypeExpr *to; } cast;      /* CAST */
        struct { Expr *cond; Block *then, *other; } branch; /* IF: values are the blocks' last expression statements without `;` */
        ExprList items;            /* ARRAY, TUPLE */
        struct { Expr *value, *count; } repeat;       /* REPEAT */
        struct {                   /* CATCH */
            Expr *of;
            struct Clause *clause; /* one; its block leaves or gives a value */
        } caught;
        Group group;               /* RACE */
    } u;
};

/* ---- patterns ------------------------------------------------------------------------------------------------------- */

typedef enum PatternKind {
    PATTERN_ANY,                   /* _ */
    PATTERN_BIND,                  /* x   binds a copy */
    PATTERN_VALUE,                 /* 3  'a'  "text"  LIMIT  true  none */
    PATTERN_RANGE,                 /* 1..5  1..=5 */
    PATTERN_CASE,                  /* E.B(x, _)  E.A  Flaky(id) */
    PATTERN_OR,                    /* a | b */
    PATTERN_WRONG
} PatternKind;

typedef struct PatternList { Pattern **at; uint32_t len, capacity; } PatternList;

struct Pattern {
    PatternKind kind;
    Span span;
    Expr *value;                   /* VALUE; RANGE: an EXPR_RANGE; CASE: the FIELD or NAME before the parentheses */
    Name name;                     /* BIND */
    Var *var;                      /* BIND: resolve */
    EnumCase *enum_case;           /* CASE: check */
    ErrorDecl *error;              /* CASE over a group: check */
    PatternList items;             /* CASE: sub-patterns in order of the fields; OR: alternatives */
};

/* ---- statements ------------------------------------------------------------------------------------------------------ */

typedef enum StmtKind {
    STMT_LET,                      /* let x = v;  var x: T = v;  let (a, b) = v; */
    STMT_ASSIGN,                   /* x = v;  a[i] += v; */
    STMT_EXPR,                     /* f(x);  await g();  and a block's value: e without `;` */
    STMT_DROP,                     /* _ = f(); */
    STMT_BLOCK,                    /* { ... } */
    STMT_IF,                       /* if c { } else { }   if let x = maybe { }   if const c { } */
    STMT_WHILE,                    /* while c { } */
    STMT_LOOP,                     /* loop { } */
    STMT_FOR,                      /* for i in a..b { }  for x in list { }  for i, x in list { } */
    STMT_ASYNC_FOR,                /* async for job in jobs { } */
    STMT_MATCH,                    /* match x { A => { } } */
    STMT_BREAK, STMT_CONTINUE,     /* break outer; */
    STMT_RETURN,                   /* return v; */
    STMT_RAISE,                    /* raise Flaky(id);   raise; */
    STMT_DEFER,                    /* defer { } */
    STMT_ASSERT,                   /* assert cond, "why"; */
    STMT_TRY,                      /* try { } catch* E as e { } */
    STMT_NURSERY,                  /* nursery n { } */
    STMT_SCOPE,                    /* move_on_after 5s shield as s { } else { }   and its family */
    STMT_SELECT,                   /* select { ... } */
    STMT_RACE,                     /* race { a(); b(); } */
    STMT_TOGETHER,                 /* together { let x = a(); } */
    STMT_EVERY,                    /* every 10ms as late { } */
    STMT_WITH,                     /* async with lock { } */
    STMT_CRITICAL,                 /* critical { } */
    STMT_WRONG                     /* what the parser gave up on */
} StmtKind;

typedef enum ScopeKind {
    SCOPE_CANCEL,                  /* cancel_scope */
    SCOPE_SHIELD,                  /* shield */
    SCOPE_SOFT,                    /* soft */
    SCOPE_MOVE_ON_AFTER, SCOPE_MOVE_ON_AT, SCOPE_FAIL_AFTER, SCOPE_FAIL_AT
} ScopeKind;

/* catch E as e { }   catch* A | B as g { }   catch* _ { } */
typedef struct Clause {
    bool star, any;                /* catch*; `_` */
    Span span;                     /* `catch` to before the block */
    struct { Name *at; uint32_t len, capacity; } names;
    struct { Name *at; uint32_t len, capacity; } modules; /* `radio` of radio.Busy, or NULL; one for each name */
    struct { Span *at; uint32_t len, capacity; } name_spans;
    struct { ErrorDecl **at; uint32_t len, capacity; } errors; /* resolve: one for each name; any: effects fills in all that can come */
    Name as;
    Var *var;                      /* resolve: the bound error (catch) or group (catch*), or NULL */
    Block *block;
    bool jumps;                    /* effects: return, break or continue leaves it */
} Clause;

typedef struct Arm {               /* of match: patterns => { }; of select: see SelectArm */
    Pattern *pattern;
    Expr *guard;                   /* if c, or NULL */
    Block *block;
    Span span;
} Arm;

typedef enum SelectKind { SELECT_AWAIT, SELECT_AFTER, SELECT_AT, SELECT_ELSE } SelectKind;
typedef struct SelectArm {
    SelectKind kind;
    Expr *expr;                    /* AWAIT: the call; AFTER, AT: the time */
    Name as;
    Span as_span;
    Var *var;                      /* resolve */
    Expr *guard;
    Block *block;
    Span span;
} SelectArm;

struct Stmt {
    uint8_t kind;                  /* StmtKind */
    bool has_semicolon;            /* EXPR: false for a block's value */
    bool unreachable;              /* flow */
    Span span;                     /* the whole statement; for compound ones up to before the first block */
    union {
        struct {                   /* LET */
            bool var;              /* var, not let */
            bool is_static;        /* static var */
            VarList vars;          /* one, or several for (a, b) */
            TypeExpr *type;        /* or NULL */
            Expr *value;           /* or NULL: `var x: T;` is assigned before its first use (flow) */
            Item *item;            /* static: resolve: what it is; the value is there then */
        } let;
        struct { Expr *to; Expr *value; int8_t op; } assign; /* op: -1 for =, else the Op of op= */
        Expr *expr;                /* EXPR, DROP, RETURN (may be NULL) */
        Block *block;              /* BLOCK, DEFER, CRITICAL */
        struct {                   /* IF */
            Expr *cond;
            bool is_let, is_const;
            Var *var;              /* if let x = cond */
            Block *then, *other;   /* other: NULL, or a block; `else if` is a block of one STMT_IF */
        } branch;
        struct { Name label; Expr *cond; Block *block; } loop;  /* WHILE, LOOP (cond NULL) */
        struct {                   /* FOR, ASYNC_FOR */
            Name label;
            Var *index;            /* of `for i, x`; NULL */
            Var *var;
            Expr *in;
            Block *block;
        } each;
        struct { Expr *of; struct { Arm *at; uint32_t len, capacity; } arms; } match;
        struct { Name label; Stmt *target; } jump;   /* BREAK, CONTINUE; target: resolve, the loop */
        struct { Expr *error; } raise;               /* NULL: raise; */
        struct { Expr *cond, *why; } check;          /* ASSERT; why may be NULL or an interpolation */
        struct { Block *block; struct { Clause **at; uint32_t len, capacity; } clauses; } attempt; /* TRY */
        struct {                   /* NURSERY */
            Var *var;              /* n */
            Expr *capacity;        /* nursery n[8], or NULL */
            bool dynamic;          /* nursery n[dynamic] */
            Block *block;
            struct NurseryPlan *plan; /* effects */
        } nursery;
        struct {                   /* SCOPE */
            ScopeKind kind;
            Expr *time;            /* of the timed ones */
            bool shield;           /* move_on_after 1s shield; true for SHIELD */
            Var *var;              /* as s, or NULL; declared in the surrounding block */
            Block *block, *other;  /* other: else { }, or NULL */
            bool deadline_written; /* effects: s.deadline is set somewhere (then the scope needs a timer) */
            bool lent, told;       /* effects: &s; s.cancel_reason or s.cancelled_at is read */
        } scope;
        struct { struct { SelectArm *at; uint32_t len, capacity; } arms; } select;
        Group group;               /* RACE, TOGETHER */
        struct {                   /* EVERY */
            Name label;
            Expr *time;
            Var *late;             /* how many beats were missed before this one; NULL */
            Block *block;
        } every;
        struct {                   /* WITH */
            Expr *resource;
            Expr *position;        /* check: of a Sequencer, n of `async with seq(n)`, whose resource is `seq` then; else NULL */
            Block *block;
        } with;
    } u;
};

/* ---- declarations ------------------------------------------------------------------------------------------------------ */

typedef enum VarKind {
    VAR_LET, VAR_VAR, VAR_PARAM, VAR_LOOP,
    VAR_CATCH,                     /* the error or group of a clause */
    VAR_SCOPE,                     /* as s: type CancelScope */
    VAR_NURSERY,                   /* nursery n: type Nursery */
    VAR_TASK,                      /* start_soon(...) as t */
    VAR_CAPTURE,                   /* in a child written in place: stands for `captured` of the surrounding function */
    VAR_CONST, VAR_STATIC          /* at the top level */
} VarKind;

/* Where a static lies: at section(".noinit") align(32) uninit; static atomic var. */
typedef struct Placement {
    Str section;                   /* empty if none */
    Expr *align;                   /* or NULL */
    bool uninit, atomic;
} Placement;

struct Var {
    VarKind kind;
    Name name;
    Span span;                     /* of the name where it is declared */
    Type *type;                    /* check */
    TypeExpr *written;             /* the type as written, or NULL */
    Placement *placement;          /* STATIC; or NULL */
    Fn *fn;                        /* resolve: the function it is a local of; NULL at the top level */
    Var *captured;                 /* CAPTURE */
    bool by_reference;             /* CAPTURE: of type &mut T or &T implicitly; reads and writes go through (check inserts nothing: lower does) */
    Stmt *owner;                   /* resolve: of SCOPE and NURSERY the statement */
    uint32_t depth;                /* resolve: block depth in its function, parameters 0; what is declared deeper dies earlier */
    Block *block;                  /* resolve: the block that declares it */
    bool used, written_to;         /* resolve/check: for warnings and const-ness */
    bool address_taken;            /* check: & of it (or of a part), or captured by reference, somewhere */
    uint32_t ir;                   /* lower: its variable in the IR + 1 */
    uint32_t slot;                 /* effects, then flow: its place in their tables; means nothing behind them */
};

typedef struct Param {
    Var *var;
    Expr *fallback;                /* default value; not in the language yet, always NULL */
} Param;

/* How many leaves of one kind of error may leave together. */
typedef struct Raise {
    ErrorDecl *error;
    bool many;                     /* E*: several may arrive together */
    Span span;                     /* where it was written, or of the first cause found */
    Expr *cause;                   /* effects: the call or raise that brings it, for messages; may be NULL */
} Raise;
typedef struct RaiseList { Raise *at; uint32_t len, capacity; } RaiseList;

typedef enum FnKind {
    FN_PLAIN,                      /* fn */
    FN_ASYNC,                      /* async fn */
    FN_CHILD,                      /* a child written in place: an async fn made by resolve, without a name of its own */
    FN_EXTERN, FN_EXTERN_ASYNC, FN_ISR, FN_TEST
} FnKind;

struct Fn {
    FnKind kind;
    Name name;                     /* CHILD: of the built-in that it waits for, as an arm of race or together; else NULL */
    Span span;                     /* of the name */
    Span head;                     /* from `fn` to the body */
    bool is_pub, is_export;
    bool is_isr;                   /* isr fn, extern isr fn */
    VarList params;                /* a child's are its captures, made by resolve */
    TypeExpr *result_expr;         /* -> T, or NULL */
    TypeExpr *starts_expr;         /* starts T, or NULL */
    bool starts;                   /* has `starts`, with or without a type */
    bool raises_written, raises_inferred; /* `raises A` / bare `raises` */
    struct { Name *at; uint32_t len, capacity; } raise_names;      /* as written */
    struct { Name *at; uint32_t len, capacity; } raise_modules;    /* `radio` of radio.Busy, or NULL */
    struct { Span *at; uint32_t len, capacity; } raise_spans;
    struct { bool *at; uint32_t len, capacity; } raise_stars;
    struct { ErrorDecl **at; uint32_t len, capacity; } raise_errors; /* resolve: one for each name; NULL: unknown */
    Block *body;                   /* NULL for extern */
    Module *module;
    Type *result;                  /* check; the empty type if none */
    Type *start_type;              /* check; the empty type or NULL */
    RaiseList raises;              /* effects: all that can leave, in order of declaration of the errors; at most those written */
    uint32_t leaf_max;             /* effects: most leaves in flight at its end; 0 if it raises nothing */
    bool is_async;                 /* resolve: has a frame and steps (ASYNC, CHILD, EXTERN_ASYNC, TEST) */
    bool reachable;                /* effects: from main (or a test, or an export) */
    Fn *parent;                    /* CHILD: the function it is written in */
    VarList locals;                /* resolve: every Var declared inside, parameters first */
    uint8_t state;                 /* check: how far it has got with this function */
    uint32_t mark;                 /* effects: for walks over the call graph */
    uint32_t ir;                   /* lower: its function in the IR + 1 */
};

typedef enum ItemKind {
    ITEM_FN, ITEM_STRUCT, ITEM_ENUM, ITEM_ERROR, ITEM_CONST, ITEM_STATIC, ITEM_IMPORT, ITEM_TEST, ITEM_CHANNEL,
    ITEM_IF,                       /* if const BOARD == "rev2" { ... } else { ... } */
    ITEM_INCLUDE                   /* include "board.h"; */
} ItemKind;

struct Item {
    ItemKind kind;
    Name name;
    Span span;                     /* of the name */
    bool is_pub;
    bool is_config;                /* CONST: config NAME: T = v; */
    Name path;                     /* IMPORT: `std.net`; name is its last word */
    Module *home;                  /* resolve: the module that declares it; NULL: built in */
    union {
        Fn *fn;                    /* FN, TEST */
        StructDecl *structure;
        EnumDecl *enumeration;
        ErrorDecl *error;
        struct { Var *var; Expr *value; TypeExpr *type; uint8_t state; } global; /* CONST, STATIC; state: check's, against circles */
        Module *module;            /* IMPORT: resolve */
        struct { TypeExpr *elem; Expr *capacity; Var *var; } channel; /* static channel<T>(N) name; */
        struct { Expr *cond; ItemList then, other; } branch;  /* IF; `else if const` is an `other` of one IF */
        Str include;               /* INCLUDE: the file's name */
    } u;
};

struct Module {
    Name name;
    Source *source;
    ItemList items;                /* in order of the source */
    ItemList imports;
    Scope *scope;                  /* resolve */
};

/* ---- a nursery's slots: effects decides, lower and frame build ------------------------------------------------------------ */

/* One `start_soon` or `start`, with the slots that it fills. */
typedef struct StartSite {
    Expr *call;                    /* the start_soon/start CALL */
    Fn *fn;                        /* what is started */
    uint32_t copies;               /* how many slots of its own: product of the loops around it; 0: it uses the pool */
    bool scoped;                   /* it has a cancel scope of its own: it is a service, or a handle refers to it */
} StartSite;

typedef struct NurseryPlan {
    struct { StartSite *at; uint32_t len, capacity; } sites;
    uint32_t pool;                 /* nursery n[8]: slots shared by all sites; 0: each site has its own */
    uint32_t leaf_max;             /* most leaves that can arrive: body and children together */
    bool can_be_full;              /* NurseryFull can be raised */
    bool falls_through;            /* it is lent or its cancel_scope is named: cancelled, it may end quietly */
    bool deadline_written;         /* n.cancel_scope.deadline is set somewhere, or may be (then it needs a timer) */
    bool lent, told;               /* &n or &n.cancel_scope; its cancel_reason or cancelled_at is read */
} NurseryPlan;

/* ---- making and showing: ast.c ---------------------------------------------------------------------------------------------- */

Expr *ast_expr(Arena *arena, ExprKind kind, Span span);
Stmt *ast_stmt(Arena *arena, StmtKind kind, Span span);
TypeExpr *ast_type(Arena *arena, TypeExprKind kind, Span span);
Pattern *ast_pattern(Arena *arena, PatternKind kind, Span span);
Var *ast_var(Arena *arena, VarKind kind, Name name, Span span);
const char *op_text(Op op);        /* "+%" */
const char *builtin_name(Builtin builtin);
/* `trc dump --stage=ast`: one node a line, indented. */
void ast_dump(Buf *out, const Module *module);

#endif
