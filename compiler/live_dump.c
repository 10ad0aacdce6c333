/* live_dump: what lives across each suspension (--stage=live); behind the bar, what lives for that moment only.

       live in work
           @1 line 4 await f: total | f
           @2 line 6 await g: c, total | g */
#include "ir_dump_expr.h"
#include "ir_operands.h"

static const char *what(const IrStmt *stmt) {
    switch ((IrStmtKind)stmt->kind) {
    case IRS_AWAIT: return dump_wait(stmt->u.await.op);
    case IRS_AWAIT_CALL: return stmt->u.await_call.fn->name;
    case IRS_SELECT: return "select";
    case IRS_START: return stmt->u.start.fn->name;
    default: return stmt->u.region->var->name;
    }
}

static void dump_point(Buf *out, const IrFn *fn, const IrStmt *stmt, uint32_t point) {
    const char *verb = stmt->kind == IRS_REGION ? "join" : stmt->kind == IRS_START ? "start" : "await";
    buf_format(out, "    @%u line %u %s %s:", point, stmt->line, verb, what(stmt));
    const char *before = " ";
    for (uint32_t i = 0; i < fn->lasting.len; i++) {
        if (!bits_has(fn->live_across[point - 1], i)) continue;
        buf_format(out, "%s%s", before, fn->lasting.at[i]->name);
        before = ", ";
    }
    for (uint32_t i = 0; i < fn->moments.len; i++) {
        if (fn->moments.at[i].point == point) buf_format(out, " | %s", fn->moments.at[i].var->name);
    }
    buf_char(out, '\n');
}

void live_dump(Buf *out, const IrFn *fn) {
    Arena arena = {0};
    const IrStmt **points = ir_points(fn, &arena);
    buf_format(out, "live in %s\n", fn->name);
    for (uint32_t point = 1; point <= fn->points; point++) dump_point(out, fn, points[point - 1], point);
    arena_free(&arena);
}
