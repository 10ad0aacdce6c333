/* ir: a function as structured C could say it: awaits only as statements, every cleanup written out once, every exit
   named. `lower` makes it from the tree; suspend, live and frame write their findings onto it; emit prints it. */
#ifndef TRC_IR_H
#define TRC_IR_H

#include "bits.h"
#include "ticks.h"
#include "types.h"

typedef struct IrVar IrVar;
typedef struct IrExpr IrExpr;
typedef struct IrStmt IrStmt;
typedef struct IrFn IrFn;
typedef struct IrRegion IrRegion;

typedef struct IrVarList { IrVar **at; uint32_t len, capacity; } IrVarList;
typedef struct IrExprList { IrExpr **at; uint32_t len, capacity; } IrExprList;
typedef struct IrBlock { IrStmt **at; uint32_t len, capacity; } IrBlock;

/* ---- variables ---------------------------------------------------------------------------------------------------- */

typedef enum IrVarKind {
    IRV_VALUE,                     /* a value of `type`: a variable of the program, or a temporary of lower's */
    IRV_LEAVES,                    /* errors in flight or caught: a count and up to `count` leaves */
    IRV_WHY,                       /* how a region was left: see IrRegion; as an operand a u8 */
    IRV_SCOPE,                     /* tr_scope; tr_timed_scope if `timed` */
    IRV_NURSERY,                   /* tr_nursery */
    IRV_STARTING,                  /* tr_starting */
    IRV_WAIT, IRV_SLEEP, IRV_CHANNEL_WAIT, IRV_HOLDER, IRV_CONDITION_WAITER, /* tr_wait, tr_sleep_wait, ... */
    IRV_SELECT,                    /* tr_select, or tr_timed_select, and the waits of the arms of `select` */
    IRV_CHANNEL,                   /* tr_channel with room for `count` items of `type` */
    IRV_CALLEE,                    /* the frame of `fn`, awaited */
    IRV_SLOTS                      /* `count` slots for children: each a tr_task and the frame of one of `children` */
} IrVarKind;

/* Who runs in a slot. */
typedef struct IrChild {
    IrFn *fn;
    bool scoped;                   /* has a cancel scope of its own */
} IrChild;

typedef enum IrPlace {
    IR_LOCAL,                      /* a plain C variable of the step */
    IR_FRAME,                      /* a field of the frame */
    IR_NOWHERE                     /* never used: no storage at all */
} IrPlace;

struct IrVar {
    IrVarKind kind;
    const char *name;              /* a C identifier, unique in its function; a variable of the program keeps its name if it can */
    Type *type;                    /* VALUE, CHANNEL */
    uint32_t count;                /* LEAVES, CHANNEL, SLOTS */
    IrFn *fn;                      /* CALLEE */
    const IrStmt *select;          /* SELECT */
    struct { IrChild *at; uint32_t len, capacity; } children; /* SLOTS: one, or all that share a pool */
    uint32_t ends;                 /* CHANNEL: of a broadcast: its receivers; else 0 */
    bool latest;                   /* CHANNEL: the newest item replaces the one that is there */
    bool told;                     /* SCOPE, NURSERY: a tr_why stands before it */
    bool timed;                    /* SCOPE */
    uint32_t channels;             /* CHANNEL: how many, in an array; 0: one alone */
    bool pool;                     /* SLOTS: a free one has to be found; else each start takes the next one */
    bool lent;                     /* NURSERY: others start children in it or set its deadline: tr_lent_nursery */
    bool param;                    /* in the order of IrFn.params; has its value when the function begins */
    bool named;                    /* a variable of the program, not a temporary */
    bool fixed;                    /* VALUE: set once, before any use: a `let`, a temporary */
    IrVarList roots;               /* VALUE that is or holds a reference or slice: the variables it may point into. While it
                                      is live, so are they, and if it lives across a suspension they are in the frame. */
    Span span;                     /* where it is declared */
    uint32_t id;                   /* its index in IrFn.vars */
    uint32_t copies;               /* ir.c: how many others wished for its name */
    IrPlace place;                 /* frame */
    const char *path;              /* frame: of IR_FRAME: how the step reaches it in the frame: total, or u1.s2.total */
    bool used;                     /* live: something mentions it */
    uint32_t live;                 /* live: its place in IrFn.lasting, from 1; 0: not there */
    uint32_t moment;               /* live: its place in IrFn.moments, from 1; 0: not there */
};

