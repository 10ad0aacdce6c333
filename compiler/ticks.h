/* ticks: how the target's clock counts. */
#ifndef TRC_TICKS_H
#define TRC_TICKS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Ticks {
    uint32_t per_second;           /* 10^9, 10^6 or 10^3 */
    uint8_t bits;                  /* 32 or 64 */
} Ticks;

#define TICKS_HOST ((Ticks){1000000000, 64})

static inline int64_t ticks_unit(Ticks ticks) { return 1000000000 / ticks.per_second; } /* nanoseconds in one */

/* The longest duration, in ticks. */
static inline int64_t ticks_most(Ticks ticks) { return ticks.bits == 32 ? INT32_MAX : INT64_MAX; }

/* How far ahead a deadline may lie, in ticks: TR_FAR of runtime/tr.h. */
static inline int64_t ticks_far(Ticks ticks) { return ticks_most(ticks) - (ticks_most(ticks) >> 6); }

#endif
