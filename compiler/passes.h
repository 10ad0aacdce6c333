/* passes: the passes behind the tree, function by function. */
#ifndef TRC_PASSES_H
#define TRC_PASSES_H

#include "ir.h"
#include "program.h"

typedef struct LowerHow {
    const char *name;              /* of the program: a C identifier */
    bool checks, dumps;            /* --checks=on, --dump */
    Ticks ticks;
} LowerHow;

/* lower.c. Needs flow without errors. Gives the program's frame: heads of all reachable functions, in order; bodies empty.
   Refuses times that the target's clock cannot count, here and in the bodies. */
IrProgram *lower_program(Program *program, Arena *arena, const LowerHow *how);
/* Fills in the body of fn; its statements and variables lie in `scratch`, which may be reset when fn has been emitted. */
void lower_body(Program *program, IrProgram *ir, IrFn *fn, Arena *scratch);

/* After all others: the function that makes what is static; NULL if there is nothing to make. */
IrFn *lower_init(Program *program, IrProgram *ir, Arena *scratch);

/* suspend.c. Needs a body. Gives: resume points numbered in order of the text. */
void suspend(IrFn *fn);
/* live.c. Needs suspend. Gives: live_across, interferes. `scratch` as above. */
void live(IrFn *fn, Arena *scratch);
/* frame.c. Needs live, and the frames of callees and children done. Gives: each variable's place, layout, size, align. */
void frame(IrFn *fn, Arena *arena, Arena *scratch);

#endif
