/* The ATmega's own: output goes to USART 0, 115200 baud. */
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/sleep.h>

#include "board.h"

#define BAUD 115200ul

void board_begin(void) {
    UCSR0A = _BV(U2X0);
    UBRR0 = (BOARD_HZ / 4 / BAUD - 1) / 2;
    UCSR0B = _BV(TXEN0);
    board_start_clock();
}

void board_end(int status) {
    GPIOR0 = (uint8_t)status;
    cli();
    while (!(UCSR0A & _BV(TXC0)) && (UCSR0A & _BV(UDRE0)) == 0) {}
    sleep_enable();
    for (;;) sleep_cpu();
}

void tr_port_write(const char *at, size_t len, bool error) {
    (void)error;
    while (len--) {
        while (!(UCSR0A & _BV(UDRE0))) {}
        UDR0 = (uint8_t)*at++;
    }
}

void tr_port_panic(void) { board_end(1); }
