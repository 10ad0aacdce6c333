#include "arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __SANITIZE_ADDRESS__
/* What was not handed out is poison, and some of it stays between neighbours: overruns are found as with malloc. */
#include <sanitizer/asan_interface.h>
#define POISON(at, size) ASAN_POISON_MEMORY_REGION((at), (size))
#define UNPOISON(at, size) ASAN_UNPOISON_MEMORY_REGION((at), (size))
#define GAP ALIGNMENT
#else
#define POISON(at, size) ((void)(at))
#define UNPOISON(at, size) ((void)(at))
#define GAP 0u
#endif

enum {
    FIRST_BLOCK = 64 * 1024,
    BIGGEST_BLOCK = 4 * 1024 * 1024   /* blocks double up to here; a larger request gets a block of its own size */
};

#define ALIGNMENT sizeof(ArenaAligned)

struct ArenaBlock {
    ArenaBlock *older;
    size_t size;         /* of `bytes` */
    ArenaAligned bytes[];     /* zero from `Arena.at` on, so that arena_alloc need not write */
};

void out_of_memory(size_t size) {
    fprintf(stderr, "trc: out of memory (%zu bytes wanted)\n", size);
    exit(2);
}

/* A new newest block with room for at least `size` bytes. */
static void add_block(Arena *arena, size_t size) {
    size_t room = FIRST_BLOCK;
    if (arena->block) room = arena->block->size < BIGGEST_BLOCK / 2 ? arena->block->size * 2 : BIGGEST_BLOCK;
    if (room < size) room = size;

    ArenaBlock *block = calloc(1, sizeof *block + room);
    if (!block) out_of_memory(room);
    block->older = arena->block;
    block->size = room;
    POISON(block->bytes, room);
    arena->block = block;
    arena->at = (char *)block->bytes;
    arena->end = arena->at + room;
    arena->total += sizeof *block + room;
}

void *arena_alloc_slowly(Arena *arena, size_t size) {
    if (size > SIZE_MAX / 2) out_of_memory(size);
    size_t taken = (size + GAP + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if ((size_t)(arena->end - arena->at) < taken || !arena->block) add_block(arena, taken);
    void *at = arena->at;
    arena->at += taken;
    UNPOISON(at, size);
    return at;
}

static void free_blocks(ArenaBlock *block) {
    while (block) {
        ArenaBlock *older = block->older;
        free(block);
        block = older;
    }
}

void arena_reset(Arena *arena) {
    ArenaBlock *block = arena->block;
    if (!block) return;
    free_blocks(block->older);
    block->older = NULL;
    UNPOISON(block->bytes, block->size);
    memset(block->bytes, 0, (size_t)(arena->at - (char *)block->bytes));
    POISON(block->bytes, block->size);
    arena->at = (char *)block->bytes;
    arena->total = sizeof *block + block->size;
}

void arena_free(Arena *arena) {
    free_blocks(arena->block);
    *arena = (Arena){0};
}
