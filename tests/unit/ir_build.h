/* ir_build: IR by hand, for tests. Statements go to the end of the innermost open block; each stands on its own line,
   from 1 on.

       begin_fn("f");
       IrVar *x = var("x", t(TYPE_I64));
       set(x);                         1
       pause();                        2: await sleep
       use(x);                         3
       analyse();                      verify, suspend, live, frame
       assert_true(across(1, x)); */
#ifndef IR_BUILD_H
#define IR_BUILD_H

#include "ir_operands.h"
#include "passes.h"

enum { BLOCKS_MAX = 64 };

static Arena arena;
static IrFn *fn;
static IrBlock *blocks[BLOCKS_MAX];
static uint32_t depth, line;

/* The type of a kind; REF and RECEIVER are of i64. */
static inline Type *t(TypeKind kind) {
    static Type types[TYPE_NONE + 1];
    types[kind].kind = kind;
    types[TYPE_I64].kind = TYPE_I64;
    if (kind == TYPE_REF || kind == TYPE_RECEIVER) types[kind].elem = &types[TYPE_I64];
    return &types[kind];
}

static inline void begin_fn(const char *name) {
    fn = arena_new(&arena, IrFn);
    fn->name = name;
    fn->is_async = true;
    blocks[0] = &fn->body;
    depth = line = 0;
}

static inline void analyse(void) {
    assert_string_equal(ir_verify(&arena, fn).at, "");
    suspend(fn);
    live(fn, &arena);
    frame(fn, &arena, &arena);
}

/* ---- variables ---- */

static inline IrVar *record(IrVarKind kind, const char *name) { return ir_var(&arena, fn, kind, name); }

static inline IrVar *var(const char *name, Type *type) {
    IrVar *made = record(IRV_VALUE, name);
    made->type = type;
    return made;
}

static inline IrVar *param(const char *name, Type *type) {
    IrVar *made = var(name, type);
    made->param = true;
    vec_push(&arena, &fn->params, made);
    return made;
}

static inline IrVar *leaves(const char *name, uint32_t count) {
    IrVar *made = record(IRV_LEAVES, name);
    made->count = count;
    return made;
}

/* ---- expressions ---- */

static inline IrExpr *expr(IrExprKind kind, Type *type) { return ir_expr(&arena, kind, type, line); }

static inline IrExpr *var_expr(IrVar *of) {
    IrExpr *made = expr(IRX_VAR, of->type);
    made->u.var = of;
    return made;
}

static inline IrExpr *address(IrVar *of) {
    IrExpr *made = expr(IRX_ADDRESS, t(TYPE_REF));
    made->u.of.a = var_expr(of);
    return made;
}

static inline IrExpr *number(uint64_t value) {
    IrExpr *made = expr(IRX_INT, t(TYPE_I64));
    made->u.integer = value;
    return made;
}

static inline IrExpr *op(IrOp kind, IrExpr *a) {
    IrExpr *made = expr(IRX_OP, t(TYPE_I64));
    made->irop = (uint16_t)kind;
    if (a) vec_push(&arena, &made->u.built.items, a);
    return made;
}

/* ---- statements ---- */

static inline IrStmt *stmt(IrStmtKind kind) {
    IrStmt *made = ir_stmt(&arena, kind, (Span){0, 0}, ++line);
    vec_push(&arena, blocks[depth], made);
    return made;
}

static inline void set_to(IrVar *to, IrExpr *value) {
    IrStmt *made = stmt(IRS_SET);
    made->u.set.to = var_expr(to);
    made->u.set.value = value;
}

static inline void set(IrVar *to) { set_to(to, number(1)); }

static inline void use(IrVar *of) { stmt(IRS_DO)->u.set.value = op(IROP_BUSY, var_expr(of)); }

static inline void use_address(IrVar *of) { stmt(IRS_DO)->u.set.value = op(IROP_CANCEL, address(of)); }

static inline void begin(IrVar *of) { stmt(IRS_BEGIN)->u.var = of; }

static inline IrStmt *pause(void) {
    IrStmt *made = stmt(IRS_AWAIT);
    made->u.await.op = IRW_SLEEP;
    made->u.await.wait = record(IRV_SLEEP, "sleep");
    vec_push(&arena, &made->u.await.args, number(1));
    return made;
}

static inline IrStmt *await_fn(IrFn *callee, IrVar *to, IrExpr *arg) {
    IrStmt *made = stmt(IRS_AWAIT_CALL);
    made->u.await_call.fn = callee;
    made->u.await_call.to = to ? var_expr(to) : NULL;
    made->u.await_call.callee = record(IRV_CALLEE, callee->name);
    made->u.await_call.callee->fn = callee;
    if (arg) vec_push(&arena, &made->u.await_call.args, arg);
    return made;
}

static inline void jump(IrStmtKind kind, IrStmt *target) { stmt(kind)->u.jump.target = target; }

/* ---- blocks ---- */

static inline void open(IrBlock *block) { blocks[++depth] = block; }
static inline void close(void) { depth--; }

static inline IrStmt *open_if(IrExpr *cond) {
    IrStmt *made = stmt(IRS_IF);
    made->u.branch.cond = cond;
    open(&made->u.branch.then);
    return made;
}

static inline void open_else(IrStmt *branch) {
    close();
    open(&branch->u.branch.other);
}

static inline IrStmt *open_loop(IrExpr *cond) {
    IrStmt *made = stmt(IRS_LOOP);
    made->u.loop.cond = cond;
    made->u.loop.number = fn->loop_count++;
    open(&made->u.loop.body);
    return made;
}

static inline IrRegion *open_region(IrRegionKind kind) {
    IrRegion *region = arena_new(&arena, IrRegion);
    region->kind = kind;
    region->unwinds = true;
    region->number = fn->region_count++;
    region->why = record(IRV_WHY, "why");
    stmt(IRS_REGION)->u.region = region;
    open(&region->body);
    return region;
}

static inline void open_cleanup(IrRegion *region) {
    close();
    open(&region->cleanup);
}

static inline IrStmt *open_try(IrVar *errs) {
    IrStmt *made = stmt(IRS_TRY);
    made->u.attempt.number = fn->try_count++;
    made->u.attempt.why = record(IRV_WHY, "why");
    made->u.attempt.errs = errs;
    open(&made->u.attempt.body);
    return made;
}

static inline void open_handler(IrStmt *attempt) {
    close();
    open(&attempt->u.attempt.handler);
}

static inline void add_exit(IrRegion *region, IrExitKind kind, IrStmt *target) {
    IrExit exit = {kind, target};
    vec_push(&arena, &region->exits, exit);
}

/* ---- results ---- */

static inline bool across(uint32_t point, const IrVar *of) { return ir_alive_at(fn, of, point); }

static inline bool apart(const IrVar *a, const IrVar *b) {
    return bits_has(fn->interferes[a->live - 1], b->live - 1) || bits_has(fn->interferes[b->live - 1], a->live - 1);
}

#endif
