/* live: which variables are alive across which suspension, and which can share bytes.

   A variable is alive where something may still read what it holds. The walk goes backwards through the structured text
   with the set of those alive; what surrounds a statement (Outside) tells what is alive where a jump or an
   unwinding would go.

       x = f();          { }          x was born here
       await g();        {x}          across it: x goes into the frame
       y = x + 1;        {x}          y cannot be where x is, if x is alive behind this
       use(y);           {y}

   Loops. What a loop's body does to a set is: add some, take some away. So walking it once from nothing finds all that
   is alive at its head; a second walk from there notes what is alive inside. Only walks that see the true set take
   notes. A loop that nothing leaves is taken to end all the same: children and scopes around it are in use as it runs.

   Regions. Their cleanup is written once but entered on several ways: by running through, by unwinding, by jumps. It is
   walked once for each, as if it were there as often, so that a result that only a `return` carries is not alive on the
   other ways. What unwinds inside a cleanup ends it.

   Sharing. Two variables interfere if one is written, or begins, while the other is alive, where "written" includes
   what the runtime and children write while the statement waits. The result of an awaited call may lie in the bytes of
   the frame that it comes from, and the arguments too: they are passed by value.

   Errors in flight have one home in each context (the body of a function, a cleanup, a handler). So where a statement of
   that context unwinds, nothing is there yet that is still wanted.

   What a variable points into (IrVar.roots) is alive with it.

   Needs: suspend. Gives: used and live of each variable, lasting, live_across, interferes, moments. */
#include "live_pick.h"
#include "passes.h"

/* A loop or a region around the place of the walk. */
typedef struct Around {
    struct Around *outer;
    const IrStmt *loop;
    Bits at_break, at_continue;    /* of the loop */
    bool broken;                   /* something breaks out of it */
    const IrRegion *region;
    Bits *ways;                    /* of the region: alive where each way out begins; see WAY_ON */
} Around;

enum { WAY_ON, WAY_UNWIND, WAY_EXITS }; /* running through, unwinding, and from here on the region's exits */

/* What surrounds the place of the walk. */
typedef struct Outside {
    Around *around;                /* innermost first; ends at the border of a cleanup */
    Bits unwind;                   /* alive where an unwinding leads */
    IrVar *errs;                   /* and where it brings its errors; NULL: it brings none */
} Outside;

typedef struct Live {
    IrFn *fn;
    Arena *arena;
    uint32_t count;                /* of lasting variables */
    VEC(Bits) spare;               /* sets that nobody uses now */
    IrVarList *reach;              /* by id: all that the variable leads to, over roots and their roots */
    const uint64_t *born_once;
    Outside outside;
    Bits at_return;
    Bits unborn;                   /* variables that begin behind the place of the walk: a way from here to a cleanup
                                      that reads them does not keep them alive */
    bool notes;                    /* this walk takes notes */
    IrOperands operands;
} Live;

/* More variables than this in one frame do not share bytes: the matrix would take more memory than it saves. */
enum { SHARING_MAX = 8192 };

/* ---- sets ---- */

static Bits take(Live *l, const uint64_t *from) {
    Bits set = l->spare.len ? l->spare.at[--l->spare.len] : bits_new(l->arena, l->count);
    bits_copy(set, from, l->count);
    return set;
}

static void give(Live *l, Bits set) { vec_push(l->arena, &l->spare, set); }

static void add(Bits set, const IrVar *var) {
    if (var && var->live) bits_add(set, var->live - 1);
}

static void drop(Bits set, const IrVar *var) {
    if (var && var->live) bits_remove(set, var->live - 1);
}

static void use(const Live *l, Bits set, const IrVar *var) {
    if (!var) return;
    add(set, var);
    const IrVarList *reach = &l->reach[var->id];
    for (uint32_t i = 0; i < reach->len; i++) add(set, reach->at[i]);
}

static void use_all(const Live *l, Bits set, const IrVarList *vars) {
    for (uint32_t i = 0; i < vars->len; i++) use(l, set, vars->at[i]);
}

/* Control may go from here to where `set` is alive. */
static void lead_to(const Live *l, Bits live, const uint64_t *set) {
    for (uint32_t w = 0; w < bits_words(l->count); w++) live[w] |= set[w] & ~l->unborn[w];
}

