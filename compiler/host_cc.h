/* host_cc: compiling with this machine's C compiler, and running what comes out. */
#ifndef TRC_HOST_CC_H
#define TRC_HOST_CC_H

#include "text.h"

/* Words of a command line, ended by NULL. */
typedef struct Words {
    Arena *arena;
    const char **at;
    size_t len, capacity;
} Words;
void words_add(Words *words, const char *word);
/* Each word of `text`, which blanks separate. */
void words_split(Words *words, const char *text);

/* Runs a command, waits, and gives its status as waitpid does; -1 with errno set if it cannot be started. Interrupts
   from the keyboard end the command, not us; a SIGTERM or SIGHUP that we get is handed on to it. What it says goes
   into the file `into`, unless that is NULL. */
int words_run(const Words *words, const char *into);

/* Ends this process as the status says: with the same exit status, or by the same signal. */
int exit_as(int status);

#endif
