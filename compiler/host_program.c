/* Two units are compiled: the program with a main, and the runtime with a port. A C compiler spends more on being started
   and on the system's headers than on the runtime.
     NAME.c NAME.h host-main.c host-runtime.c runtime/ host-program */
#include "host_program.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "embedded.h"
#include "files.h"
#include "host_cc.h"
#include "output.h"

/* No program is called so: these are no identifiers. */
#define MAIN "host-main.c"
#define RUNTIME "host-runtime.c"
#define PROGRAM "host-program"

static bool has_suffix(const char *text, const char *suffix) {
    size_t len = strlen(text), wanted = strlen(suffix);
    return len >= wanted && strcmp(text + len - wanted, suffix) == 0;
}

/* The port comes first: it says what it wants of the system's headers. */
static Str runtime_text(Arena *arena, const char *port) {
    Buf text = {0};
    buf_format(&text, "#include \"runtime/%s\"\n", port);
    for (const Embedded *file = embedded_runtime; file->name; file++) {
        bool wanted = !strchr(file->name, '/') && has_suffix(file->name, ".c");
        if (wanted) buf_format(&text, "#include \"runtime/%s\"\n", file->name);
    }
    Str copy = str_copy(arena, buf_view(&text));
    buf_free(&text);
    return copy;
}

static bool write_units(Unit *unit, const HostProgram *wanted, const char *directory) {
    Str main = str_format(&unit->arena, "#include \"%s.c\"\n\n%.*s", unit->name, (int)wanted->main.len, wanted->main.at);
    Str runtime = runtime_text(&unit->arena, wanted->port);
    const NewFile files[] = {
        {path_join(&unit->arena, directory, MAIN), &main, 1},
        {path_join(&unit->arena, directory, RUNTIME), &runtime, 1},
    };
    return files_write(&unit->arena, files, sizeof files / sizeof *files);
}

/* Gives the wait status of the compiler, whose command is `cc`; -1 with errno set if it cannot be started. */
static int compile_with(Unit *unit, const char *cc, const char *switches, const char *directory, const char *into) {
    Arena *arena = &unit->arena;
    Words words = {.arena = arena};
    words_split(&words, cc);
    words_split(&words, switches);
    words_split(&words, "-std=c99 -w -I");
    words_add(&words, path_join(arena, directory, "runtime"));
    words_add(&words, "-o");
    words_add(&words, path_join(arena, directory, PROGRAM));
    words_add(&words, path_join(arena, directory, MAIN));
    words_add(&words, path_join(arena, directory, RUNTIME));
    return words_run(&words, into);
}

static bool is_blank(const char *text) { return !text[strspn(text, " \t\n")]; }

/* What CC names; without it tcc, which is done before others have begun, where it is there and takes the program, and
   else cc. No optimisation is asked for: it would cost more than most programs that are tried out can win by it. */
static int compile_units(Unit *unit, const char *switches, const char *directory) {
    const char *cc = getenv("CC");
    bool chosen = cc && !is_blank(cc);
    int status = chosen ? -1 : compile_with(unit, "tcc", switches, directory, "/dev/null");
    if (chosen || status == -1 || (WIFEXITED(status) && WEXITSTATUS(status) != 0)) {
        if (!chosen) cc = "cc";
        status = compile_with(unit, cc, switches, directory, NULL);
        if (status == -1) return misuse("cannot start the C compiler %s: %s", cc, strerror(errno));
    }
    return status == 0 ? 0 : misuse("the C compiler %s refused the program", chosen ? cc : "cc");
}

int host_program_make(Unit *unit, const HostProgram *wanted, const char *directory, const char **path) {
    const char *runtime = path_join(&unit->arena, directory, "runtime");
    if (!output_program(unit, directory) || !output_runtime(&unit->arena, runtime, unit->ticks, (Str){0})) return 2;
    if (!write_units(unit, wanted, directory)) return 2;
    *path = path_join(&unit->arena, directory, PROGRAM);
    return compile_units(unit, wanted->switches, directory);
}