static void lead_only_to(const Live *l, Bits live, const uint64_t *set) {
    for (uint32_t w = 0; w < bits_words(l->count); w++) live[w] = set[w] & ~l->unborn[w];
}

/* ---- notes ---- */

/* `var` is written while `set` is alive. */
static void note_written(const Live *l, const IrVar *var, const uint64_t *set) {
    if (!l->notes || !var || !var->live || !l->fn->interferes) return;
    bits_union(l->fn->interferes[var->live - 1], set, l->count);
}

static void note_across(const Live *l, uint32_t point, const uint64_t *set) {
    if (l->notes) bits_union(l->fn->live_across[point - 1], set, l->count);
}

/* ---- statements that contain no others ---- */

static bool is_role(const IrOperand *operand, unsigned roles) { return (roles >> operand->role) & 1u; }

enum {
    AT_END = 1u << IR_DEF | 1u << IR_PART,
    RECORDS = 1u << IR_HOLD | 1u << IR_WRITTEN | 1u << IR_WRITTEN_PART,
    WHILE_WAITING = RECORDS | 1u << IR_BORROW,
    WHOLE = 1u << IR_HOLD | 1u << IR_WRITTEN
};

static void written_at_end(Live *l, Bits live) {
    const IrOperands *list = &l->operands;
    for (uint32_t i = 0; i < list->len; i++) {
        const IrOperand *it = &list->at[i];
        if (is_role(it, AT_END) || (it->role == IR_BEGIN && it->var->live && bits_has(live, it->var->live - 1))) {
            note_written(l, it->var, live);
        }
    }
    for (uint32_t i = 0; i < list->len; i++) {
        const IrVar *var = list->at[i].var;
        if (list->at[i].role == IR_DEF || list->at[i].role == IR_BEGIN) drop(live, var);
        if (list->at[i].role == IR_BEGIN && var->live && bits_has(l->born_once, var->live - 1)) add(l->unborn, var);
    }
}

/* What is copied out of a record lies beside it, unless the copy may overlap: a callee's result and errors. */
static void copied(const Live *l, const IrStmt *stmt, Bits set) {
    if (stmt->kind != IRS_START) return;
    for (uint32_t i = 0; i < l->operands.len; i++) {
        if (is_role(&l->operands.at[i], AT_END)) add(set, l->operands.at[i].var);
    }
}

/* A record that only this wait knows. */
static void note_moment(Live *l, IrStmt *stmt, IrVar *record, const uint64_t *apart) {
    IrFn *fn = l->fn;
    if (!record->moment) {
        IrMoment made = {record, *ir_point(stmt), bits_new(l->arena, l->count)};
        vec_push(l->arena, &fn->moments, made);
        record->moment = fn->moments.len;
    }
    bits_union(fn->moments.at[record->moment - 1].interferes, apart, l->count);
}

/* Of what the arms of a select may receive, one comes, and the others need not be apart from it. */
static void note_received(Live *l, const IrVar *var, const uint64_t *apart) {
    Bits others = take(l, apart);
    for (uint32_t i = 0; i < l->operands.len; i++) {
        const IrOperand *it = &l->operands.at[i];
        if (it->role == IR_WRITTEN) drop(others, it->var);
    }
    note_written(l, var, others);
    give(l, others);
}

static void note_waiting(Live *l, IrStmt *stmt, const uint64_t *live) {
    note_across(l, *ir_point(stmt), live);
    Bits apart = take(l, live);
    copied(l, stmt, apart);
    for (uint32_t i = 0; i < l->operands.len; i++) {
        const IrOperand *it = &l->operands.at[i];
        if (stmt->kind == IRS_SELECT && it->role == IR_WRITTEN) note_received(l, it->var, apart);
        else if (is_role(it, RECORDS)) note_written(l, it->var, apart);
        if (it->role == IR_HOLD && !it->var->live) note_moment(l, stmt, it->var, apart);
    }
    give(l, apart);
}

