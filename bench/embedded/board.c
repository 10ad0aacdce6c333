/* board: a Cortex-M3 from reset to the program's loop, with a tick every millisecond. All that the numbers count beside
   program and runtime. APP is the program's name. */
#define TEXT_(a) #a
#define TEXT(a) TEXT_(a)
#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)
#define HEADER_(name) TEXT(name.h)
#define HEADER HEADER_(APP)
#include HEADER

#define SYSTICK ((volatile uint32_t *)0xE000E010)
#define CYCLES_PER_TICK 25000u      /* 25 MHz */

/* A program that is only measured ends: semihosting's exit. */
#ifdef COUNTED
static void end(void) {
    register uint32_t operation __asm__("r0") = 0x18, reason __asm__("r1") = 0x20026;
    __asm__ volatile("bkpt 0xab" : : "r"(operation), "r"(reason));
}
#define END_IF(condition) do { if (condition) end(); } while (0)
#else
#define END_IF(condition) do { } while (0)
#endif

extern uint32_t data_at[], data_begin[], data_end[], bss_begin[], bss_end[], stack_end[];

static volatile uint32_t ticks;
static struct JOIN(APP, _app) app;

tr_instant tr_port_now(void) { return ticks; }
void tr_port_panic(void) { for (;;) {} }
void tr_port_write(const char *at, size_t len, bool error) { (void)at, (void)len, (void)error; }

static void on_tick(void) { ticks++; }

static void on_fault(void) { for (;;) {} }

static void on_reset(void) {
    for (uint32_t *from = data_at, *to = data_begin; to < data_end;) *to++ = *from++;
    for (uint32_t *to = bss_begin; to < bss_end;) *to++ = 0;
    SYSTICK[1] = CYCLES_PER_TICK - 1;
    SYSTICK[2] = 0;
    SYSTICK[0] = 7;
    JOIN(APP, _init)(&app);
    for (;;) {
        tr_instant at;
        tr_next next = JOIN(APP, _poll)(&app, ticks, &at);
        if (next == TR_NEXT_NOW) continue;
        END_IF(next == TR_NEXT_DONE);
        /* An interrupt that comes before the wait ends it too: pending is enough. */
        __asm__ volatile("wfi");
    }
}

#define FAULT on_fault
__attribute__((section(".vectors"), used)) static void (*const vectors[16])(void) = {
    (void (*)(void))(uintptr_t)stack_end, on_reset, FAULT, FAULT, FAULT, FAULT, FAULT, 0, 0, 0, 0, FAULT, FAULT, 0,
    FAULT, on_tick,
};
