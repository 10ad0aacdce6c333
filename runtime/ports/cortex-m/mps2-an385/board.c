/* The MPS2's own: output goes to UART 0. */
#include "board.h"
#include "semihosting.h"

#define UART0 ((volatile uint32_t *)0x40004000)
enum { UART_DATA, UART_STATE, UART_CONTROL, UART_INTERRUPT, UART_DIVIDER };
#define UART_FULL 1u
#define UART_SEND 1u
#define BAUD 115200

void board_begin(void) {
    UART0[UART_DIVIDER] = BOARD_HZ / BAUD;
    UART0[UART_CONTROL] = UART_SEND;
    board_start_clock();
}

void board_end(int status) { semihosting_exit(status); }

void tr_port_write(const char *at, size_t len, bool error) {
    (void)error;
    while (len--) {
        while (UART0[UART_STATE] & UART_FULL) {}
        UART0[UART_DATA] = (unsigned char)*at++;
    }
}

void tr_port_panic(void) { board_end(1); }
