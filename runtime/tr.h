/* tr: what generated C and the ports include. In reading order: time, status, tasks, waits, timers, cancel scopes,
   nurseries, channels, synchronisation, the loop. No allocation; every record lies in its program's frames.
   Semantics are Trio's: docs/trio.md. A function that may suspend returns TR_PENDING after it has arranged to be woken;
   the generated step then returns TR_PENDING too and, when stepped again, asks tr_woken() how it ended. */
#ifndef TR_H
#define TR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tr_abi.h"
#include "tr_config.h"

/* How many of something there can be. */
#if TR_SMALL_COUNTS
typedef uint8_t tr_count;
typedef uint8_t tr_size;
#else
typedef uint16_t tr_count;
typedef size_t tr_size;
#endif

typedef struct tr_rt tr_rt;
typedef struct tr_task tr_task;
typedef struct tr_wait tr_wait;
typedef struct tr_timer tr_timer;
typedef struct tr_scope tr_scope;
typedef struct tr_nursery tr_nursery;
typedef struct tr_starting tr_starting;
typedef struct tr_channel tr_channel;

/* What a run of a test does and must undo before its end; counted with TR_TEST only. */
#if TR_TEST
typedef struct tr_watch {
    int32_t handles;        /* open */
    int32_t locks, tokens;  /* held */
    int32_t defers;         /* to be run */
    int32_t outlived;       /* nurseries that closed before a child had ended */
    int32_t half_sent;      /* items handed over in a send or receive that did not end so */
} tr_watch;
extern tr_watch tr_watched;
#define TR_WATCH(count, change) ((void)(tr_watched.count += (change)))
#else
#define TR_WATCH(count, change) ((void)0)
#endif

/* The language's `str`: bytes that somebody else owns. */
typedef struct tr_str {
    const char *at;
    size_t len;
} tr_str;

/* ---- links ------------------------------------------------------------------------------------------------------- */

/* How records of one program point to each other. With TR_LINK_BITS 16 a link is a record's distance from the program
   object, which begins with its tr_rt; 0 is no record. TR_AT follows a link that is not 0; TR_TO makes one. */
#if TR_LINK_BITS == 16
#define TR_LINK(type) uint16_t
#define TR_AT(rt, type, link) ((type *)(void *)((char *)(uintptr_t)(rt) + (link)))
#define TR_TO(rt, record) ((uint16_t)((uintptr_t)(record) - (uintptr_t)(rt)))
#else
#define TR_LINK(type) type *
#define TR_AT(rt, type, link) ((void)(rt), (link))
#define TR_TO(rt, record) ((void)(rt), (record))
#endif

/* ---- time -------------------------------------------------------------------------------------------------------- */

#if TR_TICK_BITS == 64
typedef uint64_t tr_instant;            /* ticks on a clock that wraps; compare with tr_before only */
typedef int64_t tr_duration;            /* ticks, signed */
#elif TR_TICK_BITS == 32
typedef uint32_t tr_instant;
typedef int32_t tr_duration;
#else
#error "TR_TICK_BITS is 32 or 64"
#endif

/* The instant that does not come. As a deadline: none. */
#define TR_NEVER ((tr_instant)-1)

/* The furthest that a deadline may lie ahead: half the clock's range, less a 64th of that, which lets passes come late and
   deadlines lie in the past. */
#define TR_FAR ((tr_duration)(((tr_instant)-1 >> 1) - ((tr_instant)-1 >> 7)))

/* a comes before b, on a clock that wraps; neither is TR_NEVER. */
static inline bool tr_before(tr_instant a, tr_instant b) { return (tr_duration)(a - b) < 0; }
/* The language's a < b. */
static inline bool tr_earlier(tr_instant a, tr_instant b) {
    return a != TR_NEVER && (b == TR_NEVER || tr_before(a, b));
}
/* The language's a + d. Where the clock passes TR_NEVER, the sum is one tick later. */
static inline tr_instant tr_later(tr_instant a, tr_duration d) {
    tr_instant sum = a + (tr_instant)d;
    if (a == TR_NEVER) return a;
    return sum == TR_NEVER ? 0 : sum;
}
#if TR_TICK_BITS == 32
/* The same; panics where the sum lies further ahead than TR_FAR, from where it would look past. */
tr_instant tr_later_checked(tr_instant a, tr_duration d, const char *file, uint32_t line);
#endif

/* ---- status ------------------------------------------------------------------------------------------------------ */

/* How a step or an operation stands. RAISED and CANCELLED are bits: a nursery can end in both, errors of some children
   and the cancellation of others. */
typedef uint8_t tr_status;
#define TR_DONE      0u
#define TR_PENDING   1u
#define TR_RAISED    2u
#define TR_CANCELLED 4u

/* ---- tasks ------------------------------------------------------------------------------------------------------- */

/* One step of a task's outermost function: runs until it suspends (TR_PENDING) or ends (anything else). */
typedef tr_status (*tr_step)(tr_rt *rt, tr_task *task);

/* How a task knows its step. With TR_NUMBERED_STEPS it is a number that the program knows what to do with: an image has
   one program then. */
#if TR_NUMBERED_STEPS
#if TR_NUMBERED_STEPS <= UINT8_MAX
typedef uint8_t tr_step_id;
#else
typedef uint16_t tr_step_id;
#endif
tr_status tr_step_task(tr_rt *rt, tr_task *task);
#else
typedef tr_step tr_step_id;
#endif

