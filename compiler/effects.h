/* effects: private to the effects_*.c files. Two walks over the tree: `collect` sees each function by itself and notes
   whom it calls, starts and lends nurseries to; `errors` goes over the functions, callees first, and adds up what can
   leave each. Between them the nurseries get their plans and the call graph its order. */
#ifndef TRC_EFFECTS_H
#define TRC_EFFECTS_H

#include "tree.h"

/* ---- errors ---- */

/* One kind of error that can come. */
typedef struct Kind {
    ErrorDecl *error;
    bool many;                     /* several may come together */
    Span span;                     /* of the first call or raise that brings it */
    Span second;                   /* of another one; length 0: there is none */
    Expr *cause;                   /* the call, or NULL */
} Kind;

/* ---- what collect notes ---- */

typedef enum EdgeKind {
    EDGE_CALL,                     /* f() or await f(): the callee's frame lies in the caller's */
    EDGE_SLOT,                     /* a nursery of this function has a slot for it */
    EDGE_SPAWN,                    /* start_soon: only for reachability, the slot is the nursery's */
    EDGE_WAIT                      /* await n.start(f()): its errors arrive here */
} EdgeKind;

typedef struct Edge {
    Fn *to;
    Expr *call;
    EdgeKind kind;
    bool shielded;                 /* under a shield of the calling function */
} Edge;

/* A start_soon or start, by the nursery that it names. */
typedef struct Site {
    Expr *call;
    Fn *fn;                        /* what is started */
    uint32_t copies;               /* product of the loops between nursery and site; 0: not known */
    bool lent;                     /* not in the function that has the nursery */
    Span loop;                     /* the loop whose rounds are not known */
} Site;

/* A nursery, or a variable of type &Nursery that stands for those lent to it. */
typedef struct Pool {
    Var *var;
    Stmt *stmt;                    /* NULL: a reference */
    Fn *fn;                        /* that it is in */
    VEC(Site) sites;
    VEC(struct Pool *) lent_to;
    Span lent_at;                  /* the first `&n`; length 0 if it is never lent */
    uint32_t mark;                 /* of the last walk over lent_to */
} Pool;

/* A loop that only a checkpoint could interrupt, and that has none of its own: no jump leaves it, and its condition
   stays what it is. */
typedef struct Spin {
    const Stmt *stmt;
    uint32_t first_edge, edge_end; /* of its body */
    bool shielded;                 /* it waits, but where no cancellation comes through */
} Spin;

typedef struct FnFacts {
    Fn *fn;
    VEC(Edge) edges;
    VEC(Pool *) nurseries;         /* its own */
    VEC(Spin) spins;
    VEC(Kind) brings;              /* by itself: with raise, built-ins and fail_after */
    bool is_structured;            /* has try, defer, nurseries or starts: its errors must be found in a walk */
    bool has_checkpoint;           /* an unshielded one, by itself or by whom it awaits */
    bool recursive;                /* can come back to itself */
    uint32_t order, low;           /* of the walk that finds circles */
    bool on_stack;
    uint8_t starts_always;         /* StartsAlways */
    const Expr *for_tests;         /* a call of what only tests have, or NULL */
} FnFacts;

typedef enum StartsAlways { STARTS_UNKNOWN, STARTS_SOMETIMES, STARTS_ALWAYS } StartsAlways;

/* ---- sets of errors ---- */

/* What can come out of a piece of program, at one moment. In order of the errors' numbers. */
typedef struct ErrorSet {
    VEC(Kind) kinds;
    uint32_t total;                /* most leaves that can come together */
} ErrorSet;

/* ---- the pass ---- */

typedef struct Effects {
    Program *program;
    Arena arena;                   /* of the pass */
    Arena scratch;                 /* of one function */
    FnFacts *facts;                /* by Fn.mark */
    uint32_t count;
    VEC(Pool *) pools;             /* by Var.slot - 1 */
    uint32_t *sorted;              /* functions, callees and children first; circles stand together */
    uint32_t *circle_ends;         /* for each place in `sorted` the end of its circle */
    uint32_t pool_mark;
    const Stmt *told_shield;       /* the last one that was warned of */
} Effects;

static inline FnFacts *facts_of(const Effects *e, const Fn *fn) { return &e->facts[fn->mark]; }
enum { MANY = 1 << 24 };           /* sums of leaves and slots stop here */

/* effects_collect.c */
void collect_fn(Effects *e, Fn *fn);

