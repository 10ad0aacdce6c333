/* source: the texts of a compilation and places in them. */
#ifndef TRC_SOURCE_H
#define TRC_SOURCE_H

#include "text.h"
#include "vec.h"

/* A place: bytes [at, at+len) of the concatenation of all sources, so a span alone names its file. */
typedef struct Span {
    uint32_t at, len;
} Span;

typedef struct Source {
    Str path;            /* as given by the user; what diagnostics and #line print */
    Str text;
    uint32_t base;       /* the global offset of the text's first byte; 1 for the first file: 0 is "no place" */
    uint32_t *lines;     /* offset in `text` of each line's first byte; built on first use */
    uint32_t line_count;
    uint32_t last_line;  /* the one that was asked for last */
} Source;

typedef struct Sources {
    Arena *arena;
    VEC(Source *) files;
} Sources;

typedef struct Place {
    const Source *source;
    uint32_t line;       /* from 1 */
    uint32_t column;     /* from 1, in bytes */
} Place;

/* Takes the text as it is (no copy); it must outlive the compilation. */
Source *source_add(Sources *sources, Str path, Str text);
Source *source_at(const Sources *sources, uint32_t at);
/* Binary search in the line table. A span outside all sources gives the first file, line 1. */
Place source_place(const Sources *sources, uint32_t at);
/* Line `line` (from 1) without its end of line. */
Str source_line(Source *source, uint32_t line);

static inline Span span_to(Span a, Span b) { return (Span){a.at, b.at + b.len - a.at}; }

#endif
