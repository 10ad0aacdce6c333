/* host_program: a program for this machine from a compiled unit, in a private directory. */
#ifndef TRC_HOST_PROGRAM_H
#define TRC_HOST_PROGRAM_H

#include "compiler.h"

typedef struct HostProgram {
    const char *port;        /* "ports/posix.c" */
    const char *switches;    /* for the C compiler: "-DTR_TEST=1", or "" */
    Str main;                /* what stands behind the program's text in its unit */
} HostProgram;

/* Compiles it in `directory`: 0 and its path in *path, or 2 after a report. */
int host_program_make(Unit *unit, const HostProgram *wanted, const char *directory, const char **path);

#endif
