/* frame and live, by running: random functions are analysed, then walked along random ways with a frame of real bytes.
   Each writing of a variable fills its bytes with a number of its own; at each reading they must still be there. Locals
   are forgotten at every suspension, and children write into what was lent to them whenever somebody waits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "ir_build.h"

enum { FUNCTIONS = 20000, WALKS = 6, STEPS = 400, DEPTH = 4, SIZE_MAX_CALLEE = 5 };

static uint64_t seed;

static uint32_t pick(uint32_t below) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % below;
}

static bool chance(uint32_t percent) { return pick(100) < percent; }

/* ---- making a function ---- */

/* What surrounds the place that is being made, innermost first. */
typedef struct Fence {
    struct Fence *outer;
    IrStmt *loop;
    IrRegion *region;              /* its body, or its cleanup */
    bool cleanup, attempt;
    IrVar *slots;                  /* of the region, if it is a nursery */
} Fence;

static Fence *fences;
static VEC(IrVar *) usable;        /* values that may be mentioned here */
static IrVar *home;                /* where errors go here, if anywhere */
static IrFn callees[SIZE_MAX_CALLEE];

/* Those made last more often: their blocks are small. */
static IrVar *any(void) {
    uint32_t from = usable.len > 3 && chance(40) ? usable.len - 3 : 0;
    return usable.at[from + pick(usable.len - from)];
}

static IrVar *any_plain(void) {
    IrVar *found = any();
    while (found->roots.len) found = any();
    return found;
}

static Type *any_type(void) {
    static const TypeKind kinds[] = {TYPE_U8, TYPE_I16, TYPE_I32, TYPE_I64};
    return t(kinds[pick(4)]);
}

/* A wait in a cleanup that is cancelled is a way out of its region. */
static void unwinds_here(void) {
    Fence *fence = fences;
    for (; fence && !fence->attempt; fence = fence->outer) {
        if (fence->region) fence->region->unwinds = true;
        if (fence->region && !fence->cleanup) return;
    }
}

static void make_block(uint32_t budget);

static void fenced(Fence fence, IrBlock *block, uint32_t budget) {
    fence.outer = fences;
    fences = &fence;
    open(block);
    make_block(budget);
    close();
    fences = fence.outer;
}

static void make_set(void) {
    IrVar *to = any();
    set_to(to, to->roots.len ? address(to->roots.at[pick(to->roots.len)]) : var_expr(any()));
}

static void make_await(void) {
    unwinds_here();                /* also for a call that does not wait: it may raise */
    if (chance(30)) {
        pause();
        return;
    }
    if (chance(30)) {
        IrStmt *receive = stmt(IRS_AWAIT);
        receive->u.await.op = IRW_RECEIVE;
        receive->u.await.wait = record(IRV_CHANNEL_WAIT, "wait");
        receive->u.await.to = var_expr(any_plain());
        receive->u.await.errs = home;
        vec_push(&arena, &receive->u.await.args, var_expr(any()));
        return;
    }
    IrFn *callee = &callees[pick(SIZE_MAX_CALLEE)];
    IrExpr *arg = chance(50) ? var_expr(any()) : address(any_plain());
    IrStmt *made = await_fn(callee, chance(70) ? any_plain() : NULL, arg);
    made->u.await_call.errs = home;
}

static void make_if(uint32_t budget) {
    IrStmt *branch = open_if(var_expr(any_plain()));
    close();
    uint32_t known = usable.len;
    open(&branch->u.branch.then);
    make_block(budget / 2);
    close();
    usable.len = known;
    open(&branch->u.branch.other);
    if (chance(50)) make_block(budget / 2);
    close();
    usable.len = known;
}

static void make_loop(uint32_t budget) {
    uint32_t known = usable.len;
    IrStmt *loop = open_loop(chance(70) ? var_expr(any_plain()) : NULL);
    close();
    fenced((Fence){.loop = loop}, &loop->u.loop.body, budget / 2);
    usable.len = known;
    if (!chance(30)) return;
    open(&loop->u.loop.step);
    use(any());
    close();
}