/* How a task stands. DONE, RAISED and CANCELLED are the result of its last wait, while it is ready or runs; QUEUED,
   SLEEPING, FOREVER, SELECTING, NOTIFIED and JOINING it has while it waits: cancellation takes it out of all but the
   last, each in its way. From the others the loop makes a result when the task's turn comes. */
typedef enum tr_wake {
    TR_WAKE_DONE = TR_DONE,
    TR_WAKE_QUEUED = 1,     /* waits in the queue of an object */
    TR_WAKE_RAISED = TR_RAISED,
    TR_WAKE_SLEEPING = 3,   /* waits for a moment */
    TR_WAKE_CANCELLED = TR_CANCELLED,
    TR_WAKE_FOREVER = 5,    /* waits to be cancelled */
    TR_WAKE_SELECTING = 6,  /* waits in a select */
    TR_WAKE_NOTIFIED = 7,   /* waits for its condition's lock: QUEUED, but cancelled it hands its notification on */
    TR_WAKE_JOINING = 8,    /* waits for a nursery to be empty, or for its condition's lock after it was cancelled;
                               cannot be cancelled out of that */
    TR_WAKE_CHECK = 9,      /* a checkpoint's first turn: if cancelled now, one more turn, then cancelled */
    TR_WAKE_SLEPT = 10,     /* its time has come: if cancelled now, cancelled, else done */
    TR_WAKE_REFUSED = 11,   /* an operation was begun in a cancelled scope: one more turn, then cancelled */
    TR_WAKE_WON = 12        /* it has ended, and won its race */
} tr_wake;

struct tr_task {
    union {
        TR_LINK(tr_task) next;   /* while it is ready: behind it in the ready queue */
        TR_LINK(tr_wait) wait;   /* while its wake is QUEUED: in what */
        TR_LINK(tr_timer) timer; /* while its wake is SLEEPING: until when */
#if TR_HAS_SELECT
        TR_LINK(struct tr_select) select; /* while its wake is SELECTING: in which */
#endif
    } in;
#if TR_HAS_SCOPES
    TR_LINK(tr_scope) scope; /* innermost scope; a child's first is its nursery's, the main task's is tr_rt.root */
#endif
#if TR_HAS_CANCEL && TR_HAS_NURSERIES
    TR_LINK(tr_task) younger; /* its neighbours among its nursery's living children */
#if !TR_FEW_TASKS
    TR_LINK(tr_task) older;
#endif
#endif
    tr_step_id step;        /* 0: this slot is free. A child that ends frees its slot, but one that ended RAISED
                               leaves it taken until its nursery is opened anew: so each slot puts down the errors of
                               one child at most, which is what bounds the nursery's leaves. */
    uint8_t wake;           /* a tr_wake */
#if TR_DUMP
    tr_instant since;       /* when it was last suspended */
    const struct tr_lock *lock; /* the one it waits for, if it is blocked in one */
#endif
#if TR_TEST
    bool handed;            /* an item was taken from it or given to it while it waited */
#endif
};

/* ---- waits ------------------------------------------------------------------------------------------------------- */

/* A ring of waits, or its end marker. Alone, it points to itself. */
typedef struct tr_ring tr_ring;
struct tr_ring {
    TR_LINK(tr_ring) next;
    TR_LINK(tr_ring) prev;
};

/* In the queue of an object. Whoever wakes the task has taken it out before; cancellation does so too. */
struct tr_wait {
    TR_LINK(tr_task) task;
    tr_ring ring;           /* in the object's `waiting`, as long as the task is queued in it */
#if TR_HAS_SELECT
    TR_LINK(tr_wait) next;  /* an arm of a select: the next arm */
#endif
};

/* How the wait ended that the running task was suspended in: TR_DONE, TR_RAISED or TR_CANCELLED. */
static inline tr_status tr_woken(const tr_rt *rt);

/* A full checkpoint: schedule point, then cancel point. */
tr_status tr_checkpoint(tr_rt *rt);
/* Only a schedule point; its end is always TR_DONE. */
tr_status tr_yield(tr_rt *rt);

/* ---- timers ------------------------------------------------------------------------------------------------------ */

/* A deadline; equal ones go in order of arming. With TR_FEW_TASKS they are a list in order of coming, else a pairing
   heap. */
struct tr_timer {
    TR_LINK(tr_timer) next; /* while armed: the next one; in the heap: the next sibling */
#if !TR_FEW_TASKS
    TR_LINK(tr_timer) child; /* while armed: first child */
    TR_LINK(tr_timer) prev; /* while armed: previous sibling, for a first child its parent, for the root none */
    uint32_t order;         /* of arming; decides among equals, wraps */
#endif
    TR_LINK(tr_task) task;  /* who sleeps; none: the deadline of the tr_scope that lies behind it */
    tr_instant deadline;
};

/* A sleep in progress. */
typedef struct tr_sleep_wait {
    tr_timer timer;
} tr_sleep_wait;

/* Never negative. Zero: a checkpoint. */
tr_status tr_sleep(tr_rt *rt, tr_sleep_wait *wait, tr_duration duration);
/* A deadline that has passed takes one turn. TR_NEVER: only cancellation ends it. */
tr_status tr_sleep_until(tr_rt *rt, tr_sleep_wait *wait, tr_instant deadline);
tr_status tr_sleep_forever(tr_rt *rt, tr_wait *wait);

/* Moves *beat on, by whole periods (more than none), to the first that is not past, at least by one. Gives how many it
   passed over. */
uint32_t tr_next_beat(tr_rt *rt, tr_instant *beat, tr_duration period);

