/* `trc new`: a directory with a program, a Makefile, and for a board its port, all of which are the project's own from
   then on. They come from runtime/ports/: project/, and for a board CORE/ and CORE/BOARD/. */
#include <errno.h>
#include <string.h>

#include "commands.h"
#include "embedded.h"
#include "files.h"

/* The folder of an embedded file, with its slash: "cortex-m/microbit/". */
static Str folder_of(const Embedded *file) {
    return (Str){file->name, (size_t)(strrchr(file->name, '/') + 1 - file->name)};
}

/* "microbit" of the board's Makefile, "cortex-m/microbit/Makefile"; else empty. Each board has one. */
static Str board_of(const Embedded *file) {
    Str folder = folder_of(file);
    const char *board = strchr(file->name, '/') + 1, *end = folder.at + folder.len;
    if (strcmp(end, "Makefile") != 0 || board == end) return (Str){"", 0};
    return (Str){board, (size_t)(end - 1 - board)};
}

/* "cortex-m/microbit/", or empty if there is no such board. */
static Str find_board(const char *name) {
    for (const Embedded *file = embedded_ports; file->name; file++) {
        Str board = board_of(file);
        if (board.len && board.len == strlen(name) && memcmp(board.at, name, board.len) == 0) return folder_of(file);
    }
    return (Str){"", 0};
}

static const char *known_boards(Arena *arena) {
    const char *known = "host";
    for (const Embedded *file = embedded_ports; file->name; file++) {
        Str board = board_of(file);
        if (board.len) known = str_format(arena, "%s, %.*s", known, (int)board.len, board.at).at;
    }
    return known;
}

/* The folder of the project in which it gets a file: "" or "port"; NULL for what another board needs. */
static const char *place_of(const Embedded *file, Str board) {
    Str folder = folder_of(file);
    const char *name = file->name + folder.len;
    bool is_makefile = strcmp(name, "Makefile") == 0;
    if (strncmp(file->name, "project/", folder.len) == 0) {
        if (is_makefile) return board.len ? NULL : "";
        return board.len || strcmp(name, "main.c") != 0 ? "" : NULL;
    }
    bool is_core = folder.len < board.len && memcmp(folder.at, board.at, folder.len) == 0;
    bool is_board = folder.len == board.len && memcmp(folder.at, board.at, folder.len) == 0;
    if (!is_core && !is_board) return NULL;
    return is_makefile ? "" : "port";
}

static bool write_project(Arena *arena, const char *directory, Str board) {
    for (const Embedded *file = embedded_ports; file->name; file++) {
        const char *place = place_of(file, board);
        if (!place) continue;
        const char *folder = *place ? path_join(arena, directory, place) : directory;
        if (!directory_make(folder)) return misuse("cannot make %s: %s", folder, strerror(errno)), false;
        Str text = str_of(file->text);
        const NewFile wanted = {path_join(arena, folder, file->name + folder_of(file).len), &text, 1};
        if (!files_write(arena, &wanted, 1)) return false;
    }
    return true;
}

static int make_project(Arena *arena, const Options *options) {
    Str board = find_board(options->board);
    if (!board.len && strcmp(options->board, "host") != 0) {
        return misuse("no board `%s`; there are %s", options->board, known_boards(arena));
    }
    if (!directory_new(options->operand)) return misuse("cannot make %s: %s", options->operand, strerror(errno));
    return write_project(arena, options->operand, board) ? 0 : 2;
}

int command_new(const Options *options) {
    Arena arena = {0};
    int status = make_project(&arena, options);
    arena_free(&arena);
    return status;
}
