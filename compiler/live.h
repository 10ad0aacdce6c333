/* live: what live.c and live_pick.c share. */
#ifndef TRC_LIVE_H
#define TRC_LIVE_H

#include "ir_operands.h"

/* live_pick.c. Fills fn->lasting and the variables' `used` and `live`. */
typedef struct Picked {
    Bits born_once;                /* by number: declared by one BEGIN, and by nothing mentioned before it */
} Picked;
Picked live_pick(IrFn *fn, Arena *scratch);

#endif
