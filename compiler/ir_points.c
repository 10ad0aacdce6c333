/* ir_points: which statement suspends where, for dumps. */
#include "ir_operands.h"

static void collect(const IrStmt **points, const IrBlock *stmts);

static void collect_inside(const IrStmt **points, const IrStmt *stmt) {
    switch ((IrStmtKind)stmt->kind) {
    case IRS_IF:
        collect(points, &stmt->u.branch.then);
        collect(points, &stmt->u.branch.other);
        break;
    case IRS_LOOP:
        collect(points, &stmt->u.loop.body);
        collect(points, &stmt->u.loop.step);
        break;
    case IRS_TRY:
        collect(points, &stmt->u.attempt.body);
        collect(points, &stmt->u.attempt.handler);
        break;
    case IRS_REGION:
        collect(points, &stmt->u.region->body);
        collect(points, &stmt->u.region->cleanup);
        break;
    default: break;
    }
}

static void collect(const IrStmt **points, const IrBlock *stmts) {
    for (uint32_t i = 0; i < stmts->len; i++) {
        const uint32_t *point = ir_point(stmts->at[i]);
        if (point) points[*point - 1] = stmts->at[i];
        collect_inside(points, stmts->at[i]);
    }
}

const IrStmt **ir_points(const IrFn *fn, Arena *arena) {
    const IrStmt **points = arena_array(arena, const IrStmt *, fn->points);
    collect(points, &fn->body);
    return points;
}

bool ir_alive_at(const IrFn *fn, const IrVar *var, uint32_t point) {
    if (var->moment) return fn->moments.at[var->moment - 1].point == point;
    return var->live && bits_has(fn->live_across[point - 1], var->live - 1);
}