/* A jump to `target` (NULL: a return) becomes known to all regions on its way; false if a cleanup is in the way. */
static bool may_jump(IrExitKind kind, IrStmt *target) {
    for (Fence *fence = fences; fence; fence = fence->outer) {
        if (fence->cleanup) return false;
        if (fence->loop && fence->loop == target) break;
    }
    for (Fence *fence = fences; fence && (!fence->loop || fence->loop != target); fence = fence->outer) {
        bool known = !fence->region;
        for (uint32_t i = 0; !known && i < fence->region->exits.len; i++) {
            known = fence->region->exits.at[i].kind == kind && fence->region->exits.at[i].target == target;
        }
        if (!known) add_exit(fence->region, kind, target);
    }
    return true;
}

static void make_jump(void) {
    IrStmt *loops[DEPTH * 2];
    uint32_t count = 0;
    for (Fence *fence = fences; fence; fence = fence->outer) if (fence->loop) loops[count++] = fence->loop;
    uint32_t which = pick(count + 1);
    if (which == count) {
        if (!may_jump(IR_EXIT_RETURN, NULL)) return;
        set(fn->result);
        jump(IRS_RETURN, NULL);
    } else {
        bool breaks = chance(50);
        if (!may_jump(breaks ? IR_EXIT_BREAK : IR_EXIT_CONTINUE, loops[which])) return;
        jump(breaks ? IRS_BREAK : IRS_CONTINUE, loops[which]);
    }
}

static void make_cleanup(IrRegion *region, uint32_t budget) {
    IrVar *outer_home = home;
    home = NULL;
    uint32_t known = usable.len;
    fenced((Fence){.region = region, .cleanup = true}, &region->cleanup, budget / 3);
    usable.len = known;
    home = outer_home;
}

static void make_region(uint32_t budget) {
    IrRegionKind kind = (IrRegionKind)pick(3);
    Fence fence = {0};
    IrVar *of = NULL, *put_down = NULL;
    if (kind == IR_REGION_SCOPE) {
        of = stmt(IRS_SCOPE_ENTER)->u.scope.var = record(IRV_SCOPE, "scope");
    } else if (kind == IR_REGION_NURSERY) {
        IrStmt *opening = stmt(IRS_NURSERY_OPEN);
        of = opening->u.nursery.var = record(IRV_NURSERY, "n");
        put_down = opening->u.nursery.leaves = home ? leaves("leaves", 1) : NULL;
        fence.slots = record(IRV_SLOTS, "slots");
        fence.slots->count = 1;
        IrChild child = {&callees[0], false};
        vec_push(&arena, &fence.slots->children, child);
        vec_push(&arena, &opening->u.nursery.slots, fence.slots);
    }
    IrRegion *region = open_region(kind);
    close();
    region->unwinds = kind == IR_REGION_NURSERY;
    region->var = of;
    region->leaves = put_down;
    region->errs = home;
    if (fence.slots) vec_push(&arena, &region->slots, fence.slots);
    fence.region = region;
    uint32_t known = usable.len;
    fenced(fence, &region->body, budget / 2);
    usable.len = known;
    if (kind == IR_REGION_CLEANUP || chance(20)) make_cleanup(region, budget);
    if (region->unwinds) unwinds_here();
}

static void make_start(void) {
    Fence *fence = fences;
    while (fence && !fence->slots && !fence->cleanup) fence = fence->outer;
    if (!fence || !fence->slots) return;
    IrVar *lent = any_plain();
    /* What a child borrows is declared in the nursery's block or outside it: here, what is there from the start. */
    if (lent->named) return;
    IrStmt *start = stmt(IRS_START_SOON);
    start->u.start.fn = &callees[0];
    start->u.start.nursery = address(fence->region->var);
    start->u.start.slots = fence->slots;
    vec_push(&arena, &start->u.start.args, address(lent));
    vec_push(&arena, &start->u.start.keeps, lent);
    vec_push(&arena, &fence->region->keeps, lent);
}

static void make_try(uint32_t budget) {
    IrVar *outer_home = home;
    if (!home) home = leaves("errs", 1);
    uint32_t known = usable.len;
    IrStmt *attempt = open_try(home);
    close();
    fenced((Fence){.attempt = true}, &attempt->u.attempt.body, budget / 2);
    usable.len = known;
    home = NULL;                   /* those that are on their way stay where they are: a handler's own go elsewhere */
    open(&attempt->u.attempt.handler);
    make_block(budget / 3);
    home = outer_home;
    if (chance(50)) {
        IrStmt *on = stmt(IRS_UNWIND);
        on->u.unwind.why = attempt->u.attempt.why;
        on->u.unwind.errs = home;
        unwinds_here();
    }
    close();
    usable.len = known;
}