/* ---- expressions: no suspension, no raise, evaluated where they stand ------------------------------------------------ */

typedef enum IrExprKind {
    IRX_INT,                       /* integer, bool, duration (ticks), enum without payload (its number): `integer`, of `type` */
    IRX_FLOAT,
    IRX_STR,                       /* a str: `text` */
    IRX_BYTES,                     /* a []u8 over constant bytes: `text` */
    IRX_NONE,                      /* none of the optional `type` */
    IRX_SOME,                      /* a as the optional `type` */
    IRX_VAR,                       /* var */
    IRX_GLOBAL,                    /* a static variable or a constant that is an array, struct or long text: `global` */
    IRX_FIELD,                     /* a.field `index` of a struct, tuple, leaf or channel statistics */
    IRX_PAYLOAD,                   /* field `index` of case `enum_case` of the enum a; the case is known to be that */
    IRX_TAG,                       /* which case the enum a is: an integer, the case's index */
    IRX_HAS,                       /* a, an optional, is not none */
    IRX_UNWRAP,                    /* the value of the optional a, known to have one */
    IRX_INDEX,                     /* a[b], checked; a: array, list, slice, str[N] or str (bytes), group */
    IRX_SLICE,                     /* a[b..c], checked; b or c may be NULL; also a whole array, list, str[N] as slice or str */
    IRX_DEREF,                     /* *a */
    IRX_ADDRESS,                   /* &a, a place */
    IRX_UNARY,                     /* op a */
    IRX_BINARY,                    /* a op b, both of the same type but for shifts and durations; traps as the language says */
    IRX_CHOOSE,                    /* a ? b : c */
    IRX_CONVERT,                   /* a as `type`: `convert` */
    IRX_STRUCT,                    /* of `items`, in order of the fields; also tuples */
    IRX_CASE,                      /* of `enum_case` and `items` */
    IRX_ARRAY,                     /* of `items` */
    IRX_REPEAT,                    /* count times a; a list of `type` with len 0 if a is NULL */
    IRX_CALL,                      /* a plain function that raises nothing: fn(items) */
    IRX_OP                         /* what the runtime or the language has built in: irop(items) */
} IrExprKind;

typedef enum IrConvert { IR_WIDEN, IR_WRAP, IR_CHECK } IrConvert;

/* Built-in operations of expressions. The comment gives the operands and the result. Objects (channels, scopes, events ...)
   are operands as IRX_ADDRESS of a place or a value of reference type; handles are values of type Sender/Receiver. */
