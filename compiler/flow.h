/* flow: private to the flow_*.c files. One forward walk over each function; it carries what is true of the variables
   on the way to here. Loops need no second round: what a round may change for the next one is refused, or known
   beforehand. */
#ifndef TRC_FLOW_H
#define TRC_FLOW_H

#include "bits.h"
#include "tree.h"

/* ---- how long things live ---- */

/* The greater the level, the sooner it ends. A child written in place begins above the place where it is started, so
   that levels compare across a function and its children. */
enum {
    LEVEL_STATIC = 0,              /* as long as the program */
    LEVEL_CALLER = 1,              /* longer than the function: behind a reference that is a parameter */
    LEVEL_FN = 2                   /* parameters; the function's outermost block is the next */
};

/* Where a reference or handle comes from. */
typedef struct Origin {
    Var *var;                      /* NULL: a channel, or a value without a name */
    bool held;                     /* whatever `var` holds; else `var` itself */
    bool channel;                  /* a handle's: where the channel was made */
    uint32_t level;                /* not HELD */
    Span span;                     /* where it was taken */
    const Expr *container;         /* it points into this list or str[N], which can change its shape; or NULL */
} Origin;
typedef struct Origins { Origin *at; uint32_t len, capacity; } Origins;

/* What flow knows of a variable. */
typedef struct Known {
    Var *var;
    uint32_t level;
    uint32_t inside;               /* NURSERY: the level of its block */
    uint32_t bit;                  /* in states, or NO_BIT */
    Origins holds;                 /* all that was ever put into it */
    Span assigned_at, moved_at;    /* last */
    const Stmt *skipped_by;        /* a scope that may be left before its value is put in */
    const Stmt *lent_to;           /* a child of this nursery borrows it */
    Span lent_at;
    const Stmt *defer;             /* uses it, and is still to run */
    const Expr *container;         /* what it holds now points into this */
    Span taken_at, stale_at;       /* when it was put in; what may have changed the container since */
    bool told;                     /* of moves of this one enough was said */
    bool is_shaped;                /* is in Flow.shaped */
    uint32_t mark;
    bool closed;                   /* moved_at is a `close` */
    Span acquired_at;              /* last */
    bool kept;                     /* that it is kept on some way was said */
} Known;
enum { NO_BIT = INT32_MAX };

/* ---- what is true at a place ---- */

typedef enum Fact {
    FACT_UNSET,                    /* may have no value */
    FACT_MOVED,                    /* was moved away; the same on all ways to here */
    FACT_STALE,                    /* its container may have changed */
    FACT_HELD,                     /* a lock of the caller's that was acquired by hand and may not be released yet */
    FACT_COUNT
} Fact;

typedef struct State {
    bool reachable;
    uint64_t *facts;               /* FACT_COUNT sets of `words` words */
} State;

/* ---- where control may go from inside ---- */

typedef enum FenceKind {
    FENCE_LOOP,                    /* break, continue */
    FENCE_TRY,                     /* errors, by clause */
    FENCE_ABSORB,                  /* cancellation: a scope or nursery */
    FENCE_SHIELD                   /* no cancellation comes from outside */
} FenceKind;

typedef struct Fence {
    FenceKind kind;
    const Stmt *stmt;
    Clause *const *clauses;        /* TRY */
    uint32_t clause_count;
    State *caught;                 /* TRY: at the start of each handler */
    State out;                     /* LOOP: at the breaks; ABSORB: at the awaits */
    State back;                    /* LOOP: at the continues; ABSORB of a nursery: where errors leave the body */
    uint32_t bits;                 /* variables declared since do not live out there */
    uint32_t defer_moves, defer_releases; /* what defers move and release that were met since happens on the way */
} Fence;

/* ---- what must be looked at when all is known of a family ---- */

typedef enum ClaimKind {
    CLAIM_CHILD,                   /* given to a child */
    CLAIM_RETURN, CLAIM_RAISE, CLAIM_SEND, CLAIM_STORE
} ClaimKind;

/* All origins must live at least as long as `limit` says. */
typedef struct Claim {
    ClaimKind kind;
    Span span;
    bool is_handle;
    bool captured;                 /* CHILD: by one written in place, by reference */
    uint32_t limit;
    Var *into;                     /* STORE: the variable; CHILD: the nursery or what refers to it */
    Origins origins;
} Claim;

