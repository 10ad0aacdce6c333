/* testing: a process that runs one test of a program, on a clock that jumps to the next deadline when all tasks wait:

       program TEST [SECONDS]

   Status 0 if it passes, else 1. What it writes is kept, and comes out if it fails, however it ends: a panic, a fault, a
   loop without an end. One process for each test, so that no test can harm another. */
#define _POSIX_C_SOURCE 200809L
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "testing.h"

static struct {
    char *text;             /* what the run has written */
    size_t len, capacity;
} output;

static tr_instant clock_now;

/* ---- failing ----------------------------------------------------------------------------------------------------- */

static void put_out(void) {
    size_t done = 0;
    while (done < output.len) {
        ssize_t wrote = write(STDERR_FILENO, output.text + done, output.len - done);
        if (wrote <= 0) break;
        done += (size_t)wrote;
    }
    output.len = 0;
}

static void say(const char *text) { tr_port_write(text, strlen(text), true); }

static void fail(void) {
    put_out();
    _exit(1);
}

/* The process cannot go on: only what is safe in a signal's handler is done here. */
static void on_signal(int signal) {
    static const char late[] = "the test did not end in time: does it loop without a checkpoint?\n";
    put_out();
    if (signal == SIGALRM && write(STDERR_FILENO, late, sizeof late - 1) >= 0) _exit(1);
    struct sigaction usual = {.sa_handler = SIG_DFL};
    sigaction(signal, &usual, NULL);
    raise(signal);
}

static void catch_signals(void) {
    static const int deadly[] = {SIGALRM, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
    struct sigaction action = {.sa_handler = on_signal};
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++) sigaction(deadly[i], &action, NULL);
}

/* ---- the port ---------------------------------------------------------------------------------------------------- */

tr_instant tr_port_now(void) { return clock_now; }

void tr_port_idle(const tr_instant *deadline) {
    if (deadline && tr_before(clock_now, *deadline)) clock_now = *deadline;
}

void tr_port_enter(void) {}

void tr_port_leave(void) {}

void tr_port_write(const char *at, size_t len, bool error) {
    (void)error;
    if (output.capacity - output.len < len) {
        output.capacity = output.capacity * 2 + len;
        char *bigger = realloc(output.text, output.capacity);
        if (!bigger) abort();
        output.text = bigger;
    }
    memcpy(output.text + output.len, at, len);
    output.len += len;
}

void tr_port_panic(void) {
    fail();
    for (;;) {}
}

/* ---- running ----------------------------------------------------------------------------------------------------- */

static void run_once(size_t test) {
    output.len = 0;
    clock_now = 0;
    tr_rt *rt = tr_test_begin(test);
    if (tr_run(rt) != 0) fail();
    if (rt->status & TR_RAISED) {
        tr_test_report(test);
        fail();
    }
}

int main(int argc, char **argv) {
    if (argc < 2) {
        say("usage: program TEST [SECONDS]\n");
        put_out();
        return 2;
    }
    catch_signals();
    alarm(argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 0);
    run_once((size_t)strtoul(argv[1], NULL, 10));
    return 0;
}
