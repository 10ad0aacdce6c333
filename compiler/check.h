/* check: private to the check_*.c files, which find out what every expression is. */
#ifndef TRC_CHECK_H
#define TRC_CHECK_H

#include "integer.h"
#include "names.h"

/* A nursery whose block is being checked. */
typedef struct OpenNursery {
    const struct OpenNursery *outer;
    const Var *var;
} OpenNursery;

/* A const or static whose value is being looked for. */
typedef struct Pending {
    const struct Pending *outer;
    const Item *item;
} Pending;

/* Where the expression stands that is being checked. */
typedef struct Context {
    Module *module;
    Fn *fn;                        /* NULL at the top level */
    const OpenNursery *nurseries;  /* innermost; those of the functions around a child too */
    uint32_t behind;               /* inside how many Sender<...>, &... of a written type: there it may be incomplete */
} Context;

/* An expression may hold a block, which holds expressions; the type of a declaration may need a constant, which may
   need the body of a function or another declaration. What the rooms beneath need of these goes back up through this
   table, and so every room knows only those beneath it. */
typedef struct Checker Checker;
typedef struct CheckUp {
    Type *(*expr)(Checker *c, Expr *expr, Type *hint);
    void (*block)(Checker *c, const Block *block);
    void (*complete)(Checker *c, Type *type);
    Var *(*global)(Checker *c, Item *item);
    void (*body)(Checker *c, Fn *fn);
} CheckUp;

struct Checker {
    const CheckUp *up;
    Program *program;
    Arena *arena;
    Types *types;
    Diags *diags;
    const BuiltinNames *builtins;
    Context at;
    const Pending *pending;        /* innermost */
    Arena cover;                   /* of the check of one match */
    Arena scratch;                 /* of one evaluation of a constant, and those that it needs */
    uint32_t evaluations;          /* that are under way */
    uint32_t chain;                /* declarations that wait for one that they need */
    bool makes;                    /* an object may be made by what is checked now: it is a variable's first value */
    Type *error, *empty, *never, *boolean, *u8, *i32, *i64, *usize, *f64, *duration, *instant, *str;
    Type literal, negative, real;  /* of numbers that have not met a type yet */
};

/* The expression's type, which may be a literal's; hint may be NULL. */
static inline Type *check_expr(Checker *c, Expr *expr, Type *hint) { return c->up->expr(c, expr, hint); }
static inline void check_block(Checker *c, const Block *block) { c->up->block(c, block); }
/* Fields of a struct or enum have their types. */
static inline void need_complete(Checker *c, Type *type) { c->up->complete(c, type); }
/* Gives the variable of a const or static, with its type; its value has been checked, and folded if it is a const. */
static inline Var *need_global(Checker *c, Item *item) { return c->up->global(c, item); }
static inline void need_body(Checker *c, Fn *fn) { c->up->body(c, fn); }

/* What a value is for: the type it must become, and who says so. */
typedef struct Wanted {
    Type *type;
    Span because;                  /* where that is said; length 0: nowhere */
    const char *why;               /* "parameter %", where % stands for `name` */
    Name name;
} Wanted;

static inline Wanted wanted(Type *type) { return (Wanted){.type = type}; }
static inline bool is_wrong(const Type *type) { return type->kind == TYPE_ERROR_TYPE; }

/* ---- check.c: what all rooms ask for ---- */
/* Contexts: the old one comes back from the first, and goes into the second. */
Context context_enter(Checker *c, Module *module, Fn *fn);
void context_leave(Checker *c, Context old);
void not_supported(Checker *c, Span span, const char *what);
/* How many declarations may wait for one another: those that come later in the text are looked at first. */
enum { CHAIN_MAX = 200 };
bool is_literal(const Checker *c, const Type *type);
const char *type_name_of(Checker *c, const Type *type); /* for messages: "`i32`", "a whole number" */
Str text_of(Checker *c, Span span);                     /* of the source */

/* ---- check_tree.c: what is known by its form ---- */
bool is_maker(const Expr *expr);                       /* of objects, if that is its type */
bool become_name(Expr *expr);                          /* radio.BAUD becomes a NAME; false for all else */
Item *item_named(const Expr *expr);                    /* what a NAME that is no variable names, or NULL */
bool is_static_channel(const Expr *expr);              /* bus.tx: a handle of one */
Expr *block_value(const Block *block);                 /* its last expression without `;`, or NULL */
bool block_leaves(const Block *block);                 /* it does not run through to its end */

