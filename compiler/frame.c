/* frame: decides where each variable lives.

       alive across a suspension, or a parameter of an async function     a field of the frame
       anything else that is used                                         a plain local of the step function
       the rest                                                           nowhere

   The frame is the state below while the function runs; when it has ended, its result or its errors lie in these bytes:

       union {
           struct { the layout; the resume point } state;
           result;
           struct { leaves; count } errors;
       }

   Needs: live; callees and children done. Gives: place and path of each variable, layout, size, align. */
#include <stdlib.h>

#include "frame_pack.h"
#include "passes.h"

typedef struct Frame {
    IrFn *fn;
    Arena *scratch;
    VEC(Piece *) pieces;
} Frame;

static Size size_of(const Frame *f, const IrVar *var) { return size_of_var(&target_host, f->fn->program, var); }

static Piece *add_piece(Frame *f, IrVar *var, const uint64_t *interferes) {
    Piece *piece = arena_new(f->scratch, Piece);
    vec_push(f->scratch, &piece->vars, var);
    piece->size = size_of(f, var);
    piece->number = var->live;
    piece->interferes = interferes;
    vec_push(f->scratch, &f->pieces, piece);
    return piece;
}

/* ---- what goes into the frame ---- */

static Bits all_across(const Frame *f) {
    uint32_t count = f->fn->lasting.len;
    Bits across = bits_new(f->scratch, count);
    for (uint32_t i = 0; i < f->fn->points; i++) bits_union(across, f->fn->live_across[i], count);
    return across;
}

static void add_lasting(Frame *f) {
    IrFn *fn = f->fn;
    Bits across = all_across(f), everything = bits_new(f->scratch, fn->lasting.len);
    for (uint32_t i = 0; i < fn->lasting.len; i++) {
        IrVar *var = fn->lasting.at[i];
        bool arrives = var->param && fn->is_async;
        if (!arrives && !bits_has(across, i)) continue;
        bits_add(everything, i);
        add_piece(f, var, fn->interferes ? fn->interferes[i] : NULL);
    }
    for (uint32_t i = 0; i < f->pieces.len; i++) {
        if (!f->pieces.at[i]->interferes) f->pieces.at[i]->interferes = everything;
    }
}

/* Waits that follow each other while the same variables are alive need one record. */
static bool is_same(const Piece *piece, const IrMoment *moment, uint32_t count) {
    const IrVar *var = piece->vars.at[0];
    if (piece->number || var->kind != moment->var->kind || var->fn != moment->var->fn) return false;
    if (var->select != moment->var->select) return false;
    return memcmp(piece->interferes, moment->interferes, bits_words(count) * sizeof *piece->interferes) == 0;
}

static void add_moments(Frame *f) {
    IrFn *fn = f->fn;
    for (uint32_t i = 0; i < fn->moments.len; i++) {
        const IrMoment *moment = &fn->moments.at[i];
        Piece *last = f->pieces.len ? f->pieces.at[f->pieces.len - 1] : NULL;
        if (last && is_same(last, moment, fn->lasting.len)) vec_push(f->scratch, &last->vars, moment->var);
        else add_piece(f, moment->var, moment->interferes);
    }
}

/* Parameters of a function that never suspends arrive in the frame as well, and all at once. */
static void add_params(Frame *f) {
    IrFn *fn = f->fn;
    Bits everything = bits_new(f->scratch, fn->params.len);
    for (uint32_t i = 0; i < fn->params.len; i++) {
        if (!fn->params.at[i]->used) continue;
        bits_add(everything, i);
        add_piece(f, fn->params.at[i], everything)->number = i + 1;
    }
}

static int largest_first(const void *left, const void *right) {
    const Piece *a = *(Piece *const *)left, *b = *(Piece *const *)right;
    if (a->size.size != b->size.size) return a->size.size > b->size.size ? -1 : 1;
    return a->vars.at[0]->id < b->vars.at[0]->id ? -1 : a->vars.at[0]->id > b->vars.at[0]->id;
}

/* ---- how many bytes ---- */

/* In C, a frame in which there is nothing has a byte all the same. */
static Size result_size(const IrFn *fn) {
    Size all = {fn->layout.len ? 0 : 1, 1};
    if (fn->result_type) all = size_of_type(&target_host, fn->program, fn->result_type);
    if (fn->leaf_max) all = size_either(all, size_of_leaves(&target_host, fn->program, fn->leaf_max));
    return all;
}

static void arrange(Frame *f, Arena *arena) {
    IrFn *fn = f->fn;
    uint32_t numbers = fn->points ? fn->lasting.len : fn->params.len;
    if (f->pieces.len) qsort(f->pieces.at, f->pieces.len, sizeof *f->pieces.at, largest_first);
    Node *root = frame_search(fn, f->pieces.at, f->pieces.len, numbers, f->scratch);
    frame_slots(fn, root, arena, f->scratch);
    Size all = size_whole(size_either(root->size, result_size(fn)));
    fn->size = all.size;
    fn->align = all.align;
}

void frame(IrFn *fn, Arena *arena, Arena *scratch) {
    for (uint32_t i = 0; i < fn->vars.len; i++) fn->vars.at[i]->place = fn->vars.at[i]->used ? IR_LOCAL : IR_NOWHERE;
    if (!fn->is_async) return;
    Frame f = {.fn = fn, .scratch = scratch};
    if (fn->points) {
        add_lasting(&f);
        add_moments(&f);
    } else {
        add_params(&f);
    }
    arrange(&f, arena);
}
