#define _POSIX_C_SOURCE 200809L

#include "session.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "files.h"
#include "render.h"

static bool read_module(void *context, Arena *arena, const char *path, Str *text) {
    (void)context;
    return file_read(arena, path, text);
}

static bool want_color(void) {
    const char *no_color = getenv("NO_COLOR");
    return isatty(STDERR_FILENO) && !(no_color && *no_color);
}

/* JSON is for a program that reads our output; the others are for people. */
static void report(const Unit *unit, Format format) {
    Buf out = {0};
    switch (format) {
    case FORMAT_TERMINAL: render_terminal(&out, &unit->diags, &unit->sources, want_color()); break;
    case FORMAT_LINE: render_lines(&out, &unit->diags, &unit->sources); break;
    case FORMAT_JSON: render_json(&out, &unit->diags, &unit->sources); break;
    }
    if (out.len) fwrite(out.at, 1, out.len, format == FORMAT_JSON ? stdout : stderr);
    buf_free(&out);
}

int compile_file(Unit *unit, const Options *options) {
    Str text;
    if (!file_read(&unit->arena, options->operand, &text)) {
        return misuse("cannot read %s: %s", options->operand, strerror(errno));
    }
    unit->read = read_module;
    unit->unchecked = options->unchecked;
    unit->dumps |= options->dumps;
    unit->for_virtual = options->virtual_clock;
    unit->ticks = options->ticks;
    bool good = compile(unit, str_of(options->operand), text);
    report(unit, options->format);
    return good ? 0 : 1;
}
