/* clock: four of the port's six functions on any RISC-V machine with the usual core-local timer: 64 bits, which count at
   BOARD_TIMER_HZ. Sleep is WFI until its comparator. */
#include "board.h"
#include "tr.h"

#if BOARD_TIMER_HZ % TR_TICKS_PER_SECOND && TR_TICKS_PER_SECOND % BOARD_TIMER_HZ
#error "the timer cannot make these ticks of BOARD_TIMER_HZ"
#endif

#define COMPARATOR ((volatile uint32_t *)BOARD_TIMER_COMPARATOR)
#define COUNTER ((volatile uint32_t *)BOARD_TIMER_COUNTER)
enum { LOW, HIGH };

#define MSTATUS_MIE 8u
#define MIE_TIMER 0x80u

static uint32_t depth, outside;              /* how many tr_port_enter; MIE before the first */

static uint32_t mask(void) {
    uint32_t before;
    __asm__ volatile("csrrci %0, mstatus, 8" : "=r"(before) : : "memory");
    return before & MSTATUS_MIE;
}

static void unmask(uint32_t before) { __asm__ volatile("csrs mstatus, %0" : : "r"(before) : "memory"); }

static uint64_t counter(void) {
    uint32_t low, high;
    do {
        high = COUNTER[HIGH];
        low = COUNTER[LOW];
    } while (COUNTER[HIGH] != high);
    return (uint64_t)high << 32 | low;
}

/* Never early on the way: the upper half is out of reach while the lower one changes. */
static void wake_at(uint64_t count) {
    COMPARATOR[HIGH] = UINT32_MAX;
    COMPARATOR[LOW] = (uint32_t)count;
    COMPARATOR[HIGH] = (uint32_t)(count >> 32);
}

/* One of the two divisions is by 1. */
static uint64_t ticks_of(uint64_t count) {
#if BOARD_TIMER_HZ >= TR_TICKS_PER_SECOND
    return count / (BOARD_TIMER_HZ / TR_TICKS_PER_SECOND);
#else
    return count * (TR_TICKS_PER_SECOND / BOARD_TIMER_HZ);
#endif
}

/* Rounded up: waking before the deadline would poll in vain. */
static uint64_t counts_of(uint64_t ticks) {
#if BOARD_TIMER_HZ >= TR_TICKS_PER_SECOND
    return ticks * (BOARD_TIMER_HZ / TR_TICKS_PER_SECOND);
#else
    uint64_t each = TR_TICKS_PER_SECOND / BOARD_TIMER_HZ;
    return (ticks + each - 1) / each;
#endif
}

void board_start_clock(void) {
    wake_at(UINT64_MAX);
    __asm__ volatile("csrs mie, %0" : : "r"(MIE_TIMER));
    unmask(MSTATUS_MIE);
}

void board_timer_interrupt(void) { wake_at(UINT64_MAX); }

tr_instant tr_port_now(void) { return (tr_instant)ticks_of(counter()); }

/* With interrupts out, so that none is served between setting the comparator and WFI; a pending one ends WFI. Without a
   deadline it wakes often enough for the runtime to see a narrow clock wrap. */
void tr_port_idle(const tr_instant *deadline) {
    uint64_t now = ticks_of(counter());
    tr_duration left = (tr_duration)((tr_instant)1 << (TR_TICK_BITS - 2));
    if (deadline) left = (tr_duration)(*deadline - (tr_instant)now);
    if (left <= 0) return;
    uint32_t before = mask();
    wake_at(counts_of(now + (uint64_t)left));
    __asm__ volatile("wfi");
    unmask(before);
}

void tr_port_enter(void) {
    uint32_t before = mask();
    if (depth++ == 0) outside = before;
}

void tr_port_leave(void) {
    if (--depth == 0) unmask(outside);
}
