/* Rings of waits: doubly linked, intrusive, with the owner's tr_ring as end marker, so no operation has an empty case.
   */
#ifndef TR_LIST_H
#define TR_LIST_H

#include "tr.h"

/* The record of type `type` whose field `field` is at `at`. */
#define TR_RECORD(at, type, field) ((type *)(void *)((char *)(at) - offsetof(type, field)))

#define TR_RING(rt, link) TR_AT(rt, tr_ring, link)

static inline void tr_ring_init(tr_rt *rt, tr_ring *ring) { ring->next = ring->prev = TR_TO(rt, ring); }

static inline bool tr_ring_empty(const tr_rt *rt, const tr_ring *ring) { return TR_RING(rt, ring->next) == ring; }

/* Puts `node` behind the youngest. */
static inline void tr_ring_push(tr_rt *rt, tr_ring *ring, tr_ring *node) {
    node->next = TR_TO(rt, ring);
    node->prev = ring->prev;
    TR_RING(rt, ring->prev)->next = TR_TO(rt, node);
    ring->prev = TR_TO(rt, node);
}

static inline void tr_ring_remove(tr_rt *rt, tr_ring *node) {
    TR_RING(rt, node->prev)->next = node->next;
    TR_RING(rt, node->next)->prev = node->prev;
}

/* Takes the oldest out; there is one. */
static inline tr_ring *tr_ring_pop(tr_rt *rt, tr_ring *ring) {
    tr_ring *node = TR_RING(rt, ring->next);
    tr_ring_remove(rt, node);
    return node;
}

#endif
