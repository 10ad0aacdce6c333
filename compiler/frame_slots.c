/* frame_slots: an arrangement becomes the fields of the frame: sorted, named, with offsets.

   Fields go by alignment, strictest first, so that no padding stands between them; the resume point goes last, into
   what would be padding. Unions and structs are called u1, s1, u2 ...; records of one type that are alternatives to
   each other share one field. */
#include <stdlib.h>

#include "frame_pack.h"

typedef struct Naming {
    IrFn *fn;
    Arena *arena;                  /* of what lasts */
    Arena *scratch;
    uint32_t unions, structs;
} Naming;

typedef VEC(IrSlot *) Slots;

static int strictest_first(const void *left, const void *right) {
    const IrSlot *a = *(IrSlot *const *)left, *b = *(IrSlot *const *)right;
    if (a->align != b->align) return a->align > b->align ? -1 : 1;
    if (a->size != b->size) return a->size > b->size ? -1 : 1;
    if (!a->var || !b->var) return a->var ? 1 : b->var ? -1 : strcmp(a->name, b->name);
    return a->var->id < b->var->id ? -1 : 1;
}

static int largest_first(const void *left, const void *right) {
    const IrSlot *a = *(IrSlot *const *)left, *b = *(IrSlot *const *)right;
    if (a->size != b->size) return a->size > b->size ? -1 : 1;
    return strictest_first(left, right);
}

static IrSlot *slot_new(Naming *n, IrSlotKind kind, const char *name, Size size) {
    IrSlot *slot = arena_new(n->arena, IrSlot);
    slot->kind = kind;
    slot->name = name;
    slot->size = size_whole(size).size;
    slot->align = size.align;
    return slot;
}

static IrSlot *slot_of_var(Naming *n, const Piece *piece) {
    IrVar *var = piece->vars.at[0];
    IrSlot *slot = slot_new(n, IR_SLOT_VAR, var->name, piece->size);
    slot->var = var;
    return slot;
}

static bool same_record(const IrVar *a, const IrVar *b) {
    return a->moment && b->moment && a->kind == b->kind && a->fn == b->fn && a->select == b->select;
}

/* ---- paths ---- */

static const char *free_name(const Naming *n, const char *wish) { return ir_name(n->arena, n->fn, wish); }

static const char *path_to(Naming *n, const char *outer, const char *name) {
    return *outer ? str_format(n->arena, "%s.%s", outer, name).at : name;
}

static IrSlot *slot_of(Naming *n, const Node *node, const char *outer);

static void place_vars(const Piece *piece, const char *path) {
    for (uint32_t i = 0; i < piece->vars.len; i++) {
        piece->vars.at[i]->place = IR_FRAME;
        piece->vars.at[i]->path = path;
    }
}

/* The fields of a union that are records, by what they are of. */
typedef struct Fields {
    IrSlot **slots;                /* open addressing */
    uint32_t mask;
} Fields;

static Fields fields_new(Naming *n, uint32_t most) {
    uint32_t capacity = 4;
    while (capacity < most * 2) capacity *= 2;
    return (Fields){arena_array(n->scratch, IrSlot *, capacity), capacity - 1};
}

/* Where the record's field is, or belongs. */
static IrSlot **field_at(const Fields *fields, const IrVar *var) {
    uint32_t at = (uint32_t)((uintptr_t)var->fn >> 4) * 2654435761u + (uint32_t)var->kind;
    for (IrSlot *slot; (slot = fields->slots[at & fields->mask]) && !same_record(slot->var, var);) at++;
    return &fields->slots[at & fields->mask];
}

/* An alternative that is of the same type as one that is there already lies in the same field. */
static bool joins(Naming *n, const Fields *fields, const Node *node, const char *path) {
    if (node->kind != IR_SLOT_VAR || !node->piece->vars.at[0]->moment) return false;
    const IrSlot *part = *field_at(fields, node->piece->vars.at[0]);
    if (part) place_vars(node->piece, path_to(n, path, part->name));
    return part != NULL;
}

