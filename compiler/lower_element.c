/* lower_element: loops over the elements of an array that are not in the source. */
#include "lower.h"

void element_loop_begin(Lower *l, ElementLoop *loop, uint32_t count) {
    Type *type = lower_basic(l, TYPE_USIZE);
    loop->at = lower_temp(l, type, "at");
    loop->at->fixed = false;
    lower_set(l, ir_use(l, loop->at), ir_int(l, type, 0));
    loop->stmt = lower_add(l, IRS_LOOP);
    loop->stmt->u.loop.number = ++l->fn->loop_count;
    loop->stmt->u.loop.cond = ir_binary(l, OP_LT, lower_basic(l, TYPE_BOOL), ir_use(l, loop->at), ir_int(l, type, count));
    loop->out = l->out;
    l->out = &loop->stmt->u.loop.body;
}

IrExpr *element_at(Lower *l, IrExpr *array, const ElementLoop *loop) {
    return ir_element(l, array, ir_use(l, loop->at));
}

void element_loop_end(Lower *l, ElementLoop *loop) {
    Type *type = loop->at->type;
    l->out = &loop->stmt->u.loop.step;
    lower_set(l, ir_use(l, loop->at), ir_binary(l, OP_WADD, type, ir_use(l, loop->at), ir_int(l, type, 1)));
    l->out = loop->out;
}