typedef enum IrOp {
    IROP_NOW, IROP_UPTIME,         /* () instant; () duration */
    IROP_UPTIME64,                 /* () u64: nanoseconds */
    IROP_LEN,                      /* (array, list, str, str[N], slice, group) usize */
    IROP_MIN, IROP_MAX, IROP_ABS,  /* of integers, floats, durations */
    IROP_LIST_PUSH,                /* (&list, item) bool */
    IROP_LIST_POP,                 /* (&list) elem? */
    IROP_LIST_REMOVE,              /* (&list, index) elem, checked */
    IROP_LIST_CLEAR,               /* (&list) */
    IROP_STR_PUSH,                 /* (&str[N], str or u8) bool */
    IROP_STR_CLEAR,                /* (&str[N]) */
    IROP_STR_BYTES,                /* (str) []u8 */
    IROP_STR_FROM,                 /* ([]u8) str?: checks UTF-8 */
    IROP_STR_STORE,                /* (&str[N], str): panics if too long */
    IROP_CLZ, IROP_CTZ, IROP_POPCOUNT, /* (integer) i32 */
    IROP_ROTATE,                   /* (unsigned, count) */
    IROP_BITS,                     /* (unsigned, high, low), checked */
    IROP_MUL_SHIFT,                /* (a, b, count), of 64 bits, checked */
    IROP_LOAD,                     /* ([]u8, index, form) unsigned, checked; form: how many bits, plus 1 if the highest byte is first */
    IROP_STORE,                    /* ([]u8, index, unsigned, form), checked */
    IROP_ENUM_FROM,                /* (integer) E? */
    IROP_BUSY,                     /* (duration) */
    IROP_NEXT_BEAT,                /* (&instant, duration) u32: how many were missed */
    IROP_CANCEL,                   /* (&scope), or (&scope, str): the text is kept */
    IROP_STOP,                     /* (&scope, duration), or (&scope, duration, str): of a timed one. Panics if it is negative. */
    IROP_TELL,                     /* (&scope): of a told one, that was just entered */
    IROP_REASON, IROP_CANCELLED_AT, /* (&scope) of a told one: u8, a tr_reason; instant */
    IROP_SAID_TEXT, IROP_SAID_WHERE, /* (&scope) str: of one that was cancelled explicitly */
    IROP_STOPPING,                 /* (&scope) bool */
    IROP_CANCEL_CALLED, IROP_CANCELLED_CAUGHT, /* (&scope) bool; CALLED of a timed one reads the clock */
    IROP_SCOPE_DEADLINE,           /* (&scope) instant */
    IROP_SET_DEADLINE,             /* (&scope, instant) */
    IROP_NEVER,                    /* () instant */
    IROP_SCOPE_SHIELD, IROP_SET_SHIELD, /* (&scope) bool; (&scope, bool) */
    IROP_EFFECTIVE_DEADLINE,       /* () instant */
    IROP_NURSERY_FULL,             /* (&nursery, its slots or nothing: it is only lent here) bool */
    IROP_NURSERY_SCOPE,            /* (&nursery) &scope */
    IROP_CANCEL_CHILD, IROP_IS_DONE, /* (&handle) ; (&handle) bool */
    IROP_CHANNEL_INIT,             /* (&channel) ; of an IRV_CHANNEL; one sender and one receiver are open then */
    IROP_SENDER, IROP_RECEIVER,    /* (&channel) the handle; RECEIVER of a broadcast: (&channel, number of its end) */
    IROP_SENDER_CLONE, IROP_RECEIVER_CLONE, /* (handle) handle */
    IROP_SENDER_CLOSE, IROP_RECEIVER_CLOSE, /* (handle) ; nothing if it was moved away (null) */
    IROP_MOVED,                    /* () the null handle of `type`: what a moved variable holds */
    IROP_TRY_SEND,                 /* (handle, item) bool */
    IROP_TRY_RECEIVE,              /* (handle) elem? */
    IROP_STATISTICS,               /* (handle) Statistics */
    IROP_EVENT_INIT, IROP_EVENT_SET, IROP_EVENT_IS_SET, /* (&event) ; (&event) ; (&event) bool */
    IROP_LOCK_INIT, IROP_LOCK_RELEASE, IROP_LOCK_LOCKED, /* (&lock): release panics if not held by this task */
    IROP_CONDITION_INIT,           /* (&condition, &lock) */
    IROP_CONDITION_LOCK,           /* (&condition) &lock */
    IROP_CONDITION_NOTIFY,         /* (&condition, i32): panics unless its lock is held by this task */
    IROP_SEMAPHORE_INIT,           /* (&semaphore, value, max or nothing) */
    IROP_SEMAPHORE_RELEASE,        /* (&semaphore): panics above max */
    IROP_SEMAPHORE_VALUE,          /* (&semaphore) i32 */
    IROP_LIMITER_INIT,             /* (&limiter, total) */
    IROP_LIMITER_RELEASE,          /* (&limiter, &holder) */
    IROP_LIMITER_TOTAL, IROP_LIMITER_BORROWED, IROP_LIMITER_AVAILABLE, /* (&limiter) i32 */
    IROP_SEQUENCER_INIT,           /* (&sequencer) */
    IROP_SEQUENCER_LEAVE,          /* (&sequencer): the next position may enter */
    IROP_LIMITER_SET_TOTAL,        /* (&limiter, i32) */
    IROP_DEFERRED, IROP_UNDEFERRED, /* () ; in tests: a `defer` is to be run from here on, and is run: for TR_WATCH */
    IROP_WON,                      /* (slots) bool: the child in these won its race */
    IROP_RESULT,                   /* (slots) what the child in these gave: it has ended well */
    IROP_STARTED,                  /* (value or nothing) ; the child says so: nothing happens unless it was begun by `start` */
    IROP_ERROR_IS,                 /* (leaf) bool: it is of error `error` */
    IROP_ERROR_NAME, IROP_ERROR_WHERE, /* (leaf) str; WHERE is "file:line" */
    IROP_LEAVES_ANY                /* (leaves) bool: it holds at least one of `errors`; any at all if `errors` is empty */
} IrOp;

