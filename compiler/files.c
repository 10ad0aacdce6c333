#define _POSIX_C_SOURCE 200809L

#include "files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int misuse(const char *format, ...) {
    va_list args;
    va_start(args, format);
    fputs("trc: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    return 2;
}

/* ---- reading ---- */

bool file_read(Arena *arena, const char *path, Str *text) {
    int file = open(path, O_RDONLY);
    if (file < 0) return false;
    struct stat known;
    size_t room = fstat(file, &known) == 0 && known.st_size > 0 ? (size_t)known.st_size + 1 : 64 * 1024, len = 0;
    char *at = arena_alloc(arena, room);
    ssize_t got;
    while ((got = read(file, at + len, room - len)) != 0 && (got > 0 || errno == EINTR)) {
        if (got > 0) len += (size_t)got;
        if (len < room) continue;
        at = memcpy(arena_alloc(arena, room * 2), at, len);
        room *= 2;
    }
    int error = errno;
    close(file);
    *text = (Str){at, len};
    errno = error;
    return got == 0;
}

/* ---- writing ---- */

static bool write_all(int file, Str text) {
    while (text.len) {
        ssize_t done = write(file, text.at, text.len);
        if (done < 0 && errno != EINTR) return false;
        if (done < 0) continue;
        text.at += done;
        text.len -= (size_t)done;
    }
    return true;
}

/* The permissions that a plain new file would get. */
static mode_t usual_mode(void) {
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* Writes beside the target, so that a rename can put it in place at once. NULL with errno set. */
static const char *write_beside(Arena *arena, const NewFile *wanted) {
    char *path = (char *)arena_alloc(arena, strlen(wanted->path) + sizeof ".XXXXXX");
    strcat(strcpy(path, wanted->path), ".XXXXXX");
    int file = mkstemp(path);
    if (file < 0) return NULL;
    bool good = true;
    for (size_t i = 0; i < wanted->count; i++) good = good && write_all(file, wanted->pieces[i]);
    good = good && fchmod(file, usual_mode()) == 0;
    int error = errno;
    if (close(file) != 0 && good) {
        error = errno;
        good = false;
    }
    if (good) return path;
    unlink(path);
    errno = error;
    return NULL;
}

bool files_write(Arena *arena, const NewFile *files, size_t count) {
    const char **written = arena_array(arena, const char *, count);
    size_t done = 0;
    while (done < count && (written[done] = write_beside(arena, &files[done]))) done++;
    bool good = done == count;
    if (!good) misuse("cannot write %s: %s", files[done].path, strerror(errno));
    for (size_t i = 0; i < done; i++) {
        if (good && rename(written[i], files[i].path) != 0) {
            misuse("cannot write %s: %s", files[i].path, strerror(errno));
            good = false;
        }
        if (!good) unlink(written[i]);
    }
    return good;
}

/* ---- directories ---- */

bool directory_make(const char *path) {
    struct stat known;
    if (mkdir(path, 0777) == 0) return true;
    if (errno != EEXIST || stat(path, &known) != 0) return false;
    errno = ENOTDIR;
    return S_ISDIR(known.st_mode);
}

bool directory_new(const char *path) { return mkdir(path, 0777) == 0; }

const char *directory_private(Arena *arena) {
    const char *base = getenv("TMPDIR");
    if (!base || !*base) base = "/tmp";
    char *path = (char *)str_format(arena, "%s/trc-XXXXXX", base).at;
    return mkdtemp(path);
}

void directory_remove(Arena *arena, const char *path) {
    DIR *directory = opendir(path);
    for (struct dirent *entry; directory && (entry = readdir(directory));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        const char *inner = str_format(arena, "%s/%s", path, entry->d_name).at;
        if (unlink(inner) != 0) directory_remove(arena, inner);
    }
    if (directory) closedir(directory);
    rmdir(path);
}

/* ---- paths ---- */

const char *path_directory(Arena *arena, const char *path) {
    const char *slash = strrchr(path, '/');
    if (!slash) return ".";
    return str_copy(arena, (Str){path, slash == path ? 1 : (size_t)(slash - path)}).at;
}

char *path_stem(Arena *arena, const char *path) {
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
    return (char *)str_copy(arena, (Str){name, dot && dot > name ? (size_t)(dot - name) : strlen(name)}).at;
}

const char *path_join(Arena *arena, const char *directory, const char *name) {
    return strcmp(directory, ".") == 0 ? name : str_format(arena, "%s/%s", directory, name).at;
}
