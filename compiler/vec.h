/* vec: a typed growable array over an arena. Old storage stays in the arena until that goes. */
#ifndef TRC_VEC_H
#define TRC_VEC_H

#include <string.h>

#include "arena.h"

#define VEC(Type) struct { Type *at; uint32_t len, capacity; }

/* Appends `value`; grows by doubling. */
#define vec_push(arena, vec, value)                                                              \
    do {                                                                                         \
        if ((vec)->len == (vec)->capacity) {                                                     \
            (vec)->at = vec_grow((arena), (vec)->at, &(vec)->capacity, sizeof *(vec)->at);       \
        }                                                                                        \
        (vec)->at[(vec)->len++] = (value);                                                       \
    } while (0)

static inline void *vec_grow(Arena *arena, const void *old, uint32_t *capacity, size_t size) {
    uint32_t bigger = *capacity ? *capacity * 2 : 4;
    void *now = arena_alloc(arena, bigger * size);
    if (old) memcpy(now, old, *capacity * size);
    *capacity = bigger;
    return now;
}

#endif