struct IrExpr {
    uint8_t kind;                  /* IrExprKind */
    uint8_t op;                    /* UNARY, BINARY: Op (ast's: OP_ADD ...) */
    uint8_t convert;               /* CONVERT: IrConvert */
    bool sure;                     /* INDEX: b is known to be in range */
    uint16_t irop;                 /* OP: IrOp */
    uint32_t line;                 /* where a failing check points: the line in the function's file */
    Type *type;
    union {
        uint64_t integer;          /* INT */
        double number;             /* FLOAT */
        Str text;                  /* STR, BYTES */
        IrVar *var;                /* VAR */
        struct IrGlobal *global;   /* GLOBAL */
        struct { IrExpr *a, *b, *c; } of; /* operands of the kinds with a, b, c */
        struct { IrExpr *a; uint32_t index; EnumCase *enum_case; } part; /* FIELD, PAYLOAD */
        struct { IrExprList items; EnumCase *enum_case; } make; /* STRUCT, CASE, ARRAY */
        struct { IrExpr *value; uint32_t count; } repeat;
        struct { IrExprList items; IrFn *fn; } call; /* CALL */
        struct { IrExprList items; struct ErrorDecl *const *errors; uint32_t error_count; } built; /* OP */
    } u;
};

/* ---- statements --------------------------------------------------------------------------------------------------------- */

typedef enum IrStmtKind {
    IRS_SET,                       /* to = value; */
    IRS_DO,                        /* value for its effect: a CALL or an OP */
    IRS_PRINT,                     /* formatted text to the output, or into a str[N]: `print` */
    IRS_CALL,                      /* a plain function that may raise: [to =] fn(args), leaves into errs */
    IRS_AWAIT,                     /* a primitive wait: `await` */
    IRS_AWAIT_CALL,                /* [to =] await fn(args) in the frame `callee` */
    IRS_SELECT,                    /* waits for the first of several operations: `select` */
    IRS_START_SOON,                /* [to =] a child into a slot */
    IRS_START,                     /* [to =] await n.start(fn(args)) */
    IRS_IF,                        /* if (value) then else other */
    IRS_LOOP,                      /* a loop; `loop` */
    IRS_BREAK, IRS_CONTINUE,       /* out of / to the next round of `target` */
    IRS_RETURN,                    /* the result, if any, is in IrFn.result already */
    IRS_RAISE,                     /* errs = one leaf; unwinds */
    IRS_UNWIND,                    /* unwinds with the status in `why` and the leaves in `errs` as they are */
    IRS_REGION,                    /* a body with a cleanup */
    IRS_TRY,                       /* a body whose errors a handler looks at */
    IRS_SCOPE_ENTER,               /* enters a cancel scope: `scope` */
    IRS_NURSERY_OPEN,
    IRS_LEAVES,                    /* bookkeeping of leaves: `leaves` */
    IRS_CHECK,                     /* panic with `print`'s text unless value; panic always if value is NULL */
    IRS_BEGIN,                     /* `var` begins here: it holds nothing yet */
    IRS_KEEP                       /* `vars` are still in use here */
} IrStmtKind;