static void while_waiting(Live *l, IrStmt *stmt, Bits live) {
    const IrOperands *list = &l->operands;
    for (uint32_t i = 0; i < list->len; i++) {
        if (is_role(&list->at[i], WHILE_WAITING)) use(l, live, list->at[i].var);
    }
    if (l->notes) note_waiting(l, stmt, live);
    for (uint32_t i = 0; i < list->len; i++) {
        if (is_role(&list->at[i], WHOLE)) drop(live, list->at[i].var);
    }
}

static bool goes_on(const IrStmt *stmt) {
    if (stmt->kind == IRS_CHECK) return stmt->u.check.cond != NULL;
    return stmt->kind != IRS_RAISE && stmt->kind != IRS_UNWIND;
}

static void plain(Live *l, IrStmt *stmt, Bits live) {
    ir_operands(l->arena, &l->operands, stmt);
    if (!goes_on(stmt)) memset(live, 0, bits_words(l->count) * sizeof *live);
    written_at_end(l, live);
    if (ir_unwinds(stmt)) lead_to(l, live, l->outside.unwind);
    if (ir_suspends(stmt)) while_waiting(l, stmt, live);
    for (uint32_t i = 0; i < l->operands.len; i++) {
        if (l->operands.at[i].role == IR_USE) use(l, live, l->operands.at[i].var);
    }
}

/* ---- jumps ---- */

static uint32_t way_of(const IrRegion *region, IrExitKind kind, const IrStmt *target) {
    for (uint32_t i = 0; i < region->exits.len; i++) {
        const IrExit *exit = &region->exits.at[i];
        if (exit->kind == kind && (kind == IR_EXIT_RETURN || exit->target == target)) return WAY_EXITS + i;
    }
    return WAY_ON;
}

/* What is alive where a jump leads: the innermost region around it comes first. */
static Bits at_jump(const Live *l, IrExitKind kind, const IrStmt *target) {
    for (Around *around = l->outside.around; around; around = around->outer) {
        if (around->region) return around->ways[way_of(around->region, kind, target)];
        if (around->loop != target) continue;
        around->broken |= kind == IR_EXIT_BREAK;
        return kind == IR_EXIT_BREAK ? around->at_break : around->at_continue;
    }
    return l->at_return;
}

static void jump(Live *l, IrStmt *stmt, Bits live) {
    switch ((IrStmtKind)stmt->kind) {
    case IRS_BREAK: lead_only_to(l, live, at_jump(l, IR_EXIT_BREAK, stmt->u.jump.target)); break;
    case IRS_CONTINUE: lead_only_to(l, live, at_jump(l, IR_EXIT_CONTINUE, stmt->u.jump.target)); break;
    default: lead_only_to(l, live, at_jump(l, IR_EXIT_RETURN, NULL)); break;
    }
}

/* ---- branches and loops ---- */

static void block(Live *l, const IrBlock *stmts, Bits live);

static void branch(Live *l, IrStmt *stmt, Bits live) {
    Bits other = take(l, live);
    block(l, &stmt->u.branch.other, other);
    block(l, &stmt->u.branch.then, live);
    bits_union(live, other, l->count);
    give(l, other);
    plain(l, stmt, live);
}

/* From what is alive at the head to what is alive at the head. */
static void round_of(Live *l, IrStmt *stmt, Bits live, Bits behind) {
    block(l, &stmt->u.loop.step, live);
    Bits again = take(l, live);
    Around around = {.outer = l->outside.around, .loop = stmt, .at_break = behind, .at_continue = again};
    l->outside.around = &around;
    block(l, &stmt->u.loop.body, live);
    l->outside.around = around.outer;
    give(l, again);
    if (stmt->u.loop.cond || !around.broken) bits_union(live, behind, l->count);
    plain(l, stmt, live);
}

static void loop(Live *l, IrStmt *stmt, Bits live) {
    Bits behind = take(l, live), unborn = take(l, l->unborn);
    bool notes = l->notes;
    l->notes = false;
    memset(live, 0, bits_words(l->count) * sizeof *live);
    round_of(l, stmt, live, behind);
    l->notes = notes;
    if (notes) {
        bits_copy(l->unborn, unborn, l->count);
        round_of(l, stmt, live, behind);
    }
    give(l, behind);
    give(l, unborn);
}

/* ---- regions ---- */

static uint32_t way_count(const IrRegion *region) { return WAY_EXITS + region->exits.len; }

