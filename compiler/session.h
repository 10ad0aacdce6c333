/* session: one run of the compiler on one file, as each command begins it. */
#ifndef TRC_SESSION_H
#define TRC_SESSION_H

#include "options.h"

/* Reads the operand, compiles it as far as unit->stage says, reports. Gives 0, 1 for errors in the source, 2 for a file
   that cannot be read. The unit was initialised by the caller, who frees it. */
int compile_file(Unit *unit, const Options *options);

#endif
