/* options: the command line, read. */
#ifndef TRC_OPTIONS_H
#define TRC_OPTIONS_H

#include <stdbool.h>

#include "compiler.h"

typedef enum Command {
    COMMAND_BUILD, COMMAND_RUN, COMMAND_TEST, COMMAND_CHECK, COMMAND_NEW, COMMAND_EXPLAIN, COMMAND_DUMP,
    COMMAND_HELP,        /* `help` is the text to print */
    COMMAND_VERSION
} Command;

typedef enum Format { FORMAT_TERMINAL, FORMAT_LINE, FORMAT_JSON } Format;

/* How `trc test` says what came out. */
typedef enum Results { RESULTS_TERMINAL, RESULTS_TAP, RESULTS_JUNIT } Results;

/* Of `trc test`. */
typedef struct TestOptions {
    char **files;        /* file_count of them */
    size_t file_count;
    const char *filter;  /* a part of the names of the tests to run, or NULL */
    const char *timeout; /* of one run, in seconds */
    const char *schedule, *cancel_at; /* which one of each; "0": none */
    const char *runs;    /* how many of each at most, or NULL */
    bool explore, cancel_points;
    Results results;
} TestOptions;

typedef struct Options {
    Command command;
    const char *operand; /* the source file; for explain the code, for new the directory; for test NULL */
    const char *output;  /* -o, or NULL */
    const char *bundle;  /* --bundle, or NULL */
    const char *board;   /* --board */
    const char *help;
    Format format;
    Stage stage;         /* of dump */
    bool unchecked;      /* --checks=off */
    Ticks ticks;         /* --tick */
    bool dumps;          /* --dump, --dump-on-deadlock */
    bool virtual_clock;  /* --virtual */
    TestOptions test;
    char **args;         /* of run: what stands behind `--`, up to a NULL */
} Options;

/* False if the line makes no sense; the reason is on stderr then, in one line. */
bool options_read(Options *options, int argc, char **argv);

#endif
