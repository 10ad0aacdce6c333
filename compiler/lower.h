/* lower: private to the lower_*.c files, which make IR from the tree. One function is lowered at a time. */
#ifndef TRC_LOWER_H
#define TRC_LOWER_H

#include "passes.h"
#include "tree.h"

/* What surrounds the place that is being lowered: decides where a jump or an unwinding goes first. */
typedef enum FenceKind {
    FENCE_LOOP,                    /* a loop: break and continue end here */
    FENCE_REGION,                  /* the body of a region: every way out passes its cleanup */
    FENCE_CLEANUP,                 /* a cleanup: what unwinds ends it */
    FENCE_TRY                      /* the body of a try: what unwinds goes to its handler */
} FenceKind;

typedef struct Fence {
    struct Fence *outer;
    FenceKind kind;
    const Stmt *source_loop;       /* LOOP: of the tree */
    IrStmt *loop;                  /* LOOP */
    IrRegion *region;              /* REGION */
    bool unwound;                  /* something inside unwinds to here */
    bool mixes;                    /* errors and a cancellation can come together */
} Fence;

/* Errors in flight have one home per context: the function's body, each cleanup, each handler. */
typedef struct Context {
    struct Context *outer;
    IrVar *errs;                   /* made when the first error can be in flight */
    struct Handling *handling;     /* the clause whose handler this is, for `raise;`; NULL elsewhere */
} Context;

/* A clause whose handler is being lowered. */
typedef struct Handling {
    const Clause *clause;
    IrVar *errs;                   /* where its leaves are until the handler has ended */
    IrVar *keep;                   /* bool variable: `raise;` keeps them there; NULL until one is met */
    struct Fence *fence;           /* the handler's own try: `raise;` leaves through it */
    IrVar *why;                    /* of the try whose clause it is */
    bool mixes;                    /* a cancellation can be on its way together with the errors */
} Handling;

/* A nursery whose body is being lowered. */
typedef struct NurseryHome {
    struct NurseryHome *outer;
    const Stmt *stmt;
    IrRegion *region;
    IrVarList slots;               /* of its plan's sites, in their order; one if it is a pool */
} NurseryHome;

/* An expression may hold blocks, a block holds expressions: what lies beneath them in this pass goes back up through
   this table, and so every room knows only those beneath it. */
typedef struct Lower Lower;
typedef struct LowerUp {
    IrExpr *(*expr)(Lower *l, Expr *expr);
    void (*into)(Lower *l, IrExpr *to, Expr *expr);
    void (*block)(Lower *l, const Block *block);
    void (*block_into)(Lower *l, const Block *block, IrExpr *to);
} LowerUp;

struct Lower {
    const LowerUp *up;
    Program *program;
    IrProgram *ir;
    Arena *scratch;
    const Fn *source;              /* NULL while constants of the program are lowered */
    IrFn *fn;
    IrBlock *out;                  /* where statements go now */
    Fence *fences;                 /* innermost first */
    Context *context;
    Span span;                     /* of the source statement that is being lowered */
    bool head;                     /* its first IR statement is still to come */
    uint32_t line, line_start, line_end; /* the line found last and the global offsets it covers */
    NurseryHome *nurseries;        /* those open here, innermost first */
};

/* A value of expr->type; to = expr, the shortest way. */
static inline IrExpr *lower_expr(Lower *l, Expr *expr) { return l->up->expr(l, expr); }
static inline void lower_into(Lower *l, IrExpr *to, Expr *expr) { l->up->into(l, to, expr); }
static inline void lower_block(Lower *l, const Block *block) { l->up->block(l, block); }
/* Its value, if it has one, goes to `to`. */
static inline void lower_block_into(Lower *l, const Block *block, IrExpr *to) { l->up->block_into(l, block, to); }

/* lower.c */
IrStmt *lower_add(Lower *l, IrStmtKind kind);              /* a new statement at the end of l->out */
uint32_t lower_line(Lower *l, uint32_t at);                 /* of a global offset */
uint32_t lower_site(Lower *l, ErrorDecl *error);            /* a new error site on the current line */
uint32_t lower_builtin_site(Lower *l, BuiltinError error);
void lower_raise_builtin(Lower *l, BuiltinError error);
IrVar *lower_temp(Lower *l, Type *type, const char *name);  /* a VALUE that the program does not name */
IrVar *lower_record(Lower *l, IrVarKind kind, const char *name);
IrVar *lower_var(Lower *l, Var *var);                       /* the IR's variable for one of the tree */
void lower_unwinds(Lower *l);                               /* the statement just added can unwind */
void lower_unwinds_mixed(Lower *l, bool mixes);             /* if so, with errors and a cancellation at once */
IrVar *lower_errs(Lower *l, uint32_t leaves);               /* where this context's errors are, with room for so many */
IrFn *lower_fn_of(Lower *l, const Fn *fn);
void lower_set(Lower *l, IrExpr *to, IrExpr *value);
void lower_do(Lower *l, IrExpr *value);
void lower_begin(Lower *l, IrVar *var);                     /* it holds nothing yet */
void lower_roots(Lower *l, IrVarList *into, const IrExpr *value); /* the variables that a value may point into */
void lower_root_add(Lower *l, IrVarList *into, IrVar *var);       /* unless it is there */