/* The clock, from the port; not TR_NEVER. */
tr_instant tr_now(tr_rt *rt);
/* Since tr_init; wraps with the clock. */
tr_duration tr_uptime(tr_rt *rt);
/* Nanoseconds since tr_init. On a 32-bit clock the program must be polled at least once in each half of its range. */
uint64_t tr_uptime64(tr_rt *rt);
/* Holds the program up for a duration, without giving a turn. A virtual clock jumps. */
void tr_busy(tr_rt *rt, tr_duration duration);

/* ---- cancel scopes ----------------------------------------------------------------------------------------------- */

enum {
    TR_SCOPE_CALLED = 1,    /* cancel() was called, or the deadline ran out */
    TR_SCOPE_CANCELLED = 2, /* effectively: called, or cancelled from outside and not shielded */
    TR_SCOPE_SHIELD = 4,
    TR_SCOPE_CAUGHT = 8,    /* it turned a cancellation back into normal control */
    TR_SCOPE_NURSERY = 16,  /* it is the scope of a tr_nursery */
    TR_SCOPE_STARTING = 32, /* ... of a tr_starting's hidden one */
    TR_SCOPE_TIMED = 64,    /* it is the scope of a tr_timed_scope, and its deadline is set */
    TR_SCOPE_CHANGED = 128, /* a nursery's: CANCELLED changed and its children have not been told; only during a walk */
    TR_SCOPE_SERVED = 256,  /* a nursery's: services were started in it */
    TR_SCOPE_SERVICE = 512, /* a service's own, inside the nursery's */
    TR_SCOPE_STOPPED = 1024, /* tr_stop was called */
    TR_SCOPE_STOPPING = 2048, /* effectively: stopped, or stopping from outside and not shielded; but not cancelled */
    TR_SCOPE_SOFT = 4096,   /* it is cancelled as soon as it would be stopping */
    TR_SCOPE_TOLD = 8192,   /* a tr_why stands before it */
    TR_SCOPE_TIMER = 16384  /* it lies behind the timer of a tr_timed_scope or tr_lent_nursery */
};

struct tr_scope {
#if TR_HAS_CANCEL
    TR_LINK(tr_scope) parent; /* the next scope outwards; across the task's border the nursery's; none for tr_rt.root */
#endif
    TR_LINK(tr_task) task;  /* who entered it; none before and after */
#if TR_HAS_CANCEL
    uint16_t flags;
#endif
};

/* A scope with a deadline that is set or may be. */
typedef struct tr_timed_scope {
    tr_timer timer;         /* armed while the scope is entered, has a deadline, and was not cancelled */
    tr_scope scope;
} tr_timed_scope;
/* Of its scope, also if that is the scope of a tr_lent_nursery. */
#define TR_TIMED(scope_) ((tr_timed_scope *)(void *)((char *)(scope_) - offsetof(tr_timed_scope, scope)))

/* Enters; flags: 0, TR_SCOPE_SHIELD or TR_SCOPE_SOFT. The record must be zero or left from an earlier use. */
void tr_scope_enter(tr_rt *rt, tr_scope *scope, uint16_t flags);
/* TR_NEVER: as tr_scope_enter_timed. */
void tr_scope_enter_at(tr_rt *rt, tr_timed_scope *scope, uint16_t flags, tr_instant deadline);
/* The duration is never negative. */
void tr_scope_enter_after(tr_rt *rt, tr_timed_scope *scope, uint16_t flags, tr_duration duration);
/* As cancel_scope without a deadline, one that may be set later. */
void tr_scope_enter_timed(tr_rt *rt, tr_timed_scope *scope, uint16_t flags);
/* Leaves with `status`; gives it back without TR_CANCELLED if this scope is the one that absorbs it. */
tr_status tr_scope_exit(tr_rt *rt, tr_scope *scope, tr_status status);
tr_status tr_timed_scope_exit(tr_rt *rt, tr_timed_scope *scope, tr_status status);

/* Cancels; at once for all that are blocked inside. Nothing for a scope that is cancelled already or not entered. */
void tr_cancel(tr_rt *rt, tr_scope *scope);
/* Cancels after the duration, which is not negative; until then only what is inside scopes that are SOFT. Does not put off
   a deadline that comes earlier. */
void tr_stop(tr_rt *rt, tr_timed_scope *scope, tr_duration grace);
#if TR_HAS_CANCEL
static inline bool tr_stopping(const tr_scope *scope) {
    return scope->flags & (TR_SCOPE_STOPPING | TR_SCOPE_CANCELLED);
}
#endif
/* Why a scope is cancelled: in the order of the language's CancelReason. */
typedef enum tr_reason {
    TR_REASON_NONE, TR_REASON_DEADLINE, TR_REASON_EXPLICIT, TR_REASON_CHILD_ERROR, TR_REASON_PARENT
} tr_reason;
/* What somebody who cancelled said, and where: "file:line". */
typedef struct tr_said {
    tr_str text, where;
} tr_said;
/* Stands right before the record of a scope that somebody asks; others have none. The first reason stays. */
typedef struct tr_why {
    tr_instant at;          /* when it was cancelled, itself or from outside; TR_NEVER: it is not */
    const tr_said *said;    /* by whom it was, or will be when its grace is over */
    uint8_t reason;         /* a tr_reason */
} tr_why;
static inline tr_why *tr_why_of(const tr_scope *scope) {
    uintptr_t record = (uintptr_t)scope;
#if TR_HAS_CANCEL
    if (scope->flags & TR_SCOPE_TIMER) record -= offsetof(tr_timed_scope, scope);
#endif
    return (tr_why *)record - 1;
}
/* What was said when it was cancelled explicitly. */
tr_said tr_said_of(const tr_scope *scope);
/* Right after it was entered. */
void tr_tell(tr_rt *rt, tr_scope *scope);
/* As tr_cancel and tr_stop; `said` lasts as long as the program. */
void tr_cancel_saying(tr_rt *rt, tr_scope *scope, const tr_said *said);
void tr_stop_saying(tr_rt *rt, tr_timed_scope *scope, tr_duration grace, const tr_said *said);
/* As Trio's property: a deadline that has passed cancels. */
bool tr_timed_cancel_called(tr_rt *rt, tr_timed_scope *scope);
#if TR_HAS_CANCEL
static inline bool tr_cancel_called(const tr_scope *scope) { return scope->flags & TR_SCOPE_CALLED; }
static inline bool tr_cancelled_caught(const tr_scope *scope) { return scope->flags & TR_SCOPE_CAUGHT; }
#endif
/* Deadlines may be given to the scope of a tr_lent_nursery too, by TR_TIMED. These three do nothing to a scope that is
   not entered. A deadline that has passed is noticed in the next pass; one set after cancellation changes nothing but
   what tr_deadline says. TR_NEVER clears. */
