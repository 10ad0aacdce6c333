/* suspend: numbers the resume points in the order of the text, from 1, and notes each statement's innermost loop.

       await a;                     -- 1
       nursery {
           loop { await b; }        -- 2
       }                            -- 3: the join stands behind the body
       cleanup { await c; }         -- 4

   Needs: a body. Gives: `at`, `loop_of`, IrFn.points. */
#include "ir_operands.h"
#include "passes.h"

static void block(IrFn *fn, IrBlock *stmts, IrStmt *loop);

static void inside(IrFn *fn, IrStmt *stmt, IrStmt *loop) {
    switch ((IrStmtKind)stmt->kind) {
    case IRS_IF:
        block(fn, &stmt->u.branch.then, loop);
        block(fn, &stmt->u.branch.other, loop);
        break;
    case IRS_LOOP:
        block(fn, &stmt->u.loop.body, stmt);
        block(fn, &stmt->u.loop.step, stmt);
        break;
    case IRS_TRY:
        block(fn, &stmt->u.attempt.body, loop);
        block(fn, &stmt->u.attempt.handler, loop);
        break;
    case IRS_REGION: block(fn, &stmt->u.region->body, loop); break;
    default: break;
    }
}

static void block(IrFn *fn, IrBlock *stmts, IrStmt *loop) {
    for (uint32_t i = 0; i < stmts->len; i++) {
        IrStmt *stmt = stmts->at[i];
        stmt->loop_of = loop;
        inside(fn, stmt, loop);
        uint32_t *point = ir_point(stmt);
        if (point) *point = ++fn->points;
        if (stmt->kind == IRS_REGION) block(fn, &stmt->u.region->cleanup, loop);
    }
}

void suspend(IrFn *fn) {
    fn->points = 0;
    block(fn, &fn->body, NULL);
}
