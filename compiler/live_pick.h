/* live_pick: the variables that live looks at. */
#ifndef TRC_LIVE_PICK_H
#define TRC_LIVE_PICK_H

#include "ir_operands.h"

/* Fills fn->lasting and the variables' `used` and `live`. */
typedef struct Picked {
    Bits born_once;                /* by number: declared by one BEGIN, and by nothing mentioned before it */
} Picked;
Picked live_pick(IrFn *fn, Arena *scratch);

#endif