void tr_set_deadline(tr_rt *rt, tr_timed_scope *scope, tr_instant deadline);
void tr_clear_deadline(tr_rt *rt, tr_timed_scope *scope);
void tr_set_shield(tr_rt *rt, tr_scope *scope, bool shield);
/* The last one set; TR_NEVER if none is. */
tr_instant tr_deadline(const tr_timed_scope *scope);
/* The running task's earliest up to the next shield, TR_NEVER if there is none; now if it is cancelled. */
tr_instant tr_effective_deadline(tr_rt *rt);
/* A checkpoint of the running task would report cancellation. */
static inline bool tr_is_cancelled(const tr_rt *rt);

/* ---- nurseries --------------------------------------------------------------------------------------------------- */

struct tr_nursery {
    tr_scope scope;         /* entered as long as the nursery is open; scope.task is the parent */
#if TR_HAS_ERRORS
    void *leaves;           /* where errors of body and children are put down; only the program knows their type */
#endif
#if TR_HAS_START
    tr_starting *starting;  /* the newest tr_start under way: until it is closed, it keeps the nursery open */
#endif
#if TR_HAS_CANCEL
    TR_LINK(tr_task) first; /* living children: services, the newest first, then the others in order of starting */
#if !TR_FEW_TASKS
    TR_LINK(tr_task) last;
#endif
#else
    tr_count children;      /* how many live */
#endif
#if TR_HAS_ERRORS
    uint16_t leaf_count;
#endif
#if TR_HAS_CANCEL
    uint8_t ended;          /* TR_CANCELLED if the body or a child ended so, TR_RAISED if one raised */
#endif
    uint8_t joining;        /* the body has ended */
};

/* Opens a nursery; never a checkpoint. `leaves` has room for all errors that can arrive. */
void tr_nursery_open(tr_rt *rt, tr_nursery *nursery, void *leaves);
/* Makes `task` a child that takes its first step in the next pass. Its frame is ready, its slot was free. The slot is
   taken from here on: see tr_task.step. */
void tr_start_soon(tr_rt *rt, tr_nursery *nursery, tr_task *task, tr_step_id step);
/* The body has ended with `status` (its leaves, if any, were put down before). Always TR_PENDING: leaving is a schedule
   point. */
tr_status tr_nursery_join(tr_rt *rt, tr_nursery *nursery, tr_status status);
/* After the join: closes, and gives what goes on: TR_DONE, or TR_RAISED and TR_CANCELLED as they are left. */
tr_status tr_nursery_close(tr_rt *rt, tr_nursery *nursery);

/* A nursery that is lent, or whose scope may get a deadline: whoever has only a reference to it finds all here. */
typedef struct tr_lent_nursery {
    tr_timer timer;         /* as a tr_timed_scope's */
    tr_nursery nursery;
    void *slots;            /* its pool; NULL if it has none */
    size_t slot_size;
    uint16_t slot_count;
} tr_lent_nursery;

/* Opens a lent nursery whose slots are free. */
void tr_lent_nursery_open(tr_rt *rt, tr_lent_nursery *lent, void *leaves, void *slots, size_t size, uint16_t count);
tr_status tr_lent_nursery_close(tr_rt *rt, tr_lent_nursery *lent);
/* A free slot of a nursery that lies in a tr_lent_nursery; NULL if none. */
void *tr_lent_slot_find(tr_nursery *nursery);

/* Whose child it is that has ended, or has not yet entered a scope of its own. */
#if TR_HAS_NURSERIES
static inline tr_nursery *tr_nursery_of(tr_rt *rt, const tr_task *task) {
    return (tr_nursery *)(void *)TR_AT(rt, tr_scope, task->scope);
}
#endif

/* Frees `count` slots of `size` bytes, each beginning with its tr_task: before their nursery is used. */
void tr_slots_init(void *slots, size_t size, uint16_t count);
/* A free slot among `count` slots of `size` bytes, each beginning with its tr_task; NULL if none. */
void *tr_slot_find(void *slots, size_t size, uint16_t count);

/* What the step of a child of a race ends with, `status` being its function's: the first that ends well has won, and
   cancels the others. */
tr_status tr_race_step(tr_rt *rt, tr_task *task, tr_status status);
/* The child in this slot, which has ended, won its race. */
static inline bool tr_has_won(const tr_task *task) { return task->wake == TR_WAKE_WON; }

