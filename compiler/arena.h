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

/* The strictest alignment among the types that a compiler uses. */
typedef union ArenaAligned {
    void *pointer;
    long long integer;
    double real;
} ArenaAligned;

/* arena_alloc where the block is full, nothing is asked for, or memory is watched. */
void *arena_alloc_slowly(Arena *arena, size_t size);

/* Zeroed memory of `size` bytes, aligned for any type; lives until the arena is freed or reset.
   Ends the process with a message and status 2 when the machine has no memory left. */
static inline void *arena_alloc(Arena *arena, size_t size) {
#ifndef __SANITIZE_ADDRESS__
    size_t taken = (size + sizeof(ArenaAligned) - 1) / sizeof(ArenaAligned) * sizeof(ArenaAligned);
    char *at = arena->at;
    if (taken - 1 < (size_t)(arena->end - at)) {
        arena->at = at + taken;
        return at;
    }
#endif
    return arena_alloc_slowly(arena, size);
}

/* Forgets everything in the arena but keeps its newest block for the next use. */
void arena_reset(Arena *arena);

/* Gives all memory back; the arena is empty again. */
void arena_free(Arena *arena);

/* Ends the process as arena_alloc does: for those who ask malloc themselves. */
void out_of_memory(size_t size);

#define arena_new(arena, Type) ((Type *)arena_alloc((arena), sizeof(Type)))
#define arena_array(arena, Type, count) ((Type *)arena_alloc((arena), sizeof(Type) * (count)))

#endif
