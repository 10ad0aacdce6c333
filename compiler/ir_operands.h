/* ir_operands: what a statement does with variables, as a list: for passes that need no more than that. */
#ifndef TRC_IR_OPERANDS_H
#define TRC_IR_OPERANDS_H

#include "ir.h"

typedef enum IrRole {
    IR_USE,                        /* read, or lent out, before anything else happens */
    IR_BORROW,                     /* lent to what is awaited, or read after it: in use until that is over */
    IR_HOLD,                       /* a record that begins with the wait and ends with it: at most one */
    IR_WRITTEN,                    /* written by somebody else while the statement waits; it held nothing before */
    IR_WRITTEN_PART,               /* the same for a part of it */
    IR_DEF,                        /* written at the end: before, it held nothing that matters */
    IR_PART,                       /* written at the end, but not all of it */
    IR_BEGIN                       /* holds nothing yet */
} IrRole;

typedef struct IrOperand {
    IrVar *var;
    IrRole role;
} IrOperand;
typedef struct IrOperands { IrOperand *at; uint32_t len, capacity; } IrOperands;

/* Replaces what is in `into`. Of IF and LOOP, the condition's; of REGION and TRY, nothing. Where errors and `why` are
   put when a statement unwinds is not among them: that belongs to what it unwinds to. */
void ir_operands(Arena *arena, IrOperands *into, const IrStmt *stmt);
/* Adds the variables that a value reads. */
void ir_expr_uses(Arena *arena, IrOperands *into, const IrExpr *expr);

/* It can be left by an error or a cancellation. */
bool ir_unwinds(const IrStmt *stmt);
/* It has a resume point: callees must have been through suspend(). */
bool ir_suspends(const IrStmt *stmt);
/* Where that is noted; NULL if it never suspends. */
uint32_t *ir_point(IrStmt *stmt);
/* The errors that it can raise, if it can. */
IrVar *ir_errs(const IrStmt *stmt);

/* ir_points.c. The statement of each resume point, by its number - 1. */
const IrStmt **ir_points(const IrFn *fn, Arena *arena);
/* After live(): the variable is alive across the point, or lives for just that moment. */
bool ir_alive_at(const IrFn *fn, const IrVar *var, uint32_t point);

#endif