/* A child with a cancel scope of its own, which absorbs what it alone was cancelled by. */
typedef struct tr_scoped_task {
    tr_task task;
    tr_scope scope;         /* entered from the start to the end of the child */
    uint32_t serial;        /* of this start; the next child in the slot has another */
} tr_scoped_task;

/* `n.start_soon(f()) as t`. The slot outlives it; the child need not: another may be in the slot by then, perhaps one of
   another kind, with other bytes where a tr_scoped_task has its scope. */
typedef struct tr_handle {
    tr_scoped_task *child;
    tr_step_id step;        /* the child's: only its kind leaves this one in a slot, with a scope and a serial */
    uint32_t serial;
} tr_handle;

/* As tr_start_soon. The step ends with tr_scope_exit of the child's scope. */
tr_handle tr_start_scoped(tr_rt *rt, tr_nursery *nursery, tr_scoped_task *child, tr_step_id step);
/* A service: shielded until the body and all other children have ended; then services are cancelled, the newest first,
   each when the one before has ended. */
tr_handle tr_start_service(tr_rt *rt, tr_nursery *nursery, tr_scoped_task *child, tr_step_id step);
/* The child has ended. */
bool tr_is_done(const tr_handle *handle);
/* Cancels the child; nothing if it has ended. */
void tr_cancel_child(tr_rt *rt, const tr_handle *handle);

/* `n.start(f())` in progress: a hidden nursery in which the child runs until it says started. It obeys the caller's
   scopes, and when the target is cancelled, it is too (Trio would go on waiting: issue 1431). */
struct tr_starting {
    tr_nursery hidden;
    tr_nursery *target;
    tr_starting *next;      /* the next older one of the same target */
    tr_starting **link;     /* what points here: the target's `starting` or the next younger one's `next` */
    tr_starting *told;      /* during a walk: the next one whose target was cancelled */
    uint8_t started;        /* the child said so */
};

/* The child, whose slot is one of `target`'s, begins under the caller's scopes; suspends the caller until it has
   started or ended. A child that ends before it has moved frees its slot in any case: its errors are the caller's, put
   down in `leaves`. */
tr_status tr_start(tr_rt *rt, tr_starting *starting, tr_nursery *target, tr_task *task, tr_step_id step,
                   void *leaves);
/* After the wait: TR_DONE if it started or ended (see `started`), else what the child ended with, as tr_nursery_close.
   DONE without `started`: NotStarted. */
tr_status tr_start_close(tr_rt *rt, tr_starting *starting);
/* The child says so: it moves to the target with all that is below it, unless the caller is cancelled. `starting` is
   NULL under start_soon: nothing happens. The caller of tr_start has the record, so the child must not look at it
   again. The value was stored before. */
void tr_started(tr_rt *rt, tr_starting *starting);

/* ---- channels ---------------------------------------------------------------------------------------------------- */

/* A handle is a pointer to its channel; the compiler guarantees that each is closed once. */
struct tr_channel {
    tr_ring waiting;        /* tr_channel_wait: of receivers, the buffer is empty then; or of senders, it is full */
    TR_LINK(uint8_t) buffer; /* capacity * size bytes; the program's */
#if !TR_ITEM_BYTES
    tr_size size;           /* of an item, bytes */
#endif
#if !TR_CAPACITY
    tr_count capacity;      /* 0: rendezvous */
#endif
    tr_count head, used;    /* oldest item, number of items */
    tr_count senders, receivers; /* open handles; of a tr_broadcast, receivers: its ends that are open */
    uint8_t senders_wait;   /* who is in `waiting`: 0 receivers, 1 senders; with TR_CHANNEL_BOTH these, and last one of
                               the others: all are arms of one select */
    uint8_t kind;           /* a tr_channel_kind; the ends of a tr_broadcast are numbered from TR_CHANNEL_END */
};
#define TR_CHANNEL_BOTH 2u
typedef enum tr_channel_kind {
    TR_CHANNEL_QUEUE,
    TR_CHANNEL_LATEST,      /* an item for which there is no room replaces the one that is there */
    TR_CHANNEL_BROADCAST,   /* the channel of a tr_broadcast: what senders see */
    TR_CHANNEL_END          /* one of its ends: what receivers see */
} tr_channel_kind;

typedef struct tr_channel_wait {
    tr_wait wait;
    TR_LINK(void) item;     /* a receiver's: where to put it; a sender's: where it is */
} tr_channel_wait;

/* One sender, one receiver open. */
void tr_channel_init(tr_rt *rt, tr_channel *channel, void *buffer, size_t size, size_t capacity);
/* One slot, the newest item wins: a sender never waits. */
static inline void tr_latest_init(tr_rt *rt, tr_channel *channel, void *buffer, size_t size) {
    tr_channel_init(rt, channel, buffer, size, 1);
    channel->kind = TR_CHANNEL_LATEST;
}
/* TR_RAISED: BrokenResource. *item must stay where it is while the wait lasts. */
tr_status tr_send(tr_rt *rt, tr_channel *channel, tr_channel_wait *wait, const void *item);
/* TR_RAISED: EndOfChannel. */
tr_status tr_receive(tr_rt *rt, tr_channel *channel, tr_channel_wait *wait, void *item);
typedef enum tr_try { TR_TRY_DONE, TR_TRY_WOULD_BLOCK, TR_TRY_ENDED } tr_try;