/* What is alive behind the region, where each way leads on to. */
static void behind_region(Live *l, const IrRegion *region, const uint64_t *live, Bits *ways) {
    ways[WAY_ON] = take(l, live);
    ways[WAY_UNWIND] = take(l, l->outside.unwind);
    if (l->outside.errs) add(ways[WAY_UNWIND], region->errs);
    for (uint32_t i = 0; i < region->exits.len; i++) {
        const IrExit *exit = &region->exits.at[i];
        ways[WAY_EXITS + i] = take(l, at_jump(l, exit->kind, exit->target));
    }
    for (uint32_t i = 0; i < way_count(region); i++) add(ways[i], region->why);
}

/* Through the cleanup, on one way. What unwinds inside goes on outwards; errors that are on their way go with it. */
static void cleanup(Live *l, const IrRegion *region, Bits live, bool unwinding) {
    Outside outside = l->outside;
    l->outside = (Outside){.unwind = take(l, outside.unwind)};
    if (unwinding && outside.errs) add(l->outside.unwind, region->errs);
    add(l->outside.unwind, region->why);
    block(l, &region->cleanup, live);
    give(l, l->outside.unwind);
    l->outside = outside;
}

/* The body of a nursery is left by unwinding even if nothing in it unwinds: children may. */
static bool is_way(const IrRegion *region, uint32_t way) {
    return way != WAY_UNWIND || region->unwinds || region->kind == IR_REGION_NURSERY;
}

static void cleanups(Live *l, const IrRegion *region, Bits *ways) {
    if (region->cleanup.len == 0) return;
    Bits unborn = take(l, l->unborn);
    for (uint32_t i = 0; i < way_count(region); i++) {
        if (!is_way(region, i)) continue;
        bits_copy(l->unborn, unborn, l->count);
        cleanup(l, region, ways[i], i == WAY_UNWIND);
    }
    give(l, unborn);
}

/* The scope may absorb the cancellation: who unwinds may end up running through. */
static void scope_end(Live *l, const IrRegion *region, Bits *ways) {
    bits_union(ways[WAY_UNWIND], ways[WAY_ON], l->count);
    for (uint32_t i = 0; i < way_count(region); i++) add(ways[i], region->var);
}

/* From behind the join to before it: errors of children may turn any way into unwinding, with errs = leaves. */
static void nursery_end(Live *l, const IrRegion *region, Bits *ways) {
    Bits raised = take(l, ways[WAY_UNWIND]);
    drop(raised, region->errs);
    scope_end(l, region, ways);
    for (uint32_t i = 0; i < way_count(region); i++) {
        Bits way = ways[i];
        if (i == WAY_UNWIND) drop(way, region->errs);
        bits_union(way, raised, l->count);
        note_written(l, region->why, way);
        if (region->exits.len) add(way, region->why);
        else drop(way, region->why);
        add(way, region->leaves);
        use_all(l, way, &region->slots);
        use_all(l, way, &region->keeps);
        note_across(l, region->at, way);
        add(way, region->why);
    }
    give(l, raised);
}

/* Whoever leaves the body on a way writes `why`, and `errs` if it raises. (When a nursery's end writes `errs`, no more is
   alive than here.) */
static void into_body(Live *l, const IrRegion *region, Bits *ways) {
    note_written(l, region->errs, ways[WAY_UNWIND]);
    for (uint32_t i = 0; i < way_count(region); i++) {
        note_written(l, region->why, ways[i]);
        drop(ways[i], region->why);
    }
    drop(ways[WAY_UNWIND], region->errs);
}

static void region(Live *l, const IrRegion *region, Bits live) {
    Bits *ways = arena_array(l->arena, Bits, way_count(region));
    behind_region(l, region, live, ways);
    cleanups(l, region, ways);
    if (region->kind == IR_REGION_SCOPE) scope_end(l, region, ways);
    if (region->kind == IR_REGION_NURSERY) nursery_end(l, region, ways);
    into_body(l, region, ways);

    Outside outside = l->outside;
    Around around = {.outer = outside.around, .region = region, .ways = ways};
    l->outside = (Outside){&around, ways[WAY_UNWIND], region->errs};
    bits_copy(live, ways[WAY_ON], l->count);
    block(l, &region->body, live);
    l->outside = outside;
    for (uint32_t i = 0; i < way_count(region); i++) give(l, ways[i]);
}