typedef enum IrWaitOp {
    IRW_CHECKPOINT,                /* () */
    IRW_SLEEP, IRW_SLEEP_UNTIL,    /* (duration), (instant); wait: SLEEP. A negative duration panics. */
    IRW_SLEEP_FOREVER,             /* (); wait: WAIT */
    IRW_SEND,                      /* (handle, item place); raises BrokenResource; wait: CHANNEL_WAIT. The item is a variable. */
    IRW_RECEIVE,                   /* (handle) into `to`, a variable; raises EndOfChannel; wait: CHANNEL_WAIT */
    IRW_EVENT_WAIT,                /* (&event); wait: WAIT */
    IRW_LOCK_ACQUIRE,              /* (&lock); wait: WAIT. Panics if this task holds it. */
    IRW_CONDITION_WAIT,            /* (&condition); wait: CONDITION_WAITER. Panics unless this task holds its lock. */
    IRW_SEMAPHORE_ACQUIRE,         /* (&semaphore); wait: WAIT */
    IRW_ALL_BLOCKED,               /* (); wait: WAIT */
    IRW_SEQUENCER_ENTER,           /* (&sequencer, u32 position); wait: CHANNEL_WAIT. Panics if it was taken before or is broken. */
    IRW_LIMITER_ACQUIRE            /* (&limiter); wait: HOLDER. Panics if this task holds a token. */
} IrWaitOp;

/* One of the operations of an IRS_SELECT: SEND, RECEIVE, EVENT_WAIT, LOCK_ACQUIRE, SEMAPHORE_ACQUIRE, SLEEP (after a duration,
   a negative one too), SLEEP_UNTIL, or CHECKPOINT: always ready. */
typedef struct IrArm {
    IrWaitOp op;
    IrExpr *guard;                 /* a variable: false: the arm is left out and nothing else of it is set; NULL: true */
    IrExpr *object;                /* handle, &event ...; of the times the variable that holds it; NULL for CHECKPOINT */
    IrExpr *item;                  /* SEND: the variable that holds it; RECEIVE: where it goes, a variable */
    uint32_t site;                 /* of what it raises; 0: nothing */
    uint32_t number;               /* what `which` is if it wins: first those that have a wait, in order, then the others */
} IrArm;

/* Operations that end at once but may raise: statements IRS_CALL with fn NULL and this set. */
typedef enum IrTryOp {
    IRT_NONE,
    IRT_SEND_NOWAIT,               /* (handle, item place); raises WouldBlock, BrokenResource */
    IRT_RECEIVE_NOWAIT,            /* (handle) into `to`; raises WouldBlock, EndOfChannel */
    IRT_LOCK_ACQUIRE_NOWAIT, IRT_SEMAPHORE_ACQUIRE_NOWAIT /* (&object); raise WouldBlock */
} IrTryOp;

/* A piece of formatted text. */
typedef struct IrPart {
    Str text;                      /* if value is NULL */
    IrExpr *value;
    uint8_t width;
    bool zero;
    char kind;                     /* 0, 'x', 'X', 'b', 'c' */
    int8_t precision;
} IrPart;

/* How a region was left, in its `why`: the low three bits are a tr_status (DONE, RAISED, CANCELLED, both); the rest, times 8,
   is the number, from 1, of the exit in `exits` by which a jump left it. 0: by running through. */
typedef enum IrExitKind { IR_EXIT_BREAK, IR_EXIT_CONTINUE, IR_EXIT_RETURN } IrExitKind;
typedef struct IrExit {
    IrExitKind kind;
    IrStmt *target;                /* the loop, or NULL for a return */
} IrExit;

typedef enum IrRegionKind {
    IR_REGION_CLEANUP,             /* cleanup runs on every way out: defer, closing of handles, release of a lock */
    IR_REGION_SCOPE,               /* first of all `why` = tr_scope_exit(scope, why): the scope may absorb the cancellation */
    IR_REGION_NURSERY              /* first of all: leaves of the body are added to the nursery's, join (suspends), close:
                                      errors of children replace a jump; what goes on is in `why` and in errs */
} IrRegionKind;

/* body; then, however the body was left, cleanup; then on to where it was going. What unwinds inside the cleanup (only a
   cancellation can) ends the cleanup and, unless errors are on their way, becomes the way out. */
