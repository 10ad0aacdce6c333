/* frame_pack: the arrangement of a frame. Between frame.c, which knows what there is, and frame_slots.c, which names it. */
#ifndef TRC_FRAME_PACK_H
#define TRC_FRAME_PACK_H

#include "layout.h"

/* What is to be placed. Several variables only if they are records of one type that each live for a moment, while the
   same variables are alive: they lie at the same place. */
typedef struct Piece {
    IrVarList vars;
    Size size;
    uint32_t number;               /* of a lasting variable, from 1; 0: moments */
    const uint64_t *interferes;    /* lasting variables that it cannot share with */
} Piece;

/* A part of the arrangement; an IrSlot is made from it. */
typedef struct Node {
    IrSlotKind kind;               /* VAR, UNION or STRUCT */
    const Piece *piece;            /* VAR */
    struct { struct Node **at; uint32_t len, capacity; } parts;
    Size size;                     /* of a STRUCT, without what pads its end */
    Bits inside;                   /* the lasting variables in it */
    Bits barred;                   /* those that something in it cannot share with */
} Node;

/* Arranges pieces in this order beside a field of size `fixed`. Gives a STRUCT. */
Node *frame_pack(Piece *const *pieces, uint32_t count, Size fixed, uint32_t lasting, Arena *scratch);

/* frame_search.c: the best arrangement found by trying orders; changes theirs. */
Node *frame_search(const IrFn *fn, Piece **pieces, uint32_t count, uint32_t lasting, Arena *scratch);
/* What is in every frame besides the variables: the resume point; if it `starts`, where to say so and put the value. */
Size frame_fixed(const IrFn *fn);
/* The bytes that are in use while fn is suspended at a point. */
uint64_t frame_in_use(const IrFn *fn, uint32_t point);

/* frame_slots.c: makes fn->layout from the arrangement, and the variables' places and paths; those in `arena`. */
void frame_slots(IrFn *fn, Node *root, Arena *arena, Arena *scratch);

#endif
