/* effects_walk: private to the second walk, which adds up which errors can come, from the inside out.

   A piece of program adds what can come out of it to the set of the region that it lies in. Pieces of one task come one
   instead of the other: the set's total is the greatest of theirs. Only a nursery brings several together: there totals
   are added up, and an error that comes from two places comes as `many`. */
#ifndef TRC_EFFECTS_WALK_H
#define TRC_EFFECTS_WALK_H

#include "effects.h"

typedef enum RegionKind { REGION_HANDLER, REGION_DEFER } RegionKind;

/* A handler or a defer around the place where the walk is: a jump out of it is looked at. */
typedef struct Region {
    RegionKind kind;
    const Stmt *defer;
    Clause *clause;
    const ErrorSet *taken;         /* HANDLER: what `raise;` sends on */
    const ErrorSet *own;           /* HANDLER: the set that its statements add to */
    bool rethrows;                 /* HANDLER: gives, a `raise;` stands directly in it */
    Span loses;                    /* HANDLER: where a leaf comes from that a jump would lose; length 0: none */
} Region;

/* How many regions are around a loop. */
typedef struct LoopMark {
    const Stmt *loop;
    uint32_t regions;
} LoopMark;

/* From a block in an expression or a statement the walk goes back up through this table, which effects_raises.c fills
   in. */
typedef struct WalkWays {
    void (*block)(void *walk, const Block *block);
    void (*expr)(void *walk, Expr *expr);
} WalkWays;

typedef struct Walk {
    const WalkWays *ways;
    Effects *e;
    const Fn *fn;
    bool quiet;                    /* the function will be walked again */
    VEC(Region) regions;
    VEC(LoopMark) loops;
    VEC(const Stmt *) rings;       /* nurseries, and scopes that shield or may, around */
    ErrorSet *set;                 /* of the region that the walk is in */
} Walk;

static inline Arena *walk_scratch(const Walk *w) { return &w->e->scratch; }
static inline Diags *walk_diags(const Walk *w) { return w->e->program->diags; }

static inline void errors_block(void *walk, const Block *block) { ((Walk *)walk)->ways->block(walk, block); }
static inline void errors_expr(void *walk, Expr *expr) { ((Walk *)walk)->ways->expr(walk, expr); }

/* effects_walk.c */
ErrorSet errors_of_block(Walk *w, const Block *block);   /* what it brings, in a set of its own */

/* effects_try.c */
void errors_try(Walk *w, const Stmt *stmt);
void errors_catch(Walk *w, const Expr *expr);
void errors_raise(Walk *w, const Stmt *raise);
void errors_loop(Walk *w, const Stmt *loop);
void errors_jump(Walk *w, const Stmt *jump);             /* break, continue */
void errors_return(Walk *w, const Stmt *stmt);
void errors_defer(Walk *w, const Stmt *defer);

/* effects_errors.c */
void errors_walk_block(void *walk, const Block *block);  /* errors_block */
void errors_walk_expr(void *walk, Expr *expr);           /* errors_expr */

#endif
