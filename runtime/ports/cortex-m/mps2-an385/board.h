/* Arm MPS2 with the AN385 image: Cortex-M3, 4 MB of each memory. QEMU: -M mps2-an385. */
#ifndef BOARD_H
#define BOARD_H

#include "tr.h"

#define BOARD_HZ 25000000

/* In the vector table's order. */
#define BOARD_INTERRUPTS(X)                                                                                            \
    X(UART0_RX_Handler) X(UART0_TX_Handler) X(UART1_RX_Handler) X(UART1_TX_Handler) X(UART2_RX_Handler)                \
    X(UART2_TX_Handler) X(GPIO0_Handler) X(GPIO1_Handler) X(TIMER0_Handler) X(TIMER1_Handler) X(DUALTIMER_Handler)

/* Before anything of the runtime: output and the clock. */
void board_begin(void);
/* After main: ends the emulation with that status. */
TR_NORETURN void board_end(int status);

/* In clock.c. */
void board_start_clock(void);

#endif
