#define _POSIX_C_SOURCE 200809L

#include "host_cc.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

void words_add(Words *words, const char *word) {
    if (words->len + 1 >= words->capacity) {
        size_t capacity = words->capacity ? words->capacity * 2 : 16;
        const char **bigger = arena_array(words->arena, const char *, capacity);
        for (size_t i = 0; i < words->len; i++) bigger[i] = words->at[i];
        words->at = bigger;
        words->capacity = capacity;
    }
    words->at[words->len++] = word;
    words->at[words->len] = NULL;
}

void words_split(Words *words, const char *text) {
    while (*(text += strspn(text, " \t\n"))) {
        size_t len = strcspn(text, " \t\n");
        words_add(words, str_copy(words->arena, (Str){text, len}).at);
        text += len;
    }
}

/* ---- running ---- */

enum { FORWARDED = 2 };
static const int forwarded[FORWARDED] = {SIGTERM, SIGHUP};
static volatile sig_atomic_t child;      /* who gets what we are sent; 0 if nobody */

static void forward(int signal) {
    if (child) kill((pid_t)child, signal);
}

/* How signals were handled before the command, to be put back and to be passed on to it. */
typedef struct Signals {
    struct sigaction interrupt, quit, others[FORWARDED];
    sigset_t mask;
} Signals;

/* Until `child` is known the forwarded ones are held back. */
static void take_signals(Signals *before) {
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct sigaction hand_on = {.sa_handler = forward, .sa_flags = SA_RESTART};
    sigset_t held;
    sigemptyset(&held);
    for (int i = 0; i < FORWARDED; i++) sigaddset(&held, forwarded[i]);
    sigprocmask(SIG_BLOCK, &held, &before->mask);
    sigaction(SIGINT, &ignore, &before->interrupt);
    sigaction(SIGQUIT, &ignore, &before->quit);
    for (int i = 0; i < FORWARDED; i++) {
        sigaction(forwarded[i], NULL, &before->others[i]);
        if (before->others[i].sa_handler != SIG_IGN) sigaction(forwarded[i], &hand_on, NULL);
    }
}

static void give_signals_back(const Signals *before) {
    sigaction(SIGINT, &before->interrupt, NULL);
    sigaction(SIGQUIT, &before->quit, NULL);
    for (int i = 0; i < FORWARDED; i++) sigaction(forwarded[i], &before->others[i], NULL);
}

/* Starts the command with the signals as they were before; gives an errno. `into`: as for words_run. */
static int start(const Words *words, const Signals *before, const char *into, pid_t *pid) {
    posix_spawnattr_t how;
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    if (into) {
        posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, into, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
    }
    sigset_t usual;
    sigemptyset(&usual);
    if (before->interrupt.sa_handler != SIG_IGN) sigaddset(&usual, SIGINT);
    if (before->quit.sa_handler != SIG_IGN) sigaddset(&usual, SIGQUIT);
    posix_spawnattr_init(&how);
    posix_spawnattr_setsigdefault(&how, &usual);
    posix_spawnattr_setsigmask(&how, &before->mask);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    int error = posix_spawnp(pid, words->at[0], &files, &how, (char *const *)words->at, environ);
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&files);
    return error;
}

int words_run(const Words *words, const char *into) {
    Signals before;
    pid_t pid;
    int status = -1;
    take_signals(&before);
    int error = start(words, &before, into, &pid);
    if (!error) child = (sig_atomic_t)pid;
    sigprocmask(SIG_SETMASK, &before.mask, NULL);
    while (!error && waitpid(pid, &status, 0) < 0) {
        if (errno != EINTR) error = errno;
    }
    child = 0;
    give_signals_back(&before);
    errno = error;
    return error ? -1 : status;
}

int exit_as(int status) {
    if (!WIFSIGNALED(status)) return WEXITSTATUS(status);
    int signal = WTERMSIG(status);
    struct sigaction usual = {.sa_handler = SIG_DFL};
    sigaction(signal, &usual, NULL);
    raise(signal);
    return 128 + signal;
}
