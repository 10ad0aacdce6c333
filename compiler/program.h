/* program: everything that is known of the program that is being compiled; the passes hand it on. */
#ifndef TRC_PROGRAM_H
#define TRC_PROGRAM_H

#include "diag.h"
#include "ast.h"

/* Interned once, so that passes compare pointers. WORD(id, "text"). */
typedef struct KnownNames {
    Name main, underscore;
} KnownNames;

enum { REASON_EXPLICIT = 2 };      /* the case of CancelReason that carries what was said */

typedef struct Program {
    Arena *arena;                  /* the AST and all that hangs on it */
    Names *names;
    Sources *sources;
    Diags *diags;
    Types types;
    KnownNames known;
    VEC(Module *) modules;         /* the main one first */
    /* resolve */
    struct BuiltinNames *builtins; /* names.h */
    VEC(Fn *) fns;                 /* all, children written in place behind the function they are written in */
    VEC(ErrorDecl *) errors;       /* by number - 1: built-in ones first */
    VEC(StructDecl *) structs;
    VEC(EnumDecl *) enums;
    VEC(Var *) globals;            /* consts and statics */
    VEC(Item *) local_statics;     /* `static var` inside of functions */
    Fn *main;
    bool has_test_runtime;         /* it is built for the virtual clock: TR_TEST */
    EnumDecl *cancel_reason;       /* the built-in CancelReason */
    /* effects */
    bool reads_reasons;            /* somewhere `cancel_reason` or `cancelled_at` of a scope is read */
    bool reads_lent_reasons;       /* ... of one that is reached through a reference */
    bool takes_main, takes_tests;  /* what is made into C: `main`, the main module's tests, and what they reach */
    /* effects */
    VEC(Fn *) reached;             /* reachable ones with a body, callees and children before who awaits or starts them */
} Program;

/* The built-in errors, in order of their numbers: ERROR(id, "name"); IoError has a field `code: i32`. */
#define BUILTIN_ERRORS(ERROR)                                                                                        \
    ERROR(TOO_SLOW, "TooSlow")                                                                                       \
    ERROR(END_OF_CHANNEL, "EndOfChannel")                                                                            \
    ERROR(BROKEN_RESOURCE, "BrokenResource")                                                                         \
    ERROR(WOULD_BLOCK, "WouldBlock")                                                                                 \
    ERROR(NURSERY_FULL, "NurseryFull")                                                                               \
    ERROR(NOT_STARTED, "NotStarted")                                                                                 \
    ERROR(OUT_OF_MEMORY, "OutOfMemory")                                                                              \
    ERROR(IO_ERROR, "IoError")

typedef enum BuiltinError {
    ERROR_NONE_BUILTIN,
#define BUILTIN_ERROR_ID(id, name) BUILTIN_ERROR_##id,
    BUILTIN_ERRORS(BUILTIN_ERROR_ID)
#undef BUILTIN_ERROR_ID
    BUILTIN_ERROR_END              /* the first number of the program's own */
} BuiltinError;

/* ---- the passes over the tree, in order. Each adds diagnostics to program->diags; none prints or exits. -------------- */

/* parse.c. Gives the module's tree; what could not be understood is *_WRONG in it and has been reported. */
Module *parse(Program *program, Source *source, Name name);

/* resolve_program.c. Needs parsed modules. Gives: names bound to what they name (name.var, name.item), Fn.locals, depth and
   block of variables, jump targets, captures and functions of children written in place, program's lists. */
void resolve(Program *program);

/* check.c. Needs resolve without errors or with: what is wrong has the error type. Gives: a type on every expression, what
   each call does, constants folded, moves marked. */
void check(Program *program);

/* effects_program.c. Needs check without errors. Gives: what each function raises and how many leaves, nursery plans,
   reachability; refuses missing await, await where it may not be, unhandled errors, unknown capacity, async recursion. */
void effects(Program *program);

/* flow_program.c. Needs effects. Changes only `unreachable`. Refuses use before assignment, missing return, use after
   move, borrows that could dangle; warns of what is unreachable or unused. */
void flow(Program *program);

#endif