/* effects_pool.c */
Pool *pool_of(Effects *e, Var *var);             /* of a nursery or a reference to one; made when first asked for */
Pool *pool_at(Effects *e, const Expr *self);     /* of the nursery that a place names; NULL if it names none */
void pool_lend(Effects *e, Var *to, const Expr *value); /* `to`, if it is a reference to a nursery, gets this value */
void pool_lend_args(Effects *e, const Fn *fn, const ArgList *args);
void pool_reference(Effects *e, const Expr *ref);       /* `&` of a nursery or scope */
void pool_deadline(Effects *e, const Expr *to);         /* what is assigned to may be a deadline */
void pool_told(Effects *e, const Expr *scope);          /* it is asked why it was cancelled */
void pool_timed(Effects *e, const Expr *scope);         /* it gets a deadline */

/* effects_await.c: what is said of waiting in the wrong place */
typedef enum CallUse {
    CALL_USE_PLAIN,                /* f() */
    CALL_USE_POSTFIX,              /* f().field: `await` would need parentheses */
    CALL_USE_AWAITED,              /* await f() */
    CALL_USE_ARM                   /* in an arm of a select: awaited, and the word is the arm's */
} CallUse;
/* Where a waiting expression or statement stands. */
typedef struct Surroundings {
    const Fn *fn;
    const Stmt *defer, *critical;  /* around it, innermost, in the same function; NULL if there is none */
    const Stmt *shield;
    const Stmt *limit;             /* inside of `shield` or on it: a scope that can end by itself */
} Surroundings;
void wait_check_call_use(Effects *e, const Surroundings *around, const Expr *call, CallUse use);
void wait_check_awaited(Effects *e, const Expr *await);           /* whose operand is no call */
/* `what` can stand where something can wait; is_checkpoint: it is where a cancellation arrives. */
void wait_check_place(Effects *e, const Surroundings *around, Span span, const char *what, bool is_checkpoint);
void wait_check_shielded_wait(Effects *e, const Surroundings *around, const Expr *call);
void wait_check_started(Effects *e, const Surroundings *around, const Expr *call);
void wait_refuse_nameless(Effects *e, const Expr *nursery);
void wait_check_scope(Effects *e, const Surroundings *around, const Stmt *scope);
bool scope_has_limit(const Stmt *scope);
bool waits_itself(const Expr *call);             /* a built-in or an extern function: the await is a checkpoint */

/* effects_plan.c: slots of the nurseries; edges to what they start */
void plan_nurseries(Effects *e, FnFacts *facts);

/* effects_order.c */
void sort_functions(Effects *e);                 /* fills in sorted, circle_ends, recursive; refuses async circles */
void mark_reachable(Effects *e);
void order_reached(Effects *e);

/* effects_starts.c: `started` is called on every way to each normal end */
bool always_starts(Effects *e, Fn *fn);

/* effects_raises.c: the second walk, with effects_walk.h */
void errors_circle(Effects *e, uint32_t first, uint32_t end); /* of the functions sorted[first..end) */
void find_raises_written(Effects *e);            /* Fn.raises of all that have them written */

/* effects_set.c */
ErrorSet set_of_fn(Arena *arena, const Fn *fn, Expr *cause); /* what a call of it brings */
void set_add(Arena *arena, ErrorSet *set, Kind kind);        /* an alternative: comes instead of the others */
void set_either(Arena *arena, ErrorSet *set, const ErrorSet *other);
void set_both(Arena *arena, ErrorSet *set, const ErrorSet *other); /* other may come together with it */
void set_times(ErrorSet *set, uint32_t times);
uint32_t set_find(const ErrorSet *set, const ErrorDecl *error);    /* its index, or kinds.len */
static inline uint32_t add_up(uint32_t a, uint32_t b) { return a + b < MANY ? a + b : MANY; }
static inline uint32_t multiply(uint32_t a, uint32_t b) {
    return a && b > MANY / a ? MANY : a * b;
}

/* effects_report.c */
void report_leaving(Effects *e, const Fn *fn, const ErrorSet *set); /* set: what leaves and is not listed */
void report_several(Effects *e, const Clause *clause, const ErrorSet *set); /* set: what the clause would take */
void report_unlisted_many(Effects *e, const Fn *fn, const Kind *kind, uint32_t written);

/* effects_spin.c */
bool can_spin(const Stmt *loop);                 /* its condition cannot change in it, and no jump leaves it */
void warn_of_spins(Effects *e, const FnFacts *facts);

#endif
