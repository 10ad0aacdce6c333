/* live_pick: leaves out, in one walk, the many variables that are surely not alive across any suspension, so that the
   sets of live.c stay small. Such a variable is first written as a whole, and from there on mentioned only
   - in the same block or inside it: then whoever reads it has passed the writing;
   - in the same innermost loop: then no way back leads around the writing;
   - with no suspension between, in the order of the text.

       t = a + b; f(t); await g();      t: a plain local
       t = a + b; await g(); f(t);      t: may last
       if c { t = a; } f(t);            t: may last (it does not, but that is for live.c to find)

   A record that only one wait mentions is alive there and nowhere else: it needs no place in the sets either. */
#include "live_pick.h"

/* What has been seen of a variable so far. */
typedef struct Seen {
    uint32_t block;                /* where it was first written; 0: not yet */
    uint32_t points;               /* how many suspensions came before that */
    const IrStmt *loop;
    bool lasts;
    bool held;                     /* by one wait, and nothing else mentions it */
    bool begun, strange;           /* strange: begun twice, or mentioned before it was begun */
} Seen;

typedef struct Pick {
    IrFn *fn;
    Arena *arena;
    Seen *seen;                    /* by id */
    VEC(bool) open;                /* by number of block, from 1 */
    uint32_t block, points;
    const IrStmt *loop;
    IrOperands operands;
} Pick;

static void lasts(Pick *p, IrVar *var) {
    if (!var) return;
    var->used = true;
    Seen *seen = &p->seen[var->id];
    seen->lasts = true;
    seen->strange |= !seen->begun;
}

static void held(Pick *p, IrVar *var) {
    Seen *seen = &p->seen[var->id];
    if (var->used) lasts(p, var);
    var->used = seen->held = true;
}

static void all_last(Pick *p, const IrVarList *vars) {
    for (uint32_t i = 0; i < vars->len; i++) lasts(p, vars->at[i]);
}

static void mention(Pick *p, IrVar *var, bool whole) {
    Seen *seen = &p->seen[var->id];
    var->used = true;
    seen->strange |= !seen->begun;
    if (!seen->block && whole && !var->param) {
        seen->block = p->block;
        seen->points = p->points;
        seen->loop = p->loop;
    }
    bool passed = seen->block && p->open.at[seen->block - 1] && seen->points == p->points && seen->loop == p->loop;
    seen->lasts |= seen->held || !passed;
}

static void begin(Seen *seen) {
    seen->strange |= seen->begun;
    seen->begun = true;
}

/* Reading happens before the statement waits, writing after it. */
static void operands(Pick *p, IrStmt *stmt) {
    ir_operands(p->arena, &p->operands, stmt);
    const IrOperands *list = &p->operands;
    for (uint32_t i = 0; i < list->len; i++) {
        if (list->at[i].role == IR_USE && stmt->kind != IRS_KEEP) mention(p, list->at[i].var, false);
    }
    if (ir_point(stmt) && stmt->kind != IRS_REGION) p->points++;
    for (uint32_t i = 0; i < list->len; i++) {
        IrVar *var = list->at[i].var;
        switch (list->at[i].role) {
        case IR_USE: break;
        case IR_HOLD: held(p, var); break;
        case IR_BORROW: case IR_WRITTEN: case IR_WRITTEN_PART: lasts(p, var); break;
        case IR_DEF: mention(p, var, true); break;
        case IR_PART: mention(p, var, false); break;
        case IR_BEGIN: begin(&p->seen[var->id]); break;
        }
    }
    lasts(p, ir_errs(stmt));
}

static void block(Pick *p, const IrBlock *stmts);

static void loop(Pick *p, IrStmt *stmt) {
    const IrStmt *outer = p->loop;
    p->loop = stmt;
    operands(p, stmt);
    block(p, &stmt->u.loop.body);
    block(p, &stmt->u.loop.step);
    p->loop = outer;
}

/* Its records are in use over and over; there are few of them. */
static void region(Pick *p, const IrRegion *region) {
    block(p, &region->body);
    if (ir_needs_why(region)) lasts(p, region->why);
    lasts(p, region->errs);
    lasts(p, region->var);
    lasts(p, region->leaves);
    all_last(p, &region->slots);
    for (uint32_t i = 0; i < region->keeps.len; i++) p->seen[region->keeps.at[i]->id].lasts = true;
    if (region->kind == IR_REGION_NURSERY) p->points++;
    block(p, &region->cleanup);
}

static void stmt_of(Pick *p, IrStmt *stmt) {
    if (stmt->kind == IRS_LOOP) {
        loop(p, stmt);
        return;
    }
    operands(p, stmt);
    if (stmt->kind == IRS_IF) {
        block(p, &stmt->u.branch.then);
        block(p, &stmt->u.branch.other);
    } else if (stmt->kind == IRS_REGION) {
        region(p, stmt->u.region);
    } else if (stmt->kind == IRS_TRY) {
        block(p, &stmt->u.attempt.body);
        lasts(p, stmt->u.attempt.why);
        lasts(p, stmt->u.attempt.errs);
        block(p, &stmt->u.attempt.handler);
    }
}

static void block(Pick *p, const IrBlock *stmts) {
    uint32_t outer = p->block;
    vec_push(p->arena, &p->open, true);
    uint32_t number = p->block = p->open.len;
    for (uint32_t i = 0; i < stmts->len; i++) stmt_of(p, stmts->at[i]);
    p->open.at[number - 1] = false;
    p->block = outer;
}

/* Who is pointed into lasts as long as the pointer. */
static void roots_last(Pick *p) {
    for (uint32_t i = 0; i < p->fn->vars.len; i++) {
        const IrVarList *roots = &p->fn->vars.at[i]->roots;
        for (uint32_t r = 0; r < roots->len; r++) p->seen[roots->at[r]->id].lasts = true;
    }
}

Picked live_pick(IrFn *fn, Arena *scratch) {
    Pick p = {.fn = fn, .arena = scratch, .seen = arena_array(scratch, Seen, fn->vars.len)};
    block(&p, &fn->body);
    if (fn->result) p.seen[fn->result->id].lasts = true;
    roots_last(&p);
    Picked picked = {bits_new(scratch, fn->vars.len)};
    for (uint32_t i = 0; i < fn->vars.len && fn->points; i++) {
        IrVar *var = fn->vars.at[i];
        if (!var->used || !p.seen[i].lasts) continue;
        if (p.seen[i].begun && !p.seen[i].strange) bits_add(picked.born_once, fn->lasting.len);
        vec_push(scratch, &fn->lasting, var);
        var->live = fn->lasting.len;
    }
    return picked;
}