static void make_raise(void) {
    static ErrorDecl error;
    if (!home) return;
    IrStmt *raise = stmt(IRS_RAISE);
    raise->u.raise.errs = home;
    raise->u.raise.error = &error;
    raise->u.raise.site = 1;
    unwinds_here();
}

static void make_var(void) {
    IrVar *made = var("v", any_type());
    made->named = true;            /* begun here: not to be lent to a nursery around it */
    begin(made);
    vec_push(&arena, &usable, made);
}

static void make_stmt(uint32_t budget) {
    uint32_t kind = pick(100);
    if (kind < 25) make_set();
    else if (kind < 45) use(any());
    else if (kind < 60) make_await();
    else if (kind < 67) make_var();
    else if (kind < 71) make_start();
    else if (budget < 4) set(any_plain());
    else if (kind < 76) make_if(budget);
    else if (kind < 83) make_loop(budget);
    else if (kind < 93) make_region(budget);
    else make_try(budget);
}

static void make_block(uint32_t budget) {
    if (depth >= DEPTH * 2) return;
    for (uint32_t i = 0, count = 1 + pick(6); i < count; i++) make_stmt(budget);
    if (chance(12) && fences) make_jump();
    else if (chance(8)) make_raise();
}

static void make_fn(void) {
    begin_fn("f");
    fences = NULL;
    usable.len = usable.capacity = 0;
    usable.at = NULL;
    fn->leaf_max = 1;
    home = fn->errs = leaves("errs", 1);
    fn->result_type = t(TYPE_I64);
    fn->result = var("result", t(TYPE_I64));
    for (uint32_t i = 0; i < SIZE_MAX_CALLEE; i++) {
        callees[i] = (IrFn){.name = "callee", .is_async = true, .leaf_max = 1, .points = i != 1, .align = 8};
        callees[i].size = 8 + 8 * i * i;
        IrVarList one = {.len = 1};
        callees[i].params = one;
    }
    vec_push(&arena, &usable, param("p", any_type()));
    vec_push(&arena, &usable, param("q", any_type()));
    for (uint32_t i = 0; i < 4; i++) vec_push(&arena, &usable, var("x", any_type()));
    for (uint32_t i = 0; i < 2; i++) {
        IrVar *r = var("r", t(TYPE_REF));
        for (uint32_t k = 0; k < 2; k++) vec_push(&arena, &r->roots, usable.at[2 + pick(4)]);
        vec_push(&arena, &usable, r);
    }
    make_block(12);
}

/* ---- walking it ---- */

typedef enum Way { ON, UNWINDS, BREAKS, CONTINUES, RETURNS, TIRED } Way;
typedef struct Out {
    Way way;
    const IrStmt *loop;
    bool raised;
} Out;

typedef struct State {             /* of a variable */
    uint32_t number;               /* of the last writing; 0: it holds nothing */
    uint32_t era;                  /* a local's: when it was written */
    uint64_t offset, size;         /* in the frame */
    bool lent, raised;             /* to a living child; of a try's why: there were errors */
} State;

static State *states;
static uint32_t *bytes, numbers, era, steps;
static VEC(const IrRegion *) nurseries; /* open now */

static bool find_slot(const IrSlot *slot, const IrVar *of, State *found) {
    if (slot->kind == IR_SLOT_VAR && strcmp(slot->var->path, of->path) == 0) {
        found->offset = slot->offset;
        found->size = slot->size;
        return true;
    }
    for (uint32_t i = 0; i < slot->parts.len; i++) if (find_slot(slot->parts.at[i], of, found)) return true;
    return false;
}

static void fail_at(const IrVar *of, const char *what) {
    Buf text = {0};
    Types types;
    types_init(&types, &arena);
    ir_dump(&text, &types, fn);
    live_dump(&text, fn);
    frame_dump(&text, fn);
    fprintf(stderr, "%s: %s\n%s", of->name, what, buf_cstr(&text));
    buf_free(&text);
    types_free(&types);
    fail();
}

static void write_var(const IrVar *of) {
    if (!of) return;
    State *state = &states[of->id];
    state->number = ++numbers;
    state->era = era;
    if (of->place == IR_NOWHERE) fail_at(of, "written, but nowhere");
    if (of->place != IR_FRAME) return;
    for (uint64_t i = 0; i < state->size; i++) bytes[state->offset + i] = state->number;
}

