/* frame_pack: arranges the variables of a frame as structs and unions, one after the other, each where the whole grows
   least.

   a and b alive across f's await, c across g's:

       struct {                        f's frame has 40 bytes, g's 24, the variables 8 each
           union {
               f f;                    40
               struct { g g; c; };     32: c and g's frame are in use together, but not with f's
           };
           a;
           b;
       }

   A variable can go into a union beside the others if it can share bytes with all that is there; if there is just one
   alternative that it cannot share with, it can go beside that one's contents. Sorted by alignment no field of a struct
   needs padding before it, since the size of everything is a multiple of its alignment.

   Only functions with many hundreds of variables reach the limits: there a piece is not tried everywhere, so that the
   time does not grow with the cube of their number. */
#include "frame_pack.h"

enum {
    ALTERNATIVES_MAX = 256,        /* of a union, among which the one is looked for that a piece clashes with */
    PARTS_MAX = 2048               /* of a struct, newest first, in which a piece is tried */
};

typedef struct Pack {
    Arena *arena;
    uint32_t lasting;
} Pack;

static bool meet(const uint64_t *a, const uint64_t *b, uint32_t count) {
    for (uint32_t w = 0; w < bits_words(count); w++) if (a[w] & b[w]) return true;
    return false;
}

/* Something in `node` is alive when `piece` is. */
static bool clash(const Pack *p, const Node *node, const Piece *piece) {
    if (piece->number && bits_has(node->barred, piece->number - 1)) return true;
    return meet(node->inside, piece->interferes, p->lasting);
}

static Size beside(Size a, Size b) { return (Size){a.size + b.size, a.align > b.align ? a.align : b.align}; }

static Node *node_new(const Pack *p, IrSlotKind kind) {
    Node *node = arena_new(p->arena, Node);
    node->kind = kind;
    node->size.align = 1;
    node->inside = bits_new(p->arena, p->lasting);
    node->barred = bits_new(p->arena, p->lasting);
    return node;
}

static void holds(const Pack *p, Node *node, const Piece *piece) {
    if (piece->number) bits_add(node->inside, piece->number - 1);
    bits_union(node->barred, piece->interferes, p->lasting);
}

static Node *leaf_of(const Pack *p, const Piece *piece) {
    Node *node = node_new(p, IR_SLOT_VAR);
    node->piece = piece;
    node->size = piece->size;
    holds(p, node, piece);
    return node;
}

/* A new node of `kind` around `first`. */
static Node *wrap(const Pack *p, IrSlotKind kind, Node *first) {
    Node *node = node_new(p, kind);
    node->size = first->size;
    bits_copy(node->inside, first->inside, p->lasting);
    bits_copy(node->barred, first->barred, p->lasting);
    vec_push(p->arena, &node->parts, first);
    return node;
}

/* ---- where ---- */

/* A place for a piece in a struct: in one of its parts, or (part = parts.len) as a part of its own. */
typedef struct Choice {
    uint32_t part;
    Size size;                     /* of the struct then */
    uint64_t room;                 /* of the part: a snug place is better than a roomy one; 0 on its own: simplest */
} Choice;

static Choice choose(const Pack *p, const Node *node, const Piece *piece);

/* The one alternative of a union that the piece clashes with; parts.len if none; false if there are several. */
static bool clashing(const Pack *p, const Node *node, const Piece *piece, uint32_t *which) {
    *which = node->parts.len;
    if (!clash(p, node, piece)) return true;
    for (uint32_t i = 0; i < node->parts.len; i++) {
        if (!clash(p, node->parts.at[i], piece)) continue;
        if (*which < node->parts.len) return false;
        *which = i;
    }
    return true;
}

/* The size of a part of a struct with the piece in it; false if it cannot be there. */
static bool fits(const Pack *p, const Node *part, const Piece *piece, Size *then) {
    *then = size_either(part->size, piece->size);
    if (part->kind == IR_SLOT_VAR) return !clash(p, part, piece);
    uint32_t which;
    if (part->parts.len > ALTERNATIVES_MAX) return !clash(p, part, piece);
    if (!clashing(p, part, piece, &which)) return false;
    if (which == part->parts.len) return true;
    const Node *other = part->parts.at[which];
    Size grown = other->kind == IR_SLOT_VAR ? beside(other->size, piece->size) : choose(p, other, piece).size;
    *then = size_either(part->size, size_whole(grown));
    return true;
}

static bool is_better(const Choice *a, const Choice *b) {
    uint64_t whole = size_whole(a->size).size, other = size_whole(b->size).size;
    if (whole != other) return whole < other;
    if (a->size.size != b->size.size) return a->size.size < b->size.size;
    return a->room < b->room;
}

static Choice choose(const Pack *p, const Node *node, const Piece *piece) {
    Choice best = {node->parts.len, beside(node->size, piece->size), 0};
    for (uint32_t i = node->parts.len > PARTS_MAX ? node->parts.len - PARTS_MAX : 0; i < node->parts.len; i++) {
        const Node *part = node->parts.at[i];
        Size then;
        if (!fits(p, part, piece, &then)) continue;
        then = size_whole(then);
        Size all = beside((Size){node->size.size - part->size.size, node->size.align}, then);
        Choice choice = {i, all, part->size.size};
        if (is_better(&choice, &best)) best = choice;
    }
    return best;
}

/* ---- and there it goes ---- */

static void put(const Pack *p, Node *node, const Piece *piece);

static Node *put_into(const Pack *p, Node *part, const Piece *piece) {
    if (part->kind == IR_SLOT_VAR) part = wrap(p, IR_SLOT_UNION, part);
    uint32_t which;
    if (clashing(p, part, piece, &which) && which < part->parts.len) {
        Node *other = part->parts.at[which];
        if (other->kind == IR_SLOT_VAR) other = part->parts.at[which] = wrap(p, IR_SLOT_STRUCT, other);
        put(p, other, piece);
        part->size = size_whole(size_either(part->size, size_whole(other->size)));
    } else {
        vec_push(p->arena, &part->parts, leaf_of(p, piece));
        part->size = size_whole(size_either(part->size, piece->size));
    }
    holds(p, part, piece);
    return part;
}

static void put(const Pack *p, Node *node, const Piece *piece) {
    Choice choice = choose(p, node, piece);
    if (choice.part == node->parts.len) vec_push(p->arena, &node->parts, leaf_of(p, piece));
    else node->parts.at[choice.part] = put_into(p, node->parts.at[choice.part], piece);
    node->size = choice.size;
    holds(p, node, piece);
}

Node *frame_pack(Piece *const *pieces, uint32_t count, Size fixed, uint32_t lasting, Arena *scratch) {
    Pack p = {scratch, lasting};
    Node *root = node_new(&p, IR_SLOT_STRUCT);
    root->size = fixed;
    for (uint32_t i = 0; i < count; i++) put(&p, root, pieces[i]);
    return root;
}
