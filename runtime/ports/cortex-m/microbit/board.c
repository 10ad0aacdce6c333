/* The micro:bit's own: output goes through the UART to the interface chip, which is a serial port on USB. */
#include "board.h"
#include "semihosting.h"

#define UART(offset) (*(volatile uint32_t *)(0x40002000 + (offset)))
#define UART_START_TX UART(0x008)
#define UART_TX_DONE UART(0x11C)
#define UART_ENABLE UART(0x500)
#define UART_TX_PIN UART(0x50C)
#define UART_TXD UART(0x51C)
#define UART_BAUD UART(0x524)
enum { USB_TX_PIN = 24, UART_ON = 4, BAUD_115200 = 0x01D7E000 };

void board_begin(void) {
    UART_TX_PIN = USB_TX_PIN;
    UART_BAUD = BAUD_115200;
    UART_ENABLE = UART_ON;
    UART_START_TX = 1;
    board_start_clock();
}

void board_end(int status) { semihosting_exit(status); }

void tr_port_write(const char *at, size_t len, bool error) {
    (void)error;
    while (len--) {
        UART_TX_DONE = 0;
        UART_TXD = (unsigned char)*at++;
        while (!UART_TX_DONE) {}
    }
}

void tr_port_panic(void) { board_end(1); }
