/* What the ports on a C library share: output, and the end of a program that panics. Each includes it once; tasks and
   everything else run in one thread, so there are no interrupts to keep out. */
#include <stdio.h>
#include <stdlib.h>

#include "../tr.h"

void tr_port_enter(void) {}

void tr_port_leave(void) {}

/* The two streams keep their order when they end in one place. */
void tr_port_write(const char *at, size_t len, bool error) {
    if (error) fflush(stdout);
    fwrite(at, 1, len, error ? stderr : stdout);
}

void tr_port_panic(void) { exit(1); }
