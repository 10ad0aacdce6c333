#include "source.h"

#include <string.h>

Source *source_add(Sources *sources, Str path, Str text) {
    Source *source = arena_new(sources->arena, Source);
    source->path = path;
    source->text = text;
    source->base = 1;
    if (sources->files.len) {
        /* One byte lies between two texts: the end of a file is a place of that file. */
        const Source *before = sources->files.at[sources->files.len - 1];
        source->base = before->base + (uint32_t)before->text.len + 1;
    }
    vec_push(sources->arena, &sources->files, source);
    return source;
}

Source *source_at(const Sources *sources, uint32_t at) {
    uint32_t low = 0, high = sources->files.len;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (sources->files.at[middle]->base <= at) low = middle;
        else high = middle;
    }
    return high ? sources->files.at[low] : NULL;
}

static void build_lines(Arena *arena, Source *source) {
    const char *text = source->text.at, *end = text + source->text.len;
    uint32_t count = 1;
    for (const char *at = text; at < end && (at = memchr(at, '\n', (size_t)(end - at))); at++) count++;

    source->lines = arena_array(arena, uint32_t, count);
    source->line_count = 1;
    for (const char *at = text; at < end && (at = memchr(at, '\n', (size_t)(end - at))); at++) {
        source->lines[source->line_count++] = (uint32_t)(at + 1 - text);
    }
}

/* The index of the line that holds offset `at`. Often it is just behind the one that was asked for last. */
static uint32_t find_line(Source *source, uint32_t at) {
    enum { NEAR = 8 };
    uint32_t low = source->last_line, high = source->line_count;
    if (source->lines[low] > at) low = 0;
    else if (low + NEAR < high && source->lines[low + NEAR] > at) high = low + NEAR;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (source->lines[middle] <= at) low = middle;
        else high = middle;
    }
    return source->last_line = low;
}

Place source_place(const Sources *sources, uint32_t at) {
    Source *source = source_at(sources, at);
    if (!source) return (Place){NULL, 1, 1};
    if (at < source->base || at - source->base > source->text.len) return (Place){sources->files.at[0], 1, 1};
    if (!source->lines) build_lines(sources->arena, source);
    uint32_t offset = at - source->base;
    uint32_t line = find_line(source, offset);
    return (Place){source, line + 1, offset - source->lines[line] + 1};
}

/* For a source whose line table nobody has needed yet. */
static const char *skip_lines(const char *at, const char *end, uint32_t count) {
    while (count--) {
        const char *newline = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
        if (!newline) return end;
        at = newline + 1;
    }
    return at;
}

Str source_line(Source *source, uint32_t line) {
    const char *text = source->text.at, *end = text + source->text.len;
    const char *start = source->lines && line <= source->line_count ? text + source->lines[line - 1]
                                                                     : skip_lines(text, end, line - 1);
    const char *stop = start < end ? memchr(start, '\n', (size_t)(end - start)) : NULL;
    if (!stop) stop = end;
    if (stop > start && stop[-1] == '\r') stop--;
    return (Str){start, (size_t)(stop - start)};
}
