/* emit: C text from the IR. Never sees the tree. */
#ifndef TRC_EMIT_H
#define TRC_EMIT_H

#include "ir.h"

typedef struct Emitter Emitter;

/* Call emit_fn once for each function, in the program's order, each after frame(), or emit_extern; then emit_end gives both
   texts in malloc'ed pieces, and what the program uses of the runtime as the text of tr_features.h. */
Emitter *emit_begin(IrProgram *ir, Types *types);
void emit_fn(Emitter *emitter, IrFn *fn);
/* A function of C: declares it, unless the program includes a header that does. */
void emit_extern(Emitter *emitter, const IrFn *fn);
void emit_end(Emitter *emitter, Texts *c, Texts *h, Str *features);

#endif
