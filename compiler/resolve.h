/* resolve: private to the resolve_*.c files, which bind names to what they name. */
#ifndef TRC_RESOLVE_H
#define TRC_RESOLVE_H

#include "names.h"

/* A name that is bound to a variable, somewhere inside a function. */
typedef struct Binding {
    Name name;
    Var *var;
    struct LocalScope *scope;
    struct Binding *hidden;        /* what the name meant outside */
    struct Binding *next;          /* of the same scope; or of the spare ones */
} Binding;

/* A block, or the head of one: what is declared in it ends with it. */
typedef struct LocalScope {
    struct LocalScope *outer;
    Fn *fn;
    Block *block;
    uint32_t depth;                /* 0: parameters and captures */
    Binding *bindings;
} LocalScope;

typedef struct LoopScope {
    struct LoopScope *outer;
    Stmt *stmt;
    Name label;                    /* or NULL */
} LoopScope;

typedef struct BindingSlot {
    Name name;
    Binding *binding;              /* the innermost, or NULL */
} BindingSlot;

typedef struct Resolver Resolver;

/* From a block, clause, child or race in an expression the walk goes back up through this table, which resolve_program.c
   fills in. */
typedef struct ResolverWays {
    void (*block)(Resolver *r, Block *block);
    void (*clause)(Resolver *r, Clause *clause);
    void (*child)(Resolver *r, Expr *call);
    void (*group)(Resolver *r, Group *group, Span span, bool together);
} ResolverWays;

struct Resolver {
    const ResolverWays *ways;
    Program *program;
    Arena *arena;
    Diags *diags;
    const BuiltinNames *builtins;
    Module *module;
    Fn *fn;                        /* NULL at the top level */
    LocalScope *scope;             /* innermost */
    LoopScope *loops;              /* innermost of this function */
    BindingSlot *slots;            /* open addressing, capacity a power of two */
    uint32_t capacity, count;
    Binding *spare;
    uint32_t suggestions;          /* how many unknown names were compared with all others */
};

static inline void resolve_block(Resolver *r, Block *block) { r->ways->block(r, block); }
static inline void resolve_clause(Resolver *r, Clause *clause) { r->ways->clause(r, clause); }
static inline void resolve_child(Resolver *r, Expr *call) { r->ways->child(r, call); }
static inline void resolve_group(Resolver *r, Group *group, Span span, bool together) {
    r->ways->group(r, group, span, together);
}

/* resolve_scope.c */
void scope_push(Resolver *r, LocalScope *scope, Block *block, uint32_t depth);
void scope_pop(Resolver *r);
/* Makes `var` known from here to the end of the innermost scope. */
void declare(Resolver *r, Var *var);
/* The variable that `name` means here, as this function sees it (a capture, if it is another function's), or NULL. */
Var *find_var(Resolver *r, Name name);
Item *find_item(const Resolver *r, Name name);
/* `radio.name`: an item of an imported module that this one may see; else NULL, with a message. */
Item *find_in_module(Resolver *r, Name module, Name name, Span span);
ErrorDecl *find_error(Resolver *r, Name module, Name name, Span span);
void unknown_name(Resolver *r, Name name, Span span);
/* The place of a name that ends the head of a statement: `... as name`. */
Span last_word(const Resolver *r, Span span, Name name);

/* resolve_expr.c */
void resolve_expr(Resolver *r, Expr *expr); /* NULL is nothing */
void resolve_type(Resolver *r, TypeExpr *type);
void resolve_pattern(Resolver *r, Pattern *pattern);

/* resolve_stmt.c */
void resolve_walk_block(Resolver *r, Block *block);      /* resolve_block */
void resolve_walk_clause(Resolver *r, Clause *clause);   /* resolve_clause */
void resolve_let_value(Resolver *r, const Stmt *let);     /* and its written types; it declares nothing yet */
void declare_let(Resolver *r, const Stmt *let);

/* resolve_group.c */
void resolve_walk_group(Resolver *r, Group *group, Span span, bool together); /* resolve_group */

/* resolve_fn.c */
void resolve_fn(Resolver *r, Fn *fn);
void resolve_walk_child(Resolver *r, Expr *call);        /* resolve_child */

#endif
