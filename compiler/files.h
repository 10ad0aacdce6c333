/* files: reading and writing for the driver. */
#ifndef TRC_FILES_H
#define TRC_FILES_H

#include <stdbool.h>

#include "text.h"

/* Prints `trc: ...` on stderr, one line; gives the exit status of an error of use. */
int misuse(const char *format, ...);

/* The whole file; false with errno set if it cannot be read. The text lives in the arena. */
bool file_read(Arena *arena, const char *path, Str *text);

/* A file to be written: pieces of text, one behind the other. */
typedef struct NewFile {
    const char *path;
    const Str *pieces;
    size_t count;
} NewFile;

/* Writes all of them whole, or none: what goes wrong is reported, and the files stay as they were. */
bool files_write(Arena *arena, const NewFile *files, size_t count);

/* Makes the directory unless it is there. False with errno set. */
bool directory_make(const char *path);
/* Makes a directory that is not there yet. False with errno set. */
bool directory_new(const char *path);
/* A new directory that only this user can enter, or NULL with errno set. */
const char *directory_private(Arena *arena);
/* Removes it with all that is in it. */
void directory_remove(Arena *arena, const char *path);

/* "a/b/c.tr": "a/b" ("." if there is none) */
const char *path_directory(Arena *arena, const char *path);
/* "a/b/c.tr": "c" */
char *path_stem(Arena *arena, const char *path);
/* "a/b", "c": "a/b/c"; ".", "c": "c" */
const char *path_join(Arena *arena, const char *directory, const char *name);

#endif
