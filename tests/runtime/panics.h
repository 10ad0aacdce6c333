/* panics: a check that fails ends the process, so it is made to fail in a child. */
#ifndef PANICS_H
#define PANICS_H

#include <stdio.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "trace.h"

/* Begins a child whose error stream `*from` reads; 0 in the child. */
static inline pid_t begin_child(int *from) {
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    fflush(NULL);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) dup2(ends[1], STDERR_FILENO);
    close(ends[1]);
    *from = ends[0];
    return pid;
}

static inline void assert_child_said(pid_t pid, int from, const char *expected) {
    char said[256];
    size_t len = 0;
    ssize_t got;
    while (len < sizeof said - 1 && (got = read(from, said + len, sizeof said - 1 - len)) > 0) len += (size_t)got;
    said[len] = 0;
    close(from);
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_string_equal(said, expected);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 1);
}

/* `expression` writes `expected` to the error stream and ends the program with status 1. */
#define assert_panics(expression, expected)                                                                            \
    do {                                                                                                               \
        int from;                                                                                                      \
        pid_t pid = begin_child(&from);                                                                                \
        if (pid == 0) {                                                                                                \
            (void)(expression);                                                                                        \
            _exit(0);                                                                                                  \
        }                                                                                                              \
        assert_child_said(pid, from, expected);                                                                        \
    } while (0)

#endif