/* A call that gets references to nurseries: its other arguments may go into their children. */
typedef struct Lending {
    Fn *to;
    Expr *call;
    Origins *args;                 /* by parameter; roots only once the family is settled */
} Lending;

/* What comes in by one parameter goes into children of the nursery that comes in by another. */
typedef struct Passage {
    Var *from, *into;
    Span span;                     /* where it is given to the child, or handed on */
} Passage;

/* What is known of these, of all functions. */
typedef struct Passages {
    Arena arena;
    VEC(Passage) list;
    VEC(Lending) lendings;
    uint32_t settled;              /* so many of them are of families that have gone */
} Passages;

typedef struct Child {
    Fn *fn;
    uint32_t level;
} Child;

typedef struct Flow Flow;

/* Expressions hold blocks, and blocks expressions. Rooms know only what lies beneath them: so the walk goes back up
   through this table, which flow_program.c fills in. */
typedef struct FlowWays {
    void (*expr)(void *flow, Expr *expr);
    void (*block)(void *flow, const Block *block);
    void (*group)(Flow *f, const Group *group);
} FlowWays;

struct Flow {
    const FlowWays *ways;
    Program *program;
    Passages *passages;            /* of the whole program */
    Arena family;                  /* of a function and the children written in it: of all below */
    Fn *fn;
    State here;
    uint32_t words, level;
    VEC(uint64_t *) spare;         /* facts of states that have gone */
    VEC(Known *) known;            /* of the family, by Var.slot - 1 */
    VEC(Fence) fences;
    VEC(Known *) tracked;          /* variables in sight that states have a bit for, by bit */
    VEC(Known *) shaped;           /* of those, the ones that point into a container, or did */
    VEC(Known *) lent;             /* to children of nurseries that are open */
    VEC(Known *) defer_moves;      /* what defers of the blocks around move away */
    VEC(Known *) defer_releases;   /* the locks that they release */
    VEC(Known *) deferred;         /* what these defers use: it must still be there when they run */
    VEC(Known *) defer_uses;       /* by the defer that the walk is in */
    const Stmt *defer;             /* that the walk is in */
    uint32_t defer_bits;
    const Stmt *stmt;              /* the one that the walk is in */
    const Stmt *fell;              /* the last statement that is left only by falling through */
    VEC(Clause *) handlers;        /* around the walk, innermost last */
    VEC(Child) children;           /* still to be walked */
    VEC(Claim) claims;
    uint32_t mark;
};

static inline Diags *flow_diags(const Flow *f) { return f->program->diags; }
static inline void flow_expr(void *flow, Expr *expr) { ((Flow *)flow)->ways->expr(flow, expr); }
static inline void flow_block(void *flow, const Block *block) { ((Flow *)flow)->ways->block(flow, block); }
static inline void flow_group(Flow *f, const Group *group) { f->ways->group(f, group); }

/* flow.c */
Known *known_of(Flow *f, Var *var);                       /* made when first asked for */

/* flow_state.c */
State state_copy(Flow *f, const State *from);
void state_drop(Flow *f, State *state);
State state_nowhere(Flow *f);                             /* where nothing comes from */
void state_resume(Flow *f, State *at);                    /* goes on from `at`, which is gone then */
bool state_has(const Flow *f, const State *state, Fact fact, uint32_t bit);
void state_put(const Flow *f, State *state, Fact fact, uint32_t bit, bool value);
void state_forget(const Flow *f, State *state, uint32_t bits); /* variables from `bits` on */
/* Another way leads to where `into` is; `from` is not changed. `place` is where they meet: there a handle is owned
   on both or moved on both. Length 0: the ways come out of the middle of things, where nobody could see to that:
   what is moved on one counts as moved. */
void state_join(Flow *f, State *into, const State *from, Span place);
void state_end(Flow *f);                                  /* nothing goes on from here */

/* flow_fence.c */
Fence *fence_push(Flow *f, FenceKind kind, const Stmt *stmt);
Fence fence_pop(Flow *f);
void edge_await(Flow *f);                                 /* here a cancellation may arrive */
void edge_cancelled(Flow *f, const State *state);         /* and one from further in */
void edge_raise(Flow *f, const ErrorDecl *error, const State *state);
void edge_raises(Flow *f, const RaiseList *raises);
void edge_children(Flow *f, const NurseryPlan *plan, const State *state); /* the errors of a nursery's children */
void edge_jump(Flow *f, const Stmt *jump);                /* break, continue */
void edge_return(Flow *f);

