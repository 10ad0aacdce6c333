/* trace: the order of events as a string of letters. */
#ifndef TRACE_H
#define TRACE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static char trace[1024];
static size_t trace_len;

static inline void mark(char event) {
    assert_true(trace_len < sizeof trace - 1);
    trace[trace_len++] = event;
}

/* The events since the last time, which are forgotten then. */
#define assert_trace(expected)                                                                                         \
    do {                                                                                                               \
        trace[trace_len] = 0;                                                                                          \
        trace_len = 0;                                                                                                 \
        assert_string_equal(trace, expected);                                                                          \
    } while (0)

#endif