struct IrRegion {
    IrRegionKind kind;
    IrBlock body, cleanup;
    IrVar *why;                    /* always there; emit leaves it out where only one way out exists */
    IrVar *errs;                   /* leaves in flight in the context that surrounds the region; NULL if none can be */
    bool unwinds;                  /* the body, or the region's own end, can be left by an error or a cancellation */
    struct { IrExit *at; uint32_t len, capacity; } exits; /* jumps that leave the body */
    IrVar *var;                    /* SCOPE, NURSERY: the record */
    IrVar *leaves;                 /* NURSERY: where body's and children's leaves are put down; NULL if none can come */
    IrVarList slots;               /* NURSERY: SLOTS of its start sites */
    IrVarList keeps;               /* NURSERY: what children borrow: live until the join is over */
    uint32_t at;                   /* NURSERY: suspend: the resume point of the join */
    uint32_t number;               /* unique in the function: for labels */
};

typedef enum IrLeavesOp {
    IRL_TAKE,                      /* to = those of `errors` in from; from keeps all */
    IRL_DROP,                      /* from loses those of `errors` */
    IRL_ADD,                       /* to gets all of from behind its own */
    IRL_CLEAR                      /* to = nothing */
} IrLeavesOp;

struct IrStmt {
    uint8_t kind;                  /* IrStmtKind */
    bool head;                     /* first of what one statement of the source became: emit shows the source above it */
    Span span;                     /* the statement of the source it comes from */
    uint32_t line;
    IrStmt *loop_of;               /* suspend: innermost loop around it */
    union {
        struct { IrExpr *to, *value; } set;              /* SET; DO (to NULL); IF's and CHECK's condition: see those */
        struct { struct { IrPart *at; uint32_t len, capacity; } parts; IrExpr *into; IrVar *fits; bool newline, error; } print;
                                   /* into: NULL, or the str[N] place (appended to); fits: bool variable told whether all fitted, or NULL: panic if not */
        struct { IrFn *fn; IrTryOp op; IrExprList args; IrExpr *to; IrVar *errs; uint32_t site[2]; } call; /* CALL; site: error sites of op, in the order above */
        struct {                   /* AWAIT */
            IrWaitOp op; IrExprList args; IrExpr *to; IrVar *wait;
            IrVar *errs; uint32_t site;                  /* of what it raises; 0: nothing (async for: see `ends`) */
            IrVar *ends;           /* async for: bool variable, true at the end of the channel instead of raising; or NULL */
            uint32_t at;           /* suspend: resume point, from 1 */
        } await;
        struct {                   /* SELECT */
            struct { IrArm *at; uint32_t len, capacity; } arms;      /* in the order in which they are tried */
            IrVar *wait, *which, *errs;                              /* which: a u8 */
            uint32_t at;           /* suspend: resume point */
        } select;
        struct { IrFn *fn; IrExprList args; IrExpr *to; IrVar *callee; IrVar *errs; uint32_t at; } await_call;
        struct {                   /* START_SOON, START */
            IrFn *fn; IrExprList args; IrVar *slots; IrExpr *nursery;  /* nursery: &nursery; slots: NULL if it is only lent here */
            bool has_room;         /* which has been looked for already, if can_be_full */
            bool can_be_full; IrVar *errs; uint32_t site_full;        /* raises NurseryFull */
            bool races;            /* START_SOON: the first such child to end well wins, and cancels the others */
            bool scoped, service;  /* START_SOON: the child has a cancel scope of its own; it is a service, which has one */
            IrExpr *to;            /* START: where the value goes; START_SOON: the handle on the child; NULL: nobody asks */
            IrVar *starting; IrVar *leaves; IrVar *value; uint32_t site_not_started; uint32_t at; /* START only; value: VALUE of type T */
            IrVarList keeps;       /* what the child borrows; also among the region's keeps */
        } start;
        struct { IrExpr *cond; IrBlock then, other; } branch;
        struct {                   /* LOOP: while (cond) { body; step } ; cond NULL: for ever; continue goes to step */
            IrExpr *cond; IrBlock body, step;
            uint32_t number;       /* unique in the function: for labels */
        } loop;
        struct { IrStmt *target; } jump;                 /* BREAK, CONTINUE */
        struct { IrVar *errs; uint32_t site; ErrorDecl *error; IrExprList fields; } raise;
        struct { IrVar *why, *errs; } unwind;
        IrRegion *region;
        struct {                   /* TRY: body; if it unwound: why and errs are set and handler runs; else it is skipped. The
                                      handler is ordinary code: it ends by running through (all is handled), or by UNWIND.
                                      errs is NULL if only a cancellation can come. */
            IrBlock body, handler; IrVar *why, *errs; uint32_t number;
            bool errors_only;      /* where there is no error, a cancellation goes past the handler */
        } attempt;
        struct {                   /* SCOPE_ENTER */
            IrVar *var; IrExpr *time; bool at; bool shield, soft;   /* time NULL: none; at: an instant, not a duration */
        } scope;
        struct { IrVar *var, *leaves; IrVarList slots; } nursery; /* NURSERY_OPEN: also empties the slots */
        struct { IrLeavesOp op; IrVar *to, *from; ErrorDecl *const *errors; uint32_t error_count; } leaves;
        struct { IrExpr *cond; struct { IrPart *at; uint32_t len, capacity; } parts; } check; /* CHECK */
        IrVar *var;                /* BEGIN */
        IrVarList vars;            /* KEEP */
    } u;
};