static void read_bytes(const IrVar *of) {
    const State *state = &states[of->id];
    if (!state->number) return;
    if (of->place == IR_LOCAL && state->era != era) fail_at(of, "a local was forgotten");
    for (uint64_t i = 0; of->place == IR_FRAME && i < state->size; i++) {
        if (bytes[state->offset + i] != state->number) fail_at(of, "was overwritten");
    }
}

static void read_var(const IrVar *of) {
    if (!of) return;
    read_bytes(of);
    if (!states[of->id].number) return;
    for (uint32_t i = 0; i < of->roots.len; i++) read_bytes(of->roots.at[i]);
}

static void read_operands(const IrStmt *at, IrRole role) {
    IrOperands list = {0};
    ir_operands(&arena, &list, at);
    for (uint32_t i = 0; i < list.len; i++) if (list.at[i].role == role) read_var(list.at[i].var);
}

static void write_operands(const IrStmt *at, IrRole role) {
    IrOperands list = {0};
    ir_operands(&arena, &list, at);
    for (uint32_t i = 0; i < list.len; i++) if (list.at[i].role == role) write_var(list.at[i].var);
}

/* Whoever else lives writes to what is his. */
static void suspended(void) {
    era++;
    for (uint32_t i = 0; i < nurseries.len; i++) {
        const IrRegion *region = nurseries.at[i];
        write_var(region->var);
        write_var(region->slots.at[0]);
        write_var(region->leaves);
        for (uint32_t k = 0; k < region->keeps.len; k++) {
            if (states[region->keeps.at[k]->id].lent) write_var(region->keeps.at[k]);
        }
    }
}

static Out walk_block(const IrBlock *stmts);

static Out leave(IrVar *errs) {
    bool raised = errs && chance(50);
    if (raised) write_var(errs);
    return (Out){.way = UNWINDS, .raised = raised};
}

static void wait_at(const IrStmt *at) {
    IrOperands list = {0};
    ir_operands(&arena, &list, at);
    suspended();
    write_operands(at, IR_HOLD);
    write_operands(at, IR_WRITTEN);
    for (uint32_t i = 0; i < list.len; i++) {
        if (list.at[i].role != IR_BORROW) continue;
        read_bytes(list.at[i].var);
        if (chance(50)) write_var(list.at[i].var);
    }
}

static Out walk_await(const IrStmt *at) {
    read_operands(at, IR_USE);
    write_operands(at, IR_HOLD);
    if (ir_suspends(at)) wait_at(at);
    read_operands(at, IR_HOLD);
    if (chance(25) && (ir_suspends(at) || ir_errs(at))) {
        Out out = leave(ir_errs(at));
        if (ir_suspends(at) || out.raised) return out;
    }
    write_operands(at, IR_DEF);
    return (Out){ON, NULL, false};
}

static Out walk_loop(const IrStmt *at) {
    for (;;) {
        read_operands(at, IR_USE);
        if (++steps > STEPS) return (Out){.way = TIRED};
        if (at->u.loop.cond && chance(40)) return (Out){.way = ON};
        Out out = walk_block(&at->u.loop.body);
        if (out.way == BREAKS && out.loop == at) return (Out){.way = ON};
        if (out.way != ON && !(out.way == CONTINUES && out.loop == at)) return out;
        out = walk_block(&at->u.loop.step);
        if (out.way != ON) return out;
    }
}

static Out join(const IrRegion *region, Out out) {
    if (ir_needs_why(region)) read_var(region->why);
    if (out.way == UNWINDS && out.raised && region->leaves) {
        read_var(region->errs);
        write_var(region->leaves);
    }
    suspended();
    nurseries.len--;
    read_var(region->var);
    read_var(region->leaves);
    read_var(region->slots.at[0]);
    for (uint32_t i = 0; i < region->keeps.len; i++) {
        State *state = &states[region->keeps.at[i]->id];
        if (state->lent) read_var(region->keeps.at[i]);
        state->lent = false;
    }
    if (region->exits.len) read_var(region->why);
    if (out.way == UNWINDS ? chance(50) : chance(30)) {
        out = (Out){.way = UNWINDS, .raised = region->leaves && chance(50)};
        if (out.raised) {
            write_var(region->errs);
            read_var(region->leaves);
        }
    } else if (out.way == UNWINDS) {
        out = (Out){.way = ON};
    }
    if (ir_needs_why(region)) write_var(region->why);
    return out;
}