/* A union of records of one type: just one field. */
static bool is_one_field(const Node *node) {
    for (uint32_t i = 0; i < node->parts.len; i++) {
        if (node->parts.at[i]->kind != IR_SLOT_VAR) return false;
        if (!same_record(node->parts.at[0]->piece->vars.at[0], node->parts.at[i]->piece->vars.at[0])) return false;
    }
    return true;
}

static void add_parts(Naming *n, IrSlot *slot, const Node *node, const char *path) {
    bool is_union = slot->kind == IR_SLOT_UNION;
    Fields fields = is_union ? fields_new(n, node->parts.len) : (Fields){0};
    for (uint32_t i = 0; i < node->parts.len; i++) {
        const Node *part = node->parts.at[i];
        if (is_union && joins(n, &fields, part, path)) continue;
        IrSlot *made = slot_of(n, part, path);
        vec_push(n->arena, &slot->parts, made);
        if (is_union && made->kind == IR_SLOT_VAR && made->var->moment) *field_at(&fields, made->var) = made;
    }
    int (*order)(const void *, const void *) = slot->kind == IR_SLOT_UNION ? largest_first : strictest_first;
    if (slot->parts.len > 1) qsort(slot->parts.at, slot->parts.len, sizeof *slot->parts.at, order);
}

static IrSlot *field_of(Naming *n, const Node *node, const char *outer) {
    bool one = node->kind == IR_SLOT_VAR;
    IrSlot *slot = slot_of_var(n, one ? node->piece : node->parts.at[0]->piece);
    const char *path = path_to(n, outer, slot->name);
    if (one) place_vars(node->piece, path);
    for (uint32_t i = 0; i < node->parts.len; i++) place_vars(node->parts.at[i]->piece, path);
    return slot;
}

static IrSlot *slot_of(Naming *n, const Node *node, const char *outer) {
    if (is_one_field(node)) return field_of(n, node, outer);
    uint32_t number = node->kind == IR_SLOT_UNION ? ++n->unions : ++n->structs;
    const char *wish = str_format(n->arena, "%c%u", node->kind == IR_SLOT_UNION ? 'u' : 's', number).at;
    IrSlot *slot = slot_new(n, node->kind, free_name(n, wish), node->size);
    add_parts(n, slot, node, path_to(n, outer, slot->name));
    return slot;
}

/* ---- offsets ---- */

static void settle(IrSlot *slot, uint64_t offset) {
    slot->offset = offset;
    for (uint32_t i = 0; i < slot->parts.len; i++) {
        IrSlot *part = slot->parts.at[i];
        settle(part, slot->kind == IR_SLOT_UNION ? slot->offset : offset);
        offset = part->offset + part->size;
    }
}

/* What is in every frame besides the variables. The pointers have the strictest alignment there is. */
static void add_field(Naming *n, IrSlot *all, IrSlotKind kind, const char *name, Size size) {
    vec_push(n->arena, &all->parts, slot_new(n, kind, free_name(n, name), size));
}

static void add_pointers(Naming *n, IrSlot *all) {
    if (n->fn->starts) add_field(n, all, IR_SLOT_STARTING, "starting", target_host.pointer);
    if (n->fn->start_type) add_field(n, all, IR_SLOT_STARTED_VALUE, "value", target_host.pointer);
}

static void add_resume_point(Naming *n, IrSlot *all) {
    uint64_t width = n->fn->points < 256 ? 1 : 2;
    if (n->fn->points) add_field(n, all, IR_SLOT_AT, "at", (Size){width, width});
}

void frame_slots(IrFn *fn, Node *root, Arena *arena, Arena *scratch) {
    Naming n = {.fn = fn, .arena = arena, .scratch = scratch};
    IrSlot all = {.kind = IR_SLOT_STRUCT};
    add_pointers(&n, &all);
    add_parts(&n, &all, root, "");
    add_resume_point(&n, &all);
    uint64_t offset = 0;
    for (uint32_t i = 0; i < all.parts.len; i++) {
        IrSlot *part = all.parts.at[i];
        settle(part, size_round(offset, part->align));
        offset = part->offset + part->size;
        vec_push(arena, &fn->layout, part);
    }
}
