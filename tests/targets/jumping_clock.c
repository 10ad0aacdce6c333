/* In the place of a board's clock: it stands still while tasks run and jumps to the next deadline when all wait, so that
   a trace on a board is the host's on its virtual clock. */
#include "board.h"
#include "tr.h"

static tr_instant clock_now;

void board_start_clock(void) {}

tr_instant tr_port_now(void) { return clock_now; }

void tr_port_idle(const tr_instant *deadline) {
    if (deadline && tr_before(clock_now, *deadline)) clock_now = *deadline;
}

void tr_port_enter(void) {}

void tr_port_leave(void) {}