/* flow_var.c */
Known *flow_declare(Flow *f, Var *var, bool has_value);
void use_var(Flow *f, Var *var, Span span);
void move_var(Flow *f, Var *var, Span span);
void close_var(Flow *f, Var *var, Span span);
void assign_var(Flow *f, Var *var, Span span);
void fix_by_clone(Flow *f, Diag *diag, const Known *known);
/* What was there when a block began; what is there beyond it ends with it. */
typedef struct Frame {
    uint32_t tracked, shaped, deferred, defer_moves, defer_releases;
} Frame;
Frame frame_begin(Flow *f);
void frame_end(Flow *f, Frame frame);

/* flow_try.c */
void flow_try(Flow *f, const Stmt *stmt);
void flow_catch(Flow *f, const Expr *expr);
void flow_raise(Flow *f, const Stmt *raise);

/* flow_expr.c */
void flow_walk_expr(void *flow, Expr *expr);              /* flow_expr */
void flow_maybe(Flow *f, Expr *expr);
void flow_builtin(Flow *f, const Expr *call);             /* a built-in happens, its operands having been evaluated */

/* flow_region.c */
void flow_while(Flow *f, const Stmt *stmt);
void flow_for(Flow *f, const Stmt *stmt);
void flow_every(Flow *f, const Stmt *stmt);
void flow_scope(Flow *f, const Stmt *stmt);
void flow_nursery(Flow *f, const Stmt *stmt);

/* flow_stmt.c */
void flow_walk_block(void *flow, const Block *block);     /* flow_block */
void flow_walk_group(Flow *f, const Group *group);        /* flow_group: race, together */

/* flow_start.c */
void flow_start(Flow *f, Expr *start);
void end_lending(Flow *f, uint32_t count);                /* of all but the first `count` */

/* flow_origin.c: the origins of a value; `want`: the type it becomes */
void origins_of(Flow *f, const Expr *expr, const Type *want, Origins *into);
void origins_held(Flow *f, Var *var, Span span, Origins *into);
void origins_borrowed(Flow *f, Var *var, Span span, Origins *into);
void origins_roots(Flow *f, const Origins *origins, Origins *into); /* all that is HELD followed */
bool has_origins(const Type *type);

/* flow_claim.c */
void flow_claim(Flow *f, ClaimKind kind, const Expr *value, const Type *want, uint32_t limit, Var *into);
void flow_store(Flow *f, const Expr *to, const Expr *value, const Type *want); /* into a place */
void flow_put(Flow *f, Var *var, const Expr *value, const Type *want); /* at a `let` or `=` */
void settle_claims(Flow *f);                              /* of the family */
void report_child_outlives(Diags *diags, const Claim *claim, const Origin *root, const Origin *nursery);
void add_passage(Passages *passages, Passage passage);

/* flow_lend.c */
void note_lending(Flow *f, Expr *call, Fn *to);
void settle_family_lendings(Flow *f);
void settle_lendings(Program *program, Passages *passages); /* what goes through several functions */

/* flow_shape.c */
void shape_note(Flow *f, Known *known, const Origins *origins);
void shape_wait(Flow *f, Span span);
void shape_change(Flow *f, const Expr *place, Span span);
void shape_enter_loop(Flow *f, const Stmt *loop);
void shape_use(Flow *f, Known *known, Span span);
void shape_args(Flow *f, const Expr *call, const Fn *fn, bool waits);

/* flow_held.c: locks that were acquired by hand */
bool is_lent_lock(const Var *var);
void held_call(Flow *f, const Expr *call);                /* an acquire or a release */
void held_check(Flow *f, const State *state, Span place, const char *how); /* this leaves the function */
void held_check_round(Flow *f, const State *first, const State *next, const Stmt *loop);

/* flow_unused.c */
void warn_of_unused(Flow *f, const Fn *fn);

/* flow_imports.c */
void warn_of_unused_imports(Program *program, const Module *module, Arena *scratch);

#endif
