/* clock: four of the port's six functions on an ATmega. Timer 0 beats at most 1000 times a second; what is finer is read
   from its counter, which counts every 64 cycles. Sleep is idle mode, which ends with each beat and each other
   interrupt. */
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/sleep.h>

#include "board.h"
#include "tr.h"

#if TR_TICKS_PER_SECOND > 1000
#define BEATS_PER_SECOND 1000
#else
#define BEATS_PER_SECOND TR_TICKS_PER_SECOND
#endif
#define TICKS_PER_BEAT (TR_TICKS_PER_SECOND / BEATS_PER_SECOND)
#define COUNTS_PER_BEAT (BOARD_HZ / 64 / BEATS_PER_SECOND)
#if TR_TICKS_PER_SECOND % BEATS_PER_SECOND || BOARD_HZ % 64 || BOARD_HZ / 64 % BEATS_PER_SECOND
#error "timer 0 cannot make these ticks of BOARD_HZ"
#endif
#if COUNTS_PER_BEAT > 256 || (TICKS_PER_BEAT > 1 && TICKS_PER_BEAT % COUNTS_PER_BEAT)
#error "timer 0 cannot make these ticks of BOARD_HZ"
#endif

static volatile tr_instant last_beat;        /* when it was */
static uint8_t depth, outside;               /* how many tr_port_enter; SREG before the first */

ISR(TIMER0_COMPA_vect) { last_beat += TICKS_PER_BEAT; }

void board_start_clock(void) {
    OCR0A = COUNTS_PER_BEAT - 1;
    TCCR0A = _BV(WGM01);
    TCCR0B = _BV(CS01) | _BV(CS00);
    TIMSK0 = _BV(OCIE0A);
    SMCR = _BV(SE);
    sei();
}

tr_instant tr_port_now(void) {
    uint8_t before = SREG;
    cli();
#if TICKS_PER_BEAT > 1
    uint8_t count = TCNT0;
#endif
    tr_instant now = last_beat;
    if (TIFR0 & _BV(OCF0A)) {                /* the beat came while interrupts were out, maybe after the reading */
#if TICKS_PER_BEAT > 1
        count = TCNT0;
#endif
        now += TICKS_PER_BEAT;
    }
    SREG = before;
#if TICKS_PER_BEAT > 1
    now += (tr_instant)count * (TICKS_PER_BEAT / COUNTS_PER_BEAT);
#endif
    return now;
}

/* With interrupts out until SLEEP itself, which SEI lets through before any is served. Where the deadline is nearer than
   a beat, the caller looks at the clock until it is there. */
void tr_port_idle(const tr_instant *deadline) {
    cli();
    if (!deadline || (tr_duration)(*deadline - tr_port_now()) >= TICKS_PER_BEAT) {
        sei();
        sleep_cpu();
    }
    sei();
}

void tr_port_enter(void) {
    uint8_t before = SREG;
    cli();
    if (depth++ == 0) outside = before;
}

void tr_port_leave(void) {
    if (--depth == 0) SREG = outside;
}
