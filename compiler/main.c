/* trc: the command line tool. */
#include <stdio.h>

#include "commands.h"

#define VERSION "0.1.0"

/* What was written to stdout must have arrived. */
static int finish(int status) {
    if (fflush(stdout) == 0 && !ferror(stdout)) return status;
    perror("trc: cannot write");
    return 2;
}

int main(int argc, char **argv) {
    Options options;
    if (!options_read(&options, argc, argv)) return 2;
    switch (options.command) {
    case COMMAND_BUILD: return finish(command_build(&options));
    case COMMAND_RUN: return command_run(&options);
    case COMMAND_TEST: return finish(command_test(&options));
    case COMMAND_CHECK: return finish(command_check(&options));
    case COMMAND_NEW: return finish(command_new(&options));
    case COMMAND_EXPLAIN: return finish(command_explain(&options));
    case COMMAND_DUMP: return finish(command_dump(&options));
    case COMMAND_HELP: fputs(options.help, stdout); return finish(0);
    case COMMAND_VERSION: puts("trc " VERSION); return finish(0);
    }
    return 2;
}
