/* tree: questions about the checked tree that effects and flow both ask. They change nothing. */
#ifndef TRC_TREE_H
#define TRC_TREE_H

#include "program.h"

/* Calls `visit` for every direct part of an expression, in order of evaluation. Names of functions are no parts, nor
   are the blocks of IF, CATCH, RACE and of a child written in place: who needs those enters them. */
typedef void (*VisitPart)(void *context, Expr *part);
void expr_parts(const Expr *expr, VisitPart visit, void *context);
/* The same for a statement: its expressions and its blocks, in order of the text. */
typedef void (*VisitBlock)(void *context, const Block *block);
void stmt_parts(const Stmt *stmt, VisitPart visit, VisitBlock enter, void *context);

/* The variable at the root of a place: `p` of p.list[i], of &p and of *p. NULL if the value has no variable below
   it. */
Var *place_var(const Expr *place);
/* What a capture stands for, through all functions; any other variable is its own. */
Var *var_original(Var *var);

static inline bool is_call_of(const Expr *expr, Builtin builtin) {
    return expr->kind == EXPR_CALL && expr->u.call.what == CALL_BUILTIN && expr->u.call.builtin == (uint16_t)builtin;
}
static inline bool is_start(const Expr *expr) {
    return is_call_of(expr, BUILTIN_START_SOON) || is_call_of(expr, BUILTIN_START_SERVICE) ||
           is_call_of(expr, BUILTIN_START);
}
/* The function that a start starts; NULL if its argument is no call of a function. */
Fn *started_fn(const Expr *start);
Expr *cancel_text(const Expr *cancel);              /* why; or NULL */
Expr *cancel_grace(const Expr *cancel);             /* or NULL */
bool start_is_scoped(const Expr *start);           /* the child has a cancel scope of its own */
/* The argument of a start; NULL for a child written in place. */
Expr *started_call(const Expr *start);
/* Where it says what is started: the argument; of a child written in place the words before its block. */
Span started_span(const Expr *start);

/* The error that stands behind `raise`; NULL if it is wrong. */
ErrorDecl *raised_error(const Expr *error);
bool builtin_is_async(Builtin builtin);
/* The built-in errors, two at most, that a call of a builtin raises by itself; NurseryFull and what starts bring is not
   among them. Unused entries are ERROR_NONE_BUILTIN. */
typedef struct BuiltinErrors {
    BuiltinError at[2];
} BuiltinErrors;
BuiltinErrors builtin_errors(const Expr *call);

/* The handle of a static channel, `name.tx`: it may go anywhere and never closes. */
bool is_static_handle(const Expr *expr);
static inline bool is_nursery_reference(const Type *type) {
    return type->kind == TYPE_REF && type->elem->kind == TYPE_NURSERY;
}
/* The type that all arms of a race give; NULL if its value is the index of the winner. */
Type *race_value(const Group *race);
/* A block's value: its last statement, if that is an expression without `;`. NULL if it has none. */
const Expr *value_of_block(const Block *block);
/* `loop`, `every`, `while true`: it ends only by a jump. */
bool is_endless(const Stmt *loop);

/* "`name`", or "the child written in place", or "the test". In the arena. */
const char *fn_text(Arena *arena, const Fn *fn);
/* The text of a place in the source. */
Str span_text(const Sources *sources, Span span);
/* Where the head of a function ends and more words can be added to it. */
uint32_t head_end(const Sources *sources, const Fn *fn);

#endif
