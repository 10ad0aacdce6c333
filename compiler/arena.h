/* arena: bump allocation. What belongs together is allocated together and freed at once. */
#ifndef TRC_ARENA_H
#define TRC_ARENA_H

#include <stddef.h>

typedef struct ArenaBlock ArenaBlock;

/* One lifetime. `{0}` is an empty arena, ready for use. */
typedef struct Arena {
    ArenaBlock *block;   /* newest block; older ones hang behind it */
    char *at;            /* next free byte in `block` */
    char *end;           /* one past the last byte of `block` */
    size_t total;        /* bytes asked of malloc, for the memory benchmark */
} Arena;

/* Zeroed memory of `size` bytes, aligned for any type; lives until the arena is freed or reset.
   Ends the process with a message and status 2 when the machine has no memory left. */
void *arena_alloc(Arena *arena, size_t size);

/* Forgets everything in the arena but keeps its newest block for the next use. */
void arena_reset(Arena *arena);

/* Gives all memory back; the arena is empty again. */
void arena_free(Arena *arena);

/* Ends the process as arena_alloc does: for those who ask malloc themselves. */
void out_of_memory(size_t size);

#define arena_new(arena, Type) ((Type *)arena_alloc((arena), sizeof(Type)))
#define arena_array(arena, Type, count) ((Type *)arena_alloc((arena), sizeof(Type) * (count)))

#endif
