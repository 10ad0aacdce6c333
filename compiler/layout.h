/* layout: how many bytes C gives to what a frame holds, on a target that is data. */
#ifndef TRC_LAYOUT_H
#define TRC_LAYOUT_H

#include "ir.h"

typedef struct Size {
    uint64_t size, align;
} Size;

/* The runtime's records, as in runtime/tr.h. */
#define RECORDS(RECORD)                                                                                              \
    RECORD(task) RECORD(scope) RECORD(timed_scope) RECORD(nursery) RECORD(lent_nursery) RECORD(scoped_task)           \
    RECORD(handle) RECORD(starting) RECORD(wait) RECORD(sleep_wait) RECORD(channel_wait) RECORD(holder)               \
    RECORD(select) RECORD(timed_select) RECORD(channel) RECORD(broadcast) RECORD(event) RECORD(lock)                  \
    RECORD(condition) RECORD(condition_waiter) RECORD(semaphore) RECORD(limiter) RECORD(sequencer)                    \
    RECORD(channel_stats) RECORD(why)

typedef struct Target {
    const char *name;
    Size pointer;                  /* also size_t */
    Size tick;                     /* tr_instant, tr_duration */
    uint64_t align_max;            /* numbers wider than this are aligned to this */
#define RECORD_SIZE(name) Size name;
    RECORDS(RECORD_SIZE)
#undef RECORD_SIZE
} Target;

extern const Target target_host;   /* 64-bit pointers, natural alignment, 64-bit ticks */

Size size_of_type(const Target *target, const IrProgram *ir, const Type *type);
/* Of a variable in the frame; those of functions and children must have their sizes. */
Size size_of_var(const Target *target, const IrProgram *ir, const IrVar *var);
/* `count` leaves and how many of them are in use. */
Size size_of_leaves(const Target *target, const IrProgram *ir, uint32_t count);

static inline uint64_t size_round(uint64_t size, uint64_t align) { return (size + align - 1) / align * align; }
/* One after the other, as fields of a struct without its end. */
static inline Size size_behind(Size first, Size then) {
    uint64_t align = first.align > then.align ? first.align : then.align;
    return (Size){size_round(first.size, then.align) + then.size, align};
}
/* One in the place of the other. */
static inline Size size_either(Size a, Size b) {
    return (Size){a.size > b.size ? a.size : b.size, a.align > b.align ? a.align : b.align};
}
/* As a whole: padded to a multiple of its alignment. */
static inline Size size_whole(Size a) { return (Size){size_round(a.size, a.align), a.align}; }

#endif
