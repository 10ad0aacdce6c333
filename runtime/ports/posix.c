/* posix: a process; time is CLOCK_MONOTONIC. */
#define _POSIX_C_SOURCE 200809L
#include <time.h>

#include "hosted.h"

#define NANOSECONDS_PER_SECOND 1000000000

tr_instant tr_port_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (tr_instant)((uint64_t)now.tv_sec * TR_TICKS_PER_SECOND +
                        (uint64_t)now.tv_nsec * TR_TICKS_PER_SECOND / NANOSECONDS_PER_SECOND);
}

/* Rounded up: waking before the deadline would poll in vain. Longer waits than a day are cut into days. */
static struct timespec until(tr_instant deadline) {
    tr_duration left = (tr_duration)(deadline - tr_port_now());
    if (left <= 0) return (struct timespec){0};
    uint64_t ticks = (uint64_t)left;
    uint64_t seconds = ticks / TR_TICKS_PER_SECOND;
    if (seconds >= 86400) return (struct timespec){.tv_sec = 86400};
    uint64_t rest = (ticks % TR_TICKS_PER_SECOND * NANOSECONDS_PER_SECOND + TR_TICKS_PER_SECOND - 1) / TR_TICKS_PER_SECOND;
    if (rest == NANOSECONDS_PER_SECOND) return (struct timespec){.tv_sec = (time_t)seconds + 1};
    return (struct timespec){.tv_sec = (time_t)seconds, .tv_nsec = (long)rest};
}

void tr_port_idle(const tr_instant *deadline) {
    fflush(stdout);
    struct timespec wait = {.tv_sec = 86400};
    if (deadline) wait = until(*deadline);
    nanosleep(&wait, NULL);
}
