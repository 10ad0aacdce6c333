/* commands: what `trc build`, `trc run` ... do. Each gives the exit status. */
#ifndef TRC_COMMANDS_H
#define TRC_COMMANDS_H

#include "options.h"

int command_build(const Options *options);
int command_run(const Options *options);
int command_test(const Options *options);
int command_check(const Options *options);
int command_new(const Options *options);
int command_explain(const Options *options);
int command_dump(const Options *options);

#endif