static Out walk_region(const IrRegion *region) {
    if (region->kind == IR_REGION_NURSERY) vec_push(&arena, &nurseries, region);
    Out out = walk_block(&region->body);
    if (out.way == TIRED) return out;
    if (ir_needs_why(region)) write_var(region->why);
    if (region->kind == IR_REGION_NURSERY) out = join(region, out);
    if (region->kind == IR_REGION_SCOPE) {
        read_var(region->var);
        if (out.way == UNWINDS && !out.raised && chance(50)) out.way = ON;
        if (ir_needs_why(region)) write_var(region->why);
    }
    Out cleaned = walk_block(&region->cleanup);
    if (cleaned.way == TIRED) return cleaned;
    if (ir_needs_why(region)) read_var(region->why);
    if (out.way == UNWINDS && out.raised) read_var(region->errs);
    else if (cleaned.way == UNWINDS) out = (Out){.way = UNWINDS};
    return out;
}

static Out walk_try(const IrStmt *at) {
    Out out = walk_block(&at->u.attempt.body);
    if (out.way != UNWINDS) return out;
    write_var(at->u.attempt.why);
    states[at->u.attempt.why->id].raised = out.raised;
    return walk_block(&at->u.attempt.handler);
}

static Out walk_stmt(const IrStmt *at) {
    if (++steps > STEPS) return (Out){.way = TIRED};
    switch ((IrStmtKind)at->kind) {
    case IRS_AWAIT: case IRS_AWAIT_CALL: return walk_await(at);
    case IRS_IF:
        read_operands(at, IR_USE);
        return walk_block(chance(50) ? &at->u.branch.then : &at->u.branch.other);
    case IRS_LOOP: return walk_loop(at);
    case IRS_BREAK: return (Out){.way = BREAKS, .loop = at->u.jump.target};
    case IRS_CONTINUE: return (Out){.way = CONTINUES, .loop = at->u.jump.target};
    case IRS_RETURN: return (Out){.way = RETURNS};
    case IRS_REGION: return walk_region(at->u.region);
    case IRS_TRY: return walk_try(at);
    case IRS_RAISE:
        write_var(at->u.raise.errs);
        return (Out){.way = UNWINDS, .raised = true};
    case IRS_UNWIND:
        read_var(at->u.unwind.why);
        if (!at->u.unwind.errs || !states[at->u.unwind.why->id].raised) return (Out){.way = UNWINDS};
        read_var(at->u.unwind.errs);
        return (Out){.way = UNWINDS, .raised = true};
    case IRS_BEGIN: states[at->u.var->id].number = 0; break;
    case IRS_START_SOON:
        read_operands(at, IR_USE);
        states[at->u.start.keeps.at[0]->id].lent = true;
        break;
    default:
        read_operands(at, IR_USE);
        write_operands(at, IR_DEF);
        break;
    }
    return (Out){.way = ON};
}

static Out walk_block(const IrBlock *stmts) {
    for (uint32_t i = 0; i < stmts->len; i++) {
        Out out = walk_stmt(stmts->at[i]);
        if (out.way != ON) return out;
    }
    return (Out){.way = ON};
}

static void walk(void) {
    states = arena_array(&arena, State, fn->vars.len);
    bytes = arena_array(&arena, uint32_t, fn->size);
    nurseries.len = steps = 0;
    for (uint32_t i = 0; i < fn->vars.len; i++) {
        const IrVar *of = fn->vars.at[i];
        if (of->place != IR_FRAME) continue;
        for (uint32_t s = 0; s < fn->layout.len; s++) find_slot(fn->layout.at[s], of, &states[i]);
        if (of->param) write_var(of);
    }
    Out out = walk_block(&fn->body);
    if (out.way == RETURNS) read_var(fn->result);
    if (out.way == UNWINDS && out.raised) read_var(fn->errs);
}

static void nothing_is_lost_on_any_way(void **state) {
    (void)state;
    for (uint64_t i = 1; i <= FUNCTIONS; i++) {
        seed = i * 0x9E3779B97F4A7C15u;
        make_fn();
        analyse();
        for (int k = 0; k < WALKS; k++) walk();
        memset(&nurseries, 0, sizeof nurseries);
        arena_reset(&arena);
    }
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_lost_on_any_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