/* A new constant or static variable of the program; its name is changed if another static has it. */
IrGlobal *lower_global(Lower *l, const Var *var, const char *name, bool is_static);

/* lower_build.c: expressions of the IR */
IrExpr *ir_global(Lower *l, IrGlobal *global);
IrExpr *ir_int(Lower *l, Type *type, uint64_t value);
IrExpr *ir_bool(Lower *l, bool value);
IrExpr *ir_use(Lower *l, IrVar *var);
IrExpr *ir_element(Lower *l, IrExpr *array, IrExpr *index); /* known to be in range */
IrExpr *ir_unary(Lower *l, IrExprKind kind, Type *type, IrExpr *a);
IrExpr *ir_binary(Lower *l, Op op, Type *type, IrExpr *a, IrExpr *b);
IrExpr *ir_part(Lower *l, IrExprKind kind, Type *type, IrExpr *a, uint32_t index, EnumCase *enum_case);
IrExpr *ir_op(Lower *l, IrOp op, Type *type, IrExpr *a, IrExpr *b); /* a, b may be NULL */
IrExpr *ir_address(Lower *l, IrExpr *place);
IrExpr *ir_seen(Lower *l, IrExpr *value);                   /* through a reference, if it is one */
Type *lower_basic(Lower *l, TypeKind kind);
/* The value that reads the same later, whatever is done in between: itself if it cannot change, else a temporary. */
IrExpr *lower_stable(Lower *l, IrExpr *value);
bool ir_is_stable(const IrExpr *value);
/* `value` was made before the statements from `mark` on: keep it from being evaluated behind them. */
IrExpr *lower_before(Lower *l, uint32_t mark, IrExpr *value);

/* lower_time.c */
IrExpr *lower_duration(Lower *l, const Expr *literal);      /* in ticks */
IrExpr *lower_wait_time(Lower *l, Expr *expr);              /* how long to wait */

/* lower_value.c */
IrExpr *lower_as(Lower *l, Expr *expr, Type *want);         /* converted to what it meets */
IrExpr *lower_place(Lower *l, Expr *expr);
IrExpr *lower_through(Lower *l, Expr *expr);                /* a place or value, seen through a reference */
IrExpr *lower_var_place(Lower *l, Var *var);
Var *lower_named(const Expr *expr);                         /* what a bare name is; NULL if it is built in */
IrExpr *lower_static_place(Lower *l, const Expr *expr);     /* bus.tx, to be lent */
IrExpr *lower_static_clone(Lower *l, const Expr *expr);     /* bus.tx, to be given away */
IrExpr *lower_conversion(Lower *l, IrExpr *value, Type *want, IrConvert how);
IrExpr *lower_object(Lower *l, Expr *expr);                 /* the address of a record: of a place or through a reference */
IrExpr *lower_static_end(Lower *l, IrGlobal *channel, int end); /* its sender (0) or receiver (1) */
IrExpr *lower_shared_field(Lower *l, IrExpr *leaf, Expr *expr);
IrExpr *lower_convert(Lower *l, IrExpr *value, Type *want); /* implicit conversions */
/* Handles of variables move last: if a wait or an error among the other arguments leaves, they are still their owner's. */
void lower_args(Lower *l, IrExprList *into, const ArgList *args, const VarList *params);
/* NULL in `into`: still to move. */
void lower_args_before_moves(Lower *l, IrExprList *into, const ArgList *args, const VarList *params);
void lower_moves(Lower *l, IrExprList *into, const ArgList *args, const VarList *params);
/* Each becomes its type: of `types`, or all `type`. */
void lower_items(Lower *l, IrExprList *into, const ExprList *items, Type *const *types, Type *type);
Type *type_seen(Type *type);                                /* through a reference */

/* lower_expr.c: lower_expr, lower_into */
IrExpr *lower_walk_expr(Lower *l, Expr *expr);
void lower_walk_into(Lower *l, IrExpr *to, Expr *expr);

/* lower_stmt.c: lower_block, lower_block_into */
void lower_walk_block(Lower *l, const Block *block);
void lower_walk_block_into(Lower *l, const Block *block, IrExpr *to);

/* lower_operator.c */
IrExpr *lower_binary(Lower *l, Expr *expr);
IrExpr *lower_unary(Lower *l, Expr *expr);
/* Both sides of a comparison, in the type in which they are compared. False: it is none, or that cannot be printed. */
bool lower_compared(Lower *l, Expr *expr, IrExpr **left, IrExpr **right);

/* lower_call.c */
IrExpr *lower_call(Lower *l, Expr *expr, IrExpr *to);       /* to: where the result is wanted, or NULL; gives the value, NULL if none */
IrExpr *lower_await(Lower *l, Expr *call, IrExpr *to);