/* Every item goes to every end that is open. The ends lie behind it, one after the other; they share its buffer, and each
   knows how much of that is still new to it. A sender waits as long as one of them has no room: the slowest sets the
   pace. */
typedef struct tr_broadcast {
    tr_channel channel;     /* head: where the next item goes; used: the most that an end has */
    const struct tr_broadcast_ops *ops; /* so that only programs with broadcasts contain their code */
    uint16_t ends;
} tr_broadcast;
/* capacity: 1 or more. ends: 1 to 250. One sender is open, and one receiver at each end. */
void tr_broadcast_init(tr_rt *rt, tr_broadcast *broadcast, uint16_t ends, void *buffer, size_t size, size_t capacity);
tr_try tr_send_nowait(tr_rt *rt, tr_channel *channel, const void *item);
tr_try tr_receive_nowait(tr_rt *rt, tr_channel *channel, void *item);
static inline tr_channel *tr_sender_clone(tr_channel *channel) {
    TR_WATCH(handles, 1);
    channel->senders++;
    return channel;
}
static inline tr_channel *tr_receiver_clone(tr_channel *channel) {
    TR_WATCH(handles, 1);
    channel->receivers++;
    return channel;
}
/* NULL is a handle that was moved away: nothing happens. */
void tr_sender_close(tr_rt *rt, tr_channel *channel);
void tr_receiver_close(tr_rt *rt, tr_channel *channel);

typedef struct tr_channel_stats {
    uint16_t buffered, capacity, senders, receivers, waiting_senders, waiting_receivers;
} tr_channel_stats;
tr_channel_stats tr_channel_statistics(const tr_rt *rt, const tr_channel *channel);

/* ---- synchronisation --------------------------------------------------------------------------------------------- */

typedef struct tr_event {
    tr_ring waiting;        /* tr_wait; empty once set */
    uint8_t set;
} tr_event;
void tr_event_init(tr_rt *rt, tr_event *event);
void tr_event_set(tr_rt *rt, tr_event *event);
tr_status tr_event_wait(tr_rt *rt, tr_event *event, tr_wait *wait);

/* Also StrictFIFOLock. Nobody acquires what they hold or releases what they do not. */
typedef struct tr_lock {
    tr_ring waiting;        /* tr_wait; empty while nobody owns it */
    TR_LINK(tr_task) owner; /* none: free */
} tr_lock;
void tr_lock_init(tr_rt *rt, tr_lock *lock);
tr_status tr_lock_acquire(tr_rt *rt, tr_lock *lock, tr_wait *wait);
bool tr_lock_acquire_nowait(tr_rt *rt, tr_lock *lock);
void tr_lock_release(tr_rt *rt, tr_lock *lock);

typedef struct tr_condition {
    tr_ring waiting;        /* tr_condition_waiter: those that nobody has notified */
    tr_lock *lock;          /* its own or a borrowed one */
} tr_condition;
typedef struct tr_condition_waiter {
    tr_wait wait;           /* in the condition's `waiting`; once notified, in its lock's */
    tr_condition *condition; /* NULL: it was cancelled, and only waits to have the lock again */
} tr_condition_waiter;
void tr_condition_init(tr_rt *rt, tr_condition *condition, tr_lock *lock);
/* The running task, which holds the lock, gives it up until it is notified. It holds it again at the end in any case. */
tr_status tr_condition_wait(tr_rt *rt, tr_condition *condition, tr_condition_waiter *waiter);
/* How that ended, in place of tr_woken; TR_PENDING: it was cancelled, and has to be stepped again for the lock. */
tr_status tr_condition_woken(tr_rt *rt, tr_condition_waiter *waiter);
/* The running task holds the lock: so many of those that wait longest get in line for it. */
void tr_condition_notify(tr_rt *rt, tr_condition *condition, int32_t count);

typedef struct tr_semaphore {
    tr_ring waiting;        /* tr_wait; empty while value > 0 */
    int32_t value;
    int32_t max;            /* INT32_MAX: no limit */
} tr_semaphore;
void tr_semaphore_init(tr_rt *rt, tr_semaphore *semaphore, int32_t value, int32_t max);
tr_status tr_semaphore_acquire(tr_rt *rt, tr_semaphore *semaphore, tr_wait *wait);
bool tr_semaphore_acquire_nowait(tr_rt *rt, tr_semaphore *semaphore);
void tr_semaphore_release(tr_rt *rt, tr_semaphore *semaphore);

typedef struct tr_limiter {
    tr_ring waiting;        /* tr_holder by its wait */
    tr_ring holders;        /* tr_holder by its ring */
    int32_t total, borrowed; /* tokens; borrowed may exceed a total that was lowered */
} tr_limiter;
/* Who holds a token or waits for one: lies in the frame of its `async with`. */
typedef struct tr_holder {
    tr_wait wait;
    tr_ring ring;           /* among the limiter's holders, while it holds */
} tr_holder;
void tr_limiter_init(tr_rt *rt, tr_limiter *limiter, int32_t total);
tr_status tr_limiter_acquire(tr_rt *rt, tr_limiter *limiter, tr_holder *holder);
bool tr_limiter_acquire_nowait(tr_rt *rt, tr_limiter *limiter, tr_holder *holder);
void tr_limiter_release(tr_rt *rt, tr_limiter *limiter, tr_holder *holder);
void tr_limiter_set_total(tr_rt *rt, tr_limiter *limiter, int32_t total);

/* ---- select ------------------------------------------------------------------------------------------------------ */

