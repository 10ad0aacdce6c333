/* testing: a process that runs one test of a program, on a clock that jumps to the next deadline when all tasks wait:

       program TEST SECONDS SCHEDULES SCHEDULE CANCELS CANCEL REPLAY

   once as it is; then, up to SCHEDULES times, with each pass's tasks shuffled; then, up to CANCELS times, cancelled at one
   of its checkpoints after the other. Or once, in the schedule SCHEDULE, cancelled at the checkpoint CANCEL. 0 stands for
   none. Each run may take SECONDS, and keeps the promises that `tr_watch` counts. Status 0 if all pass; else 1, behind
   what the run that failed wrote and the command REPLAY that runs it again.

   All that a run writes is kept until it is known to fail, however it ends: a panic, a fault, a loop without an end. One
   process for each test, so that no test can harm another; one process for all its runs, since the first that does harm
   is the last. */
#define _POSIX_C_SOURCE 200809L
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "testing.h"

static struct {
    char *text;             /* what the run has written */
    size_t len, capacity;
} output;

/* How to run again what runs now, and how long that is; a signal's handler may write it. */
static char replay[4096];
static size_t replay_len;

static tr_instant clock_now;

/* ---- failing ----------------------------------------------------------------------------------------------------- */

static void write_all(const char *text, size_t len) {
    while (len) {
        ssize_t wrote = write(STDERR_FILENO, text, len);
        if (wrote <= 0) return;
        text += wrote;
        len -= (size_t)wrote;
    }
}

static void say(const char *text) { tr_port_write(text, strlen(text), true); }

static void put_out(void) {
    write_all(output.text, output.len);
    write_all(replay, replay_len);
}

static void fail(void) {
    put_out();
    _exit(1);
}

/* The process cannot go on: only what is safe in a signal's handler is done here. */
static void on_signal(int signal) {
    static const char late[] = "the test did not end in time: does it loop without a checkpoint?\n";
    write_all(output.text, output.len);
    if (signal == SIGALRM) write_all(late, sizeof late - 1);
    write_all(replay, replay_len);
    if (signal == SIGALRM) _exit(1);
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

/* ---- the promises ------------------------------------------------------------------------------------------------ */

static bool is_kept(bool kept, const char *otherwise) {
    if (!kept) say(otherwise);
    return kept;
}

static bool promises_kept(void) {
    const tr_watch *w = &tr_watched;
    bool kept = is_kept(w->outlived == 0, "a nursery ended before its children\n");
    kept &= is_kept(w->handles == 0, "a handle of a channel was not closed\n");
    kept &= is_kept(w->locks == 0, "a lock is still held\n");
    kept &= is_kept(w->tokens == 0, "a limiter's token is still held\n");
    kept &= is_kept(w->defers == 0, w->defers > 0 ? "a `defer` did not run\n" : "a `defer` ran twice\n");
    kept &= is_kept(w->half_sent == 0, "an item was handed over in an operation that was cancelled\n");
    return kept;
}

/* ---- running ----------------------------------------------------------------------------------------------------- */

typedef struct Command {
    size_t test;
    unsigned seconds;
    uint32_t schedules, schedule, cancels, cancel;
    const char *replay;
} Command;

static void note_replay(const Command *command, uint32_t schedule, uint32_t cancel) {
    if (schedule) {
        snprintf(replay, sizeof replay, "in schedule %u: %s --schedule %u\n", (unsigned)schedule, command->replay,
                 (unsigned)schedule);
    } else if (cancel) {
        snprintf(replay, sizeof replay, "cancelled at checkpoint %u: %s --cancel-at %u\n", (unsigned)cancel,
                 command->replay, (unsigned)cancel);
    } else {
        replay[0] = '\0';
    }
    replay_len = strlen(replay);
}

/* Spreads the bits of small numbers; never 0. */
static uint64_t seed_of(uint32_t schedule) { return schedule * UINT64_C(0x9E3779B97F4A7C15); }

/* Gives the number of its checkpoints. Errors that leave it are a failure, unless it was cancelled: those may be the
   consequence. */
static uint32_t run_once(const Command *command, uint32_t schedule, uint32_t cancel) {
    output.len = 0;
    clock_now = 0;
    note_replay(command, schedule, cancel);
    alarm(command->seconds);
    tr_rt *rt = tr_test_begin(command->test);
    tr_watched = (tr_watch){0};
    rt->shuffle = seed_of(schedule);
    rt->cancel_at = cancel;
    if (tr_run(rt) != 0) fail();
    bool failed = (rt->status & TR_RAISED) && !cancel;
    if (failed) tr_test_report(command->test);
    if (!promises_kept() || failed) fail();
    return rt->points;
}

/* Evenly spread over the run if there are too many. */
static void cancel_everywhere(const Command *command, uint32_t points) {
    uint32_t step = points / command->cancels + 1;
    for (uint32_t at = 1; at <= points; at += step) run_once(command, 0, at);
}

static void run_all(const Command *command) {
    uint32_t points = run_once(command, command->schedule, command->cancel);
    for (uint32_t i = 1; i <= command->schedules; i++) run_once(command, i, 0);
    if (command->cancels) cancel_everywhere(command, points);
}

static uint32_t number(const char *text) { return (uint32_t)strtoul(text, NULL, 10); }

int main(int argc, char **argv) {
    if (argc != 8) {
        fputs("usage: program TEST SECONDS SCHEDULES SCHEDULE CANCELS CANCEL REPLAY\n", stderr);
        return 2;
    }
    Command command = {
        .test = number(argv[1]), .seconds = number(argv[2]), .schedules = number(argv[3]), .schedule = number(argv[4]),
        .cancels = number(argv[5]), .cancel = number(argv[6]), .replay = argv[7]
    };
    catch_signals();
    run_all(&command);
    return 0;
}
