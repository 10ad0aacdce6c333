/* uptime: the clock as programs see it. */
#include "tr_internal.h"

#define NANOSECONDS 1000000000u

tr_instant tr_now(tr_rt *rt) {
    (void)rt;
    tr_instant now = tr_port_now();
    return now == TR_NEVER ? now - 1 : now;
}

#if TR_HAS_UPTIME

tr_duration tr_uptime(tr_rt *rt) { return (tr_duration)(tr_port_now() - rt->start); }

uint64_t tr_uptime64(tr_rt *rt) {
    tr_instant now = tr_port_now();
    tr_count_halves(rt, now);
    uint64_t ticks = (tr_instant)(now - rt->start);
#if TR_TICK_BITS == 32
    ticks |= (uint64_t)(rt->halves >> 1) << 32;
#endif
    if (NANOSECONDS % TR_TICKS_PER_SECOND == 0) return ticks * (NANOSECONDS / TR_TICKS_PER_SECOND);
    return ticks / TR_TICKS_PER_SECOND * NANOSECONDS + ticks % TR_TICKS_PER_SECOND * NANOSECONDS / TR_TICKS_PER_SECOND;
}

#endif

void tr_busy(tr_rt *rt, tr_duration duration) {
    (void)rt;
    tr_instant end = tr_port_now() + (tr_instant)duration;
    while (tr_before(tr_port_now(), end)) tr_port_idle(&end);
}

#if TR_TICK_BITS == 32
tr_instant tr_later_checked(tr_instant a, tr_duration d, const char *file, uint32_t line) {
    if (a != TR_NEVER && d > 0 && (tr_duration)(a - tr_port_now()) > TR_FAR - d)
        tr_panic(file, line, "an instant further ahead than half the clock's range");
    return tr_later(a, d);
}
#endif
