/* ATmega328P at 16 MHz, as on the Arduino Uno: 32 KB flash, 2 KB RAM. */
#ifndef BOARD_H
#define BOARD_H

#include "tr.h"

#define BOARD_HZ 16000000

/* Before anything of the runtime: output and the clock. */
void board_begin(void);
/* After main: sleeps for ever, without interrupts; a simulator ends there. The status is left in GPIOR0. */
TR_NORETURN void board_end(int status);

/* In clock.c. */
void board_start_clock(void);

#endif
