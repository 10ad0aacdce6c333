/* frame_dump: where every byte of a frame goes (--stage=frame), and how many are in use at each suspension.

       frame of work: 64 bytes
             0  48  one of u1
             0  48    f: line 4
             0  32    all of s1
             0  24      g: line 6
            24   8      c: line 6
            48   8  total: lines 4, 6
            56   1  at
       in use: line 4: 57, line 6: 41 */
#include "frame_pack.h"
#include "ir_operands.h"

typedef struct Dump {
    Buf *out;
    const IrFn *fn;
    const IrStmt **points;
} Dump;

static void lines_of(Dump *d, const IrVar *var) {
    const char *before = ": ";
    uint32_t last = 0;
    for (uint32_t point = 1; point <= d->fn->points; point++) {
        uint32_t line = d->points[point - 1]->line;
        if (line == last || !ir_alive_at(d->fn, var, point)) continue;
        buf_format(d->out, "%s%u", before, line);
        before = ", ";
        last = line;
    }
}

/* All variables that lie in this field: records of one type may share it. */
static void variables(Dump *d, const IrSlot *slot) {
    const char *before = "";
    for (uint32_t i = 0; i < d->fn->vars.len; i++) {
        const IrVar *var = d->fn->vars.at[i];
        if (var->place != IR_FRAME || strcmp(var->path, slot->var->path) != 0) continue;
        buf_format(d->out, "%s%s", before, var->name);
        lines_of(d, var);
        before = "; ";
    }
}

static const char *what_of(const IrSlot *slot) {
    return slot->kind == IR_SLOT_UNION ? "one of " : slot->kind == IR_SLOT_STRUCT ? "all of " : "";
}

static void dump_slot(Dump *d, const IrSlot *slot, uint32_t depth) {
    buf_format(d->out, "%7llu %5llu  ", (unsigned long long)slot->offset, (unsigned long long)slot->size);
    for (uint32_t i = 0; i < depth; i++) buf_text(d->out, "  ");
    if (slot->kind == IR_SLOT_VAR) variables(d, slot);
    else buf_format(d->out, "%s%s", what_of(slot), slot->name);
    buf_char(d->out, '\n');
    for (uint32_t i = 0; i < slot->parts.len; i++) dump_slot(d, slot->parts.at[i], depth + 1);
}

static void dump_use(Dump *d) {
    for (uint32_t point = 1; point <= d->fn->points; point++) {
        buf_format(d->out, "%s line %u: %llu", point == 1 ? "in use:" : ",", d->points[point - 1]->line,
                   (unsigned long long)frame_in_use(d->fn, point));
    }
    if (d->fn->points) buf_char(d->out, '\n');
}

void frame_dump(Buf *out, const IrFn *fn) {
    if (!fn->is_async) return;
    Arena arena = {0};
    Dump d = {out, fn, ir_points(fn, &arena)};
    buf_format(out, "frame of %s: %llu bytes\n", fn->name, (unsigned long long)fn->size);
    for (uint32_t i = 0; i < fn->layout.len; i++) dump_slot(&d, fn->layout.at[i], 0);
    dump_use(&d);
    arena_free(&arena);
}
