/* BBC micro:bit: nRF51822, Cortex-M0, 256 KB flash, 16 KB RAM. QEMU: -M microbit. */
#ifndef BOARD_H
#define BOARD_H

#include "tr.h"

#define BOARD_HZ 16000000

/* In the vector table's order. */
#define BOARD_INTERRUPTS(X)                                                                                            \
    X(POWER_CLOCK_Handler) X(RADIO_Handler) X(UART0_Handler) X(SPI0_TWI0_Handler) X(SPI1_TWI1_Handler)                 \
    X(Interrupt5_Handler) X(GPIOTE_Handler) X(ADC_Handler) X(TIMER0_Handler) X(TIMER1_Handler) X(TIMER2_Handler)       \
    X(RTC0_Handler) X(TEMP_Handler) X(RNG_Handler) X(ECB_Handler) X(CCM_AAR_Handler) X(WDT_Handler) X(RTC1_Handler)    \
    X(QDEC_Handler) X(LPCOMP_Handler) X(SWI0_Handler) X(SWI1_Handler) X(SWI2_Handler) X(SWI3_Handler) X(SWI4_Handler)  \
    X(SWI5_Handler)

/* Before anything of the runtime: output and the clock. */
void board_begin(void);
/* After main: ends the emulation with that status. */
TR_NORETURN void board_end(int status);

/* In clock.c. */
void board_start_clock(void);

#endif
