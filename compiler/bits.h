/* bits: sets of small numbers as arrays of words; the size is the caller's to remember. */
#ifndef TRC_BITS_H
#define TRC_BITS_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"

typedef uint64_t *Bits;

static inline uint32_t bits_words(uint32_t count) { return (count + 63u) / 64u; }
static inline Bits bits_new(Arena *arena, uint32_t count) { return arena_array(arena, uint64_t, bits_words(count)); }
static inline bool bits_has(const uint64_t *set, uint32_t i) { return (set[i / 64u] >> (i % 64u)) & 1u; }
static inline void bits_add(Bits set, uint32_t i) { set[i / 64u] |= (uint64_t)1 << (i % 64u); }
static inline void bits_remove(Bits set, uint32_t i) { set[i / 64u] &= ~((uint64_t)1 << (i % 64u)); }

static inline void bits_copy(Bits to, const uint64_t *from, uint32_t count) {
    for (uint32_t w = 0; w < bits_words(count); w++) to[w] = from[w];
}
/* Adds all of `from`; true if that changed `to`. */
static inline bool bits_union(Bits to, const uint64_t *from, uint32_t count) {
    uint64_t news = 0;
    for (uint32_t w = 0; w < bits_words(count); w++) {
        news |= from[w] & ~to[w];
        to[w] |= from[w];
    }
    return news != 0;
}

#endif
