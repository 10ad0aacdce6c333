/* ir_dump_expr: the parts of statements as text, for all who dump. */
#ifndef TRC_IR_DUMP_EXPR_H
#define TRC_IR_DUMP_EXPR_H

#include "ir.h"

void dump_expr(Buf *out, Types *types, const IrExpr *expr);
void dump_exprs(Buf *out, Types *types, const IrExprList *list); /* with commas between */
void dump_parts(Buf *out, Types *types, const IrPart *parts, uint32_t count); /* as text with {holes} */
void dump_type(Buf *out, Types *types, const Type *type);
const char *dump_wait(IrWaitOp op);

#endif