/* ---- functions and the program ------------------------------------------------------------------------------------------- */

/* A piece of the frame. Its struct's fields are IrFn.layout, in that order; inside a UNION lie pieces that are never in use
   at the same time, inside a STRUCT (always a member of a union) pieces that are. C names: `name`, for a variable its own. */
typedef enum IrSlotKind {
    IR_SLOT_VAR,
    IR_SLOT_UNION,                 /* largest first */
    IR_SLOT_STRUCT,                /* strictest alignment first */
    IR_SLOT_STARTING,              /* of a function that `starts`: tr_starting *; NULL if nobody waits for it */
    IR_SLOT_STARTED_VALUE,         /* if with a value: T *, where it goes */
    IR_SLOT_AT                     /* the resume point, 0 before the first step: uint8_t, uint16_t from 256 points on */
} IrSlotKind;
typedef struct IrSlot {
    IrSlotKind kind;
    const char *name;
    IrVar *var;                    /* VAR */
    struct { struct IrSlot **at; uint32_t len, capacity; } parts; /* UNION, STRUCT */
    uint64_t offset, size, align;  /* on the host; offset from the start of the frame */
} IrSlot;

/* live: a record that begins and ends with one wait: a callee's frame, a wait. It is alive at that point only. */
typedef struct IrMoment {
    IrVar *var;
    uint32_t point;
    Bits interferes;               /* lasting variables that cannot share its bytes */
} IrMoment;

struct IrFn {
    const struct Fn *fn;           /* of the tree: lower's alone */
    const struct IrProgram *program; /* lower; NULL in tests of one function */
    const char *name;              /* a C identifier, unique in the program; a function of the program keeps its name if it can */
    Str source_name;               /* as the user knows it: for comments and dumps */
    Span span;
    const Source *source;
    bool is_async;
    bool is_extern;                /* C's: it has no body, and keeps its name */
    IrVarList vars, params;
    struct { IrVar **at; uint32_t capacity; } names; /* ir.c: hash table of `vars` by name */
    Type *result_type;             /* NULL if none */
    IrVar *result;                 /* set before RETURN; NULL if none */
    uint32_t leaf_max;             /* leaves that can leave; 0: raises nothing */
    IrVar *errs;                   /* leaves in flight at the function's end; NULL if leaf_max is 0 */
    Type *start_type;              /* `starts T`: T; the child gets a tr_starting* and a T* beside its parameters */
    bool starts;
    bool never_mixes;              /* lower: it has been lowered, and no errors leave it together with a cancellation */
    IrBlock body;
    uint32_t region_count, try_count, loop_count;
    /* suspend */
    uint32_t points;               /* resume points, numbered from 1; 0: it never suspends */
    /* live */
    IrVarList lasting;             /* variables that may be alive across a point: what the sets below are numbered by, from 0 */
    Bits *live_across;             /* by resume point - 1: those alive across it */
    Bits *interferes;              /* by number: those that cannot share its bytes (look at both); NULL: none can */
    struct { IrMoment *at; uint32_t len, capacity; } moments;
    /* frame */
    struct { IrSlot **at; uint32_t len, capacity; } layout;
    uint64_t size, align;          /* frame: of the frame on the host's rules, for `dump` and for packing callers */
    struct EmitFn *emit;           /* emit: its own record */
};