typedef enum tr_arm_kind {
    TR_ARM_RECEIVE, TR_ARM_SEND, TR_ARM_EVENT, TR_ARM_LOCK, TR_ARM_SEMAPHORE, /* object: that; they have a wait */
    TR_ARM_AFTER, TR_ARM_AT, /* object: a tr_duration, a tr_instant; the select is that of a tr_timed_select */
    TR_ARM_ELSE             /* always ready; object: anything */
} tr_arm_kind;

/* One of the operations that a select waits for, needed only as long as tr_select runs. */
typedef struct tr_arm {
    uint8_t kind;           /* a tr_arm_kind */
    uint8_t number;         /* what tr_select_won gives: 0, 1, 2 ... for those that have a wait, in their order */
    void *object;           /* NULL: this arm is left out */
    void *item;             /* RECEIVE: where to put it; SEND: where it is */
    tr_wait *wait;          /* of a tr_channel_wait for a channel; NULL: it has none */
} tr_arm;

/* A select in progress. Its arms' waits lie beside it. */
typedef struct tr_select {
    TR_LINK(tr_wait) arms;  /* the waits, by their numbers. ring.next of one that is in no queue is none; the ring of
                               the one that was served points to itself */
    uint8_t won;            /* the arm that needed no wait to win */
    uint8_t timed;          /* it is that of a tr_timed_select, whose timer is armed */
} tr_select;
typedef struct tr_timed_select {
    tr_select select;
    tr_timer timer;         /* the earliest of its times */
} tr_timed_select;

/* Tries the arms in order, else waits in all of them; the first to be served wins, and the others have had no effect.
   TR_RAISED: as of the arm that won. In a cancelled scope nothing is tried. */
tr_status tr_select_begin(tr_rt *rt, tr_select *select, const tr_arm *arms, uint8_t count);
/* After it, unless it was cancelled: the number of the arm that won. */
uint8_t tr_select_won(const tr_rt *rt, const tr_select *select);

/* ---- dumps: with TR_DUMP only ------------------------------------------------------------------------------------ */

/* What a function waits for at a resume point. */
typedef struct tr_place {
    uint32_t line;
    size_t frame;           /* where the frame of the callee lies in the function's, if it is an awaited call */
    const struct tr_shape *callee; /* NULL: it is none */
    const char *text;       /* of the source */
} tr_place;

/* A function's frame. */
typedef struct tr_shape {
    const char *name, *file;
    const tr_place *places; /* by resume point - 1 */
    uint16_t count;
    size_t at;              /* where in the frame the resume point is; 0 before the first */
    uint8_t at_size;        /* its bytes: 1 or 2 */
} tr_shape;

/* A task's slot. */
typedef struct tr_task_shape {
    tr_step_id step;        /* by which it is known */
    const tr_shape *shape;
    size_t frame;           /* where the frame lies, from the task */
} tr_task_shape;

#if TR_DUMP
/* Prints the tree of tasks on the error stream: where each waits, since when, under which deadlines; times count from
   tr_init. Not while a task runs. */
void tr_dump(const tr_rt *rt);
#endif

/* ---- tests: with TR_TEST only -------------------------------------------------------------------------------------- */

/* The positions of `async with seq(n)` in order. */
typedef struct tr_sequencer {
    tr_ring waiting;        /* tr_channel_wait, whose item is the position as a number; in order of waiting */
    uint32_t turn;          /* the position that may enter or is inside */
    uint8_t inside;
    uint8_t broken;         /* a waiter was cancelled */
} tr_sequencer;

#if TR_TEST
/* Until no task is ready and no deadline is due; all that wait so go on together. */
tr_status tr_wait_all_tasks_blocked(tr_rt *rt, tr_wait *wait);

void tr_sequencer_init(tr_rt *rt, tr_sequencer *sequencer);
/* The position is inside, was before, or is waited for. */
bool tr_sequencer_taken(const tr_rt *rt, const tr_sequencer *sequencer, uint32_t position);
/* Position 0 enters at once. TR_RAISED: the sequence is broken. */
tr_status tr_sequencer_enter(tr_rt *rt, tr_sequencer *sequencer, tr_channel_wait *wait, uint32_t position);
/* The wait ended with `status`, not TR_DONE. TR_RAISED: panics. TR_CANCELLED: breaks the sequence for all others. */
void tr_sequencer_missed(tr_rt *rt, tr_sequencer *sequencer, tr_status status, const char *file, uint32_t line);
void tr_sequencer_leave(tr_rt *rt, tr_sequencer *sequencer);
#endif

/* ---- text -------------------------------------------------------------------------------------------------------- */

#define TR_STR(literal) ((tr_str){(literal), sizeof(literal) - 1})
bool tr_str_eq(tr_str a, tr_str b);

/* Where formatted text goes: into `at` (as much as fits, whole UTF-8 characters), or to the port if `at` is NULL. */
typedef struct tr_sink {
    char *at;
    size_t capacity, len;
    bool full;              /* something did not fit; from there on nothing is put */
    bool error;             /* the port's error stream instead of its output */
} tr_sink;
/* Width, then how: 0 as is, 'x' 'X' 'b', 'c' the byte itself, for floats 's' a single-precision value; `zero` pads with
   zeros, else blanks on the left (on the right for text). */
