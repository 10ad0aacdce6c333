/* clock: four of the port's six functions on any Cortex-M. SysTick beats at most 1000 times a second; what is finer is
   read from its counter. Sleep is WFI, which ends with each beat and each other interrupt. */
#include "board.h"
#include "tr.h"

#if TR_TICKS_PER_SECOND > 1000
#define BEATS_PER_SECOND 1000
#else
#define BEATS_PER_SECOND TR_TICKS_PER_SECOND
#endif
#define TICKS_PER_BEAT (TR_TICKS_PER_SECOND / BEATS_PER_SECOND)
#define CYCLES_PER_BEAT (BOARD_HZ / BEATS_PER_SECOND)
#if TR_TICKS_PER_SECOND % BEATS_PER_SECOND || BOARD_HZ % BEATS_PER_SECOND || CYCLES_PER_BEAT > 0x1000000
#error "SysTick cannot make these ticks of BOARD_HZ"
#endif

#define SYSTICK ((volatile uint32_t *)0xE000E010)
enum { SYSTICK_CONTROL, SYSTICK_RELOAD, SYSTICK_VALUE };
#define SYSTICK_ON 7u                        /* the core's clock, with interrupts */
#define ICSR (*(volatile uint32_t *)0xE000ED04)
#define ICSR_SYSTICK_PENDING (1u << 26)

void SysTick_Handler(void);

static volatile tr_instant last_beat;        /* when it was */
static uint32_t depth, outside;              /* how many tr_port_enter; PRIMASK before the first */

void SysTick_Handler(void) { last_beat += TICKS_PER_BEAT; }

void board_start_clock(void) {
    SYSTICK[SYSTICK_RELOAD] = CYCLES_PER_BEAT - 1;
    SYSTICK[SYSTICK_VALUE] = 0;
    SYSTICK[SYSTICK_CONTROL] = SYSTICK_ON;
}

static uint32_t mask(void) {
    uint32_t before;
    __asm__ volatile("mrs %0, primask\n\tcpsid i" : "=r"(before) : : "memory");
    return before;
}

static void unmask(uint32_t before) { __asm__ volatile("msr primask, %0" : : "r"(before) : "memory"); }

/* Ticks since the beat before, of what the counter shows: at the beat it is 0, then it is loaded and counts down. */
static uint32_t part(uint32_t value) {
#if TICKS_PER_BEAT == 1
    (void)value;
    return 0;
#else
    uint32_t cycles = value ? CYCLES_PER_BEAT - value : 0;
#if CYCLES_PER_BEAT % TICKS_PER_BEAT == 0
    return cycles / (CYCLES_PER_BEAT / TICKS_PER_BEAT);
#elif TICKS_PER_BEAT % CYCLES_PER_BEAT == 0
    return cycles * (TICKS_PER_BEAT / CYCLES_PER_BEAT);
#else
    return (uint32_t)((uint64_t)cycles * TICKS_PER_BEAT / CYCLES_PER_BEAT);
#endif
#endif
}

tr_instant tr_port_now(void) {
    uint32_t before = mask();
    uint32_t value = SYSTICK[SYSTICK_VALUE];
    tr_instant now = last_beat;
    if (ICSR & ICSR_SYSTICK_PENDING) {       /* the beat came while interrupts were out, maybe after the reading */
        value = SYSTICK[SYSTICK_VALUE];
        now += TICKS_PER_BEAT;
    }
    unmask(before);
    return now + part(value);
}

/* With interrupts out, so that none is served between the look at the clock and WFI; a pending one ends WFI. Where the
   deadline is nearer than a beat, the caller looks at the clock until it is there. */
void tr_port_idle(const tr_instant *deadline) {
    uint32_t before = mask();
    if (!deadline || (tr_duration)(*deadline - tr_port_now()) >= TICKS_PER_BEAT) __asm__ volatile("wfi");
    unmask(before);
}

void tr_port_enter(void) {
    uint32_t before = mask();
    if (depth++ == 0) outside = before;
}

void tr_port_leave(void) {
    if (--depth == 0) unmask(outside);
}