/* lower_start.c */
bool type_has_value(const Type *type);
IrExpr *lower_target(Lower *l, IrExpr *to, Type *type, const char *name); /* `to` if that is of the type, else a temporary */
void lower_lent_along(Lower *l, const IrExprList *args);
void lower_start_soon(Lower *l, Expr *call);
IrExpr *lower_start(Lower *l, Expr *call, IrExpr *to);

/* lower_cancel.c */
IrExpr *lower_cancel(Lower *l, Expr *call);                 /* s.cancel("why", grace: 5s) */
IrExpr *lower_reason(Lower *l, Expr *field);                /* s.cancel_reason */

/* lower_builtin.c */
IrExpr *lower_builtin(Lower *l, Expr *expr, IrExpr *to);
IrExpr *lower_field_builtin(Lower *l, Expr *expr);
void lower_assign_field(Lower *l, Expr *field, IrExpr *value);
IrExpr *lower_lock_of(Lower *l, IrExpr *condition);         /* from the address of a condition that of its lock */
IrExpr *lower_wait(Lower *l, IrWaitOp op, Expr *self, IrExpr *argument, IrExpr *to);
IrExpr *lower_handle(Lower *l, Expr *self);                 /* the value of one that is used, not moved */
IrWaitOp lower_acquire_op(const Expr *self);
IrExpr *lower_acquired(Lower *l, Expr *self);               /* the address of the lock or semaphore; of a condition its lock's */

/* lower_bits.c */
IrExpr *lower_bit_function(Lower *l, Expr *expr);           /* NULL if it is none, or has effects */
bool lower_store(Lower *l, Expr *expr);                     /* false if it is none */

/* lower_print.c */
void lower_print(Lower *l, Expr *text, bool newline, IrExpr *into, IrVar *fits);
void lower_check(Lower *l, IrExpr *cond, Expr *why, Str fallback);
void lower_assert(Lower *l, Stmt *stmt);

/* lower_object.c */
void lower_new_object(Lower *l, IrExpr *place, Expr *value); /* Event(), [Lock(); 3], a struct of objects */

/* lower_loop.c */
typedef struct ElementLoop {       /* over all elements of an array */
    IrVar *at;
    IrStmt *stmt;
    IrBlock *out;
} ElementLoop;
void element_loop_begin(Lower *l, ElementLoop *loop, uint32_t count);
IrExpr *element_at(Lower *l, IrExpr *array, const ElementLoop *loop); /* between begin and end */
void element_loop_end(Lower *l, ElementLoop *loop);
void lower_while(Lower *l, Stmt *stmt);
void lower_for(Lower *l, Stmt *stmt);
void lower_async_for(Lower *l, Stmt *stmt);
void lower_every(Lower *l, Stmt *stmt);
void lower_jump(Lower *l, Stmt *stmt);
void lower_return(Lower *l, Stmt *stmt);

/* lower_group.c */
void lower_together(Lower *l, Stmt *stmt);
IrExpr *lower_race(Lower *l, const Group *race, Type *type, IrExpr *to); /* type: of its value, NULL if nobody wants it */

/* lower_match.c, lower_select.c */
void lower_match(Lower *l, Stmt *stmt);
void lower_select(Lower *l, Stmt *stmt);

/* lower_region.c */
typedef struct RegionScope {       /* a region that is being filled */
    IrRegion *region;
    IrStmt *stmt;
    Fence fence;
    IrBlock *saved;
} RegionScope;
void region_begin(Lower *l, RegionScope *scope, IrRegionKind kind);
void region_end(Lower *l, RegionScope *scope);              /* after the body; cleanup is filled in by whoever needs one */
/* Between these two, statements go to the region's cleanup. */
void cleanup_begin(Lower *l, RegionScope *scope, Context *context, Fence *fence);
void cleanup_end(Lower *l, RegionScope *scope, Context *context, Fence *fence);
void lower_scope(Lower *l, Stmt *stmt);
void lower_nursery(Lower *l, Stmt *stmt);
void lower_with(Lower *l, Stmt *stmt);
void lower_close(Lower *l, IrExpr *place);                  /* closes all handles in a place */

/* lower_try.c */
#define RAISED 2u                  /* TR_RAISED and TR_CANCELLED of the runtime */
#define CANCELLED 4u
void lower_try(Lower *l, Stmt *stmt);
IrExpr *lower_catch(Lower *l, Expr *expr);
IrStmt *lower_leaves(Lower *l, IrLeavesOp op, IrVar *to, IrVar *from, const Clause *clause); /* clause NULL: of all errors */
IrExpr *lower_status_in(Lower *l, IrVar *why, uint64_t bits);

/* lower_raise.c */
void lower_raise(Lower *l, Stmt *stmt);
/* Before a jump out of handlers, up to the fence `end`: a cancellation that came with their errors goes first. */
void lower_leave_handlers(Lower *l, const Fence *end);

#endif