static void attempt(Live *l, const IrStmt *stmt, Bits live) {
    Bits handler = take(l, live);
    block(l, &stmt->u.attempt.handler, handler);
    note_written(l, stmt->u.attempt.why, handler);
    note_written(l, stmt->u.attempt.errs, handler);
    drop(handler, stmt->u.attempt.why);
    drop(handler, stmt->u.attempt.errs);

    Outside outside = l->outside;
    if (stmt->u.attempt.errors_only && outside.unwind) lead_to(l, handler, outside.unwind);
    l->outside.unwind = handler;
    l->outside.errs = stmt->u.attempt.errs;
    block(l, &stmt->u.attempt.body, live);
    l->outside = outside;
    give(l, handler);
}

/* ---- all together ---- */

static void stmt_of(Live *l, IrStmt *stmt, Bits live) {
    switch ((IrStmtKind)stmt->kind) {
    case IRS_IF: branch(l, stmt, live); break;
    case IRS_LOOP: loop(l, stmt, live); break;
    case IRS_BREAK: case IRS_CONTINUE: case IRS_RETURN: jump(l, stmt, live); break;
    case IRS_REGION: region(l, stmt->u.region, live); break;
    case IRS_TRY: attempt(l, stmt, live); break;
    default: plain(l, stmt, live); break;
    }
}

static void block(Live *l, const IrBlock *stmts, Bits live) {
    for (uint32_t i = stmts->len; i-- > 0;) stmt_of(l, stmts->at[i], live);
}

static bool is_in(const IrVarList *list, const IrVar *var) {
    for (uint32_t i = 0; i < list->len; i++) if (list->at[i] == var) return true;
    return false;
}

/* All that is pointed into, directly or over what is pointed into. */
static IrVarList *reach_of(const IrFn *fn, Arena *scratch) {
    IrVarList *reach = arena_array(scratch, IrVarList, fn->vars.len);
    for (uint32_t i = 0; i < fn->vars.len; i++) {
        const IrVar *var = fn->vars.at[i];
        for (uint32_t r = 0; r < var->roots.len; r++) vec_push(scratch, &reach[i], var->roots.at[r]);
        for (uint32_t seen = 0; seen < reach[i].len; seen++) {
            const IrVarList *more = &reach[i].at[seen]->roots;
            for (uint32_t r = 0; r < more->len; r++) {
                if (!is_in(&reach[i], more->at[r])) vec_push(scratch, &reach[i], more->at[r]);
            }
        }
    }
    return reach;
}

static Bits *rows(Arena *scratch, uint32_t count, uint32_t width) {
    Bits *made = arena_array(scratch, Bits, count);
    for (uint32_t i = 0; i < count; i++) made[i] = bits_new(scratch, width);
    return made;
}

/* The caller writes all parameters that are in the frame before the first step. */
static void at_entry(const Live *l, Bits live) {
    IrFn *fn = l->fn;
    if (fn->is_async) {
        for (uint32_t i = 0; i < fn->params.len; i++) add(live, fn->params.at[i]);
    }
    for (uint32_t i = 0; i < fn->lasting.len; i++) {
        if (bits_has(live, i)) note_written(l, fn->lasting.at[i], live);
    }
}

void live(IrFn *fn, Arena *scratch) {
    Picked picked = live_pick(fn, scratch);
    if (fn->points == 0) return;
    uint32_t count = fn->lasting.len;
    fn->live_across = rows(scratch, fn->points, count);
    fn->interferes = count <= SHARING_MAX ? rows(scratch, count, count) : NULL;
    Live l = {.fn = fn, .arena = scratch, .count = count, .born_once = picked.born_once, .notes = true,
              .outside = {.unwind = bits_new(scratch, count), .errs = fn->errs}, .reach = reach_of(fn, scratch),
              .unborn = bits_new(scratch, count), .at_return = bits_new(scratch, count)};
    if (fn->result) add(l.at_return, fn->result);
    Bits alive = bits_new(scratch, count);
    block(&l, &fn->body, alive);
    at_entry(&l, alive);
}