typedef struct tr_format {
    uint8_t width;
    char kind;
    bool zero;
    int8_t precision;       /* digits after the point; -1: as many as the value needs */
} tr_format;
void tr_put_str(tr_sink *sink, tr_str text);
void tr_put_str_as(tr_sink *sink, tr_str text, tr_format format);
void tr_put_int(tr_sink *sink, int64_t value);
/* bits: of the value's type; negative values show that many in x and b. */
void tr_put_int_as(tr_sink *sink, int64_t value, uint8_t bits, tr_format format);
void tr_put_uint(tr_sink *sink, uint64_t value);
void tr_put_uint_as(tr_sink *sink, uint64_t value, tr_format format);
void tr_put_bool(tr_sink *sink, bool value);
void tr_put_float(tr_sink *sink, double value, tr_format format);
/* In s, ms, us or ns, the first in which it is 1 or more: "1.5s", "10ms"; "0s". */
void tr_put_duration(tr_sink *sink, tr_duration value);
/* As the duration since `start`; "never". */
void tr_put_instant(tr_sink *sink, tr_instant value, tr_instant start);

/* ---- the loop ---------------------------------------------------------------------------------------------------- */

/* First member of every generated program object. */
struct tr_rt {
    tr_task *task;          /* the one that runs now */
    TR_LINK(tr_task) ready; /* oldest ready task */
    TR_LINK(tr_task) *last; /* where the next ready task is hung in: `ready`, or the newest one's in.next */
#if TR_HAS_TIMERS
    TR_LINK(tr_timer) timers; /* the earliest deadline; none if none is set */
#endif
#if TR_HAS_SCOPES
    tr_scope root;          /* around the main task: cancelling it cancels the program, also before the first pass */
#endif
#if TR_HAS_UPTIME
    tr_instant start;       /* tr_now at tr_init */
#if TR_DUMP
    const struct tr_task_shape *shapes; /* of all that can be a task */
    size_t shape_count;
#endif
#if TR_TICK_BITS == 32
    uint32_t halves;        /* of the clock's range that have begun since `start`; brought up to date by each pass */
#endif
#endif
#if !TR_FEW_TASKS || TR_HAS_HANDLES
    uint32_t order;         /* of the next timer; the serial of the next scoped task */
#endif
#if TR_TEST
    tr_ring idle;           /* tr_wait: tasks in tr_wait_all_tasks_blocked */
    uint64_t shuffle;       /* the state of what shuffles each pass's tasks; 0: first come, first served */
    uint32_t points;        /* checkpoints in which tasks were suspended so far */
    uint32_t cancel_at;     /* in which of them, counted from 1, the main task is cancelled; 0: in none */
#endif
    uint8_t done;           /* the main task has ended */
    tr_status status;       /* with what */
};

/* Gets the main task ready: it takes its first step in the first pass. */
void tr_init(tr_rt *rt, tr_task *main, tr_step_id step);

typedef enum tr_next {
    TR_NEXT_NOW,            /* poll again at once */
    TR_NEXT_AT,             /* poll at *at, or after something from outside */
    TR_NEXT_NEVER,          /* all wait and no deadline is set: only something from outside can go on */
    TR_NEXT_DONE            /* the main task has ended */
} tr_next;
/* One pass: expires the deadlines up to `now`, then steps each task that was ready, once, in order. */
tr_next tr_poll(tr_rt *rt, tr_instant now, tr_instant *at);

/* Polls until the main task has ended, idling in between: what `trc run` does. 0; or 1 after saying on the error stream
   that every task waits for another. For ports where nothing comes from outside but time. */
int tr_run(tr_rt *rt);

static inline tr_status tr_woken(const tr_rt *rt) {
    return TR_HAS_CANCEL || TR_HAS_CHANNELS ? rt->task->wake : TR_DONE;
}
static inline bool tr_is_cancelled(const tr_rt *rt) {
#if TR_HAS_CANCEL
    return TR_AT(rt, tr_scope, rt->task->scope)->flags & TR_SCOPE_CANCELLED;
#else
    (void)rt;
    return false;
#endif
}

/* ---- failing ----------------------------------------------------------------------------------------------------- */

#if defined(__GNUC__)
#define TR_NORETURN __attribute__((noreturn, cold))
#else
#define TR_NORETURN
#endif

/* A failed check: tells the port and does not return. `file` and `line` are the .tr's. */
TR_NORETURN void tr_panic(const char *file, uint32_t line, const char *message);
/* The same in pieces: what is put between the two is the message. */
tr_sink tr_panic_begin(const char *file, uint32_t line);
TR_NORETURN void tr_panic_end(tr_sink *sink);
/* The runtime's functions check nothing: what must hold before a call, generated code checks itself (and `--checks=off`
   leaves out), since only it knows the place. These answer the questions. */
bool tr_lock_held(const tr_rt *rt, const tr_lock *lock);                /* by the running task */
static inline bool tr_condition_held(const tr_rt *rt, const tr_condition *condition) { /* its lock, by the running task */
    return tr_lock_held(rt, condition->lock);
}
bool tr_limiter_held(const tr_rt *rt, const tr_limiter *limiter);       /* by the running task */
/* One more release is too many: it would not go to somebody who waits. */
bool tr_semaphore_full(const tr_rt *rt, const tr_semaphore *semaphore);

/* ---- the port: six functions, in ports/ -------------------------------------------------------------------------- */

/* The clock, in ticks. */
tr_instant tr_port_now(void);
/* Sleeps until `deadline` or an interrupt; forever if `deadline` is NULL. */
void tr_port_idle(const tr_instant *deadline);
/* Keeps interrupts out / lets them in again. */
void tr_port_enter(void);
void tr_port_leave(void);
/* Output, or error output. */
void tr_port_write(const char *at, size_t len, bool error);
/* After the message was written: ends the program, or resets the machine. */
TR_NORETURN void tr_port_panic(void);

#endif
