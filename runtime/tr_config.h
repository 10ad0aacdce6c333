/* Knobs, each with its default. Set them on the compiler's command line, the same for the program and the runtime. */
#ifndef TR_CONFIG_H
#define TR_CONFIG_H

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

#endif
