/* options: the command line, read. */
#ifndef TRC_OPTIONS_H
#define TRC_OPTIONS_H

#include <stdbool.h>

#include "compiler.h"

typedef enum Command {
    COMMAND_BUILD, COMMAND_RUN, COMMAND_CHECK, COMMAND_EXPLAIN, COMMAND_DUMP,
    COMMAND_HELP,        /* `help` is the text to print */
    COMMAND_VERSION
} Command;

typedef enum Format { FORMAT_TERMINAL, FORMAT_LINE, FORMAT_JSON } Format;

typedef struct Options {
    Command command;
    const char *operand; /* the source file; for explain the code */
    const char *output;  /* -o, or NULL */
    const char *bundle;  /* --bundle, or NULL */
    const char *help;
    Format format;
    Stage stage;         /* of dump */
    bool unchecked;      /* --checks=off */
    bool virtual_clock;  /* --virtual */
    char **args;         /* of run: what stands behind `--`, up to a NULL */
} Options;

/* False if the line makes no sense; the reason is on stderr then, in one line. */
bool options_read(Options *options, int argc, char **argv);

#endif