/* Where an error comes from: its kind and its line. Leaves carry the number of their site. */
typedef struct IrSite {
    ErrorDecl *error;
    const Source *source;
    uint32_t line;
} IrSite;

typedef struct IrGlobal {
    const char *name;              /* a C identifier */
    Type *type;
    bool is_static;                /* lies in the program object; else constant, in flash */
    bool is_channel;               /* a tr_channel with room for `count` items of `type` */
    uint32_t count;
    IrExpr *value;                 /* a constant expression; NULL: zero, or made by IrProgram.init */
    Span span;
    struct Expr *maker;            /* of the tree: lower's alone: what makes an object, or NULL */
    struct IrGlobal *ends[2];      /* CHANNEL: lower: pointers to it, one for what refers to its sender or receiver, or NULL */
} IrGlobal;

typedef struct IrProgram {
    Arena *arena;                  /* of what outlives a function: IrFn heads, names, sites, globals */
    const Sources *sources;
    const char *name;              /* app: a C identifier, from the file's name */
    VEC(IrFn *) fns;               /* reachable ones; callees and children before who awaits or starts them */
    VEC(IrSite) sites;             /* number - 1 */
    VEC(IrGlobal *) globals;
    VEC(Str) includes;             /* headers of C */
    VEC(ErrorDecl *) errors;       /* by number - 1, as in Program */
    IrFn *init;                    /* makes objects and channels that are static; NULL if there are none */
    IrFn *main;                    /* NULL where the tests are the program */
    VEC(IrFn *) tests;             /* in the order of the text */
    bool checks;                   /* --checks=on */
    bool dumps;                    /* --dump: tables for tr_dump */
    bool numbered;                 /* the steps of tasks have numbers: TR_NUMBERED_STEPS */
    Ticks ticks;                   /* what durations in the IR are counted in */
    struct IrLeafSize { uint64_t size, align; } *leaf_size; /* of the fields of errors: layout computes it when first asked; align 0: not yet */
} IrProgram;

/* ---- ir.c, ir_dump.c ------------------------------------------------------------------------------------------------------ */

IrVar *ir_var(Arena *arena, IrFn *fn, IrVarKind kind, const char *name);  /* makes the name unique in fn */
IrExpr *ir_expr(Arena *arena, IrExprKind kind, Type *type, uint32_t line);
IrStmt *ir_stmt(Arena *arena, IrStmtKind kind, Span span, uint32_t line);
/* A word of C, or a name of the headers that generated C includes. */
bool ir_is_c_word(const char *name);
/* `wish`, or if a variable of fn has that name one like it. */
const char *ir_name(Arena *arena, const IrFn *fn, const char *wish);
/* More than one way leads out of the region: `why` has to be remembered. Otherwise it has no storage. Across the join of a
   nursery it is remembered only if there are exits: tr_nursery_close gives the status. */
bool ir_needs_why(const IrRegion *region);
/* The variable that a place lies in, and whether it is all of it; NULL if it lies behind a reference or in a global. */
IrVar *ir_place_var(const IrExpr *place, bool *whole);
/* The arm may wait in the queue of an object. Others wait for a time; with an `else` that is always ready nothing waits. */
bool ir_arm_has_wait(const IrStmt *select, const IrArm *arm);
static inline bool ir_arm_has_item(const IrArm *arm) { return arm->op == IRW_SEND || arm->op == IRW_RECEIVE; }
/* Some arm waits for a time. */
bool ir_is_timed(const IrStmt *select);
/* Broken internal invariants as text, or an empty Str: run on every function by the tests. */
Str ir_verify(Arena *arena, const IrFn *fn);
void ir_dump(Buf *out, Types *types, const IrFn *fn);         /* --stage=ir */
void live_dump(Buf *out, const IrFn *fn);                     /* --stage=live: per point its line and what lives across it */
void frame_dump(Buf *out, const IrFn *fn);                    /* --stage=frame: where every byte goes */

#endif