/* ---- check_fn.c: functions ---- */
/* Fn.state: how far it has got; RIGHT: its body has been checked, without errors. */
enum { FN_UNSEEN, FN_SIGNATURE, FN_IN_PROGRESS, FN_RIGHT, FN_WRONG };
void need_signature(Checker *c, Fn *fn);     /* types of parameters and result */
void check_body(Checker *c, Fn *fn);         /* need_body */

/* ---- check_global.c: const, static, channels ---- */
/* Item.u.global.state: how far it has got; UNTYPED: a number that still takes the type that it meets. */
enum { GLOBAL_UNSEEN, GLOBAL_IN_PROGRESS, GLOBAL_TYPED, GLOBAL_UNTYPED };
Var *find_global(Checker *c, Item *item);    /* need_global */
void need_channel(Checker *c, Item *item);

/* ---- check_decl.c: structs, enums, errors ---- */
/* The `state` of a struct or enum; REPORTED: in progress, and known to contain itself. */
enum { DECL_UNSEEN, DECL_IN_PROGRESS, DECL_REPORTED, DECL_DONE };
void complete_type(Checker *c, Type *type);  /* need_complete */
void need_error_fields(Checker *c, ErrorDecl *error);

/* ---- check_type.c: written types ---- */
Type *check_type(Checker *c, TypeExpr *written);
typedef enum Holder { HOLDER_FIELD, HOLDER_ELEMENT, HOLDER_ITEM, HOLDER_ERROR, HOLDER_RESULT, HOLDER_PARAMETER } Holder;
/* Whether values of a type may be kept in such a place; else false, with a message. */
bool check_holds(Checker *c, Holder holder, const Type *type, Span span);

/* ---- check_value.c: how values meet types ---- */
void settle(Checker *c, Expr *expr, Type *type);       /* a literal takes the type that it meets */
void settle_default(Checker *c, Expr *expr);
Type *check_value(Checker *c, Expr *expr, Type *hint); /* a value of some type, not moved away; hint may be NULL */
Type *settle_value(Checker *c, Expr *expr);            /* the same for what has been checked already */
bool check_wanted(Checker *c, Expr *expr, Wanted want);
bool meet(Checker *c, Expr *expr, Wanted want);        /* the same for what has been checked already */
void take(Checker *c, Expr *expr);                     /* the value goes elsewhere: handles move, resources cannot */
Type *check_first_value(Checker *c, Expr *expr, Type *hint); /* check_expr of a variable's, which may be made here */
void check_condition(Checker *c, Expr *expr, const char *what);
void mismatch(Checker *c, Expr *expr, Wanted want);

/* ---- check_fold.c: constants ---- */
Integer constant_of(const Checker *c, const Expr *expr);
void set_integer(Checker *c, Expr *expr, Integer value, Type *type); /* an INT, BOOL or DURATION in place */
void fold_unary(Checker *c, Expr *expr);
void fold_binary(Checker *c, Expr *expr);
/* What an operator on integers gives; else why it gives nothing. `type` may be a literal's. */
const char *fold_integer(Checker *c, Op op, Integer a, Integer b, Type *type, Integer *result);
bool float_in_range(double value, const Type *to);
void fold_convert(Checker *c, Expr *expr, const Expr *of, bool checked);
void does_not_fit(Checker *c, Span span, Integer value, const Type *type);

/* ---- check_constant.c: where a constant must stand ---- */
bool check_constant(Checker *c, Expr *expr, Wanted want, const char *what);
/* A number from `least` on that fits 31 bits; false if it is wrong. */
bool check_count(Checker *c, Expr *expr, uint32_t least, const char *what, uint32_t *count);
bool check_channel_capacity(Checker *c, Expr *expr, uint32_t least);
/* What is not known here is looked at when the program runs. */
void refuse_negative(Checker *c, const Expr *number, const char *what);
void refuse_negative_time(Checker *c, const Expr *time);

/* ---- check_place.c: places in memory ---- */
typedef struct Storage {
    bool is_place, mutable;
    Var *root;                     /* the variable it is a part of, if it is not behind a reference */
    const Expr *through;           /* the reference or slice that it goes through, or NULL */
} Storage;
Storage storage_of(const Expr *expr);
void need_mutable(Checker *c, const Expr *expr, const char *doing); /* marks the variable as written to */
void need_mutable_object(Checker *c, const Expr *self, const char *doing); /* the same; perhaps through a reference */
void mark_borrowed(Var *var);

