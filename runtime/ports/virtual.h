/* The virtual clock, for tests: they turn it by hand. */
#ifndef TR_VIRTUAL_H
#define TR_VIRTUAL_H

#include "../tr.h"

extern tr_instant tr_virtual_now;

#endif
