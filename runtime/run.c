/* run: the loop of a program that nothing wakes but time. */
#include "tr.h"

int tr_run(tr_rt *rt) {
    static const char deadlock[] = "deadlock: every task is waiting and nothing can wake one\n";
    for (;;) {
        tr_instant at;
        switch (tr_poll(rt, tr_port_now(), &at)) {
        case TR_NEXT_NOW: break;
        case TR_NEXT_AT: tr_port_idle(&at); break;
        case TR_NEXT_NEVER:
            tr_port_write(deadlock, sizeof deadlock - 1, true);
#if TR_DUMP
            tr_dump(rt);
#endif
            return 1;
        case TR_NEXT_DONE: return 0;
        }
    }
}
