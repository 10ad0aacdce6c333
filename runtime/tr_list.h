/* Rings of waits: doubly linked, intrusive, with the owner's tr_ring as end marker, so no operation has an empty case.
   */
#ifndef TR_LIST_H
#define TR_LIST_H

#include "tr.h"

/* The record of type `type` whose field `field` is at `at`. */
#define TR_RECORD(at, type, field) ((type *)(void *)((char *)(at) - offsetof(type, field)))

static inline void tr_ring_init(tr_ring *ring) { ring->next = ring->prev = ring; }

static inline bool tr_ring_empty(const tr_ring *ring) { return ring->next == ring; }

/* Puts `node` behind the youngest. */
static inline void tr_ring_push(tr_ring *ring, tr_ring *node) {
    node->next = ring;
    node->prev = ring->prev;
    ring->prev->next = node;
    ring->prev = node;
}

static inline void tr_ring_remove(tr_ring *node) {
    node->prev->next = node->next;
    node->next->prev = node->prev;
}

/* Takes the oldest out; there is one. */
static inline tr_ring *tr_ring_pop(tr_ring *ring) {
    tr_ring *node = ring->next;
    tr_ring_remove(node);
    return node;
}

#endif
