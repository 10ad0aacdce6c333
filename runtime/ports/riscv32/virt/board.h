/* QEMU's own machine: -M virt. Programs are loaded into memory that serves as flash and RAM. */
#ifndef BOARD_H
#define BOARD_H

#include "tr.h"

#define BOARD_TIMER_HZ 10000000
#define BOARD_TIMER_COMPARATOR 0x02004000
#define BOARD_TIMER_COUNTER 0x0200BFF8

/* Before anything of the runtime: output and the clock. */
void board_begin(void);
/* After main: ends the emulation with that status. */
TR_NORETURN void board_end(int status);

/* In clock.c. */
void board_start_clock(void);
/* Called by traps; weak. */
void board_timer_interrupt(void);
void board_interrupt(void);

#endif
