/* frame_search: the order in which variables are arranged decides how well they fit. The largest first is nearly always
   best; where that gives more bytes than are ever in use at once, other orders are tried: each variable moved to the
   front in turn, as long as that helps. */
#include "frame_pack.h"

enum { SEARCH_MAX = 24 };          /* more variables than this are arranged once */

static void move_to_front(Piece **pieces, uint32_t from) {
    Piece *moved = pieces[from];
    memmove(pieces + 1, pieces, from * sizeof *pieces);
    pieces[0] = moved;
}

static void move_back(Piece **pieces, uint32_t to) {
    Piece *moved = pieces[0];
    memmove(pieces, pieces + 1, to * sizeof *pieces);
    pieces[to] = moved;
}

/* ---- how few bytes there can be ---- */

Size frame_fixed(const IrFn *fn) {
    Size all = {0, 1};
    if (fn->starts) all = size_behind(all, target_host.pointer);
    if (fn->start_type) all = size_behind(all, target_host.pointer);
    if (fn->points) all = size_behind(all, fn->points < 256 ? (Size){1, 1} : (Size){2, 2});
    return all;
}

uint64_t frame_in_use(const IrFn *fn, uint32_t point) {
    uint64_t bytes = frame_fixed(fn).size;
    for (uint32_t i = 0; i < fn->lasting.len; i++) {
        if (!bits_has(fn->live_across[point - 1], i)) continue;
        bytes += size_of_var(&target_host, fn->program, fn->lasting.at[i]).size;
    }
    for (uint32_t i = 0; i < fn->moments.len; i++) {
        if (fn->moments.at[i].point != point) continue;
        bytes += size_of_var(&target_host, fn->program, fn->moments.at[i].var).size;
    }
    return bytes;
}

static uint64_t most_in_use(const IrFn *fn) {
    uint64_t most = 0;
    for (uint32_t point = 1; point <= fn->points; point++) {
        uint64_t bytes = frame_in_use(fn, point);
        if (bytes > most) most = bytes;
    }
    return most;
}

/* ---- the search ---- */

static uint64_t bytes(const Node *root) { return size_whole(root->size).size; }

Node *frame_search(const IrFn *fn, Piece **pieces, uint32_t count, uint32_t lasting, Arena *scratch) {
    Size fixed = frame_fixed(fn);
    Node *best = frame_pack(pieces, count, fixed, lasting, scratch);
    if (count > SEARCH_MAX) return best;
    uint64_t least = size_round(most_in_use(fn), best->size.align);
    bool better = true;
    while (better && bytes(best) > least) {
        better = false;
        for (uint32_t i = 1; i < count && !better; i++) {
            move_to_front(pieces, i);
            Node *other = frame_pack(pieces, count, fixed, lasting, scratch);
            better = bytes(other) < bytes(best);
            if (better) best = other;
            else move_back(pieces, i);
        }
    }
    return best;
}
