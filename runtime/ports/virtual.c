/* virtual: a process whose clock stands still while tasks run and jumps to the next deadline when all wait. */
#include "hosted.h"
#include "virtual.h"

tr_instant tr_virtual_now;

tr_instant tr_port_now(void) { return tr_virtual_now; }

void tr_port_idle(const tr_instant *deadline) {
    if (deadline && tr_before(tr_virtual_now, *deadline)) tr_virtual_now = *deadline;
}