/* ---- check_sequence.c ---- */
Type *check_array(Checker *c, Expr *expr, Type *hint);
Type *check_repeat(Checker *c, Expr *expr, Type *hint);
Type *check_tuple(Checker *c, Expr *expr, Type *hint);
Type *check_index(Checker *c, Expr *expr);
Type *check_slice(Checker *c, Expr *expr, Type *hint);

/* ---- check_expr.c, check_name.c, check_op.c, check_text.c ---- */
Type *type_of_expr(Checker *c, Expr *expr, Type *hint); /* check_expr */
void check_clause_var(Checker *c, Clause *clause);
Type *check_name(Checker *c, Expr *expr);
Type *check_item_name(Checker *c, Expr *expr, Item *item);
Type *check_binary(Checker *c, Expr *expr, Type *hint);
Type *check_unary(Checker *c, Expr *expr, Type *hint);
Type *check_cast(Checker *c, Expr *expr);
bool can_convert(const Type *from, const Type *to);
void cannot_convert(Checker *c, const Expr *expr, const Expr *of, Type *to);
void settle_to_convert(Checker *c, Expr *of, Type *to);
static inline bool operator_is_for_ints(Op op) { return op == OP_REM || (op >= OP_WADD && op <= OP_OR); }
/* What `left op right` gives, both checked already; literals among them are settled. `whole` is the expression or the
   assignment. The error type, with a message, if it is not defined. */
Type *operator_result(Checker *c, Op op, Expr *left, Expr *right, Span whole);
Type *check_interpolation(Checker *c, Expr *expr, Type *hint); /* only where a str[N] is wanted */
void check_text(Checker *c, Expr *expr);                       /* interpolated text, or what can be printed */

/* ---- check_field.c ---- */
Type *check_field(Checker *c, Expr *expr);
/* The case that `E.A` names, or NULL with a message. */
EnumCase *check_case_name(Checker *c, Expr *field, EnumDecl *decl);
void unknown_member(Checker *c, const Expr *field, const Type *type);

/* ---- check_args.c ---- */
/* Whether there are as many arguments as there should be, and named as they should be. */
typedef struct Callee {
    const char *owner, *name;      /* `E.B`; owner is NULL without a dot */
    Span span;                     /* where it is declared; length 0: built in */
    uint32_t count;
    const VarList *params;         /* one of the two, or none: then arguments have no names */
    const FieldList *fields;
} Callee;
void check_args(Checker *c, Expr *call, const Callee *callee);
bool check_arg_count(Checker *c, const Expr *call, const Callee *callee);
void check_all_args(Checker *c, const Expr *call);     /* of something that is wrong already */

/* ---- check_call.c, check_builtin.c, check_method.c, check_start.c ---- */
Type *check_call(Checker *c, Expr *expr, Type *hint);
Type *check_builtin(Checker *c, Expr *expr, Builtin builtin, Type *hint);
Type *check_bit_function(Checker *c, Expr *expr, Builtin builtin, Type *hint); /* check_bits.c */
Type *check_bits(Checker *c, Expr *expr, Type *object); /* x.bits(high, low) */
Type *check_enum_from(Checker *c, Expr *expr, Type *type);
Type *check_method(Checker *c, Expr *expr);
Type *check_child(Checker *c, Expr *expr);             /* start_soon { ... } */
Type *check_start_call(Checker *c, Expr *expr, Builtin builtin);
Type *check_raised(Checker *c, Expr *expr);            /* after `raise`: Flaky(id), or BusFault */

/* ---- check_drop.c ---- */
void check_expr_stmt(Checker *c, const Stmt *stmt);
void check_drop(Checker *c, Expr *expr);               /* _ = f(); */

/* ---- check_stmt.c, check_assign.c, check_loop.c, check_match.c, check_cover.c, check_group.c, check_select.c ---- */
void check_stmts(Checker *c, const Block *block);      /* check_block */
void check_let(Checker *c, Stmt *stmt);
void check_assign(Checker *c, Stmt *stmt);
void check_for(Checker *c, Stmt *stmt);
void check_async_for(Checker *c, Stmt *stmt);
void check_every(Checker *c, Stmt *stmt);
void check_match(Checker *c, Stmt *stmt);
/* race, together. Gives a race's value. */
Type *check_group(Checker *c, const Group *group, Span span, bool together);
void check_select(Checker *c, const Stmt *stmt);
void check_cover(Checker *c, const Stmt *match, Type *type); /* every value has an arm, every arm a value */

/* ---- check_evaluate_constant.c ---- */
/* The constant that an expression is, as a literal in its place or a tree of literals; NULL, with a message.
   Expressions that call functions are run. */
Expr *evaluate(Checker *c, Expr *expr, const char *what);

#endif
