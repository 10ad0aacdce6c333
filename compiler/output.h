/* output: the files that a build leaves. */
#ifndef TRC_OUTPUT_H
#define TRC_OUTPUT_H

#include "compiler.h"

/* What names the program in C, and its two files: the stem of `path` from its first letter on, with `_` for each
   character that C does not allow; not a name of the runtime's. "examples/01_hello.tr": "hello" */
const char *output_name(Arena *arena, const char *path);

/* Writes DIRECTORY/NAME.c and .h; false after a report. */
bool output_program(Unit *unit, const char *directory);
/* Writes the runtime, set to these ticks, into DIRECTORY, which is made if need be; false after a report. */
bool output_runtime(Arena *arena, const char *directory, Ticks ticks, Str features);
/* Both, beside each other. */
bool output_bundle(Unit *unit, const char *directory);

#endif
