/* Knobs, each with its default. Set them on the compiler's command line, the same for the program and the runtime. */
#ifndef TR_CONFIG_H
#define TR_CONFIG_H

#include "tr_features.h"

/* Width of the clock, 32 or 64 bits. 32-bit clocks wrap; no deadline may lie further ahead than half their range. */
#ifndef TR_TICK_BITS
#define TR_TICK_BITS 64
#endif

/* Ticks in a second. */
#ifndef TR_TICKS_PER_SECOND
#define TR_TICKS_PER_SECOND 1000000000
#endif

/* 1: for tests, on a clock that jumps: wait_all_tasks_blocked and Sequencer work, and a run can be watched and steered.
   Costs a few words in the program's object and a few instructions in each pass. */
#ifndef TR_TEST
#define TR_TEST 0
#endif

/* 1: a program can print its tree of tasks: tr_dump. Costs a time for each task, and constant tables. */
#ifndef TR_DUMP
#define TR_DUMP 0
#endif

/* 0: arithmetic, indexing and casts are not checked (`--checks=off`): what would trap wraps. */
#ifndef TR_CHECKS
#define TR_CHECKS 1
#endif

/* What a program does not use need not be in its records and loops: 0 leaves it out. `trc build --bundle` does so, in
   tr_features.h. */

/* Something can be cancelled: by a deadline, an error, a call. */
#ifndef TR_HAS_CANCEL
#define TR_HAS_CANCEL 1
#endif

/* Nurseries are opened. */
#ifndef TR_HAS_NURSERIES
#define TR_HAS_NURSERIES 1
#endif

/* Errors of children are put down in nurseries. Needs TR_HAS_CANCEL. */
#ifndef TR_HAS_ERRORS
#define TR_HAS_ERRORS 1
#endif

/* `n.start()`. Needs TR_HAS_CANCEL. */
#ifndef TR_HAS_START
#define TR_HAS_START 1
#endif

/* Handles on children. Needs TR_HAS_CANCEL. */
#ifndef TR_HAS_HANDLES
#define TR_HAS_HANDLES 1
#endif

/* Children that serve the others. Needs TR_HAS_HANDLES, and not TR_FEW_TASKS. */
#ifndef TR_HAS_SERVICES
#define TR_HAS_SERVICES 1
#endif

#ifndef TR_HAS_CONDITIONS
#define TR_HAS_CONDITIONS 1
#endif

#ifndef TR_HAS_SELECT
#define TR_HAS_SELECT 1
#endif

/* Scopes with deadlines. Needs TR_HAS_CANCEL. */
#ifndef TR_HAS_DEADLINES
#define TR_HAS_DEADLINES 1
#endif

#ifndef TR_HAS_SLEEP
#define TR_HAS_SLEEP 1
#endif

/* Channels, and objects whose waiters queue up. */
#ifndef TR_HAS_QUEUES
#define TR_HAS_QUEUES 1
#endif

/* Channels: what else is waited for ends in TR_DONE or cancelled. */
#ifndef TR_HAS_CHANNELS
#define TR_HAS_CHANNELS 1
#endif

/* `uptime()`, and instants that are printed. */
#ifndef TR_HAS_UPTIME
#define TR_HAS_UPTIME 1
#endif

/* 1: a dozen tasks and deadlines at most: searching a short list costs less than keeping it sorted for many. */
#ifndef TR_FEW_TASKS
#define TR_FEW_TASKS 0
#endif

/* 1: items, capacities and handles of channels, and children of nurseries, are 255 at most. */
#ifndef TR_SMALL_COUNTS
#define TR_SMALL_COUNTS 0
#endif

/* What all items of all channels have in common, else 0: their size, the room for them. */
#ifndef TR_ITEM_BYTES
#define TR_ITEM_BYTES 0
#endif
#ifndef TR_CAPACITY
#define TR_CAPACITY 0
#endif

/* More than 0: one program in the image, which numbers the steps of its tasks, and has so many of them. */
#ifndef TR_NUMBERED_STEPS
#define TR_NUMBERED_STEPS 0
#endif

/* The program object, and all records that its tasks link to, are smaller than this. */
#ifndef TR_PROGRAM_BYTES
#define TR_PROGRAM_BYTES UINT32_MAX
#endif

/* 16: links between records of a program are distances from its beginning; 0: pointers. */
#ifndef TR_LINK_BITS
#if TR_FEW_TASKS && TR_PROGRAM_BYTES <= UINT16_MAX && UINTPTR_MAX > UINT16_MAX && UINTPTR_MAX <= UINT32_MAX
#define TR_LINK_BITS 16
#else
#define TR_LINK_BITS 0
#endif
#endif

#define TR_HAS_SCOPES (TR_HAS_CANCEL || TR_HAS_NURSERIES)
#define TR_HAS_TIMERS (TR_HAS_SLEEP || TR_HAS_DEADLINES)

#endif
