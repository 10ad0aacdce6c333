#include "output.h"

#include <errno.h>
#include <string.h>

#include "embedded.h"
#include "files.h"

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

const char *output_name(Arena *arena, const char *path) {
    char *stem = path_stem(arena, path);
    while (*stem && !is_letter(*stem)) stem++;
    for (char *c = stem; *c; c++) {
        if (!is_letter(*c) && !(*c >= '0' && *c <= '9')) *c = '_';
    }
    if (!*stem) return "program";
    bool is_runtime = strcmp(stem, "tr") == 0 || strncmp(stem, "tr_", 3) == 0;
    return is_runtime ? str_format(arena, "app_%s", stem).at : stem;
}

bool output_program(Unit *unit, const char *directory) {
    const char *c = path_join(&unit->arena, directory, str_format(&unit->arena, "%s.c", unit->name).at);
    const char *h = path_join(&unit->arena, directory, str_format(&unit->arena, "%s.h", unit->name).at);
    const NewFile files[] = {{c, unit->c.at, unit->c.len}, {h, unit->h.at, unit->h.len}};
    return files_write(&unit->arena, files, sizeof files / sizeof *files);
}

/* `text` with `value` behind the #define of `name`. */
static const char *defined(Arena *arena, const char *text, const char *name, unsigned value) {
    const char *at = strstr(text, name), *end = strchr(at, '\n');
    return str_format(arena, "%.*s%s %u%s", (int)(at - text), text, name, value, end).at;
}

/* Of a file of the runtime, whose knobs are set for the program. */
static Str text_for(Arena *arena, const Embedded *file, Ticks ticks, Str features) {
    if (features.len && strcmp(file->name, "tr_features.h") == 0) return features;
    if (strcmp(file->name, "tr_config.h") != 0) return str_of(file->text);
    const char *bits = defined(arena, file->text, "define TR_TICK_BITS", ticks.bits);
    return str_of(defined(arena, bits, "define TR_TICKS_PER_SECOND", ticks.per_second));
}

bool output_runtime(Arena *arena, const char *directory, Ticks ticks, Str features) {
    if (!directory_make(directory)) return misuse("cannot make %s: %s", directory, strerror(errno)), false;
    for (const Embedded *file = embedded_runtime; file->name; file++) {
        Str text = text_for(arena, file, ticks, features);
        const NewFile wanted = {path_join(arena, directory, file->name), &text, 1};
        const char *folder = path_directory(arena, wanted.path);
        if (!directory_make(folder)) return misuse("cannot make %s: %s", folder, strerror(errno)), false;
        if (!files_write(arena, &wanted, 1)) return false;
    }
    return true;
}

bool output_bundle(Unit *unit, const char *directory) {
    const char *source = str_format(&unit->arena, "%s.c", unit->name).at;
    for (const Embedded *file = embedded_runtime; file->name; file++) {
        if (strcmp(file->name, source) != 0) continue;
        return misuse("the runtime has a file %s too: name the program otherwise, with -o", source), false;
    }
    return output_runtime(&unit->arena, directory, unit->ticks, unit->features) && output_program(unit, directory);
}
